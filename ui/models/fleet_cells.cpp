#include <fusebox/models/fleet_cells.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <chrono>

namespace fusebox::models::fleet_cells {

namespace {

using Column = FleetModel::Column;

/// Trouble first: what an operator looks for stands at the top.
double urgency(StateGroup group) {
    switch (group) {
        case StateGroup::open:
            return 0;
        case StateGroup::halfOpen:
            return 1;
        case StateGroup::held:
            return 2;
        case StateGroup::unknown:
            return 3;
        case StateGroup::closed:
            return 4;
    }
    return 5;
}

std::optional<double> inSeconds(std::optional<base::Duration> duration) {
    if (!duration) return std::nullopt;
    return std::chrono::duration<double>(*duration).count();
}

QString lastChangeText(const FleetRow& row) {
    if (row.lastChange.isEmpty()) return format::missing();
    return format::age(row.snapshot.metrics.timeInState) + QStringLiteral(" · ") + row.lastChange;
}

QString rateToolTip(const FleetRow& row) {
    const domain::WindowMetrics& window = row.snapshot.metrics.window;
    return QStringLiteral("%1 failed of %2 in the window that the trip rules see")
        .arg(format::count(window.failures),
             format::counted(window.calls, QStringLiteral("call"), QStringLiteral("calls")));
}

QString latencyToolTip(const FleetRow& row) {
    const domain::LatencyMetrics& latency = row.snapshot.metrics.latency;
    if (latency.samples == 0) return QStringLiteral("No call ended in the metrics window");
    return QStringLiteral("From %1, error at most %2")
        .arg(format::counted(latency.samples, QStringLiteral("call"), QStringLiteral("calls")),
             format::percent(latency.relativeError));
}

QString groupLine(const FleetRow& row) {
    return row.groupName.isEmpty() ? QString() : QStringLiteral("\nin group ") + row.groupName;
}

QString heldToolTip(const FleetRow& row) {
    QString lines;
    for (const domain::Hold& hold : row.snapshot.holds) {
        if (!lines.isEmpty()) lines += QLatin1Char('\n');
        lines += QStringLiteral("%1 by %2: %3, %4")
                     .arg(format::word(hold.mode), format::SafeText::oneLine(hold.who, format::SafeText::kNameLimit),
                          format::SafeText::oneLine(hold.why),
                          hold.remaining ? format::span(*hold.remaining) + QStringLiteral(" left")
                                         : QStringLiteral("until it is released"));
    }
    return lines;
}

}  // namespace

QString text(const FleetRow& row, Column column) {
    const domain::LatencyMetrics& latency = row.snapshot.metrics.latency;
    switch (column) {
        case Column::State:
            return row.look.word;
        case Column::Name:
            return row.name;
        case Column::Kind:
            return row.kind;
        case Column::CallsPerSecond:
            return format::callsPerSecond(row.callsPerSecond);
        case Column::ErrorRate:
            return format::failureRate(row.snapshot.metrics.window);
        case Column::P50:
            return format::latency(latency.p50);
        case Column::P95:
            return format::latency(latency.p95);
        case Column::P99:
            return format::latency(latency.p99);
        case Column::LastChange:
            return lastChangeText(row);
        case Column::Holds:
            return row.holds;
        case Column::TrendLine:
        case Column::ColumnCount:
            break;
    }
    return {};
}

QString toolTip(const FleetRow& row, Column column) {
    switch (column) {
        case Column::State:
            return format::word(row.snapshot.state);
        case Column::Name:
            return row.name + QLatin1Char('\n') + row.target + groupLine(row);
        case Column::Kind:
            return row.target;
        case Column::CallsPerSecond:
            return QStringLiteral("%1 refused").arg(format::callsPerSecond(row.rejectedPerSecond));
        case Column::ErrorRate:
            return rateToolTip(row);
        case Column::P50:
        case Column::P95:
        case Column::P99:
            return latencyToolTip(row);
        case Column::TrendLine:
            return QStringLiteral("Calls of each second over the last minute, those that failed or were refused below");
        case Column::LastChange:
            return row.lastChange;
        case Column::Holds:
            return heldToolTip(row);
        case Column::ColumnCount:
            break;
    }
    return {};
}

bool isNumber(Column column) {
    return column >= Column::CallsPerSecond && column <= Column::P99;
}

QString title(Column column) {
    switch (column) {
        case Column::State:
            return QStringLiteral("State");
        case Column::Name:
            return QStringLiteral("Name");
        case Column::Kind:
            return QStringLiteral("Kind");
        case Column::CallsPerSecond:
            return QStringLiteral("Calls/s");
        case Column::ErrorRate:
            return QStringLiteral("Errors");
        case Column::P50:
            return QStringLiteral("P50");
        case Column::P95:
            return QStringLiteral("P95");
        case Column::P99:
            return QStringLiteral("P99");
        case Column::TrendLine:
            return QStringLiteral("Last minute");
        case Column::LastChange:
            return QStringLiteral("Last change");
        case Column::Holds:
            return QStringLiteral("Holds");
        case Column::ColumnCount:
            break;
    }
    return {};
}

QString titleToolTip(Column column) {
    switch (column) {
        case Column::State:
            return QStringLiteral("What rules now: the automaton's state, or the hold that lies on it");
        case Column::CallsPerSecond:
            return QStringLiteral("Attempts over the last 3 s, refused ones among them");
        case Column::ErrorRate:
            return QStringLiteral("Share of failed calls, as the trip rules see it");
        case Column::P50:
        case Column::P95:
        case Column::P99:
            return QStringLiteral("Latency that this share of the calls did not exceed, over the metrics window");
        case Column::TrendLine:
            return QStringLiteral("Calls of each second over the last minute");
        case Column::LastChange:
            return QStringLiteral("When the state changed last, and why");
        case Column::Holds:
            return QStringLiteral("Who holds it, why, and for how long");
        case Column::Name:
        case Column::Kind:
        case Column::ColumnCount:
            break;
    }
    return {};
}

std::optional<double> sortKey(const FleetRow& row, Column column) {
    const domain::LatencyMetrics& latency = row.snapshot.metrics.latency;
    switch (column) {
        case Column::State:
            return urgency(row.group);
        case Column::CallsPerSecond:
            return row.callsPerSecond;
        case Column::ErrorRate:
            return row.errorRate;
        case Column::P50:
            return inSeconds(latency.p50);
        case Column::P95:
            return inSeconds(latency.p95);
        case Column::P99:
            return inSeconds(latency.p99);
        case Column::TrendLine:
            return row.trend.size() > 0 ? std::optional<double>(row.trend.peak()) : std::nullopt;
        case Column::LastChange:
            return row.lastChange.isEmpty() ? std::nullopt : inSeconds(row.snapshot.metrics.timeInState);
        case Column::Holds:
            return row.snapshot.holds.empty() ? std::nullopt
                                              : std::optional(static_cast<double>(row.snapshot.holds.size()));
        case Column::Name:
        case Column::Kind:
        case Column::ColumnCount:
            break;
    }
    return std::nullopt;
}

bool isUnsteady(Column column) {
    return isNumber(column) || column == Column::TrendLine;
}

QString holdsText(const domain::Snapshot& snapshot) {
    if (snapshot.holds.empty()) return {};
    if (snapshot.holds.size() > 1) return QStringLiteral("%1 holds").arg(snapshot.holds.size());
    const domain::Hold& hold = snapshot.holds.front();
    QString text =
        format::SafeText::oneLine(hold.who, 40) + QStringLiteral(": ") + format::SafeText::oneLine(hold.why, 80);
    if (hold.remaining) text += QStringLiteral(", %1 left").arg(format::span(*hold.remaining));
    return text;
}

}  // namespace fusebox::models::fleet_cells
