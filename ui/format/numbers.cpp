#include <fusebox/format/numbers.h>

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace fusebox::format {

namespace {

using std::chrono::duration_cast;

const QLocale& english() {
    static const QLocale locale(QLocale::English, QLocale::UnitedStates);
    return locale;
}

/// Three significant digits up to 999, none behind the point beyond: 1.24, 12.4, 124, 1,240.
QString threeDigits(double value) {
    const double size = std::abs(value);
    // 9.995 would print as "10.00": the limits lie where rounding changes the number of digits.
    const int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return english().toString(value, 'f', decimals);
}

/// Two units at most, the second left out when it is zero: "1 h 5 min".
QString twoUnits(std::int64_t seconds) {
    struct Unit {
        std::int64_t size;
        const char* name;
    };
    static constexpr std::array kUnits{Unit{86'400, "d"}, Unit{3'600, "h"}, Unit{60, "min"}, Unit{1, "s"}};
    for (std::size_t i = 0; i + 1 < kUnits.size(); ++i) {
        if (seconds < kUnits[i].size) continue;
        const std::int64_t rest = seconds % kUnits[i].size / kUnits[i + 1].size;
        QString text = QStringLiteral("%1 %2").arg(seconds / kUnits[i].size).arg(QLatin1String(kUnits[i].name));
        if (rest > 0) text += QStringLiteral(" %1 %2").arg(rest).arg(QLatin1String(kUnits[i + 1].name));
        return text;
    }
    return QStringLiteral("%1 s").arg(seconds);
}

QDateTime localTime(base::WallTime at) {
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}

}  // namespace

QString missing() {
    return QStringLiteral("–");
}

QString tooFewCalls() {
    return QStringLiteral("too few calls");
}

QString callsPerSecond(std::optional<double> rate) {
    if (!rate || !std::isfinite(*rate)) return missing();
    const double value = std::max(*rate, 0.0);
    if (value > 0 && value < 0.05) return QStringLiteral("< 0.1/s");
    return english().toString(value, 'f', value >= 99.95 ? 0 : 1) + QStringLiteral("/s");
}

QString percent(std::optional<double> share) {
    if (!share || !std::isfinite(*share)) return missing();
    const double value = *share * 100.0;
    if (value > 0 && value < 0.05) return QStringLiteral("< 0.1 %");
    // "100 %" is said only of all: 99.97 would round to it.
    if (value < 100 && value >= 99.95) return QStringLiteral("> 99.9 %");
    const bool isWhole = value == 0 || value == 100;
    return english().toString(value, 'f', isWhole ? 0 : 1) + QStringLiteral(" %");
}

QString chosenShare(double share) {
    return QStringLiteral("%1 %").arg(share * 100, 0, 'g', 4);
}

QString failureRate(const domain::WindowMetrics& window) {
    if (window.failureRate) return percent(window.failureRate);
    return window.calls > 0 ? tooFewCalls() : missing();
}

QString latency(std::optional<base::Duration> duration) {
    if (!duration || duration->count() < 0) return missing();
    const auto ns = static_cast<double>(duration->count());
    if (ns < 999.5e3) return threeDigits(ns / 1e3) + QStringLiteral(" µs");
    if (ns < 999.5e6) return threeDigits(ns / 1e6) + QStringLiteral(" ms");
    return threeDigits(ns / 1e9) + QStringLiteral(" s");
}

QString count(std::uint64_t value) {
    return english().toString(static_cast<qulonglong>(value));
}

QString compactCount(std::uint64_t value) {
    if (value < 1'000) return QString::number(value);
    static constexpr std::array kUnits{"k", "M", "G", "T", "P", "E"};
    double scaled = static_cast<double>(value);
    std::size_t unit = 0;
    for (scaled /= 1e3; scaled >= 999.5 && unit + 1 < kUnits.size(); scaled /= 1e3) ++unit;
    return english().toString(scaled, 'f', scaled >= 99.95 ? 0 : 1) + QLatin1Char(' ') + QLatin1String(kUnits[unit]);
}

QString counted(std::uint64_t value, const QString& one, const QString& many) {
    return count(value) + QLatin1Char(' ') + (value == 1 ? one : many);
}

QString age(base::Duration since) {
    const std::int64_t seconds = duration_cast<std::chrono::seconds>(since).count();
    if (seconds < 1) return QStringLiteral("now");
    if (seconds < 60) return QStringLiteral("%1 s ago").arg(seconds);
    if (seconds < 3'600) return QStringLiteral("%1 min ago").arg(seconds / 60);
    if (seconds < 86'400) return QStringLiteral("%1 h ago").arg(seconds / 3'600);
    return QStringLiteral("%1 d ago").arg(seconds / 86'400);
}

QString countdown(base::Duration left) {
    const std::int64_t seconds = std::max<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(left).count(), 0);
    const QLatin1Char zero('0');
    if (seconds < 3'600) return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, zero);
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3'600)
        .arg(seconds / 60 % 60, 2, 10, zero)
        .arg(seconds % 60, 2, 10, zero);
}

QString span(base::Duration duration) {
    if (duration.count() < 0) return missing();
    if (duration < std::chrono::seconds(1)) {
        const auto ms = std::chrono::duration<double, std::milli>(duration).count();
        return ms == std::floor(ms) ? QStringLiteral("%1 ms").arg(ms) : latency(duration);
    }
    if (duration < std::chrono::seconds(10)) {
        // One digit behind the point, but not ".0": "1.5 s", "2 s".
        const double tenths = std::round(std::chrono::duration<double>(duration).count() * 10) / 10;
        return QStringLiteral("%1 s").arg(english().toString(tenths, 'g', 3));
    }
    return twoUnits(std::chrono::round<std::chrono::seconds>(duration).count());
}

QString clockTime(base::WallTime at) {
    return localTime(at).toString(QStringLiteral("HH:mm:ss"));
}

QString moment(base::WallTime at, base::WallTime now) {
    if (at == base::WallTime{}) return missing();
    if (localTime(at).date() == localTime(now).date()) return clockTime(at);
    return english().toString(localTime(at), QStringLiteral("d MMM"));
}

QString dateTime(base::WallTime at) {
    return localTime(at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

}  // namespace fusebox::format
