#include <fusebox/feed/history_feed.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace fusebox::feed {
namespace {

constexpr std::size_t kMostMarks = 2'000;
constexpr std::size_t kMostNotes = 1'000;
constexpr std::size_t kExportPage = 2'000;

journal::EventQuery marksOf(const journal::BandQuery& query) {
    journal::EventQuery marks;
    marks.span = query.span;
    if (query.breakers.size() == 1) marks.breaker = query.breakers.front();
    marks.kinds = {domain::EventKind::command, domain::EventKind::holdPlaced, domain::EventKind::holdReleased,
                   domain::EventKind::holdExpired, domain::EventKind::recoveryAction};
    marks.limit = kMostMarks;
    return marks;
}

base::Result<Overview> overviewOf(HistoryStore& store, const journal::BandQuery& query) {
    auto bands = store.bands(query);
    if (!bands) return tl::unexpected(bands.error());
    auto marks = store.events(marksOf(query));
    if (!marks) return tl::unexpected(marks.error());
    journal::NoteQuery noteQuery;
    noteQuery.span = query.span;
    if (query.breakers.size() == 1) noteQuery.breaker = query.breakers.front();
    noteQuery.limit = kMostNotes;
    auto notes = store.notes(noteQuery);
    if (!notes) return tl::unexpected(notes.error());
    return Overview{query.span, std::move(*bands), std::move(marks->events), std::move(*notes)};
}

base::Result<HistoryNames> namesOf(HistoryStore& store) {
    auto breakers = store.breakers();
    if (!breakers) return tl::unexpected(breakers.error());
    auto actors = store.actors();
    if (!actors) return tl::unexpected(actors.error());
    return HistoryNames{std::move(*breakers), std::move(*actors)};
}

/// A foreign exception is an answer, too: nobody waits for ever.
template <typename Value, typename Ask>
Answer<Value> answerOf(Ask ask) {
    base::Result<Value> result;
    try {
        result = ask();
    } catch (const std::exception& problem) {
        result = base::trouble(base::TroubleCode::unavailable, "It cannot be read", {}, problem.what());
    }
    return std::make_shared<const base::Result<Value>>(std::move(result));
}

}  // namespace

std::optional<base::WallTime> Overview::knownSince() const {
    std::optional<base::WallTime> first;
    for (const journal::Band& band : bands) {
        for (const journal::StateSpan& each : band.spans) {
            if (each.state != domain::State::unknown) first = std::min(first.value_or(each.from), each.from);
        }
    }
    return first;
}

struct HistoryFeed::Export {
    journal::EventQuery query;
    std::string path;
    ExportForm form = ExportForm::csv;
    std::optional<ExportFile> file;
    std::size_t written = 0;
};

HistoryFeed::HistoryFeed(std::shared_ptr<HistoryStore> store, PutNote putNote, QObject* parent)
    : QObject(parent), m_putNote(std::move(putNote)), m_store(std::move(store)), m_thread([this] { live(); }) {}

HistoryFeed::~HistoryFeed() {
    {
        const base::Lock lock(m_mutex);
        m_ending = true;
        m_store->giveUp();
        if (m_exported != nullptr) m_exported->giveUp();
    }
    m_wake.notify_one();
    m_thread.join();
}

void HistoryFeed::setStore(std::shared_ptr<HistoryStore> store) {
    const base::Lock lock(m_mutex);
    if (m_store != m_exported) m_store->giveUp();
    m_store = std::move(store);
}

void HistoryFeed::put(Lane lane, Job job) {
    {
        const base::Lock lock(m_mutex);
        m_jobs[lane] = std::move(job);
    }
    m_wake.notify_one();
}

HistoryFeed::Task HistoryFeed::take() {
    base::Lock lock(m_mutex);
    while (!m_ending) {
        for (std::size_t lane = 0; lane < m_jobs.size(); ++lane) {
            if (m_jobs[lane]) return {std::exchange(m_jobs[lane], nullptr), lane == exporting ? m_exported : m_store};
        }
        m_wake.wait(lock.native());
    }
    return {};
}

void HistoryFeed::live() {
    for (Task task = take(); task.job; task = take()) work(task);
}

// The border of the thread: a foreign exception ends an export, not the program.
void HistoryFeed::work(const Task& task) {
    try {
        task.job(*task.store);
    } catch (const std::exception& problem) {
        const QString text = QString::fromUtf8(problem.what());
        tell([this, text] { emit exportEnded(0, text); });
    }
}

template <typename Tell>
void HistoryFeed::tell(Tell news) {
    QMetaObject::invokeMethod(this, std::move(news), Qt::QueuedConnection);
}

std::uint64_t HistoryFeed::askEvents(journal::EventQuery query) {
    const std::uint64_t question = ++m_lastQuestion;
    put(events, [this, question, query = std::move(query)](HistoryStore& store) {
        tell([this, question, answer = answerOf<journal::EventPage>([&] { return store.events(query); })] {
            emit eventsReady(question, answer);
        });
    });
    return question;
}

std::uint64_t HistoryFeed::askOverview(journal::BandQuery query) {
    const std::uint64_t question = ++m_lastQuestion;
    put(overview, [this, question, query = std::move(query)](HistoryStore& store) {
        tell([this, question, answer = answerOf<Overview>([&] { return overviewOf(store, query); })] {
            emit overviewReady(question, answer);
        });
    });
    return question;
}

std::uint64_t HistoryFeed::askRollups(journal::RollupQuery query) {
    const std::uint64_t question = ++m_lastQuestion;
    put(rollups, [this, question, query = std::move(query)](HistoryStore& store) {
        tell([this, question, answer = answerOf<std::vector<journal::RollupPoint>>([&] {
                                  return store.rollups(query);
                              })] { emit rollupsReady(question, answer); });
    });
    return question;
}

std::uint64_t HistoryFeed::askNames() {
    const std::uint64_t question = ++m_lastQuestion;
    put(names, [this, question](HistoryStore& store) {
        tell([this, question, answer = answerOf<HistoryNames>([&] { return namesOf(store); })] {
            emit namesReady(question, answer);
        });
    });
    return question;
}

void HistoryFeed::putNote(journal::Note note) {
    if (m_putNote != nullptr) m_putNote(std::move(note));
}

void HistoryFeed::exportEvents(journal::EventQuery query, const QString& path, ExportForm form) {
    m_exportCancelled = false;
    {
        const base::Lock lock(m_mutex);
        m_exported = m_store;
    }
    auto running = std::make_shared<Export>();
    running->query = std::move(query);
    running->query.before.reset();
    running->query.limit = kExportPage;
    running->path = path.toStdString();
    running->form = form;
    put(exporting, [this, running](HistoryStore& store) { exportPage(store, running); });
}

// One page at a time, so that other questions are answered between them.
void HistoryFeed::exportPage(HistoryStore& store, const std::shared_ptr<Export>& running) {
    const auto end = [&](const QString& trouble) {
        running->file.reset();
        {
            const base::Lock lock(m_mutex);
            m_exported.reset();
        }
        tell([this, written = running->written, trouble] { emit exportEnded(written, trouble); });
    };
    if (m_exportCancelled) return end(tr("It was cancelled; no file was written."));
    if (!running->file) {
        auto file = ExportFile::create(running->path);
        if (!file) return end(QString::fromStdString(file.error().text()));
        running->file.emplace(std::move(*file));
        if (auto head = running->file->write(exportHead(running->form)); !head) {
            return end(QString::fromStdString(head.error().text()));
        }
    }
    const auto page = store.events(running->query);
    if (!page) return end(QString::fromStdString(page.error().text()));
    std::string text;
    for (const journal::StoredEvent& event : page->events) text += exportLine(event, running->form);
    if (auto written = running->file->write(text); !written) return end(QString::fromStdString(written.error().text()));
    running->written += page->events.size();
    if (!page->more || page->events.empty() || running->written >= kMostExported) {
        const auto finished = running->file->finish();
        return end(finished ? QString() : QString::fromStdString(finished.error().text()));
    }
    running->query.before = page->events.back().id;
    tell([this, written = running->written] { emit exportAdvanced(written); });
    put(exporting, [this, running](HistoryStore& again) { exportPage(again, running); });
}

}  // namespace fusebox::feed
