#pragma once
// Runs the tasks' schedules on worker threads and makes a frame of all sources ten times a second.
// Threads: all functions from any thread, but start() and stop() and the removals not from within a task, source or
// sink. One thread keeps the schedule, one makes the frames; workers come and go with the work, so that a hung task
// delays no other.
// Time: from the given Clock. Without start() nothing happens by itself: runDue() and publishFrame() are the single
// steps.
// Errors: what a task, source or sink throws is logged and becomes a notice, at most one per kNoticePause each.
// Lifetime: stop() asks running tasks to end, joins all threads and publishes a last frame; it takes as long as the
// slowest task takes to obey (its call's timeout at most). The destructor stops.
// Limits: Options::workerCap threads for tasks; notices are bounded and their losses counted.

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/collector/schedule.h>
#include <fusebox/collector/sink.h>
#include <fusebox/collector/source.h>
#include <fusebox/collector/task.h>
#include <fusebox/collector/worker_pool.h>
#include <fusebox/domain/frame.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace fusebox::collector {

class BackgroundCollector {
public:
    struct Options {
        base::Duration framePeriod = std::chrono::milliseconds(100);
        base::Duration idleWorkerLife = std::chrono::seconds(10);
        std::uint32_t workerCap = 256;
        std::uint64_t lastEvent = 0;  ///< numbering goes on after it: of the last event in the journal
    };

    explicit BackgroundCollector(const base::Clock& clock) : BackgroundCollector(clock, Options{}) {}
    BackgroundCollector(const base::Clock& clock, Options options);
    ~BackgroundCollector();
    BackgroundCollector(const BackgroundCollector&) = delete;
    BackgroundCollector& operator=(const BackgroundCollector&) = delete;

    void addSource(std::shared_ptr<Source> source);
    void addSink(std::shared_ptr<Sink> sink);
    void addTask(std::shared_ptr<Task> task);

    /// Once they return, the source or sink is not called any more.
    void removeSource(const Source& source);
    void removeSink(const Sink& sink);
    /// It is not started any more; its running calls are asked to stop and end on their own.
    void removeTask(const Task& task);

    /// Starts the task now, or as soon as its concurrency limit allows; its next delay counts from then.
    void wake(const Task& task);
    /// Draws the task's next delay anew, for a pace that was changed.
    void reschedule(const Task& task);

    /// Starts the threads. Once only; later calls, also after stop(), do nothing.
    void start();
    void stop();

    /// Runs on this thread what is due, each task at most once; says how many. REQUIRES: not started.
    std::size_t runDue();
    /// Gathers, numbers, gives to the sinks. REQUIRES: not started, or called by the frame thread.
    domain::FrameRef publishFrame();

    [[nodiscard]] domain::CollectorHealth health() const;

private:
    struct SourceGuest {
        std::shared_ptr<Source> source;
        NoticeLimit notices{kNoticePause};
    };
    struct SinkGuest {
        std::shared_ptr<Sink> sink;
        NoticeLimit notices{kNoticePause};
    };
    enum class Life : std::uint8_t { fresh, running, stopped };

    void keepSchedule();
    void keepFrames();
    [[nodiscard]] bool waitForFrame(base::Time next);

    [[nodiscard]] std::vector<Schedule::Due> takeStarts();
    [[nodiscard]] std::optional<base::Duration> drawDelay(const ScheduledRef& entry);
    [[nodiscard]] bool enter(const Schedule::Due& due) FUSEBOX_REQUIRES(m_scheduleMutex);
    void execute(const Schedule::Due& due);
    void leave(const ScheduledRef& entry);
    void reportTask(const ScheduledRef& entry, std::string_view trouble);

    [[nodiscard]] Gathered gatherAll() FUSEBOX_REQUIRES(m_frameMutex);
    void notice(std::string_view who, std::string_view trouble, std::uint64_t hidden);

    const base::Clock& m_clock;
    const Options m_options;

    base::Mutex m_lifeMutex;  ///< serialises start and stop; taken before all others
    Life m_life FUSEBOX_GUARDED_BY(m_lifeMutex) = Life::fresh;

    mutable base::Mutex m_scheduleMutex;
    std::condition_variable m_scheduleMoved;
    Schedule m_schedule FUSEBOX_GUARDED_BY(m_scheduleMutex);
    bool m_stopping FUSEBOX_GUARDED_BY(m_scheduleMutex) = false;

    base::Mutex m_frameMutex;  ///< held while a frame is made
    std::vector<SourceGuest> m_sources FUSEBOX_GUARDED_BY(m_frameMutex);
    std::vector<SinkGuest> m_sinks FUSEBOX_GUARDED_BY(m_frameMutex);
    std::uint64_t m_lastFrame FUSEBOX_GUARDED_BY(m_frameMutex) = 0;
    std::uint64_t m_lastEvent FUSEBOX_GUARDED_BY(m_frameMutex);

    base::BoundedQueue<domain::Event> m_notices;
    std::atomic<base::Duration::rep> m_lag{0};
    std::atomic<base::Duration::rep> m_gatherTook{0};
    std::atomic<std::uint64_t> m_lateTasks{0};
    std::atomic<std::uint64_t> m_lostEvents{0};
    std::atomic<std::uint32_t> m_queuedEvents{0};

    WorkerPool m_workers;
    base::Mutex m_frameWaitMutex;
    std::condition_variable m_frameWait;
    bool m_framesEnd FUSEBOX_GUARDED_BY(m_frameWaitMutex) = false;
    std::thread m_scheduleThread;
    std::thread m_frameThread;
};

}  // namespace fusebox::collector
