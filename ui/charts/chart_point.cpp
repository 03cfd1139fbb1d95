#include <fusebox/charts/chart_point.h>

#include <algorithm>

namespace fusebox::charts {

namespace {

void keepWorst(std::optional<double>& worst, const std::optional<float>& value) {
    if (value) worst = std::max(worst.value_or(0.0), static_cast<double>(*value));
}

int severity(domain::State state) {
    switch (state) {
        case domain::State::closed:
            return 0;
        case domain::State::unknown:
        case domain::State::stale:
            return 1;
        case domain::State::halfOpen:
            return 2;
        case domain::State::open:
            return 3;
    }
    return 0;
}

ChartPoint joined(std::span<const models::HistoryPoint> seconds, std::int64_t newest) {
    ChartPoint point;
    point.x = static_cast<double>(seconds.back().second - newest);
    point.state = seconds.front().state;
    for (const models::HistoryPoint& second : seconds) {
        point.success += second.success - second.slowSuccess();
        point.slow += second.slowSuccess();
        point.failure += second.failure;
        point.rejected += second.rejected;
        keepWorst(point.p50Ms, second.p50Ms);
        keepWorst(point.p95Ms, second.p95Ms);
        keepWorst(point.p99Ms, second.p99Ms);
        keepWorst(point.errorRate, second.errorRate);
        if (severity(second.state) > severity(point.state)) point.state = second.state;
    }
    const auto count = static_cast<double>(seconds.size());
    for (double* sum : {&point.success, &point.slow, &point.failure, &point.rejected}) *sum /= count;
    return point;
}

}  // namespace

std::vector<ChartPoint> pointsOf(std::span<const models::HistoryPoint> seconds, std::int64_t newest, std::int64_t span,
                                 std::int64_t step) {
    const auto isBefore = [](const models::HistoryPoint& point, std::int64_t second) { return point.second < second; };
    const auto first = std::lower_bound(seconds.begin(), seconds.end(), newest - span, isBefore);
    const auto last = std::lower_bound(first, seconds.end(), newest + 1, isBefore);
    std::vector<ChartPoint> points;
    for (auto from = first; from != last;) {
        // Groups lie on multiples of the step, so that a second stays in its group while the span moves on.
        const std::int64_t group = from->second / step;
        const auto to = std::find_if(from, last, [&](const auto& point) { return point.second / step != group; });
        points.push_back(joined({from, to}, newest));
        from = to;
    }
    return points;
}

}  // namespace fusebox::charts
