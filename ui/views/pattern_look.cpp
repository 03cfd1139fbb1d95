#include <fusebox/views/pattern_look.h>

#include <fusebox/format/words.h>
#include <fusebox/models/pattern_cells.h>

namespace fusebox::views {
namespace {

using models::PatternsModel;
using widgets::Tone;

constexpr std::size_t kMinutes = 30;
constexpr float kLeastTop = 4;  // errors a minute: single ones do not look like a storm

widgets::TrendCell minutesOf(const domain::ErrorPattern& pattern) {
    widgets::TrendCell cell;
    for (const std::uint32_t count : pattern.minutes) cell.points.append({static_cast<float>(count), 0});
    cell.leastTop = kLeastTop;
    cell.width = kMinutes;
    return cell;
}

Tone toneOf(const models::PatternRow& row, PatternsModel::Column column) {
    const domain::ErrorPattern& pattern = *row.pattern;
    switch (column) {
        case PatternsModel::Text:
            return pattern.severity == domain::Severity::critical ? Tone::alarm : Tone::normal;
        case PatternsModel::PerMinute:
            return pattern.perMinute > 0 ? Tone::normal : Tone::muted;
        case PatternsModel::TripShare:
            return row.tripShare ? Tone::normal : Tone::muted;
        case PatternsModel::FirstSeen:
            return Tone::muted;
        case PatternsModel::Strategy:
            return pattern.strategy ? Tone::normal : Tone::muted;
        case PatternsModel::Action:
            return pattern.action ? Tone::normal : Tone::muted;
        default:
            return Tone::normal;
    }
}

}  // namespace

widgets::Cell PatternLook::cellAt(const QModelIndex& index) const {
    const models::PatternRow& row = m_model.row(index.row());
    const auto column = static_cast<PatternsModel::Column>(index.column());
    if (column == PatternsModel::Severity) {
        return widgets::MarkCell{row.pattern->severity, format::word(row.pattern->severity)};
    }
    if (column == PatternsModel::Trend) {
        return widgets::MarkCell{row.pattern->trend, format::word(row.pattern->trend)};
    }
    if (column == PatternsModel::TrendLine) return minutesOf(*row.pattern);
    const Qt::Alignment align = models::pattern_cells::isNumber(column) ? Qt::AlignRight : Qt::AlignLeft;
    return widgets::TextCell{models::pattern_cells::text(row, column, m_model.now()), align, toneOf(row, column)};
}

}  // namespace fusebox::views
