#include <fusebox/views/pattern_table.h>

#include <fusebox/widgets/breaker_delegate.h>

#include <QHeaderView>

#include <array>

namespace fusebox::views {
namespace {

using Model = models::PatternsModel;

// In the detail of a breaker there is less room, and which breaker is meant is known.
constexpr std::array kHiddenForOne{Model::PerMinute, Model::FirstSeen, Model::Breakers,
                                   Model::Strategy,  Model::Count,     Model::Category};

}  // namespace

PatternTable::PatternTable(models::PatternsModel& model, Scope scope, QWidget* parent)
    : PlainTable(parent), m_model(model), m_look(model), m_scope(scope) {
    setAccessibleName(tr("Error patterns"));
    setMouseTracking(true);
    setModel(&model);
    setItemDelegate(new widgets::BreakerDelegate(m_look, this));
    verticalHeader()->setDefaultSectionSize(widgets::BreakerDelegate::rowHeight(fontMetrics()));
    fitColumns();
    setSortingEnabled(true);
    sortByColumn(scope == Scope::all ? Model::Severity : Model::Here, Qt::DescendingOrder);
    showHere(scope == Scope::oneBreaker);
    if (scope == Scope::oneBreaker) {
        for (const Model::Column column : kHiddenForOne) setColumnHidden(column, true);
    }
}

void PatternTable::fitColumns() {
    setColumnSamples({QStringLiteral("mmm Critical"), QStringLiteral("mm Regressed"), QStringLiteral("30 minutes"),
                      QStringLiteral("Data validation"), QString(), QStringLiteral("987.6 k m"),
                      QStringLiteral("987.6 k"), QStringLiteral("1,234"), QStringLiteral("99.9 %"),
                      QStringLiteral("14:32:07"), QStringLiteral("14:32:07"), QStringLiteral("inventory-db +9"),
                      QStringLiteral("Default value"), QStringLiteral("Restart service")});
}

std::optional<domain::PatternId> PatternTable::selected() const {
    const QModelIndex current = currentIndex();
    if (!current.isValid()) return std::nullopt;
    return m_model.row(current.row()).pattern->id;
}

void PatternTable::select(domain::PatternId id) {
    const int row = m_model.rowOf(id);
    if (row < 0) return;
    selectRow(row);
    scrollTo(m_model.index(row, Model::Text));
}

void PatternTable::showHere(bool shown) {
    setColumnHidden(Model::Here, !shown);
}

bool PatternTable::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave) {
        m_model.holdOrder(event->type() == QEvent::Enter);
    }
    return PlainTable::viewportEvent(event);
}

void PatternTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    PlainTable::currentChanged(current, previous);
    emit selectedChanged();
}

}  // namespace fusebox::views
