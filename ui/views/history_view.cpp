#include <fusebox/views/history_view.h>

#include <fusebox/charts/band_chart.h>
#include <fusebox/charts/rollup_chart.h>
#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>
#include <fusebox/views/history_bar.h>
#include <fusebox/views/note_dialog.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/text_dialog.h>

#include <QFileDialog>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace fusebox::views {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kPageSize = 500;
constexpr std::size_t kMostPoints = 600;
constexpr std::chrono::minutes kFirstSpan{60};
constexpr std::chrono::minutes kShortestFirst{2};
constexpr std::chrono::milliseconds kSoon{150};
constexpr int kSteps = 300;  // a window that follows moves by such a part of itself

QString textOf(const base::Trouble& trouble) {
    return format::SafeText::oneLine(trouble.text());
}

}  // namespace

HistoryView::HistoryView(LiveModels& models, HistoryParts parts, QWidget* parent)
    : QWidget(parent),
      m_models(models),
      m_parts(std::move(parts)),
      m_bar(new HistoryBar),
      m_trouble(new format::SafeLabel),
      m_notice(new format::SafeLabel),
      m_bands(new charts::BandChart),
      m_rollups(new charts::RollupChart),
      m_table(new PlainTable) {
    makeParts();
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    connect(&m_soon, &QTimer::timeout, this, &HistoryView::ask);
    connect(&m_later, &QTimer::timeout, this, &HistoryView::goOn);
    connect(&models, &LiveModels::applied, this, &HistoryView::onFrame);
    m_bar->setNotesPossible(m_parts.asked != nullptr && m_parts.asked->canWriteNotes());
    m_bar->setEnabled(m_parts.asked != nullptr);
    const QString none =
        tr("No journal is written, so what happened before this program started is not known. The list "
           "of events on the first page has what happened since.");
    m_bands->setMessage(m_parts.asked == nullptr ? none : tr("Waiting for the first data."));
    m_table->setEmptyText(m_parts.asked == nullptr ? QString() : tr("Waiting for the first data."));
    if (m_parts.asked != nullptr) connectFeed();
}

void HistoryView::makeParts() {
    setFocusProxy(m_table);
    m_trouble->setAccessibleName(tr("What is wrong with the journal"));
    m_notice->setAccessibleName(tr("What became of the last export or question"));
    for (format::SafeLabel* label : {m_trouble, m_notice}) {
        label->setContentsMargins(10, 2, 10, 2);
        label->hide();
    }
    m_table->setAccessibleName(tr("Events of the journal"));
    m_table->setToolTip(tr("Enter shows the whole event"));
    m_table->setModel(&m_events);
    m_table->keepEndOf(models::StoredEventsModel::Breaker);
    m_table->setColumnSamples({QStringLiteral("2024-05-07 14:32:07.123"), QStringLiteral("Warning"),
                               QStringLiteral("inventory-database-1"), QStringLiteral("Recovery action"), QString(),
                               QStringLiteral("somebody")});
    connect(m_table, &PlainTable::rowOpened, this, &HistoryView::open);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_bands);
    parts->addWidget(m_rollups);
    parts->addWidget(m_table);
    parts->setStretchFactor(0, 36);
    parts->setStretchFactor(1, 24);
    parts->setStretchFactor(2, 40);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_trouble);
    column->addWidget(m_notice);
    column->addWidget(parts, 1);
}

void HistoryView::connectFeed() {
    feed::HistoryFeed& asked = *m_parts.asked;
    m_places = new HistoryPlaces(*m_bar, asked, m_parts.storeOf, this);
    connect(m_places, &HistoryPlaces::changed, this, &HistoryView::onPlace);
    connect(&asked, &feed::HistoryFeed::eventsReady, this, &HistoryView::onEvents);
    connect(&asked, &feed::HistoryFeed::overviewReady, this, &HistoryView::onOverview);
    connect(&asked, &feed::HistoryFeed::rollupsReady, this, &HistoryView::onRollups);
    connect(&asked, &feed::HistoryFeed::namesReady, this,
            [this](std::uint64_t question, const feed::Answer<feed::HistoryNames>& answer) {
                if (question == m_namesQuestion && answer->has_value()) m_bar->offer(**answer);
            });
    connect(&asked, &feed::HistoryFeed::exportAdvanced, this, [this](std::size_t events) {
        say(tr("Exporting: %1 written ...").arg(format::counted(events, tr("event"), tr("events"))));
    });
    connect(&asked, &feed::HistoryFeed::exportEnded, this, &HistoryView::onExported);
    connect(&m_events, &models::StoredEventsModel::pageWanted, this, [this] { askEvents(Page::next); });
    connect(m_bar, &HistoryBar::filterChanged, this, [this] {
        m_page = Page::first;
        m_soon.start();
    });
    connect(m_bar, &HistoryBar::spanWanted, this,
            [this](base::Duration span) { setWindow(charts::lastOf(span, m_now), true); });
    connect(m_bar, &HistoryBar::nowWanted, this, [this] { setWindow(charts::lastOf(m_window.span(), m_now), true); });
    connect(m_bar, &HistoryBar::noteWanted, this, &HistoryView::openNote);
    connect(m_bar, &HistoryBar::exportWanted, this, &HistoryView::choosePlace);
    connect(m_bar, &HistoryBar::exportCancelled, &asked, &feed::HistoryFeed::cancelExport);
    connect(m_bands, &charts::BandChart::windowChosen, this,
            [this](const charts::HistoryWindow& window) { setWindow(window, window.to >= m_now); });
    connect(m_bands, &charts::BandChart::picked, this, [this](const domain::BreakerId&, base::WallTime at) {
        m_picked = at;
        askRollups();
    });
    connect(m_bands, &charts::BandChart::opened, this, [this](const domain::BreakerId& breaker) {
        m_bar->chooseBreaker(m_bar->breaker() == breaker ? domain::BreakerId() : breaker);
    });
    connect(m_bands, &charts::BandChart::pointedAt, m_rollups, &charts::RollupChart::setPointed);
    connect(m_rollups, &charts::RollupChart::pointedAt, m_rollups, &charts::RollupChart::setPointed);
    connect(m_rollups, &charts::RollupChart::pointedAt, m_bands, &charts::BandChart::setPointed);
}

void HistoryView::onFrame() {
    m_now = m_models.frame()->wall;
    if (m_places != nullptr) m_places->look(*m_models.frame());
    m_bands->setNow(m_now);
    if (m_begun) return;
    m_begun = true;
    m_window = charts::lastOf(kFirstSpan, m_now);
    if (!isVisible()) return;
    if (m_parts.asked != nullptr) m_namesQuestion = m_parts.asked->askNames();
    setWindow(m_window, true);
}

void HistoryView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!m_begun || m_parts.asked == nullptr) return;
    m_namesQuestion = m_parts.asked->askNames();
    setWindow(m_follows ? charts::lastOf(m_window.span(), m_now) : m_window, m_follows);
}

void HistoryView::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_later.stop();
}

void HistoryView::setWindow(const charts::HistoryWindow& window, bool follows) {
    m_window = window;
    m_follows = follows;
    m_bands->setWindow(window);
    m_rollups->setWindow(window);
    m_bar->showWindow(window, follows);
    m_page = Page::first;
    m_soon.start();
    // What is looked at moves only when that can be seen.
    const auto step = std::chrono::duration_cast<std::chrono::milliseconds>(window.span() / kSteps);
    m_later.setInterval(std::clamp<std::chrono::milliseconds>(step, 2s, 30s));
    if (follows && isVisible()) m_later.start();
    if (!follows) m_later.stop();
}

// Time went on: the window moves with it, and what is new is put on top of what is there.
void HistoryView::goOn() {
    if (!isAsking()) return;
    m_window = charts::lastOf(m_window.span(), m_now);
    m_bands->setWindow(m_window);
    m_rollups->setWindow(m_window);
    m_bar->showWindow(m_window, m_follows);
    askOverview();
    askRollups();
    // A page that is on its way must not be lost.
    if (m_eventsQuestion == 0) askEvents(Page::again);
    m_namesQuestion = m_parts.asked->askNames();
    showTrouble();
}

void HistoryView::ask() {
    if (!isAsking()) return;
    askOverview();
    askEvents(m_page);
    askRollups();
    showTrouble();
}

journal::EventQuery HistoryView::query() const {
    journal::EventQuery query;
    m_bar->fill(query);
    query.span.from = m_window.from;
    if (!m_follows) query.span.to = m_window.to;
    return query;
}

void HistoryView::askOverview() {
    journal::BandQuery query;
    query.span = {m_window.from, m_window.to};
    if (const domain::BreakerId one = m_bar->breaker(); !one.value.empty()) query.breakers = {one};
    query.resolution = m_window.span() / std::max(m_bands->width() - charts::BandChart::kNameWidth, 100);
    m_overviewQuestion = m_parts.asked->askOverview(std::move(query));
}

void HistoryView::askEvents(Page page) {
    m_page = page;
    journal::EventQuery wanted = query();
    wanted.limit = kPageSize;
    if (page == Page::next) wanted.before = m_events.eventAt(m_events.rowCount() - 1).id;
    m_eventsQuestion = m_parts.asked->askEvents(std::move(wanted));
}

void HistoryView::askRollups() {
    const domain::BreakerId& breaker = m_bands->chosen();
    if (breaker.value.empty()) return m_rollups->setMessage(tr("Click a band to see the figures of its breaker."));
    journal::RollupQuery query;
    query.breaker = breaker;
    query.span = {m_window.from, m_window.to};
    query.points = kMostPoints;
    m_rollupsQuestion = m_parts.asked->askRollups(std::move(query));
}

void HistoryView::onEvents(std::uint64_t question, const feed::Answer<journal::EventPage>& answer) {
    if (question != m_eventsQuestion) return;
    m_eventsQuestion = 0;
    if (!answer->has_value()) {
        m_events.forgetQuestion();
        m_events.clear();
        m_table->setEmptyText(tr("The journal cannot be read. %1").arg(textOf(answer->error())));
        return;
    }
    journal::EventPage page = **answer;
    if (m_page == Page::first)
        m_events.replace(std::move(page));
    else if (m_page == Page::again)
        m_events.renew(std::move(page));
    else
        m_events.append(std::move(page));
    m_page = Page::again;
    m_table->setEmptyText(tr("Nothing in this time matches. Take a longer time, or other filters."));
    m_bar->setCounts(m_events.rowCount(), m_events.hasMore());
    if (m_events.isFull() && m_events.hasMore()) {
        say(tr("The list has %1 events and takes no more: narrow the search, or export it.")
                .arg(format::count(static_cast<std::uint64_t>(m_events.rowCount()))));
    }
}

void HistoryView::onOverview(std::uint64_t question, const feed::Answer<feed::Overview>& answer) {
    if (question != m_overviewQuestion) return;
    if (!answer->has_value()) {
        m_bands->show({}, {}, {});
        m_rollups->show({}, {});
        return m_bands->setMessage(tr("The journal cannot be read. %1").arg(textOf(answer->error())));
    }
    const feed::Overview& overview = **answer;
    m_bands->setMessage(overview.bands.empty() ? tr("Nothing is known of any breaker in this time.") : QString());
    m_bands->show(overview.bands, overview.marks, overview.notes);
    if (std::exchange(m_isFirstLook, false)) lookCloser(overview);
    if (!m_bands->chosen().value.empty() || overview.bands.empty()) return;
    const auto isSelected = [this](const journal::Band& band) {
        return m_places->everywhere(band.breaker) == m_models.selected();
    };
    const auto selected = std::find_if(overview.bands.begin(), overview.bands.end(), isSelected);
    m_bands->setChosen(selected == overview.bands.end() ? overview.bands.front().breaker : selected->breaker);
    askRollups();
}

/// Of a journal that has just begun an hour would show next to nothing.
void HistoryView::lookCloser(const feed::Overview& overview) {
    const base::Duration known = m_now - overview.knownSince().value_or(m_now);
    if (!m_follows || m_window.span() != base::Duration(kFirstSpan) || known * 4 > m_window.span()) return;
    setWindow(charts::lastOf(std::max<base::Duration>(kShortestFirst, known * 2), m_now), true);
}

void HistoryView::onRollups(std::uint64_t question, const feed::Answer<std::vector<journal::RollupPoint>>& answer) {
    if (question != m_rollupsQuestion) return;
    const QString name = format::SafeText::oneLine(m_bands->chosen().value, format::SafeText::kNameLimit);
    m_rollups->setMessage(answer->has_value() ? tr("No calls of this breaker are kept for this time.")
                                              : tr("The journal cannot be read. %1").arg(textOf(answer->error())));
    m_rollups->show(name, answer->has_value() ? **answer : std::vector<journal::RollupPoint>());
}

void HistoryView::showTrouble() {
    const bool isOwn = m_places == nullptr || m_places->isOwn();
    const std::string text = isOwn && m_parts.trouble ? m_parts.trouble() : std::string();
    m_trouble->setForeignText("▲ " + text);
    m_trouble->setVisible(!text.empty());
}

void HistoryView::say(const QString& text) {
    m_notice->setForeignText(text);
    m_notice->setVisible(!text.isEmpty());
}

QString HistoryView::noticeText() const {
    return m_notice->isHidden() ? QString() : m_notice->fullText();
}

void HistoryView::choosePlace(feed::ExportForm form) {
    const bool isCsv = form == feed::ExportForm::csv;
    auto* dialog = new QFileDialog(this, tr("Export events"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(isCsv ? QStringLiteral("csv") : QStringLiteral("jsonl"));
    dialog->selectFile(isCsv ? QStringLiteral("events.csv") : QStringLiteral("events.jsonl"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, form](const QString& path) { exportTo(path, form); });
    dialog->open();
}

void HistoryView::exportTo(const QString& path, feed::ExportForm form) {
    if (m_parts.asked == nullptr || !m_exportPath.isEmpty()) return;
    m_exportPath = path;
    m_bar->setExporting(true);
    say(tr("Exporting ..."));
    m_parts.asked->exportEvents(query(), path, form);
}

void HistoryView::onExported(std::size_t events, const QString& trouble) {
    m_bar->setExporting(false);
    const QString count = format::counted(events, tr("event"), tr("events"));
    if (!trouble.isEmpty())
        say(tr("Not exported. %1").arg(format::SafeText::oneLine(trouble)));
    else if (events >= feed::HistoryFeed::kMostExported)
        say(tr("The newest %1 are in %2; more are not exported at once.").arg(count, m_exportPath));
    else
        say(tr("%1 exported to %2").arg(count, m_exportPath));
    m_exportPath.clear();
}

NoteDialog* HistoryView::openNote() {
    if (m_parts.asked == nullptr || !m_parts.asked->canWriteNotes()) return nullptr;
    const bool isInSight = m_picked && *m_picked >= m_window.from && *m_picked <= m_window.to;
    const domain::BreakerId breaker = m_places->everywhere(m_bands->chosen());
    auto* dialog = new NoteDialog(isInSight ? *m_picked : m_now, breaker, m_models.desk().actor(), this);
    connect(dialog, &NoteDialog::written, this, [this](journal::Note note) {
        note.writtenAt = m_now;
        m_parts.asked->putNote(std::move(note));
        // The journal writes it on a thread of its own; then it is read back.
        QTimer::singleShot(400, this, [this] {
            if (isAsking()) askOverview();
        });
    });
    dialog->open();
    return dialog;
}

void HistoryView::open(const QModelIndex& index) {
    const journal::StoredEvent& event = m_events.eventAt(index.row());
    QString text = QStringLiteral("%1   %2   %3\n")
                       .arg(format::dateTime(event.at), format::word(event.level), format::word(event.kind));
    if (!event.breaker.value.empty()) text += tr("Breaker: %1\n").arg(format::SafeText::block(event.breaker.value));
    if (!event.actor.empty()) text += tr("By: %1\n").arg(format::SafeText::block(event.actor));
    text += QLatin1Char('\n') + format::SafeText::block(event.text);
    if (!event.json.empty()) text += QStringLiteral("\n\n") + format::SafeText::block(event.json);
    (new TextDialog(tr("Event"), text, this))->open();
}

void HistoryView::showBreaker(const domain::BreakerId& breaker) {
    const domain::BreakerId there = m_places == nullptr ? breaker : m_places->goTo(breaker);
    m_bar->chooseBreaker(there);
    m_bands->setChosen(there);
    m_soon.start();
}

// What was shown is of another journal, and so are the names to choose from.
void HistoryView::onPlace() {
    m_bar->clear();
    m_bar->offer({});
    m_events.forgetQuestion();
    m_events.clear();
    m_bands->show({}, {}, {});
    m_bands->setChosen({});
    m_bands->setMessage(tr("Waiting for the first data."));
    m_rollups->show({}, {});
    m_table->setEmptyText(tr("Waiting for the first data."));
    m_eventsQuestion = 0;
    m_overviewQuestion = 0;
    m_rollupsQuestion = 0;
    m_page = Page::first;
    if (isAsking()) m_namesQuestion = m_parts.asked->askNames();
    m_soon.start();
}

void HistoryView::focusFilter() {
    m_bar->focusLine();
}

}  // namespace fusebox::views
