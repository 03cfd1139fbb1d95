#include <fusebox/views/shadow_panel.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/shadow_text.h>
#include <fusebox/format/words.h>
#include <fusebox/models/breaker_facts.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/widgets/rule_bars.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace fusebox::views {
namespace {

constexpr int kColumnGap = 24;

QToolButton* makeButton(const QString& text, const QString& tip) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

}  // namespace

ShadowPanel::ShadowPanel(QWidget* parent)
    : QWidget(parent), m_differences(tr("Live"), tr("Candidate")), m_pages(new QStackedWidget) {
    m_pages->addWidget(makeEmpty());
    m_pages->addWidget(makeReport());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
}

QWidget* ShadowPanel::makeEmpty() {
    auto* text =
        new QLabel(tr("No candidate runs beside the live configuration.\nA candidate sees the same outcomes, "
                      "refuses nothing, and says what it would have done."));
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    m_start = makeButton(tr("Start shadow..."), tr("Choose the candidate's options"));
    m_start->setObjectName(QStringLiteral("start-shadow"));
    connect(m_start, &QToolButton::clicked, this, &ShadowPanel::startWanted);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->addStretch(1);
    column->addWidget(text);
    column->addWidget(m_start, 0, Qt::AlignHCenter);
    column->addStretch(1);
    return page;
}

QWidget* ShadowPanel::makeReport() {
    m_title = new format::SafeLabel;
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_title->setAccessibleName(tr("Candidate"));
    auto* change = makeButton(tr("Change..."), tr("Another candidate in its place; it counts anew"));
    auto* end = makeButton(tr("End..."), tr("Forget the candidate and what it has counted"));
    auto* adopt = makeButton(tr("Adopt..."), tr("Make what differs the live configuration"));
    change->setObjectName(QStringLiteral("change-shadow"));
    end->setObjectName(QStringLiteral("end-shadow"));
    adopt->setObjectName(QStringLiteral("adopt-shadow"));
    connect(change, &QToolButton::clicked, this, &ShadowPanel::startWanted);
    connect(end, &QToolButton::clicked, this, &ShadowPanel::endWanted);
    connect(adopt, &QToolButton::clicked, this, &ShadowPanel::adoptWanted);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(12, 4, 8, 0);
    bar->addWidget(m_title, 1);
    for (QToolButton* button : {change, end, adopt}) bar->addWidget(button);
    m_verdict = new QLabel;
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_verdict->setContentsMargins(12, 0, 12, 2);
    m_verdict->setAccessibleName(tr("Verdict"));
    QFont bold = m_verdict->font();
    bold.setBold(true);
    m_verdict->setFont(bold);
    auto* differing = new PlainTable;
    differing->setAccessibleName(tr("What differs"));
    differing->setModel(&m_differences);
    differing->setColumnSamples({QString(), QStringLiteral("at_least mm"), QStringLiteral("Candidate mm")});
    differing->setEmptyText(tr("Nothing differs: the live configuration has become the candidate's."));
    auto* both = new QHBoxLayout;
    both->setSpacing(0);
    both->addWidget(makeFigures(), 1);
    both->addWidget(differing, 1);
    auto* page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(bar);
    column->addWidget(m_verdict);
    column->addLayout(both, 1);
    return page;
}

QWidget* ShadowPanel::makeFigures() {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kColumnGap);
    grid->setVerticalSpacing(2);
    const auto addTitle = [grid](const QString& text, int column) {
        auto* title = new QLabel;
        title->setTextFormat(Qt::PlainText);
        title->setText(text);
        title->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(title, 0, column);
    };
    addTitle(tr("Live"), 1);
    addTitle(tr("Candidate"), 2);
    addFigure(*grid, State, tr("State"));
    addFigure(*grid, Trips, tr("Trips"));
    addFigure(*grid, Refused, tr("Refused"));
    addFigure(*grid, RefusedGood, tr("of them good"));
    addFigure(*grid, NotClosed, tr("Not closed for"));
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    m_rules = new widgets::RuleBars;
    m_rules->setAccessibleName(tr("The candidate's rules now"));
    auto* content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(12, 2, 8, 4);
    column->addLayout(grid);
    column->addWidget(m_rules);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    return scroll;
}

void ShadowPanel::addFigure(QGridLayout& grid, Figure figure, const QString& name) {
    auto* caption = new QLabel;
    caption->setTextFormat(Qt::PlainText);
    caption->setText(name);
    caption->setForegroundRole(QPalette::PlaceholderText);
    grid.addWidget(caption, figure + 1, 0);
    m_live[figure] = new format::SafeLabel;
    m_live[figure]->setAccessibleName(tr("Live: %1").arg(name));
    grid.addWidget(m_live[figure], figure + 1, 1);
    m_candidate[figure] = new format::SafeLabel;
    m_candidate[figure]->setAccessibleName(tr("Candidate: %1").arg(name));
    grid.addWidget(m_candidate[figure], figure + 1, 2);
}

void ShadowPanel::apply(const domain::Snapshot& snapshot) {
    m_start->setEnabled(snapshot.detail != nullptr && !snapshot.detail->config().empty());
    if (snapshot.shadow == m_report && (m_report == nullptr || snapshot.detail == m_detail)) return;
    const bool other = m_report == nullptr || snapshot.shadow == nullptr ||
                       m_report->differences != snapshot.shadow->differences || snapshot.detail != m_detail;
    m_report = snapshot.shadow;
    m_detail = snapshot.detail;
    m_pages->setCurrentIndex(m_report == nullptr ? 0 : 1);
    if (m_report == nullptr) return;
    m_title->setForeignText(format::shadowTitle(*m_report));
    m_verdict->setText(format::verdict(*m_report));
    m_rules->setStandings(m_report->standings, m_report->lastTrip && m_report->state != domain::State::closed
                                                   ? std::optional(m_report->lastTrip->rule)
                                                   : std::nullopt);
    m_rules->setVisible(!m_report->standings.empty());
    showFigures(snapshot);
    if (other) showDifferences(snapshot);
}

void ShadowPanel::showFigures(const domain::Snapshot& snapshot) {
    const domain::ShadowReport& report = *m_report;
    const std::array<std::array<QString, 2>, FigureCount> texts{{
        {format::word(snapshot.state), format::word(report.state)},
        {format::count(report.liveTrips), format::count(report.trips)},
        {format::count(report.liveRefused), format::count(report.wouldRefuse)},
        // What the live one refused was not made: nobody knows how it would have ended.
        {tr("not known"), format::count(report.refusedGood)},
        {format::span(report.liveNotClosed), format::span(report.notClosed)},
    }};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        m_live[i]->setForeignText(texts[i][0]);
        m_candidate[i]->setForeignText(texts[i][1]);
    }
}

void ShadowPanel::showDifferences(const domain::Snapshot& snapshot) {
    std::vector<models::ConfigDifference> differing;
    for (const domain::ConfigEntry& entry : m_report->differences) {
        differing.push_back({format::SafeText::oneLine(entry.option), models::optionOf(snapshot, entry.option),
                             format::SafeText::oneLine(entry.value)});
    }
    m_differences.show(std::move(differing));
}

void ShadowPanel::clear() {
    m_report.reset();
    m_detail.reset();
    m_pages->setCurrentIndex(0);
}

}  // namespace fusebox::views
