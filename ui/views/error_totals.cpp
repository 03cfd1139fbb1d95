#include <fusebox/views/error_totals.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/words.h>
#include <fusebox/widgets/summary_tile.h>

#include <QHBoxLayout>

#include <chrono>

namespace fusebox::views {

ErrorTotals::ErrorTotals(QWidget* parent) : QWidget(parent) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    m_total = addFigure(tr("Errors"), tr("Errors since the program started"));
    m_perMinute = addFigure(tr("Per minute"), tr("Errors a minute over the last five minutes"));
    for (const domain::Category category : domain::kCategories) {
        auto* tile = new widgets::SummaryTile(format::word(category), widgets::SummaryTile::Role::filter);
        tile->setToolTip(tr("Show only the patterns of this category; press again to show all"));
        connect(tile, &QAbstractButton::toggled, this, &ErrorTotals::categoriesChanged);
        line->addWidget(tile);
        m_categories[static_cast<std::size_t>(category)] = tile;
    }
    m_success = addFigure(tr("Recovery"), tr("How many recovery actions were followed by the breaker closing in time"));
    m_time =
        addFigure(tr("Closed after"), tr("Time from a recovery action to CLOSED, on average of those that helped"));
    line->addStretch(1);
    show(nullptr);
}

widgets::SummaryTile* ErrorTotals::addFigure(const QString& caption, const QString& tip) {
    auto* tile = new widgets::SummaryTile(caption);
    tile->setToolTip(tip);
    tile->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("Per minute mmm")));
    layout()->addWidget(tile);
    return tile;
}

void ErrorTotals::show(const domain::ErrorReport* report) {
    const auto figure = [&](auto ofReport) { return report == nullptr ? format::missing() : ofReport(*report); };
    m_total->setFigure(figure([](const auto& errors) { return format::compactCount(errors.total); }));
    m_total->setToolTip(
        report != nullptr && report->lost > 0
            ? tr("Errors since the program started; %1 came too fast to be looked at").arg(format::count(report->lost))
            : tr("Errors since the program started"));
    m_perMinute->setFigure(figure([](const auto& errors) { return QString::number(errors.perMinute, 'f', 1); }));
    for (std::size_t at = 0; at < m_categories.size(); ++at) {
        m_categories[at]->setFigure(
            figure([at](const auto& errors) { return format::compactCount(errors.byCategory[at]); }));
    }
    m_success->setFigure(figure([](const auto& errors) { return format::percent(errors.recoverySuccessRate); }));
    m_time->setFigure(figure([](const auto& errors) {
        if (!errors.avgRecoveryTimeMs) return format::missing();
        const std::chrono::duration<double, std::milli> took(*errors.avgRecoveryTimeMs);
        return format::span(std::chrono::duration_cast<base::Duration>(took));
    }));
}

std::bitset<domain::kCategoryCount> ErrorTotals::categories() const {
    std::bitset<domain::kCategoryCount> chosen;
    for (std::size_t at = 0; at < m_categories.size(); ++at) chosen.set(at, m_categories[at]->isChecked());
    return chosen;
}

void ErrorTotals::clear() {
    for (widgets::SummaryTile* tile : m_categories) tile->setChecked(false);
}

}  // namespace fusebox::views
