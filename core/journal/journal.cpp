#include <fusebox/journal/journal.h>

#include <fusebox/base/log.h>
#include <fusebox/base/secret_mask.h>
#include <fusebox/journal/codes.h>

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace fusebox::journal {

namespace {

constexpr std::size_t kOtherItems = 1024;  ///< room in the queue beside the frames
constexpr std::size_t kMostNotices = 64;
constexpr auto kSeenEvery = std::chrono::seconds(10);
// The counters say how much; they order nothing else.
constexpr auto kAlone = std::memory_order_relaxed;

}  // namespace

Journal::Journal(const base::Clock& clock, JournalSettings settings)
    : m_clock(clock),
      m_waitingFrames(settings.waitingFrames),
      m_queue(settings.waitingFrames + kOtherItems),
      m_writer(clock, {std::move(settings.file), std::move(settings.vfs)}, settings.retention, settings.limits) {}

Journal::~Journal() {
    stop();
}

domain::EventId Journal::open() {
    base::Lock lock(m_workMutex);
    m_writer.open();
    m_lastSeen = m_clock.wallNow();
    tell();
    const std::uint64_t last = m_writer.health().lastEvent;
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(m_clock.wallNow().time_since_epoch());
    const auto byTime = static_cast<std::uint64_t>(now.count());
    if (last == 0) return domain::EventId(byTime);
    return domain::EventId(m_writer.mayLackShown() ? std::max(last, byTime) : last);
}

void Journal::addSink(std::shared_ptr<collector::Sink> sink) {
    base::Lock lock(m_workMutex);
    m_sinks.push_back(std::move(sink));
}

void Journal::setLatencies(TakeLatencies take) {
    base::Lock lock(m_workMutex);
    m_rollups.setLatencies(std::move(take));
}

void Journal::start() {
    base::Lock lock(m_lifeMutex);
    if (m_life != Life::fresh) {
        return;
    }
    m_life = Life::running;
    m_isRunning.store(true);
    m_thread = std::thread([this] { live(); });
}

void Journal::stop() {
    base::Lock lock(m_lifeMutex);
    const Life before = std::exchange(m_life, Life::stopped);
    if (before == Life::stopped) {
        return;
    }
    m_queue.close();
    if (before == Life::running) {
        m_thread.join();
        m_isRunning.store(false);
    }
    (void)runWaiting();
    Batch last;
    last.seenMs = unixMs(m_clock.wallNow());
    base::Lock work(m_workMutex);
    last.rollups = m_rollups.finish();
    if (m_writer.health().standing != JournalStanding::off) {
        (void)m_writer.write(std::move(last));
    }
    tell();
}

void Journal::live() {
    for (;;) {
        std::vector<Item> items = m_queue.waitAndDrain();
        if (items.empty()) {
            return;
        }
        work(std::move(items));
    }
}

std::size_t Journal::runWaiting() {
    std::vector<Item> items = m_queue.drain();
    const std::size_t count = items.size();
    if (count > 0) {
        work(std::move(items));
    }
    return count;
}

void Journal::accept(const domain::FrameRef& frame) {
    if (m_framesWaiting.fetch_add(1, kAlone) < m_waitingFrames && m_queue.push(frame)) {
        return;
    }
    m_framesWaiting.fetch_sub(1, kAlone);
    m_refusedEvents.fetch_add(frame->events.size() + frame->lostEvents, kAlone);
}

void Journal::work(std::vector<Item> items) {
    base::Lock lock(m_workMutex);
    Batch batch;
    std::vector<domain::FrameRef> frames;
    std::vector<SealingRef> sealings;
    for (Item& item : items) {
        if (auto* frame = std::get_if<domain::FrameRef>(&item)) {
            addFrame(batch, **frame);
            frames.push_back(std::move(*frame));
        } else if (auto* sealing = std::get_if<SealingRef>(&item)) {
            batch.audit.push_back((*sealing)->record);
            sealings.push_back(std::move(*sealing));
        } else if (auto* note = std::get_if<NoteChange>(&item)) {
            batch.notes.push_back(std::move(*note));
        } else {
            batch.states.push_back(std::move(std::get<StateRow>(item)));
        }
    }
    m_framesWaiting.fetch_sub(frames.size(), kAlone);
    if (!batch.isEmpty() || m_writer.isWaiting()) {
        const std::string trouble = m_writer.write(std::move(batch));
        for (const SealingRef& sealing : sealings) {
            sealing->done.set_value(trouble);
        }
    }
    for (const domain::FrameRef& frame : frames) {
        passOn(frame);
    }
    if (!frames.empty()) {
        m_writer.prune();
    }
    tell();
}

void Journal::addFrame(Batch& batch, const domain::Frame& frame) {
    std::transform(frame.events.begin(), frame.events.end(), std::back_inserter(batch.events),
                   [&](const domain::Event& event) { return rowOf(event, frame); });
    for (const domain::Snapshot& snapshot : frame.snapshots) {
        if (snapshot.identity && m_seen.insert(snapshot.identity->id.value).second) {
            batch.standings.push_back({snapshot.identity->id.value, unixMs(frame.wall), snapshot.state});
        }
    }
    std::vector<RollupRow> rollups = m_rollups.add(frame);
    std::move(rollups.begin(), rollups.end(), std::back_inserter(batch.rollups));
    const bool isTime = frame.wall - m_lastSeen >= kSeenEvery;
    if (isTime) {
        m_writer.lookAfterFile();
    }
    if (isTime || !batch.isEmpty()) {
        m_lastSeen = frame.wall;
        batch.seenMs = unixMs(frame.wall);
    }
}

void Journal::passOn(const domain::FrameRef& frame) {
    domain::FrameRef passed = frame;
    if (const std::uint64_t refused = m_refusedEvents.exchange(0, kAlone); refused > 0) {
        auto marked = std::make_shared<domain::Frame>(*frame);
        marked->lostEvents += refused;
        passed = std::move(marked);
        m_refusedTotal += refused;
        say(domain::Level::error, fmt::format("The disk is too slow for the journal: {} event{} missing in it.",
                                              refused, refused == 1 ? " is" : "s are"));
    }
    for (const auto& sink : m_sinks) {
        try {
            sink->accept(passed);
        } catch (const std::exception& trouble) {
            base::logger("journal")->error("A sink failed inside the program: {}", base::logText(trouble.what()));
        }
    }
}

void Journal::tell() {
    for (Writer::News& news : m_writer.takeNews()) {
        say(news.isBad ? domain::Level::error : domain::Level::info, std::move(news.text));
    }
    JournalHealth health = m_writer.health();
    health.lostEvents += m_refusedTotal;
    base::Lock lock(m_toldMutex);
    m_health = std::move(health);
}

void Journal::say(domain::Level level, std::string text) {
    base::logger("journal")->log(level == domain::Level::info ? spdlog::level::info : spdlog::level::err, "{}",
                                 base::logText(text));
    domain::Event event;
    event.kind = domain::EventKind::notice;
    event.level = level;
    event.at = m_clock.wallNow();
    event.text = std::move(text);
    base::Lock lock(m_toldMutex);
    if (m_notices.size() < kMostNotices) {
        m_notices.push_back(std::move(event));
    }
}

void Journal::gather(collector::Gathered& into) {
    base::Lock lock(m_toldMutex);
    std::move(m_notices.begin(), m_notices.end(), std::back_inserter(into.events));
    m_notices.clear();
}

base::Result<void> Journal::write(const domain::CommandReport& report, base::WallTime at) {
    return seal(recordOf(report, at));
}

base::Result<void> Journal::writeConfiguration(std::string actor, std::string origin, std::string text,
                                               std::string body) {
    AuditRecord record;
    record.at = m_clock.wallNow();
    record.kind = "configuration";
    record.actor = std::move(actor);
    record.origin = std::move(origin);
    record.text = base::withoutSecrets(std::move(text));
    record.body = base::withoutSecrets(std::move(body));
    return seal(std::move(record));
}

base::Result<void> Journal::seal(AuditRecord record) {
    const auto sealing = std::make_shared<Sealing>();
    sealing->record = std::move(record);
    std::future<std::string> done = sealing->done.get_future();
    if (!m_queue.push(sealing)) {
        return base::trouble(base::TroubleCode::unavailable,
                             "It is not in the journal: the journal is closed or overfull");
    }
    if (!m_isRunning.load()) {
        (void)runWaiting();
    }
    if (done.wait_for(kPatience) != std::future_status::ready) {
        return base::trouble(base::TroubleCode::timedOut, "It may not be in the journal: the disk does not answer");
    }
    const std::string trouble = done.get();
    if (!trouble.empty()) {
        return base::trouble(base::TroubleCode::unavailable, "It is not in the journal yet", {}, trouble);
    }
    return {};
}

void Journal::putNote(Note note) {
    note.text = base::withoutSecrets(std::move(note.text));
    note.writtenAt = m_clock.wallNow();
    (void)m_queue.push(NoteChange{std::move(note)});
}

void Journal::saveState(std::string key, std::string value) {
    (void)m_queue.push(StateRow{std::move(key), unixMs(m_clock.wallNow()), base::withoutSecrets(std::move(value))});
}

JournalHealth Journal::health() const {
    base::Lock lock(m_toldMutex);
    JournalHealth health = m_health;
    health.waitingFrames = m_framesWaiting.load(kAlone);
    return health;
}

}  // namespace fusebox::journal
