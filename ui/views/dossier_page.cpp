#include <fusebox/views/dossier_page.h>

#include <fusebox/format/dossier_text.h>
#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/text_dialog.h>
#include <fusebox/widgets/rule_bars.h>
#include <fusebox/widgets/slice_bars.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

#include <array>

namespace fusebox::views {
namespace {

constexpr int kColumnGap = 28;
constexpr double kSentenceScale = 1.15;

}  // namespace

DossierPage::DossierPage(QWidget* parent) : QWidget(parent) {
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 10);
    column->setSpacing(6);
    addSentences(*column);
    addFigures(*column);
    addOutcomes(*column);
    column->addStretch(1);
}

void DossierPage::addSentences(QVBoxLayout& column) {
    m_sentence = new QLabel;
    m_wait = new QLabel;
    for (QLabel* label : {m_sentence, m_wait}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        column.addWidget(label);
    }
    QFont large = m_sentence->font();
    large.setPointSizeF(large.pointSizeF() * kSentenceScale);
    large.setBold(true);
    m_sentence->setFont(large);
    m_sentence->setAccessibleName(tr("Why it opened"));
    m_wait->setAccessibleName(tr("How long it waits"));
    m_wait->setForegroundRole(QPalette::PlaceholderText);
}

QLabel* DossierPage::addTitle(QVBoxLayout& column, const QString& text) {
    auto* title = new QLabel;
    title->setTextFormat(Qt::PlainText);
    title->setText(text);
    title->setForegroundRole(QPalette::PlaceholderText);
    column.addWidget(title);
    return title;
}

void DossierPage::addFigures(QVBoxLayout& column) {
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    addTitle(*left, tr("Rules at that moment"));
    m_rules = new widgets::RuleBars;
    left->addWidget(m_rules);
    left->addStretch(1);
    auto* right = new QVBoxLayout;
    right->setSpacing(4);
    m_windowTitle = addTitle(*right, tr("Window"));
    m_slices = new widgets::SliceBars;
    right->addWidget(m_slices);
    right->addStretch(1);
    auto* line = new QHBoxLayout;
    line->setSpacing(kColumnGap);
    line->addLayout(left, 3);
    line->addLayout(right, 2);
    column.addLayout(line);
    column.addSpacing(4);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kColumnGap);
    grid->setVerticalSpacing(2);
    for (const QString& name : {tr("Calls"), tr("In flight"), tr("Latency"), tr("Failures since it last closed")}) {
        m_facts.push_back(addFact(*grid, name));
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    column.addLayout(grid);
}

format::SafeLabel* DossierPage::addFact(QGridLayout& grid, const QString& name) {
    const int place = static_cast<int>(m_facts.size());
    auto* caption = new QLabel;
    caption->setTextFormat(Qt::PlainText);
    caption->setText(name);
    caption->setForegroundRole(QPalette::PlaceholderText);
    auto* value = new format::SafeLabel;
    value->setAccessibleName(name);
    grid.addWidget(caption, place / 2, place % 2 * 2);
    grid.addWidget(value, place / 2, place % 2 * 2 + 1);
    return value;
}

void DossierPage::addOutcomes(QVBoxLayout& column) {
    column.addSpacing(6);
    m_outcomesTitle = addTitle(column, tr("Last outcomes"));
    m_outcomesTable = new PlainTable;
    m_outcomesTable->setAccessibleName(tr("Last outcomes"));
    m_outcomesTable->setToolTip(tr("Enter shows the whole error"));
    m_outcomesTable->setModel(&m_outcomes);
    m_outcomesTable->setColumnSamples(
        {QStringLiteral("123.4 ms before"), QStringLiteral("success, slow"), QStringLiteral("123.4 ms"), QString()});
    m_outcomesTable->setEmptyText(tr("No outcomes were kept."));
    m_outcomesTable->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);  // the page scrolls as a whole
    m_outcomesTable->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_outcomesTable, &PlainTable::rowOpened, this, &DossierPage::openOutcome);
    column.addWidget(m_outcomesTable);
}

void DossierPage::show(const std::shared_ptr<const domain::Dossier>& dossier) {
    m_sentence->setText(format::tripSentence(dossier->transition));
    m_wait->setText(format::waitSentence(*dossier));
    m_rules->setStandings(dossier->standings,
                          dossier->transition.trip ? std::optional(dossier->transition.trip->rule) : std::nullopt);
    const QString span = dossier->window.span.count() > 0 ? tr("Window of %1: ").arg(format::span(dossier->window.span))
                                                          : tr("Window: ");
    m_windowTitle->setText(span + format::windowText(dossier->window));
    m_slices->setSlices(dossier->slices);
    showFacts(*dossier);
    m_outcomes.show(dossier);
    m_outcomesTitle->setText(tr("Last outcomes, newest first (%1)").arg(m_outcomes.rowCount()));
    fitOutcomes();
}

void DossierPage::showFacts(const domain::Dossier& dossier) {
    const domain::LatencyMetrics& latency = dossier.latency;
    const std::array texts{
        tr("%1 over the window").arg(format::callsPerSecond(dossier.callsPerSecond)),
        format::inFlightText(dossier.inFlight),
        tr("P50 %1   P95 %2   P99 %3")
            .arg(format::latency(latency.p50), format::latency(latency.p95), format::latency(latency.p99)),
        format::categoriesText(dossier)};
    for (std::size_t i = 0; i < texts.size(); ++i) m_facts[i]->setForeignText(texts[i]);
}

// As high as its rows: the page scrolls, not the table in it.
void DossierPage::fitOutcomes() {
    const int rows = std::max(1, m_outcomes.rowCount());
    const int header = m_outcomesTable->horizontalHeader()->sizeHint().height();
    m_outcomesTable->setFixedHeight(header + rows * m_outcomesTable->verticalHeader()->defaultSectionSize() + 2);
}

void DossierPage::openOutcome(const QModelIndex& index) {
    const domain::PastOutcome& outcome = m_outcomes.outcome(index.row());
    if (!outcome.error) return;
    QString text;
    for (const domain::Error* error = outcome.error.get(); error != nullptr; error = error->cause.get()) {
        if (!text.isEmpty()) text += tr("\n\ncaused by\n\n");
        text += format::SafeText::block(error->text());
    }
    (new TextDialog(tr("Error"), text, this))->open();
}

}  // namespace fusebox::views
