#include <fusebox/server/broadcast.h>

#include <fusebox/domain/error_report_json.h>
#include <fusebox/domain/event_json.h>
#include <fusebox/domain/json_writer.h>
#include <fusebox/domain/recovery_json.h>
#include <fusebox/server/sse.h>
#include <fusebox/server/subscription.h>

#include <algorithm>

namespace fusebox::server {

namespace {

constexpr std::size_t kPartSize = 64 * 1024;
constexpr base::Duration kBeatPause = std::chrono::seconds(1);
constexpr base::Duration kTopicPause = std::chrono::seconds(1);

std::shared_ptr<const void> sourceOf(Topic topic, const domain::Frame& frame) {
    switch (topic) {
        case Topic::patterns:
            return frame.errors;
        case Topic::recovery:
            return frame.recovery;
        case Topic::handling:
            return frame.handling;
    }
    return nullptr;
}

std::string dataOf(Topic topic, const domain::Frame& frame) {
    std::string data;
    if (topic == Topic::patterns) {
        domain::appendJson(data, *frame.errors);
        return data;
    }
    domain::JsonWriter out(data);
    if (topic == Topic::recovery) {
        domain::writeJson(out, *frame.recovery);
    } else {
        out.listField("{\"handling\":", *frame.handling,
                      [&](const domain::HandlingStanding& standing) { domain::writeJson(out, standing); });
        out.raw("}");
    }
    return data;
}

}  // namespace

std::string_view toWord(Topic topic) {
    constexpr std::array<std::string_view, kTopics> kWords{"patterns", "recovery", "handling"};
    return kWords[static_cast<std::size_t>(topic)];
}

Broadcast::Broadcast(const base::Clock& clock, Options options, std::shared_ptr<History> history, Errand errand)
    : m_clock(clock),
      m_history(std::move(history)),
      m_errand(std::move(errand)),
      m_ring(options.memory, options.lastEvent) {}

void Broadcast::publish(const domain::FrameRef& frame) {
    {
        base::Lock lock(m_mutex);
        if (m_closed) return;
        m_frame = frame;
        publishEvents(*frame);
        if (m_snapshotFollowers > 0) m_board.update(*frame);
        publishTopics(*frame);
        publishBeat();
    }
    wakeFollowers();
}

void Broadcast::publishEvents(const domain::Frame& frame) {
    auto part = std::make_shared<StreamPart>();
    const bool knowsLast = m_ring.last() != 0;
    part->after = part->last = m_ring.last();
    if (frame.lostEvents > 0) {
        m_gaps.fetch_add(1, std::memory_order_relaxed);
        part->text = lossMessage(frame.lostEvents, "They came faster than they could be taken.");
    }
    const auto finish = [&part](EventRing& ring) {
        if (part->text.empty()) return;
        const std::uint64_t last = part->last;
        ring.append(std::move(part));
        part = std::make_shared<StreamPart>();
        part->after = part->last = last;
    };
    std::string data;
    for (const domain::Event& event : frame.events) {
        const std::uint64_t id = event.id.value;
        if (id <= part->last) continue;  // seen already: a sink is told each event once
        if (part->last == 0 && !knowsLast) part->after = part->last = id - 1;
        part->starts.emplace_back(id, part->text.size());
        if (id > part->last + 1) {
            part->text += gapMessage(part->last + 1, id - 1, "They were lost before the stream.");
        }
        data.clear();
        domain::appendJson(data, event);
        appendMessage(part->text, "event", data, id);
        part->last = id;
        if (part->text.size() > kPartSize) finish(m_ring);
    }
    finish(m_ring);
}

std::string Broadcast::gapMessage(std::uint64_t from, std::uint64_t to, std::string_view why) {
    m_gaps.fetch_add(1, std::memory_order_relaxed);
    return server::gapMessage(from, to, why);
}

void Broadcast::publishTopics(const domain::Frame& frame) {
    for (std::size_t i = 0; i < kTopics; ++i) {
        if (m_topics[i].followers > 0) publishTopic(static_cast<Topic>(i), frame);
    }
}

void Broadcast::publishTopic(Topic topic, const domain::Frame& frame) {
    TopicPost& post = m_topics[static_cast<std::size_t>(topic)];
    std::shared_ptr<const void> source = sourceOf(topic, frame);
    const base::Time now = m_clock.now();
    if (source == nullptr || source == post.source) return;
    if (post.post.text != nullptr && now - post.writtenAt < kTopicPause) return;
    post.source = std::move(source);
    post.writtenAt = now;
    std::string message;
    appendMessage(message, toWord(topic), dataOf(topic, frame));
    // A new report may say the same as the one before.
    if (post.post.text != nullptr && *post.post.text == message) return;
    post.post = {post.post.number + 1, std::make_shared<const std::string>(std::move(message))};
}

void Broadcast::publishBeat() {
    const base::Time now = m_clock.now();
    if (m_beatAt && now - *m_beatAt < kBeatPause) return;
    m_beatAt = now;
    std::string data;
    domain::JsonWriter(data).raw("{\"time_unix_ms\":").unixMs(m_clock.wallNow()).raw("}");
    std::string message = ": beat\n";
    appendMessage(message, "beat", data);
    m_beat = {m_beat.number + 1, std::make_shared<const std::string>(std::move(message))};
}

std::shared_ptr<Subscription> Broadcast::subscribe(Wishes wishes) {
    auto subscription = std::make_shared<Subscription>(*this, std::move(wishes));
    addFollower(subscription);
    return subscription;
}

void Broadcast::addFollower(const std::shared_ptr<StreamBody>& follower) {
    base::Lock lock(m_followersMutex);
    std::erase_if(m_followers, [](const auto& known) { return known.expired(); });
    m_followers.push_back(follower);
}

void Broadcast::wakeFollowers() {
    std::vector<std::weak_ptr<StreamBody>> followers;
    {
        base::Lock lock(m_followersMutex);
        followers = m_followers;
    }
    for (const auto& each : followers) {
        if (const auto follower = each.lock()) follower->wake();
    }
}

void Broadcast::close() {
    {
        base::Lock lock(m_mutex);
        m_closed = true;
    }
    wakeFollowers();
}

std::uint64_t Broadcast::lastEvent() const {
    base::Lock lock(m_mutex);
    return m_ring.last();
}

domain::FrameRef Broadcast::latestFrame() const {
    base::Lock lock(m_mutex);
    return m_frame;
}

bool Broadcast::isClosed() const {
    base::Lock lock(m_mutex);
    return m_closed;
}

std::size_t Broadcast::followers() const {
    base::Lock lock(m_followersMutex);
    return static_cast<std::size_t>(
        std::count_if(m_followers.begin(), m_followers.end(), [](const auto& each) { return !each.expired(); }));
}

}  // namespace fusebox::server
