#include <fusebox/server/subscription.h>

#include <fusebox/domain/json_writer.h>
#include <fusebox/server/sse.h>

#include <algorithm>
#include <cstring>

namespace fusebox::server {

Subscription::Subscription(Broadcast& broadcast, Wishes wishes) : m_broadcast(broadcast), m_wishes(std::move(wishes)) {
    base::Lock lock(m_mutex);
    base::Lock shared(m_broadcast.m_mutex);
    if (m_wishes.snapshots) {
        ++m_broadcast.m_snapshotFollowers;
        if (m_broadcast.m_frame != nullptr && m_broadcast.m_board.frame() != m_broadcast.m_frame->number) {
            m_broadcast.m_board.update(*m_broadcast.m_frame);
        }
    }
    for (std::size_t i = 0; i < kTopics; ++i) {
        if (!m_wishes.topics[i]) continue;
        ++m_broadcast.m_topics[i].followers;
        if (m_broadcast.m_frame != nullptr) m_broadcast.publishTopic(static_cast<Topic>(i), *m_broadcast.m_frame);
    }
    begin();
}

Subscription::~Subscription() {
    base::Lock shared(m_broadcast.m_mutex);
    if (m_wishes.snapshots) --m_broadcast.m_snapshotFollowers;
    for (std::size_t i = 0; i < kTopics; ++i) {
        if (m_wishes.topics[i]) --m_broadcast.m_topics[i].followers;
    }
}

void Subscription::begin() {
    const EventRing& ring = m_broadcast.ring();
    const std::uint64_t last = ring.last();
    std::string data = "{" + m_wishes.about;
    domain::JsonWriter(data).raw(",\"last_event\":").number(last).raw("}");
    std::string hello = "retry: 2000\n";
    appendMessage(hello, "hello", data);
    say(std::move(hello));

    m_beat = m_broadcast.m_beat.number;
    m_last = m_wishes.after.value_or(last);
    if (last != 0 && m_last > last) {
        say(m_broadcast.gapMessage(last + 1, m_last,
                                   "They are not known here: another agent's, or lost with its journal."));
        m_last = last;
    }
    if (!m_wishes.after || m_last >= ring.completeAfter()) {
        enterRing();
    } else {
        m_course = Course::history;
    }
}

void Subscription::enterRing() {
    const EventRing& ring = m_broadcast.ring();
    m_course = Course::ring;
    m_place = ring.placeAfter(std::max(m_last, ring.completeAfter()));
    // The stream of someone new begins after all that is there, losses included.
    if (!m_wishes.after) m_place = {ring.end(), 0};
}

void Subscription::say(std::string text) {
    m_texts.push_back(std::make_shared<const std::string>(std::move(text)));
}

void Subscription::say(SharedText text) {
    m_texts.push_back(std::move(text));
}

std::size_t Subscription::read(char* into, std::size_t most) {
    base::Lock lock(m_mutex);
    std::size_t filled = 0;
    while (filled < most && (!m_texts.empty() || takeNext())) {
        const std::string& text = *m_texts.front();
        const std::size_t count = std::min(text.size() - m_offset, most - filled);
        std::memcpy(into + filled, text.data() + m_offset, count);
        filled += count;
        m_offset += count;
        if (m_offset == text.size()) {
            m_texts.pop_front();
            m_offset = 0;
        }
    }
    return filled;
}

bool Subscription::isOver() const {
    base::Lock lock(m_mutex);
    return m_course == Course::over && m_texts.empty();
}

/// The beat comes first and events last: a flood of events starves nothing else, and all the rest is rare.
bool Subscription::takeNext() {
    if (m_course == Course::over) return false;
    base::Lock shared(m_broadcast.m_mutex);
    if (m_broadcast.m_closed) {
        m_course = Course::over;
        return false;
    }
    return takePost() || takeSnapshots() || takeEvents();
}

bool Subscription::takePost() {
    if (m_broadcast.m_beat.number != m_beat) {
        m_beat = m_broadcast.m_beat.number;
        say(m_broadcast.m_beat.text);
        return true;
    }
    for (std::size_t i = 0; i < kTopics; ++i) {
        const Broadcast::Post& post = m_broadcast.m_topics[i].post;
        if (m_wishes.topics[i] && post.number != m_topics[i]) {
            m_topics[i] = post.number;
            say(post.text);
            return true;
        }
    }
    return false;
}

bool Subscription::takeSnapshots() {
    SnapshotBoard& board = m_broadcast.board();
    if (!m_wishes.snapshots || board.frame() == 0 || board.frame() == m_snapshotsOf) return false;
    // Followers with the same interval get theirs with the same frame, and so the same text.
    const auto interval = board.at().time_since_epoch() / m_wishes.interval;
    if (interval == m_interval) return false;
    m_interval = interval;
    const std::vector<SharedText>& messages = board.changesAfter(m_snapshotsOf);
    m_snapshotsOf = board.frame();
    for (const SharedText& message : messages) say(message);
    return !messages.empty();
}

bool Subscription::takeEvents() {
    const EventRing& ring = m_broadcast.ring();
    if (m_course == Course::history && !takeFromHistory()) return !m_texts.empty();
    if (m_course != Course::ring) return false;
    if (m_place.part < ring.begin()) {
        say(m_broadcast.gapMessage(m_last + 1, ring.completeAfter(), "This stream was read too slowly."));
        m_course = Course::over;
        return true;
    }
    if (m_place.part == ring.end()) return false;
    const StreamPartRef& part = ring.part(m_place.part);
    if (part->after > m_last && m_last != 0) {
        say(m_broadcast.gapMessage(m_last + 1, part->after, "They are no longer kept."));
    }
    if (m_place.offset == 0) {
        say(SharedText(part, &part->text));
    } else if (m_place.offset < part->text.size()) {
        say(part->text.substr(m_place.offset));
    }
    m_last = std::max(m_last, part->last);
    m_place = {m_place.part + 1, 0};
    return !m_texts.empty();
}

/// True: the ring has all that comes next. False: the journal is asked, or cannot be at the moment.
bool Subscription::takeFromHistory() {
    const bool hasRest = m_last >= m_broadcast.m_ring.completeAfter();
    if (hasRest || m_historyIsOver || m_broadcast.m_history == nullptr) {
        enterRing();
        return true;
    }
    if (m_broadcast.m_clock.now() < m_askHistoryAt) return false;
    auto errand = [self = weak_from_this()] {
        if (const auto subscription = self.lock()) subscription->readHistory();
    };
    // When the journal's thread is too busy the next frame asks again.
    if (m_broadcast.m_errand(std::move(errand))) m_course = Course::awaiting;
    return false;
}

void Subscription::readHistory() {
    if (m_broadcast.isClosed()) return;
    std::uint64_t last = 0;
    {
        base::Lock lock(m_mutex);
        last = m_last;
    }
    auto events = m_broadcast.m_history->eventsAfter(domain::EventId(last), kBatch);
    const bool isKept = events || events.error().code != base::TroubleCode::notFound;
    if (!events && isKept) return noteHistoryFailure();
    std::string text;
    for (const PastEvent& event : events.value_or(std::vector<PastEvent>())) {
        if (event.id <= last) continue;
        if (event.id > last + 1) text += m_broadcast.gapMessage(last + 1, event.id - 1, "They are not in the journal.");
        appendMessage(text, "event", event.json, event.id);
        last = event.id;
    }
    {
        base::Lock lock(m_mutex);
        m_historyIsOver = text.empty();
        if (!text.empty()) say(std::move(text));
        m_historyFailures = 0;
        m_last = last;
        m_course = Course::history;
    }
    wake();
}

/// With the pause nobody is woken: the frames do that.
void Subscription::noteHistoryFailure() {
    {
        base::Lock lock(m_mutex);
        m_askHistoryAt = m_broadcast.m_clock.now() + kHistoryPause;
        m_course = ++m_historyFailures < kHistoryFailures ? Course::history : Course::over;
        if (m_course == Course::history) return;
    }
    wake();
}

}  // namespace fusebox::server
