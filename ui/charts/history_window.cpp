#include <fusebox/charts/history_window.h>

#include <QDateTime>

#include <algorithm>
#include <array>

namespace fusebox::charts {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 16> kSteps{5s,    10s,    30s,    60s,    300s,   600s,    1800s,   3600s,
                                                      7200s, 10800s, 21600s, 43200s, 86400s, 172800s, 432000s, 864000s};

base::WallTime::duration wall(base::Duration duration) {
    return std::chrono::duration_cast<base::WallTime::duration>(duration);
}

/// Not later than now, and of an allowed length.
HistoryWindow allowed(base::WallTime from, base::Duration span, base::WallTime now) {
    span = std::clamp<base::Duration>(span, HistoryWindow::kShortest, HistoryWindow::kLongest);
    if (from + wall(span) > now) from = now - wall(span);
    return {from, from + wall(span)};
}

}  // namespace

HistoryWindow lastOf(base::Duration span, base::WallTime now) {
    return allowed(now, span, now);
}

HistoryWindow zoomed(const HistoryWindow& window, double factor, double anchor, base::WallTime now) {
    const auto span = std::clamp<base::Duration>(
        std::chrono::duration_cast<base::Duration>(std::chrono::duration<double>(window.span()) / factor),
        HistoryWindow::kShortest, HistoryWindow::kLongest);
    const base::WallTime kept = momentAt(window, anchor);
    const std::chrono::duration<double> before = std::chrono::duration<double>(span) * anchor;
    return allowed(kept - std::chrono::duration_cast<base::WallTime::duration>(before), span, now);
}

HistoryWindow moved(const HistoryWindow& window, double share, base::WallTime now) {
    const std::chrono::duration<double> by = std::chrono::duration<double>(window.span()) * share;
    return allowed(window.from + std::chrono::duration_cast<base::WallTime::duration>(by), window.span(), now);
}

double placeOf(const HistoryWindow& window, base::WallTime at) {
    const std::chrono::duration<double> length = window.to - window.from;
    return length.count() <= 0 ? 0 : std::chrono::duration<double>(at - window.from) / length;
}

base::WallTime momentAt(const HistoryWindow& window, double place) {
    const std::chrono::duration<double> length = window.to - window.from;
    return window.from + std::chrono::duration_cast<base::WallTime::duration>(length * place);
}

std::vector<TimeMark> timeMarks(const HistoryWindow& window, int most) {
    const auto enough = [&](std::chrono::seconds step) { return window.span() / step <= std::max(most, 1); };
    const auto found = std::find_if(kSteps.begin(), kSteps.end(), enough);
    const std::chrono::seconds step = found == kSteps.end() ? kSteps.back() : *found;
    const auto first = std::chrono::ceil<std::chrono::seconds>(window.from.time_since_epoch());
    // Midnights and full hours of the place where the person sits.
    const std::chrono::seconds offset(QDateTime::fromSecsSinceEpoch(first.count()).offsetFromUtc());
    std::chrono::seconds at = first + offset;
    at += (step - at % step) % step;
    const QString form = step < 60s ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    std::vector<TimeMark> marks;
    for (; base::WallTime(at - offset) < window.to; at += step) {
        const QDateTime local = QDateTime::fromSecsSinceEpoch((at - offset).count());
        const bool isDay = step >= 86400s || local.time() == QTime(0, 0);
        marks.push_back({base::WallTime(at - offset), local.toString(isDay ? QStringLiteral("d MMM") : form)});
    }
    return marks;
}

}  // namespace fusebox::charts
