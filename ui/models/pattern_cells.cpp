#include <fusebox/models/pattern_cells.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <QStringList>

#include <numeric>

namespace fusebox::models::pattern_cells {

namespace {

using Column = PatternsModel::Column;
using format::SafeText::kNameLimit;
using format::SafeText::oneLine;

constexpr std::size_t kMostNamed = 12;

std::uint64_t sumOf(const std::vector<std::uint32_t>& minutes) {
    return std::accumulate(minutes.begin(), minutes.end(), std::uint64_t{0});
}

/// "search", "search +2": the one with most of them, and how many more.
QString breakersText(const domain::ErrorPattern& pattern) {
    if (pattern.breakers.empty()) return format::missing();
    const QString first = oneLine(pattern.breakers.front().breaker.value, kNameLimit);
    const std::size_t more = pattern.breakers.size() - 1;
    return more == 0 ? first : QStringLiteral("%1 +%2").arg(first).arg(more);
}

QString breakersList(const domain::ErrorPattern& pattern) {
    QStringList lines;
    for (std::size_t i = 0; i < pattern.breakers.size() && i < kMostNamed; ++i) {
        const domain::BreakerShare& share = pattern.breakers[i];
        lines << oneLine(share.breaker.value, kNameLimit) + QStringLiteral(": ") + format::count(share.count);
    }
    if (pattern.breakers.size() > kMostNamed) {
        lines << QStringLiteral("and %1 more").arg(pattern.breakers.size() - kMostNamed);
    }
    return lines.join(QLatin1Char('\n'));
}

QString perMinuteText(double rate) {
    if (rate <= 0) return QStringLiteral("0");
    if (rate < 0.1) return QStringLiteral("< 0.1");
    return rate < 100 ? QString::number(rate, 'f', 1) : format::count(static_cast<std::uint64_t>(rate + 0.5));
}

/// New and back again first: they are what an operator has to know of.
double urgencyOf(domain::Trend trend) {
    switch (trend) {
        case domain::Trend::regressed:
            return 4;
        case domain::Trend::fresh:
            return 3;
        case domain::Trend::rising:
            return 2;
        case domain::Trend::steady:
            return 1;
        case domain::Trend::resolved:
            return 0;
    }
    return 0;
}

double secondsOf(base::WallTime at) {
    return std::chrono::duration<double>(at.time_since_epoch()).count();
}

struct Heading {
    const char* title;
    const char* toolTip;
};

Heading headingOf(Column column) {
    switch (column) {
        case PatternsModel::Severity:
            return {"Severity", "From category, share of failing calls, trend and words like 'corrupt'"};
        case PatternsModel::Trend:
            return {"Trend", "New, rising, steady, resolved, or back again after it was resolved"};
        case PatternsModel::TrendLine:
            return {"30 min", "Errors in each of the last 30 minutes"};
        case PatternsModel::Category:
            return {"Category", "What kind of trouble it is"};
        case PatternsModel::Text:
            return {"Pattern", "What the errors say, with their values masked"};
        case PatternsModel::Here:
            return {"Here", "Errors of the breaker that is looked at"};
        case PatternsModel::Count:
            return {"Count", "Errors since the program started"};
        case PatternsModel::PerMinute:
            return {"Per min", "Errors a minute over the last five minutes"};
        case PatternsModel::TripShare:
            return {"Of trip", "Share of the errors in the window before the chosen trip"};
        case PatternsModel::FirstSeen:
            return {"First", "When it was first seen"};
        case PatternsModel::LastSeen:
            return {"Last", "When it was last seen"};
        case PatternsModel::Breakers:
            return {"Breakers", "Which breakers had it, the one with most of them first"};
        case PatternsModel::Strategy:
            return {"Handled by", "What is done at once, around the failing call"};
        case PatternsModel::Action:
            return {"Action", "The recovery action that was last taken against it"};
        case PatternsModel::ColumnCount:
            break;
    }
    return {"", ""};
}

}  // namespace

QString text(const PatternRow& row, Column column, base::WallTime now) {
    const domain::ErrorPattern& pattern = *row.pattern;
    switch (column) {
        case PatternsModel::Severity:
            return format::word(pattern.severity);
        case PatternsModel::Trend:
            return format::word(pattern.trend);
        case PatternsModel::TrendLine:
            return format::count(sumOf(pattern.minutes));
        case PatternsModel::Category:
            return format::word(pattern.category);
        case PatternsModel::Text:
            return row.text;
        case PatternsModel::Here:
            return format::compactCount(row.here);
        case PatternsModel::Count:
            return format::compactCount(pattern.count);
        case PatternsModel::PerMinute:
            return perMinuteText(pattern.perMinute);
        case PatternsModel::TripShare:
            return format::percent(row.tripShare);
        case PatternsModel::FirstSeen:
            return format::moment(pattern.firstSeen, now);
        case PatternsModel::LastSeen:
            return format::moment(pattern.lastSeen, now);
        case PatternsModel::Breakers:
            return breakersText(pattern);
        case PatternsModel::Strategy:
            return pattern.strategy ? format::word(*pattern.strategy) : format::missing();
        case PatternsModel::Action:
            return pattern.action ? format::word(*pattern.action) : format::missing();
        case PatternsModel::ColumnCount:
            break;
    }
    return {};
}

QString toolTip(const PatternRow& row, Column column) {
    const domain::ErrorPattern& pattern = *row.pattern;
    switch (column) {
        case PatternsModel::Category:
            return QStringLiteral("%1 sure%2")
                .arg(format::percent(pattern.confidence),
                     pattern.evidence.empty() ? QString() : QStringLiteral(": ") + oneLine(pattern.evidence));
        case PatternsModel::Text:
            return row.text;
        case PatternsModel::Here:
            return format::count(row.here);
        case PatternsModel::Count:
            return format::count(pattern.count);
        case PatternsModel::FirstSeen:
            return format::dateTime(pattern.firstSeen);
        case PatternsModel::LastSeen:
            return format::dateTime(pattern.lastSeen);
        case PatternsModel::Breakers:
            return breakersList(pattern);
        default:
            return {};
    }
}

QString title(Column column) {
    return QLatin1String(headingOf(column).title);
}

QString titleToolTip(Column column) {
    return QLatin1String(headingOf(column).toolTip);
}

bool isNumber(Column column) {
    switch (column) {
        case PatternsModel::Here:
        case PatternsModel::Count:
        case PatternsModel::PerMinute:
        case PatternsModel::TripShare:
            return true;
        default:
            return false;
    }
}

std::optional<double> sortKey(const PatternRow& row, Column column) {
    const domain::ErrorPattern& pattern = *row.pattern;
    switch (column) {
        case PatternsModel::Severity:
            return static_cast<double>(pattern.severity);
        case PatternsModel::Trend:
            return urgencyOf(pattern.trend);
        case PatternsModel::TrendLine:
            return static_cast<double>(sumOf(pattern.minutes));
        case PatternsModel::Category:
            return static_cast<double>(pattern.category);
        case PatternsModel::Here:
            return static_cast<double>(row.here);
        case PatternsModel::Count:
            return static_cast<double>(pattern.count);
        case PatternsModel::PerMinute:
            return pattern.perMinute;
        case PatternsModel::TripShare:
            return row.tripShare;
        case PatternsModel::FirstSeen:
            return secondsOf(pattern.firstSeen);
        case PatternsModel::LastSeen:
            return secondsOf(pattern.lastSeen);
        case PatternsModel::Breakers:
            return static_cast<double>(pattern.breakers.size());
        case PatternsModel::Strategy:
            return pattern.strategy ? std::optional(static_cast<double>(*pattern.strategy)) : std::nullopt;
        case PatternsModel::Action:
            return pattern.action ? std::optional(static_cast<double>(*pattern.action)) : std::nullopt;
        case PatternsModel::Text:
        case PatternsModel::ColumnCount:
            break;
    }
    return std::nullopt;
}

}  // namespace fusebox::models::pattern_cells
