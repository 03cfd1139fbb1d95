#include "server_bench.h"

#include <fusebox/server/hystrix_stream.h>
#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

#include <array>

using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr std::array kFields{"type",
                             "name",
                             "group",
                             "currentTime",
                             "isCircuitBreakerOpen",
                             "errorPercentage",
                             "errorCount",
                             "requestCount",
                             "rollingCountBadRequests",
                             "rollingCountCollapsedRequests",
                             "rollingCountEmit",
                             "rollingCountExceptionsThrown",
                             "rollingCountFailure",
                             "rollingCountFallbackEmit",
                             "rollingCountFallbackFailure",
                             "rollingCountFallbackMissing",
                             "rollingCountFallbackRejection",
                             "rollingCountFallbackSuccess",
                             "rollingCountResponsesFromCache",
                             "rollingCountSemaphoreRejected",
                             "rollingCountShortCircuited",
                             "rollingCountSuccess",
                             "rollingCountThreadPoolRejected",
                             "rollingCountTimeout",
                             "currentConcurrentExecutionCount",
                             "rollingMaxConcurrentExecutionCount",
                             "latencyExecute_mean",
                             "latencyExecute",
                             "latencyTotal_mean",
                             "latencyTotal",
                             "propertyValue_circuitBreakerRequestVolumeThreshold",
                             "propertyValue_circuitBreakerSleepWindowInMilliseconds",
                             "propertyValue_circuitBreakerErrorThresholdPercentage",
                             "propertyValue_circuitBreakerForceOpen",
                             "propertyValue_circuitBreakerForceClosed",
                             "propertyValue_circuitBreakerEnabled",
                             "propertyValue_executionIsolationStrategy",
                             "propertyValue_executionIsolationThreadTimeoutInMilliseconds",
                             "propertyValue_executionTimeoutInMilliseconds",
                             "propertyValue_executionIsolationThreadInterruptOnTimeout",
                             "propertyValue_executionIsolationThreadPoolKeyOverride",
                             "propertyValue_executionIsolationSemaphoreMaxConcurrentRequests",
                             "propertyValue_fallbackIsolationSemaphoreMaxConcurrentRequests",
                             "propertyValue_metricsRollingStatisticalWindowInMilliseconds",
                             "propertyValue_requestCacheEnabled",
                             "propertyValue_requestLogEnabled",
                             "reportingHosts",
                             "threadPool"};

domain::Frame frameOf(std::uint64_t number, base::Duration at, std::uint64_t success, std::uint64_t failure) {
    domain::Snapshot snapshot;
    snapshot.identity = std::make_shared<const domain::Identity>(
        domain::Identity{domain::BreakerId("orders"), "orders", "http", "http://x", "shop", "local"});
    snapshot.state = domain::State::halfOpen;
    snapshot.metrics.totals.success = success;
    snapshot.metrics.totals.failure = failure;
    snapshot.metrics.totals.permitted = success + failure;
    snapshot.metrics.latency.p50 = 3ms;
    snapshot.metrics.latency.p95 = 40ms;
    domain::Frame frame;
    frame.number = number;
    frame.at = base::Time(at);
    frame.snapshots = {snapshot};
    return frame;
}

json parsed(const server::SharedText& text) {
    return json::parse(text->substr(std::string("data: ").size()));
}

}  // namespace

class HystrixStreamTest : public QObject {
    Q_OBJECT
private slots:
    void a_breaker_is_told_with_all_fields_of_the_format_and_no_others() {
        server::HystrixBoard board;
        const json data = parsed(board.textOf(frameOf(1, 0s, 10, 5)));
        for (const char* field : kFields) QVERIFY2(data.contains(field), field);
        QCOMPARE(data.size(), kFields.size());
        QCOMPARE(data.at("type").get<std::string>(), std::string("HystrixCommand"));
        QVERIFY(data.at("isCircuitBreakerOpen").get<bool>());
        QCOMPARE(data.at("latencyExecute").at("50").get<int>(), 3);
        QCOMPARE(data.at("latencyExecute").at("90").get<int>(), 40);
        for (const char* key : {"0", "25", "50", "75", "90", "95", "99", "99.5", "100"}) {
            QVERIFY2(data.at("latencyTotal").at(key).is_number_unsigned(), key);
        }
    }

    void counts_roll_over_ten_seconds() {
        server::HystrixBoard board;
        (void)board.textOf(frameOf(1, 0s, 10, 0));
        const json second = parsed(board.textOf(frameOf(2, 5s, 16, 2)));
        QCOMPARE(second.at("requestCount").get<int>(), 8);
        QCOMPARE(second.at("errorPercentage").get<int>(), 25);
        const json third = parsed(board.textOf(frameOf(3, 10s, 16, 4)));
        QCOMPARE(third.at("rollingCountSuccess").get<int>(), 6);
        const json fourth = parsed(board.textOf(frameOf(4, 15s, 16, 4)));
        QCOMPARE(fourth.at("rollingCountSuccess").get<int>(), 0);
        QCOMPARE(fourth.at("rollingCountFailure").get<int>(), 2);
    }

    void without_breakers_it_pings() {
        server::HystrixBoard board;
        domain::Frame frame;
        frame.number = 1;
        QCOMPARE(*board.textOf(frame), std::string("ping: \n\n"));
    }

    void the_stream_tells_each_half_second() {
        ServerBench bench;
        bench.tell();
        peers::HttpPeer peer(bench.port());
        peer.send(peers::get(bench.port(), "/hystrix.stream", kVic));
        QVERIFY(peer.waitFor("\n\n\r\n"));
        const std::string first = peer.take();
        QVERIFY(first.find("Content-Type: text/event-stream") != std::string::npos);
        QVERIFY(first.find("data: {\"type\":\"HystrixCommand\",\"name\":\"orders\"") != std::string::npos);
        bench.clock().advance(500ms);
        bench.tell();
        QVERIFY(peer.waitFor("data: {\"type\""));
    }
};

FUSEBOX_TEST(HystrixStreamTest)
#include "hystrix_stream_test.moc"
