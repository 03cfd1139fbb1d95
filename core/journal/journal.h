#pragma once
// Keeps what happens: takes frames, writes their events to a SQLite file on a thread of its own, and passes the frames on to its
// own sinks once their events are on the disk. As the gate's audit log it seals commands into a chain.
// Threads: all functions from any thread, but open(), addSink() and start() before frames come. Frames are taken on the
// collector's thread and never wait for the disk; write() and writeConfiguration() wait for it, at most kPatience.
// Errors: none ends the program or a breaker. While the file cannot be written events are kept in memory and frames passed on
// at once; health() and notices in the frames say so. See journal_place.h for files that cannot be used.
// Lifetime: stop() writes what waits. Stop the gate and the collector first. The destructor stops.
// Limits: JournalSettings; a frame that finds no place in the queue is not passed on: its events are counted as lost, in
// health(), in the next frame and in a notice.

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/collector/sink.h>
#include <fusebox/collector/source.h>
#include <fusebox/command/audit_log.h>
#include <fusebox/journal/batch.h>
#include <fusebox/journal/query.h>
#include <fusebox/journal/rollup_maker.h>
#include <fusebox/journal/writer.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <unordered_set>
#include <variant>
#include <vector>

namespace fusebox::journal {

struct JournalSettings {
    std::string file;
    Retention retention;
    WriterLimits limits;
    std::size_t waitingFrames = 64;
    std::string vfs;  ///< SQLite's name of another file system, for tests
};

class Journal final : public collector::Sink, public collector::Source, public command::AuditLog {
public:
    static constexpr base::Duration kPatience = std::chrono::seconds(5);

    /// REQUIRES: the clock outlives this.
    Journal(const base::Clock& clock, JournalSettings settings);
    ~Journal() override;
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Opens the file. Gives the id after which events are numbered: that of the newest in the journal, else the time;
    /// also the time after a program that showed events and ended before it could write them.
    domain::EventId open();

    /// REQUIRES: not null. It is called on the journal's thread.
    void addSink(std::shared_ptr<collector::Sink> sink);

    /// Where the latencies of rollups come from; without it rollups have none.
    void setLatencies(TakeLatencies take);

    /// Starts the thread. Once only; later calls, also after stop(), do nothing.
    void start();
    void stop();

    /// Writes on this thread what waits; says how many things that was. REQUIRES: not started.
    std::size_t runWaiting();

    void accept(const domain::FrameRef& frame) override;
    /// Notices about the journal itself.
    void gather(collector::Gathered& into) override;

    [[nodiscard]] base::Result<void> write(const domain::CommandReport& report, base::WallTime at) override;
    /// A change of the configuration that did not come as a command: a file that was read again. `body`: JSON of what changed.
    [[nodiscard]] base::Result<void> writeConfiguration(std::string actor, std::string origin, std::string text,
                                                        std::string body);

    /// These do not wait. A note with an id is there already, and is pinned or taken off.
    void putNote(Note note);
    void saveState(std::string key, std::string value);

    [[nodiscard]] JournalHealth health() const;

private:
    enum class Life : std::uint8_t { fresh, running, stopped };

    struct Sealing {
        AuditRecord record;
        std::promise<std::string> done;  ///< empty: it is on the disk
    };
    using SealingRef = std::shared_ptr<Sealing>;
    using Item = std::variant<domain::FrameRef, SealingRef, NoteChange, StateRow>;

    void live();
    void work(std::vector<Item> items);
    void addFrame(Batch& batch, const domain::Frame& frame) FUSEBOX_REQUIRES(m_workMutex);
    void passOn(const domain::FrameRef& frame) FUSEBOX_REQUIRES(m_workMutex);
    void tell() FUSEBOX_REQUIRES(m_workMutex);
    [[nodiscard]] base::Result<void> seal(AuditRecord record);
    void say(domain::Level level, std::string text);

    const base::Clock& m_clock;
    const std::size_t m_waitingFrames;

    base::Mutex m_lifeMutex;  ///< serialises start and stop; taken before the others
    Life m_life FUSEBOX_GUARDED_BY(m_lifeMutex) = Life::fresh;
    std::atomic<bool> m_isRunning{false};

    base::BoundedQueue<Item> m_queue;
    std::atomic<std::size_t> m_framesWaiting{0};
    std::atomic<std::uint64_t> m_refusedEvents{0};  ///< of frames that found no place, not told yet

    base::Mutex m_workMutex;  ///< held while something is written
    Writer m_writer FUSEBOX_GUARDED_BY(m_workMutex);
    std::vector<std::shared_ptr<collector::Sink>> m_sinks FUSEBOX_GUARDED_BY(m_workMutex);
    std::unordered_set<std::string> m_seen FUSEBOX_GUARDED_BY(m_workMutex);  ///< breakers met in this run
    RollupMaker m_rollups FUSEBOX_GUARDED_BY(m_workMutex);
    base::WallTime m_lastSeen FUSEBOX_GUARDED_BY(m_workMutex){};
    std::uint64_t m_refusedTotal FUSEBOX_GUARDED_BY(m_workMutex) = 0;

    mutable base::Mutex m_toldMutex;  ///< taken last
    JournalHealth m_health FUSEBOX_GUARDED_BY(m_toldMutex);
    std::vector<domain::Event> m_notices FUSEBOX_GUARDED_BY(m_toldMutex);

    std::thread m_thread;
};

}  // namespace fusebox::journal
