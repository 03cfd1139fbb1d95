#include <fusebox/base/clock.h>
#include <fusebox/breaker/latency_watch.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;

class LatencyWatchTest : public QObject {
    Q_OBJECT
private slots:
    void the_breakers_tell_what_they_recorded_since_the_last_look() {
        base::ManualClock clock;
        const auto manager = std::make_shared<breaker::CircuitBreakerManager>(clock);
        domain::Identity identity;
        identity.id.value = "orders";
        breaker::CircuitBreakerConfig config;
        config.timing = breaker::Timing::everyCall;
        const auto breaker = manager->create(identity, config).value();
        breaker::LatencyWatch watch(manager);
        QVERIFY(watch.take().empty());
        std::uint64_t seen = 0;
        std::uint64_t made = 0;
        for (int i = 0; i < 200; ++i) {  // over several epochs
            for (int call = 0; call < i % 4; ++call, ++made) {
                auto acquired = breaker->tryAcquire();
                clock.advance(3ms);
                acquired.permit().success();
            }
            clock.advance(1s);
            for (const auto& [id, histogram] : watch.take()) {
                QVERIFY(id == identity.id && histogram.quantile(0.5) > 2950us && histogram.quantile(0.5) < 3050us);
                seen += histogram.count();
            }
        }
        QCOMPARE(seen, made);
    }
};

FUSEBOX_TEST(LatencyWatchTest)
#include "latency_watch_test.moc"
