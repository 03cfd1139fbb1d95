#include <fusebox/views/events_view.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/text_dialog.h>
#include <fusebox/widgets/filter_bar.h>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace fusebox::views {
namespace {

constexpr int kFilterWidth = 300;

}  // namespace

EventsView::EventsView(LiveModels& models, QWidget* parent)
    : QWidget(parent), m_models(models), m_table(new PlainTable) {
    m_table->setAccessibleName(tr("Events"));
    m_table->setToolTip(tr("Enter shows the whole event"));
    m_table->setModel(&models.events());
    m_table->keepEndOf(models::EventsModel::Breaker);
    m_table->setColumnSamples({QStringLiteral("14:32:07"), QStringLiteral("Warning"),
                               QStringLiteral("inventory-database-1"), QStringLiteral("Breaker removed"), QString(),
                               QStringLiteral("somebody")});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_bar = makeBar();
    column->addWidget(m_bar);
    column->addWidget(m_table, 1);
    connect(m_table, &PlainTable::rowOpened, this, &EventsView::open);
    connect(&models.events(), &models::EventsModel::countsChanged, this, &EventsView::showCounts);
    connect(&models, &LiveModels::selectionChanged, this, &EventsView::followBreaker);
    showCounts(0, 0);
}

QWidget* EventsView::makeBar() {
    m_filter = new widgets::FilterBar(tr("Filter events"));
    m_filter->setFixedWidth(kFilterWidth);
    m_onlySelected = new QCheckBox(tr("Only the &selected breaker"));
    m_losses = new QLabel;
    m_losses->setTextFormat(Qt::PlainText);
    m_losses->setForegroundRole(QPalette::PlaceholderText);
    connect(m_filter, &widgets::FilterBar::textFilterChanged, &m_models.events(), &models::EventsModel::setTextFilter);
    connect(m_onlySelected, &QCheckBox::toggled, this, &EventsView::followBreaker);
    auto* bar = new QWidget;
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(8, 2, 8, 2);
    line->addWidget(new QLabel(tr("Events")));
    line->addSpacing(12);
    line->addWidget(m_onlySelected);
    line->addWidget(m_losses);
    line->addStretch(1);
    line->addWidget(m_filter);
    return bar;
}

void EventsView::showCounts(int shown, int total) {
    m_filter->setCounts(shown, total);
    m_table->setEmptyText(total == 0 ? tr("Nothing has happened yet.") : tr("No event matches the filter."));
    const std::uint64_t dropped = m_models.events().dropped();
    m_losses->setText(dropped == 0 ? QString() : tr("%1 older ones left the list").arg(format::count(dropped)));
}

void EventsView::followBreaker() {
    m_models.events().setBreakerFilter(m_onlySelected->isChecked() ? m_models.selected() : domain::BreakerId());
}

void EventsView::open(const QModelIndex& index) {
    const domain::Event& event = m_models.events().eventAt(index.row());
    QString text = QStringLiteral("%1   %2   %3\n")
                       .arg(format::dateTime(event.at), format::word(event.level), format::word(event.kind));
    if (!event.breaker.value.empty()) text += tr("Breaker: %1\n").arg(format::SafeText::block(event.breaker.value));
    if (!event.actor.empty()) text += tr("By: %1\n").arg(format::SafeText::block(event.actor));
    text += QLatin1Char('\n') + format::SafeText::block(event.text);
    (new TextDialog(tr("Event"), text, this))->open();
}

}  // namespace fusebox::views
