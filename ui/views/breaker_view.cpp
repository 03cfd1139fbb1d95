#include <fusebox/views/breaker_view.h>

#include <fusebox/format/safe_text.h>
#include <fusebox/views/breaker_tables.h>
#include <fusebox/views/charts_panel.h>
#include <fusebox/widgets/state_diagram.h>

#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace fusebox::views {
namespace {

constexpr int kWideFrom = 1600;
constexpr int kDiagramWidth = 460;

std::optional<double> thresholdOf(const domain::Snapshot& snapshot, std::optional<double> known) {
    for (const domain::RuleStanding& rule : snapshot.standings) {
        if (rule.rule == domain::TripRule::failureRate) return rule.threshold;
    }
    // Only a closed breaker says how near its rules are. An open one remembers by what it was tripped.
    if (known || snapshot.detail == nullptr) return known;
    const std::vector<domain::Transition>& past = snapshot.detail->transitions;
    const auto byRate = std::find_if(past.rbegin(), past.rend(), [](const domain::Transition& each) {
        return each.trip && each.trip->rule == domain::TripRule::failureRate;
    });
    return byRate == past.rend() ? std::nullopt : std::optional(byRate->trip->threshold);
}

}  // namespace

BreakerView::BreakerView(LiveModels& models, QWidget* parent)
    : QWidget(parent), m_models(models), m_pages(new QStackedWidget), m_empty(new QLabel) {
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(makeBody());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    connect(&models, &LiveModels::applied, this, &BreakerView::refresh);
    connect(&models, &LiveModels::selectionChanged, this, &BreakerView::showSelected);
    showSelected();
}

QWidget* BreakerView::makeBody() {
    m_diagram = new widgets::StateDiagram;
    m_charts = new ChartsPanel;
    m_lists = new QTabWidget;
    m_lists->setDocumentMode(true);
    m_tables = new BreakerTables(*m_lists);
    connect(m_lists, &QTabWidget::currentChanged, this, &BreakerView::onTab);
    m_wideCharts = new QWidget;
    auto* charts = new QVBoxLayout(m_wideCharts);
    charts->setContentsMargins(0, 0, 0, 0);
    charts->setSpacing(2);
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_diagram);
    m_splitter->addWidget(m_wideCharts);
    m_splitter->addWidget(m_lists);
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_splitter, 1);
    arrange(Arrangement::compact);
    return body;
}

void BreakerView::arrange(Arrangement arrangement) {
    if (arrangement == m_arrangement) return;
    m_arrangement = arrangement;
    const bool wide = arrangement == Arrangement::wide;
    QWidget* span = m_charts->spanSwitch();
    if (wide) {
        m_lists->setCornerWidget(nullptr);
        m_lists->removeTab(m_lists->indexOf(m_charts));
        m_wideCharts->layout()->addWidget(span);
        m_wideCharts->layout()->setAlignment(span, Qt::AlignRight);
        m_wideCharts->layout()->addWidget(m_charts);
        m_charts->show();
    } else {
        m_lists->insertTab(0, m_charts, tr("Charts"));
        m_lists->setCornerWidget(span, Qt::TopRightCorner);
        m_lists->setCurrentIndex(0);
    }
    showSpanSwitch();
    m_wideCharts->setVisible(wide);
    resetState();
}

// It belongs to the charts, and the other tabs have a use for its room.
void BreakerView::showSpanSwitch() {
    const bool wide = m_arrangement == Arrangement::wide;
    m_charts->spanSwitch()->setVisible(wide || m_lists->currentWidget() == m_charts);
}

void BreakerView::onTab() {
    showSpanSwitch();
    if (m_models.selectedRow() != nullptr) m_tables->applyErrors(m_models.frame(), m_models.selected());
}

void BreakerView::resetState() {
    const int rest = std::max(width() - kDiagramWidth, 2);
    m_splitter->setSizes({kDiagramWidth, rest * 9 / 16, rest * (m_arrangement == Arrangement::wide ? 7 : 16) / 16});
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 1);
}

void BreakerView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange(width() >= kWideFrom ? Arrangement::wide : Arrangement::compact);
}

void BreakerView::showSelected() {
    m_charts->setThreshold(std::nullopt);
    m_tables->clear();
    refresh();
}

void BreakerView::refresh() {
    const models::FleetRow* row = m_models.selectedRow();
    m_pages->setCurrentIndex(row == nullptr ? 0 : 1);
    if (row == nullptr) {
        m_empty->setText(emptyText());
        return m_diagram->clear();
    }
    m_diagram->setSnapshot(row->snapshot);
    m_tables->apply(row->snapshot);
    m_tables->applyErrors(m_models.frame(), row->id);
    m_charts->setThreshold(thresholdOf(row->snapshot, m_charts->threshold()));
    m_charts->apply(m_models.history().of(m_models.selected()), m_models.history().now());
}

QString BreakerView::emptyText() const {
    if (m_models.frame() == nullptr) return tr("Waiting for the first data.");
    if (m_models.fleet().totalCount() == 0) return tr("There is no breaker yet.");
    if (m_models.selected().value.empty()) return tr("Select a breaker to see it in detail.");
    return tr("%1 is not there any more.")
        .arg(format::SafeText::oneLine(m_models.selected().value, format::SafeText::kNameLimit));
}

void BreakerView::setMotionScale(double scale) {
    m_diagram->setMotionScale(scale);
}

QByteArray BreakerView::saveState() const {
    return m_splitter->saveState();
}

void BreakerView::restoreState(const QByteArray& state) {
    m_splitter->restoreState(state);
}

}  // namespace fusebox::views
