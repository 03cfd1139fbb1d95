// Options: presets, what is refused and how it is said, text in and out.

#include "guarded.h"

#include <fusebox/breaker/config_change.h>
#include <fusebox/breaker/recovery_strategy.h>
#include <fusebox/support/test_case.h>

#include <cmath>
#include <functional>

namespace fusebox::breaker {

class ConfigTest : public QObject {
    Q_OBJECT

private slots:
    void all_presets_are_valid_and_known_by_name() {
        for (const std::string_view name : CircuitBreakerConfig::presetNames()) {
            const auto preset = CircuitBreakerConfig::preset(name);
            QVERIFY(preset.has_value());
            const auto valid = preset->validate();
            QVERIFY2(valid.has_value(), valid ? "" : valid.error().text().c_str());
        }
        QCOMPARE(CircuitBreakerConfig::presetNames().size(), std::size_t{7});
        QVERIFY(!CircuitBreakerConfig::preset("istio"));
    }

    void classic_has_the_original_numbers() {
        const auto config = CircuitBreakerConfig::classic();
        QCOMPARE(config.failureThreshold.value(), 5U);
        QCOMPARE(config.successThreshold, 3U);
        QCOMPARE(config.failureRateThreshold.value(), 0.5);
        QCOMPARE(config.windowSize, base::Duration(60s));
        QCOMPARE(config.openTimeout, base::Duration(30s));
        QCOMPARE(config.halfOpenTimeout, base::Duration(10s));
        QCOMPARE(config.halfOpenMaxRequests, 3U);
        QCOMPARE(config.maxBackoff, base::Duration(300s));
        QCOMPARE(config.backoffMultiplier, 2.0);
        QVERIFY(config.ignoredErrors.empty());
    }

    void what_is_not_allowed_is_named_with_value_and_range_data() {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* option, const char* value) {
            QTest::addRow("%s = %s", option, value) << option << value;
        };
        row("failure_rate_threshold", "1.7");
        row("failure_rate_threshold", "-0.1");
        row("failure_rate_threshold", "0");
        row("slow_call_rate_threshold", "200 %");
        row("window_buckets", "0");
        row("window_buckets", "129");
        row("window_calls", "40000");
        row("window_size", "0s");
        row("open_timeout", "-1s");
        row("backoff_multiplier", "0.5");
        row("max_backoff", "10ms");
        row("half_open_max_requests", "0");
        row("success_threshold", "0");
        row("timing_sample_interval", "3");
        row("ramp_steps", "0.5, 1.5");
        row("metrics_window", "0s");
        row("total_outage_span", "6s");
    }
    void what_is_not_allowed_is_named_with_value_and_range() {
        QFETCH(QString, option);
        QFETCH(QString, value);
        CircuitBreakerConfig config;
        QVERIFY(config.set(option.toStdString(), value.toStdString()));
        const auto valid = config.validate();
        QVERIFY(!valid);
        QVERIFY2(valid.error().what.starts_with(option.toStdString() + " is "), valid.error().what.c_str());
        QVERIFY(valid.error().what.find("allowed: ") != std::string::npos);
        const base::ManualClock clock;
        domain::Identity identity;
        identity.id = domain::BreakerId("x");
        QVERIFY(!CircuitBreaker::create(identity, config, clock));
    }

    void not_a_number_is_refused() {
        CircuitBreakerConfig config;
        config.failureRateThreshold = std::nan("");
        QVERIFY(!config.validate());
    }

    void places_must_suffice_for_a_verdict() {
        CircuitBreakerConfig config;
        config.halfOpenMaxRequests = 2;
        config.successThreshold = 2;
        config.halfOpenFailureThreshold = 2;
        QVERIFY(!config.validate());  // one good, one bad, and nobody could decide
        config.halfOpenMaxRequests = 3;
        QVERIFY(config.validate());
    }

    void every_option_reads_what_it_wrote() {
        for (const std::string_view name : CircuitBreakerConfig::presetNames()) {
            const CircuitBreakerConfig preset = *CircuitBreakerConfig::preset(name);
            CircuitBreakerConfig copy;
            for (const domain::ConfigEntry& entry : preset.entries()) {
                const auto set = copy.set(entry.option, entry.value);
                QVERIFY2(set.has_value(), (entry.option + " = " + entry.value).c_str());
            }
            QVERIFY(copy == preset);
        }
    }

    void texts_are_read_as_people_write_them() {
        CircuitBreakerConfig config;
        QVERIFY(config.set("failure_rate_threshold", "35 %"));
        QCOMPARE(config.failureRateThreshold.value(), 0.35);
        QVERIFY(config.set("failure_rate_threshold", "off"));
        QVERIFY(!config.failureRateThreshold);
        QVERIFY(config.set("open_timeout", "1.5s"));
        QCOMPARE(config.openTimeout, base::Duration(1500ms));
        QVERIFY(config.set("open_waits", "250ms, 1s, 2m"));
        QCOMPARE(config.openWaits, (std::vector<base::Duration>{250ms, 1s, 120s}));
        QVERIFY(config.set("ignored_errors", "AUTHENTICATION, type:Foo, code:http 4xx"));
        QCOMPARE(config.ignoredErrors.codes.at(0), std::string("http 4xx"));
    }

    void garbage_is_refused_and_the_nearest_option_is_named() {
        CircuitBreakerConfig config;
        for (const char* text : {"", "5", "s", "1e999s", "five", "1s2", "-"}) {
            QVERIFY2(!config.set("open_timeout", text), text);
        }
        QVERIFY(!config.set("window_kind", "sliding"));
        QVERIFY(!config.set("window_buckets", "-1"));
        QVERIFY(!config.set("window_buckets", "4294967296"));
        const auto unknown = config.set("failure_rate_treshold", "1");
        QVERIFY(!unknown);
        QVERIFY(unknown.error().what.find("nearest: failure_rate_threshold") != std::string::npos);
    }

    void the_nearest_preset_is_named_with_the_number_of_changes() {
        for (const std::string_view name : CircuitBreakerConfig::presetNames()) {
            QCOMPARE(nearestPreset(CircuitBreakerConfig::preset(name).value()), std::string(name));
        }
        CircuitBreakerConfig config = CircuitBreakerConfig::classic();
        config.openTimeout = 31s;
        QCOMPARE(nearestPreset(config), std::string("classic, 1 option changed"));
        config.failureThreshold = 6;
        Guarded guarded(config);
        QCOMPARE(guarded.breaker->snapshot().detail->preset(), std::string("classic, 2 options changed"));
        QVERIFY(guarded.breaker->reconfigure(CircuitBreakerConfig::hystrix()));
        QCOMPARE(guarded.breaker->snapshot().detail->preset(), std::string("hystrix"));
        QCOMPARE(guarded.breaker->snapshot().detail->config(), CircuitBreakerConfig::hystrix().entries());
    }

    void a_breaker_takes_a_new_configuration_and_refuses_a_bad_one() {
        Guarded guarded;
        guarded.run("f");
        CircuitBreakerConfig config = twoInARow();
        config.openTimeout = 77s;
        QVERIFY(guarded.breaker->reconfigure(config));
        guarded.run("f");  // the run goes on
        QCOMPARE(guarded.breaker->snapshot().openWait.value(), base::Duration(77s));
        config.windowBuckets = 0;
        QVERIFY(!guarded.breaker->reconfigure(config));
        QCOMPARE(guarded.breaker->config().windowBuckets, 10U);
    }

    void a_threshold_lowered_at_run_time_is_noticed_by_the_next_success() {
        CircuitBreakerConfig config = quiet();
        config.failureRateThreshold = 0.9;
        config.minimumCalls = 4;
        Guarded guarded(config);
        guarded.run("ffss");
        QCOMPARE(guarded.state(), domain::State::closed);
        config.failureRateThreshold = 0.3;
        QVERIFY(guarded.breaker->reconfigure(config));
        guarded.run("s");  // two of five
        QCOMPARE(guarded.state(), domain::State::open);
    }

    void where_only_failures_ask_a_lowered_threshold_waits_for_one() {
        CircuitBreakerConfig config = quiet();
        config.failureThreshold = 10;
        config.evaluateOn = EvaluateOn::failure;
        Guarded guarded(config);
        guarded.run("fff");
        config.failureThreshold = 2;
        QVERIFY(guarded.breaker->reconfigure(config));
        guarded.run("ss");
        QCOMPARE(guarded.state(), domain::State::closed);
        guarded.run("f");
        QCOMPARE(guarded.state(), domain::State::open);
    }
};

FUSEBOX_TEST(ConfigTest)

}  // namespace fusebox::breaker

#include "config_test.moc"
