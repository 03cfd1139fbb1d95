#include <fusebox/collector/background_collector.h>

#include <fusebox/base/log.h>
#include <fusebox/collector/latency_metrics.h>
#include <fusebox/collector/pace.h>

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace fusebox::collector {

namespace {

constexpr std::size_t kNoticeCapacity = 256;
constexpr base::Duration kDelayAfterTrouble = std::chrono::seconds(1);
// The counters are read one by one for display; none publishes other data.
constexpr auto kAlone = std::memory_order_relaxed;

/// Runs foreign code; the text of what it threw, if it did.
template <typename Call>
std::optional<std::string> troubleOf(Call&& call) {
    try {
        call();
        return std::nullopt;
    } catch (const std::exception& thrown) {
        return thrown.what();
    } catch (...) {
        return "an exception of unknown type";
    }
}

}  // namespace

BackgroundCollector::BackgroundCollector(const base::Clock& clock, Options options)
    : m_clock(clock),
      m_options(options),
      m_lastEvent(options.lastEvent),
      m_notices(kNoticeCapacity),
      m_workers(options.workerCap, options.idleWorkerLife) {}

BackgroundCollector::~BackgroundCollector() {
    stop();
}

void BackgroundCollector::addSource(std::shared_ptr<Source> source) {
    base::Lock lock(m_frameMutex);
    m_sources.push_back({std::move(source)});
}

void BackgroundCollector::addSink(std::shared_ptr<Sink> sink) {
    base::Lock lock(m_frameMutex);
    m_sinks.push_back({std::move(sink)});
}

void BackgroundCollector::removeSource(const Source& source) {
    base::Lock lock(m_frameMutex);
    std::erase_if(m_sources, [&](const SourceGuest& guest) { return guest.source.get() == &source; });
}

void BackgroundCollector::removeSink(const Sink& sink) {
    base::Lock lock(m_frameMutex);
    std::erase_if(m_sinks, [&](const SinkGuest& guest) { return guest.sink.get() == &sink; });
}

void BackgroundCollector::addTask(std::shared_ptr<Task> task) {
    base::Lock lock(m_scheduleMutex);
    m_schedule.add(std::move(task), m_clock.now());
    m_scheduleMoved.notify_one();
}

void BackgroundCollector::removeTask(const Task& task) {
    ScheduledRef entry;  // the task may be destroyed here: not under the lock
    base::Lock lock(m_scheduleMutex);
    entry = m_schedule.remove(task);
    if (entry) {
        entry->stop.request_stop();
    }
}

void BackgroundCollector::wake(const Task& task) {
    base::Lock lock(m_scheduleMutex);
    m_schedule.wake(task, m_clock.now());
    m_scheduleMoved.notify_one();
}

void BackgroundCollector::reschedule(const Task& task) {
    base::Lock lock(m_scheduleMutex);
    m_schedule.reschedule(task, m_clock.now());
    m_scheduleMoved.notify_one();
}

void BackgroundCollector::start() {
    base::Lock lock(m_lifeMutex);
    if (m_life != Life::fresh) {
        return;
    }
    m_life = Life::running;
    m_scheduleThread = std::thread([this] { keepSchedule(); });
    m_frameThread = std::thread([this] { keepFrames(); });
}

void BackgroundCollector::stop() {
    base::Lock life(m_lifeMutex);
    const bool wasRunning = std::exchange(m_life, Life::stopped) == Life::running;
    if (!wasRunning) {
        return;
    }
    std::vector<ScheduledRef> entries;
    {
        base::Lock lock(m_scheduleMutex);
        m_stopping = true;
        entries = m_schedule.entries();
        m_scheduleMoved.notify_one();
    }
    for (const ScheduledRef& entry : entries) {
        entry->stop.request_stop();
    }
    m_scheduleThread.join();
    m_workers.stop();
    {
        base::Lock lock(m_frameWaitMutex);
        m_framesEnd = true;
        m_frameWait.notify_one();
    }
    m_frameThread.join();  // its last frame carries what the last calls told
}

std::size_t BackgroundCollector::runDue() {
    const std::vector<Schedule::Due> starts = takeStarts();
    for (const Schedule::Due& due : starts) {
        execute(due);
    }
    return starts.size();
}

void BackgroundCollector::keepSchedule() {
    for (;;) {
        for (Schedule::Due& due : takeStarts()) {
            const ScheduledRef entry = due.entry;
            if (!m_workers.submit([this, due = std::move(due)] { execute(due); })) {
                leave(entry);
            }
        }
        m_workers.reap();

        base::Lock lock(m_scheduleMutex);
        if (m_stopping) {
            return;
        }
        const std::optional<base::Time> next = m_schedule.nextDue();
        const base::Duration wait = next ? *next - m_clock.now() : m_options.idleWorkerLife;
        if (wait > base::Duration::zero()) {
            // A wake-up without cause only makes one round with nothing due.
            m_scheduleMoved.wait_for(lock.native(), std::min(wait, m_options.idleWorkerLife));
        }
    }
}

/// Draws the next delays of all that is due; gives those that are to be started now.
std::vector<Schedule::Due> BackgroundCollector::takeStarts() {
    std::vector<Schedule::Due> due;
    {
        base::Lock lock(m_scheduleMutex);
        due = m_schedule.takeDue(m_clock.now());
    }
    std::erase_if(due, [this](const Schedule::Due& item) {
        const std::optional<base::Duration> delay = drawDelay(item.entry);
        base::Lock lock(m_scheduleMutex);
        m_schedule.planNext(item, delay, m_clock.now());
        return !enter(item);
    });
    return due;
}

std::optional<base::Duration> BackgroundCollector::drawDelay(const ScheduledRef& entry) {
    std::optional<base::Duration> delay;
    if (const auto trouble = troubleOf([&] { delay = entry->task->nextDelay(); })) {
        reportTask(entry, *trouble);
        delay = kDelayAfterTrouble;
    }
    return delay ? std::max(*delay, kShortestDelay) : delay;
}

bool BackgroundCollector::enter(const Schedule::Due& due) {
    Scheduled& entry = *due.entry;
    if (due.turn == Schedule::Turn::draw || entry.removed || m_stopping) {
        return false;
    }
    if (entry.running >= std::max<std::uint32_t>(entry.task->concurrencyLimit(), 1)) {
        if (due.turn == Schedule::Turn::wake) {
            entry.wakeOwed = true;
        } else {
            m_lateTasks.fetch_add(1, kAlone);
        }
        return false;
    }
    ++entry.running;
    return true;
}

void BackgroundCollector::execute(const Schedule::Due& due) {
    const std::stop_token stop = due.entry->stop.get_token();
    if (!stop.stop_requested()) {
        m_lag.store(std::max<base::Duration::rep>((m_clock.now() - due.at).count(), 0), kAlone);
        if (const auto trouble = troubleOf([&] { due.entry->task->run(stop); })) {
            reportTask(due.entry, *trouble);
        }
    }
    leave(due.entry);
}

void BackgroundCollector::leave(const ScheduledRef& entry) {
    base::Lock lock(m_scheduleMutex);
    --entry->running;
    if (std::exchange(entry->wakeOwed, false)) {
        m_schedule.wake(entry, m_clock.now());
        m_scheduleMoved.notify_one();
    }
}

void BackgroundCollector::reportTask(const ScheduledRef& entry, std::string_view trouble) {
    std::optional<std::uint64_t> hidden;
    {
        base::Lock lock(m_scheduleMutex);
        hidden = entry->notices.admit(m_clock.now());
    }
    if (hidden) {
        notice(entry->task->name(), trouble, *hidden);
    }
}

void BackgroundCollector::notice(std::string_view who, std::string_view trouble, std::uint64_t hidden) {
    domain::Event event;
    event.kind = domain::EventKind::notice;
    event.level = domain::Level::error;
    event.at = m_clock.wallNow();
    event.text = fmt::format("{} failed inside the program: {}", who, base::logText(trouble));
    if (hidden > 0) {
        event.text += fmt::format(" ({} more like it since the last notice)", hidden);
    }
    base::logger("collector")->error("{}", base::logText(event.text));
    (void)m_notices.push(std::move(event));  // a loss is counted by the queue
}

void BackgroundCollector::keepFrames() {
    base::Time next = m_clock.now();
    do {
        (void)publishFrame();
        // A frame that took longer than its period skips the missed ones instead of hurrying after them.
        next = std::max(next + m_options.framePeriod, m_clock.now());
    } while (waitForFrame(next));
    (void)publishFrame();
}

/// False when the frames shall end.
bool BackgroundCollector::waitForFrame(base::Time next) {
    base::Lock lock(m_frameWaitMutex);
    while (!m_framesEnd) {
        const base::Duration wait = next - m_clock.now();
        if (wait <= base::Duration::zero()) {
            return true;
        }
        m_frameWait.wait_for(lock.native(), wait);
    }
    return false;
}

domain::FrameRef BackgroundCollector::publishFrame() {
    base::Lock lock(m_frameMutex);
    const base::Time began = m_clock.now();
    Gathered gathered = gatherAll();

    auto frame = std::make_shared<domain::Frame>();
    frame->number = ++m_lastFrame;
    frame->at = began;
    frame->wall = m_clock.wallNow();
    frame->snapshots = std::move(gathered.snapshots);
    frame->events = std::move(gathered.events);
    frame->lostEvents = gathered.lostEvents;
    frame->overall = metricsOf(gathered.latency);
    frame->errors = std::move(gathered.errors);
    frame->recovery = std::move(gathered.recovery);
    frame->handling = std::move(gathered.handling);
    frame->durations = std::move(gathered.durations);
    frame->sources = std::move(gathered.sources);
    for (domain::Event& event : frame->events) {
        event.id = domain::EventId(++m_lastEvent);
    }
    m_lostEvents.fetch_add(gathered.lostEvents, kAlone);
    m_queuedEvents.store(static_cast<std::uint32_t>(frame->events.size()), kAlone);
    m_gatherTook.store((m_clock.now() - began).count(), kAlone);
    frame->health = health();

    domain::FrameRef done = std::move(frame);
    for (SinkGuest& guest : m_sinks) {
        if (const auto trouble = troubleOf([&] { guest.sink->accept(done); })) {
            if (const auto hidden = guest.notices.admit(began)) {
                notice("A sink", *trouble, *hidden);
            }
        }
    }
    return done;
}

Gathered BackgroundCollector::gatherAll() {
    Gathered gathered;
    for (SourceGuest& guest : m_sources) {
        if (const auto trouble = troubleOf([&] { guest.source->gather(gathered); })) {
            if (const auto hidden = guest.notices.admit(m_clock.now())) {
                notice("A source", *trouble, *hidden);
            }
        }
    }
    std::vector<domain::Event> notices = m_notices.drain();
    std::move(notices.begin(), notices.end(), std::back_inserter(gathered.events));
    gathered.lostEvents += m_notices.takeLost();
    return gathered;
}

domain::CollectorHealth BackgroundCollector::health() const {
    const WorkerPool::Load load = m_workers.load();
    domain::CollectorHealth health;
    health.lag = base::Duration(m_lag.load(kAlone));
    health.gatherTook = base::Duration(m_gatherTook.load(kAlone));
    health.workers = load.workers;
    health.busyWorkers = load.busy;
    health.queuedEvents = m_queuedEvents.load(kAlone);
    health.lateTasks = m_lateTasks.load(kAlone);
    health.lostEvents = m_lostEvents.load(kAlone);
    return health;
}

}  // namespace fusebox::collector
