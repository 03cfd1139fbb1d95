#include <fusebox/server/hystrix_stream.h>

#include <fusebox/domain/json_writer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace fusebox::server {

namespace {

using domain::JsonWriter;
using domain::Snapshot;
using domain::Totals;

constexpr base::Duration kPause = std::chrono::milliseconds(500);
constexpr base::Duration kRolling = std::chrono::seconds(10);
constexpr std::uint64_t kNoLimit = 2'147'483'647;

std::uint64_t milliseconds(std::optional<base::Duration> span) {
    return span ? static_cast<std::uint64_t>(std::llround(static_cast<double>(span->count()) / 1e6)) : 0;
}

/// "5s" or "500ms" as the configuration writes it; zero for anything else.
std::uint64_t millisecondsOf(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || !(value >= 0 && value < 1e12)) return 0;
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    const double factor = unit == "ms" ? 1 : unit == "s" ? 1e3 : unit == "min" ? 6e4 : unit == "h" ? 3.6e6 : 0;
    return static_cast<std::uint64_t>(value * factor);
}

std::uint64_t sleepWindow(const Snapshot& snapshot) {
    if (snapshot.openWait) return milliseconds(snapshot.openWait);
    if (snapshot.detail == nullptr) return 0;
    const auto& config = snapshot.detail->config();
    const auto found =
        std::find_if(config.begin(), config.end(), [](const auto& entry) { return entry.option == "open_timeout"; });
    return found == config.end() ? 0 : millisecondsOf(found->value);
}

/// In per cent; 50, as Hystrix has it, where no rule compares rates now.
std::uint64_t errorThreshold(const Snapshot& snapshot) {
    for (const domain::RuleStanding& standing : snapshot.standings) {
        if (standing.rule == domain::TripRule::failureRate) {
            return static_cast<std::uint64_t>(std::llround(standing.threshold * 100));
        }
    }
    return 50;
}

void writeLatency(JsonWriter& out, const domain::LatencyMetrics& latency) {
    out.raw("{\"0\":").number(milliseconds(latency.p50)).raw(",\"25\":").number(milliseconds(latency.p50));
    out.raw(",\"50\":").number(milliseconds(latency.p50)).raw(",\"75\":").number(milliseconds(latency.p95));
    out.raw(",\"90\":").number(milliseconds(latency.p95)).raw(",\"95\":").number(milliseconds(latency.p95));
    out.raw(",\"99\":").number(milliseconds(latency.p99)).raw(",\"99.5\":").number(milliseconds(latency.max));
    out.raw(",\"100\":").number(milliseconds(latency.max)).raw("}");
}

void writeCounts(JsonWriter& out, const Totals& rolling) {
    const std::uint64_t requests = rolling.success + rolling.failure;
    const std::uint64_t percentage = requests == 0 ? 0 : rolling.failure * 100 / requests;
    out.raw(",\"errorPercentage\":").number(percentage).raw(",\"errorCount\":").number(rolling.failure);
    out.raw(",\"requestCount\":").number(requests);
    out.raw(",\"rollingCountBadRequests\":").number(rolling.ignored);
    out.raw(",\"rollingCountCollapsedRequests\":0,\"rollingCountEmit\":0,\"rollingCountExceptionsThrown\":");
    out.number(rolling.failure).raw(",\"rollingCountFailure\":").number(rolling.failure);
    out.raw(",\"rollingCountFallbackEmit\":0,\"rollingCountFallbackFailure\":0,\"rollingCountFallbackMissing\":0");
    out.raw(",\"rollingCountFallbackRejection\":0,\"rollingCountFallbackSuccess\":0");
    out.raw(",\"rollingCountResponsesFromCache\":0,\"rollingCountSemaphoreRejected\":0");
    out.raw(",\"rollingCountShortCircuited\":").number(rolling.rejected);
    out.raw(",\"rollingCountSuccess\":").number(rolling.success);
    out.raw(",\"rollingCountThreadPoolRejected\":0,\"rollingCountTimeout\":0");
}

void writeProperties(JsonWriter& out, const Snapshot& snapshot) {
    const auto isHeld = [&](domain::HoldMode mode) { return snapshot.heldAs == mode; };
    const std::uint64_t limit = snapshot.limit ? snapshot.limit->limit : kNoLimit;
    out.raw(",\"propertyValue_circuitBreakerRequestVolumeThreshold\":").number(snapshot.metrics.window.minimumCalls);
    out.raw(",\"propertyValue_circuitBreakerSleepWindowInMilliseconds\":").number(sleepWindow(snapshot));
    out.raw(",\"propertyValue_circuitBreakerErrorThresholdPercentage\":").number(errorThreshold(snapshot));
    out.raw(",\"propertyValue_circuitBreakerForceOpen\":").truth(isHeld(domain::HoldMode::forceOpen));
    out.raw(",\"propertyValue_circuitBreakerForceClosed\":").truth(isHeld(domain::HoldMode::forceClosed));
    out.raw(",\"propertyValue_circuitBreakerEnabled\":").truth(!isHeld(domain::HoldMode::disabled));
    out.raw(",\"propertyValue_executionIsolationStrategy\":\"SEMAPHORE\"");
    out.raw(",\"propertyValue_executionIsolationThreadTimeoutInMilliseconds\":0");
    out.raw(",\"propertyValue_executionTimeoutInMilliseconds\":0");
    out.raw(",\"propertyValue_executionIsolationThreadInterruptOnTimeout\":false");
    out.raw(",\"propertyValue_executionIsolationThreadPoolKeyOverride\":null");
    out.raw(",\"propertyValue_executionIsolationSemaphoreMaxConcurrentRequests\":").number(limit);
    out.raw(",\"propertyValue_fallbackIsolationSemaphoreMaxConcurrentRequests\":").number(kNoLimit);
    out.raw(",\"propertyValue_metricsRollingStatisticalWindowInMilliseconds\":").number(milliseconds(kRolling));
    out.raw(",\"propertyValue_requestCacheEnabled\":false,\"propertyValue_requestLogEnabled\":false");
}

void writeBreaker(JsonWriter& out, const Snapshot& snapshot, const Totals& rolling, base::WallTime now) {
    const domain::Identity& identity = *snapshot.identity;
    const std::string& group = identity.group.empty() ? identity.kind : identity.group;
    const bool isOpen =
        snapshot.heldAs ? snapshot.heldAs == domain::HoldMode::forceOpen : snapshot.state != domain::State::closed;
    out.raw("data: {\"type\":\"HystrixCommand\",\"name\":").text(identity.id.value).raw(",\"group\":").text(group);
    out.raw(",\"currentTime\":").unixMs(now).raw(",\"isCircuitBreakerOpen\":").truth(isOpen);
    writeCounts(out, rolling);
    const std::uint64_t inFlight = snapshot.metrics.totals.inFlight;
    out.raw(",\"currentConcurrentExecutionCount\":").number(inFlight);
    out.raw(",\"rollingMaxConcurrentExecutionCount\":").number(inFlight);
    const domain::LatencyMetrics& latency = snapshot.metrics.latency;
    out.raw(",\"latencyExecute_mean\":").number(milliseconds(latency.mean)).raw(",\"latencyExecute\":");
    writeLatency(out, latency);
    out.raw(",\"latencyTotal_mean\":").number(milliseconds(latency.mean)).raw(",\"latencyTotal\":");
    writeLatency(out, latency);
    writeProperties(out, snapshot);
    out.raw(",\"reportingHosts\":1,\"threadPool\":").text(group).raw("}\n\n");
}

}  // namespace

SharedText HystrixBoard::textOf(const domain::Frame& frame) {
    base::Lock lock(m_mutex);
    if (m_text != nullptr && m_frame == frame.number) return m_text;
    std::string text;
    {
        JsonWriter out(text);
        for (const Snapshot& snapshot : frame.snapshots) {
            if (snapshot.identity == nullptr) continue;
            writeBreaker(out, snapshot, rolling(snapshot, frame.at), frame.wall);
        }
    }
    if (text.empty()) text = "ping: \n\n";
    m_frame = frame.number;
    m_text = std::make_shared<const std::string>(std::move(text));
    return m_text;
}

/// What was counted in the last ten seconds.
Totals HystrixBoard::rolling(const Snapshot& snapshot, base::Time at) {
    constexpr std::size_t kMostBreakers = 100'000;
    if (m_past.size() > kMostBreakers) m_past.clear();  // breakers that are gone would stay
    std::deque<Past>& past = m_past[snapshot.identity->id];
    const Totals now = snapshot.metrics.totals;
    if (!past.empty() && past.back().totals.permitted > now.permitted) past.clear();  // another one of the same name
    past.push_back({at, now});
    while (past.size() > 1 && at - past[1].at >= kRolling) past.pop_front();
    const Totals& then = past.front().totals;
    Totals rolling;
    rolling.success = now.success - then.success;
    rolling.failure = now.failure - then.failure;
    rolling.rejected = now.rejected - then.rejected;
    rolling.ignored = now.ignored - then.ignored;
    return rolling;
}

std::size_t HystrixStream::read(char* into, std::size_t most) {
    std::size_t filled = 0;
    while (filled < most && !m_broadcast.isClosed() && (m_text != nullptr || takeNext())) {
        const std::size_t count = std::min(m_text->size() - m_offset, most - filled);
        std::memcpy(into + filled, m_text->data() + m_offset, count);
        filled += count;
        m_offset += count;
        if (m_offset == m_text->size()) m_text.reset();
    }
    return filled;
}

bool HystrixStream::takeNext() {
    const domain::FrameRef frame = m_broadcast.latestFrame();
    if (frame == nullptr) return false;
    const auto interval = frame->at.time_since_epoch() / kPause;
    if (interval == m_interval) return false;
    m_interval = interval;
    m_text = m_board.textOf(*frame);
    m_offset = 0;
    return true;
}

}  // namespace fusebox::server
