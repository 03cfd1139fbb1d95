#include <fusebox/feed/history_feed.h>

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

template <typename Value>
Answer<Value> answerOf(base::Result<Value> result) {
    return std::make_shared<const base::Result<Value>>(std::move(result));
}

}  // namespace

struct HistoryFeed::Export {
    journal::EventQuery query;
    std::string path;
    ExportForm form = ExportForm::csv;
    std::optional<ExportFile> file;
    std::size_t written = 0;
};

HistoryFeed::HistoryFeed(std::unique_ptr<HistoryStore> store, PutNote putNote, QObject* parent)
    : QObject(parent), m_store(std::move(store)), m_putNote(std::move(putNote)), m_thread([this] { live(); }) {}

HistoryFeed::~HistoryFeed() {
    {
        const base::Lock lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void HistoryFeed::put(Lane lane, Job job) {
    {
        const base::Lock lock(m_mutex);
        m_jobs[lane] = std::move(job);
    }
    m_wake.notify_one();
}

HistoryFeed::Job HistoryFeed::take() {
    base::Lock lock(m_mutex);
    while (!m_ending) {
        for (Job& job : m_jobs) {
            if (job) return std::exchange(job, nullptr);
        }
        m_wake.wait(lock.native());
    }
    return {};
}

void HistoryFeed::live() {
    for (Job job = take(); job; job = take()) work(job);
}

// The border of the thread: a foreign exception loses one answer, not the program.
void HistoryFeed::work(const Job& job) {
    try {
        job(*m_store);
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
        tell([this, question, answer = answerOf(store.events(query))] { emit eventsReady(question, answer); });
    });
    return question;
}

std::uint64_t HistoryFeed::askOverview(journal::BandQuery query) {
    const std::uint64_t question = ++m_lastQuestion;
    put(overview, [this, question, query = std::move(query)](HistoryStore& store) {
        tell([this, question, answer = answerOf(overviewOf(store, query))] { emit overviewReady(question, answer); });
    });
    return question;
}

std::uint64_t HistoryFeed::askRollups(journal::RollupQuery query) {
    const std::uint64_t question = ++m_lastQuestion;
    put(rollups, [this, question, query = std::move(query)](HistoryStore& store) {
        tell([this, question, answer = answerOf(store.rollups(query))] { emit rollupsReady(question, answer); });
    });
    return question;
}

std::uint64_t HistoryFeed::askNames() {
    const std::uint64_t question = ++m_lastQuestion;
    put(names, [this, question](HistoryStore& store) {
        tell([this, question, answer = answerOf(namesOf(store))] { emit namesReady(question, answer); });
    });
    return question;
}

void HistoryFeed::putNote(journal::Note note) {
    if (m_putNote != nullptr) m_putNote(std::move(note));
}

void HistoryFeed::exportEvents(journal::EventQuery query, const QString& path, ExportForm form) {
    m_exportCancelled = false;
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
