// [dependency.handling] and [defaults.handling]: what is done about errors.
#include <fusebox/support/test_case.h>

#include "problems.h"

using namespace fusebox;
using namespace fusebox::config;
using namespace std::chrono_literals;
using domain::Category;
using domain::Strategy;

namespace {

Handling handlingWith(const std::string& lines) {
    return firstOf(dependencyWith("[dependency.handling]\n" + lines)).handling;
}
QString problemOf(const std::string& lines) {
    return problemsOf(dependencyWith("[dependency.handling]\n" + lines));
}
Strategy strategyFor(Category category, const Handling& handling) {
    return handling.policy.strategies[static_cast<std::size_t>(category)];
}

}  // namespace

class HandlingSettingsTest : public QObject {
    Q_OBJECT
private slots:
    void without_a_table_all_is_as_usual() {
        const Handling handling = firstOf(dependencyWith("")).handling;
        QVERIFY(handling.policy.strategies == handling::usualStrategies());
        QVERIFY(handling.policy.retry.idempotent);  // it is a GET
        QVERIFY(!handling.defaultValue);
    }

    void every_key_is_read() {
        const Handling handling = handlingWith(
            "transient = 'FALLBACK_TO_CACHE'\npermanent = 'GRACEFUL_DEGRADATION'\nrate_limit = 'CIRCUIT_BREAKER'\n"
            "authentication = 'IMMEDIATE_FAIL'\ndata_validation = 'FALLBACK_TO_DEFAULT'\nunknown = "
            "'RETRY_WITH_BACKOFF'\n"
            "last_resort = 'IMMEDIATE_FAIL'\nmax_attempts = 5\nbase_delay = '50ms'\nmax_delay = '1s'\nmultiplier = 3\n"
            "jitter = 'equal'\nretry_after_cap = '20s'\ndeadline = '30s'\nretry_share = 0.1\nretries_per_second = 1\n"
            "cache_limit = '1h'\nidempotent = false\ndefault_value = '[]'\nreduced_path = '/summary?n=1'\n");
        QVERIFY(strategyFor(Category::transient, handling) == Strategy::fallbackToCache);
        QVERIFY(strategyFor(Category::permanent, handling) == Strategy::gracefulDegradation);
        QVERIFY(strategyFor(Category::rateLimit, handling) == Strategy::circuitBreaker);
        QVERIFY(strategyFor(Category::dataValidation, handling) == Strategy::fallbackToDefault);
        QVERIFY(strategyFor(Category::unknown, handling) == Strategy::retryWithBackoff);
        QVERIFY(handling.policy.lastResort == Strategy::immediateFail);
        const handling::RetryRules& retry = handling.policy.retry;
        QCOMPARE(retry.attempts, 5U);
        QVERIFY(retry.baseDelay == 50ms && retry.maxDelay == 1s && retry.multiplier == 3);
        QVERIFY(retry.jitter == breaker::Jitter::equal);
        QVERIFY(retry.retryAfterCap == 20s && retry.deadline == 30s && !retry.idempotent);
        QVERIFY(retry.budget.share == 0.1 && retry.budget.perSecond == 1);
        QVERIFY(handling.policy.cache.age == 1h);
        QCOMPARE(*handling.defaultValue, std::string("[]"));
        QCOMPARE(handling.reducedPath, std::string("/summary?n=1"));
        QVERIFY(check(handling.policy));
    }

    void defaults_hold_where_the_dependency_says_nothing() {
        const Dependency dependency =
            firstOf("[defaults.handling]\nunknown = 'IMMEDIATE_FAIL'\nmax_attempts = 7\nidempotent = false\n" +
                    dependencyWith("[dependency.handling]\nmax_attempts = 2\n"));
        QVERIFY(strategyFor(Category::unknown, dependency.handling) == Strategy::immediateFail);
        QCOMPARE(dependency.handling.policy.retry.attempts, 2U);
        QVERIFY(!dependency.handling.policy.retry.idempotent);
    }

    void what_may_do_harm_when_it_is_made_twice_is_not_idempotent() {
        QVERIFY(!firstOf(dependencyWith("method = 'POST'")).handling.policy.retry.idempotent);
        QVERIFY(firstOf(dependencyWith("method = 'PUT'")).handling.policy.retry.idempotent);
        adapters::RedisSettings redis;
        QVERIFY(repeatsSafely(redis));
        redis.command = {"INCR", "n"};
        QVERIFY(!repeatsSafely(redis));
        adapters::SqliteSettings sqlite;
        sqlite.access = adapters::SqliteSettings::Access::readWrite;
        QVERIFY(!repeatsSafely(sqlite));
        adapters::PostgresSettings postgres;
        QVERIFY(repeatsSafely(postgres));
        postgres.query = "SELECT nextval('n')";
        QVERIFY(!repeatsSafely(postgres));
        QVERIFY(handlingWith("idempotent = true").policy.retry.idempotent);
    }

    void the_reduced_form_asks_the_same_host_for_less() {
        const Dependency dependency = firstOf(
            "[[dependency]]\nname='o'\nkind='http'\nurl='https://a.example:8443/orders?all=1'\nbody_contains='x'\n"
            "[dependency.handling]\nreduced_path='/few'\n");
        const auto reduced = reducedForm(dependency.adapter, dependency.handling);
        QVERIFY(reduced);
        const auto& http = std::get<adapters::HttpSettings>(*reduced);
        QCOMPARE(http.url, std::string("https://a.example:8443/few"));
        QVERIFY(http.bodyContains.empty());
        QVERIFY(!reducedForm(dependency.adapter, Handling{}));
    }

    void a_mistake_is_told_with_its_line_and_what_is_allowed() {
        QCOMPARE(problemOf("unknown = 'FALLBACK_TO_CASH'"),
                 QString("f.toml:6:11: dependency 'orders': handling: unknown is 'FALLBACK_TO_CASH'; allowed: "
                         "RETRY_WITH_BACKOFF, FALLBACK_TO_CACHE, FALLBACK_TO_DEFAULT, IMMEDIATE_FAIL, "
                         "CIRCUIT_BREAKER, GRACEFUL_DEGRADATION. Did you mean FALLBACK_TO_CACHE?"));
        QCOMPARE(problemOf("last_resort = 'RETRY_WITH_BACKOFF'"),
                 QString("f.toml:6:15: dependency 'orders': handling: last_resort is 'RETRY_WITH_BACKOFF'; allowed: "
                         "FALLBACK_TO_CACHE, FALLBACK_TO_DEFAULT, IMMEDIATE_FAIL, GRACEFUL_DEGRADATION"));
        QVERIFY(problemOf("max_attempts = 0").contains("f.toml:6:16"));
        QVERIFY(problemOf("deadlin = '1s'").contains("Did you mean deadline?"));
        QCOMPARE(problemOf("max_delay = '50ms'"),
                 QString("f.toml:6:1: dependency 'orders': handling: max_delay makes max_delay 50ms and base_delay "
                         "100ms; allowed: max_delay is not below base_delay"));
    }

    void a_strategy_needs_what_it_is_to_give() {
        QCOMPARE(problemOf("unknown = 'FALLBACK_TO_DEFAULT'"),
                 QString("f.toml:6:1: dependency 'orders': handling: unknown is FALLBACK_TO_DEFAULT, which needs "
                         "default_value beside it"));
        QVERIFY(problemOf("unknown = 'GRACEFUL_DEGRADATION'").contains("needs reduced_path beside it"));
        QVERIFY(problemOf("cache_limit = '0s'\nunknown = 'FALLBACK_TO_CACHE'").contains("needs a cache_limit above"));
        QVERIFY(problemOf("cache_limit = '0s'").isEmpty());
    }

    void a_reduced_path_stays_on_its_host() {
        QVERIFY(problemOf("reduced_path = 'http://other.example/'").contains("a path on the same host"));
        QVERIFY(problemOf("reduced_path = '//other.example/'").contains("a path on the same host"));
        QVERIFY(problemOf("reduced_path = '/a b'").contains("a path on the same host"));
        QVERIFY(problemsOf("[[dependency]]\nname='d'\nkind='dns'\nhost='a'\n[dependency.handling]\nreduced_path='/a'\n")
                    .contains("kind http only"));
    }
};

FUSEBOX_TEST(HandlingSettingsTest)
#include "handling_settings_test.moc"
