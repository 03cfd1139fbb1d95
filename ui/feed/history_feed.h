#pragma once
// Asks for what happened before, on a thread of its own, so that the GUI never waits for the disk. A newer question takes
// the place of one of its kind that waits; answers come as signals, with the number of the question.
// Threads: GUI thread only; stores are used on the feed's thread alone.
// Lifetime: the destructor waits for the question that is being answered, which the store gives up.
// Limits: kMostExported events in an export.

#include <fusebox/base/mutex.h>
#include <fusebox/feed/export_file.h>
#include <fusebox/feed/history_store.h>

#include <QObject>
#include <QString>

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace fusebox::feed {

/// The states of breakers over a span with what people did in it.
struct Overview {
    journal::TimeSpan span;
    std::vector<journal::Band> bands;
    std::vector<journal::StoredEvent> marks;  ///< commands, holds and recovery actions, newest first, bounded
    std::vector<journal::Note> notes;

    /// When a state is known for the first time; nothing: none is.
    [[nodiscard]] std::optional<base::WallTime> knownSince() const;
};

struct HistoryNames {
    std::vector<domain::BreakerId> breakers;
    std::vector<std::string> actors;
};

template <typename Value>
using Answer = std::shared_ptr<const base::Result<Value>>;

class HistoryFeed final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kMostExported = 1'000'000;

    using PutNote = std::function<void(journal::Note)>;

    /// `putNote`: does not wait; empty: no note can be written.
    HistoryFeed(std::shared_ptr<HistoryStore> store, PutNote putNote, QObject* parent = nullptr);
    ~HistoryFeed() override;

    /// Asks another store from now on. What was asked of the former one may still be answered, with its number; an export
    /// goes on with the one that it began with.
    void setStore(std::shared_ptr<HistoryStore> store);

    std::uint64_t askEvents(journal::EventQuery query);
    std::uint64_t askOverview(journal::BandQuery query);
    std::uint64_t askRollups(journal::RollupQuery query);
    std::uint64_t askNames();

    [[nodiscard]] bool canWriteNotes() const { return m_putNote != nullptr; }
    void putNote(journal::Note note);

    /// Writes all events of the query, newest first. REQUIRES: none is being written.
    void exportEvents(journal::EventQuery query, const QString& path, ExportForm form);
    void cancelExport() { m_exportCancelled = true; }

signals:
    void eventsReady(std::uint64_t question, const fusebox::feed::Answer<fusebox::journal::EventPage>& answer);
    void overviewReady(std::uint64_t question, const fusebox::feed::Answer<fusebox::feed::Overview>& answer);
    void rollupsReady(std::uint64_t question,
                      const fusebox::feed::Answer<std::vector<fusebox::journal::RollupPoint>>& answer);
    void namesReady(std::uint64_t question, const fusebox::feed::Answer<fusebox::feed::HistoryNames>& answer);
    void exportAdvanced(std::size_t events);
    /// `trouble`: empty if all is well.
    void exportEnded(std::size_t events, const QString& trouble);

private:
    enum Lane : std::size_t { events, overview, rollups, names, exporting, laneCount };
    using Job = std::function<void(HistoryStore&)>;
    struct Export;

    void put(Lane lane, Job job);
    void live();
    /// A job and the store that it asks.
    struct Task {
        Job job;
        std::shared_ptr<HistoryStore> store;
    };
    [[nodiscard]] Task take();
    void work(const Task& task);
    void exportPage(HistoryStore& store, const std::shared_ptr<Export>& running);
    /// Hands an answer to the GUI thread.
    template <typename Tell>
    void tell(Tell news);

    const PutNote m_putNote;
    std::uint64_t m_lastQuestion = 0;
    std::atomic<bool> m_exportCancelled{false};
    base::Mutex m_mutex;
    std::condition_variable m_wake;
    std::shared_ptr<HistoryStore> m_store FUSEBOX_GUARDED_BY(m_mutex);
    std::shared_ptr<HistoryStore> m_exported FUSEBOX_GUARDED_BY(m_mutex);  ///< what the last export asks
    std::array<Job, laneCount> m_jobs FUSEBOX_GUARDED_BY(m_mutex);
    bool m_ending FUSEBOX_GUARDED_BY(m_mutex) = false;
    std::thread m_thread;
};

}  // namespace fusebox::feed
