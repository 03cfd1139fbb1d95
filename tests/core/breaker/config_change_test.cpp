#include <fusebox/breaker/config_change.h>
#include <fusebox/breaker/recovery_strategy.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::breaker;
using namespace std::chrono_literals;
using Options = std::vector<domain::ConfigEntry>;

namespace {

std::string refusalOf(const Options& options) {
    const auto result = changed({}, options);
    return result ? "accepted" : result.error().text();
}

class OwnWait final : public RecoveryStrategy {
public:
    base::Duration openWait(const OpenSituation&) noexcept override { return 7s; }
    std::string_view name() const noexcept override { return "own"; }
};

}  // namespace

class ConfigChangeTest : public QObject {
    Q_OBJECT
private slots:
    void options_change_one_by_one_and_the_rest_stays() {
        const auto config = changed(CircuitBreakerConfig::classic(), {{"open_timeout", "5s"}, {"minimum_calls", "20"}});
        QVERIFY(config.has_value());
        CircuitBreakerConfig expected = CircuitBreakerConfig::classic();
        expected.openTimeout = 5s;
        expected.minimumCalls = 20;
        QVERIFY(*config == expected);
    }

    void a_preset_comes_first_and_replaces_all_but_the_programs_own_strategy() {
        CircuitBreakerConfig from;
        from.recoveryStrategy = std::make_shared<OwnWait>();
        from.minimumCalls = 33;
        const auto config = changed(from, {{"preset", "classic"}, {"failure_threshold", "7"}});
        QVERIFY(config.has_value());
        QCOMPARE(config->minimumCalls, 10U);
        QVERIFY(config->failureThreshold == 7U);
        QVERIFY(config->recoveryStrategy == from.recoveryStrategy);
        QCOMPARE(refusalOf({{"minimum_calls", "20"}, {"preset", "classic"}}),
                 std::string("preset must stand first: it replaces all options, also those before it"));
    }

    void what_is_wrong_names_the_option_and_what_is_allowed() {
        QCOMPARE(refusalOf({{"open_timout", "5s"}}),
                 std::string("there is no option open_timout; nearest: open_timeout"));
        QCOMPARE(refusalOf({{"open_timeout", "soon"}}),
                 std::string("open_timeout cannot be soon; allowed: 0s to 365d"));
        QCOMPARE(refusalOf({{"max_backoff", "100ms"}}),
                 std::string("max_backoff is 100ms; allowed: at least open_timeout"));
        QVERIFY(refusalOf({{"preset", "clasic"}}).starts_with("there is no preset clasic; there are: balanced,"));
        QCOMPARE(refusalOf({{"minimum_calls", "1"}, {"minimum_calls", "2"}}),
                 std::string("minimum_calls is given twice; once is allowed"));
    }

    void two_options_that_only_fit_together_may_come_in_any_order() {
        QCOMPARE(refusalOf({{"open_timeout", "20s"}, {"max_backoff", "30s"}}), std::string("accepted"));
        QCOMPARE(refusalOf({{"max_backoff", "30s"}, {"open_timeout", "20s"}}), std::string("accepted"));
    }

    void differences_are_told_with_units_set_apart() {
        CircuitBreakerConfig after;
        after.openTimeout = 5s;
        after.rampSteps.clear();
        after.openWaits = {250ms, 2min};
        after.failureRateThreshold.reset();
        QCOMPARE(textOf(differences({}, after)),
                 std::string("failure_rate_threshold 0.5 -> off; open_timeout 1 s -> 5 s; "
                             "open_waits none -> 250 ms, 2 min; ramp_steps 0.25, 0.5 -> none"));
        QVERIFY(differences({}, {}).empty());
    }
};

FUSEBOX_TEST(ConfigChangeTest)
#include "config_change_test.moc"
