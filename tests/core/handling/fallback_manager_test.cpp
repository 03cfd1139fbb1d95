#include <fusebox/base/clock.h>
#include <fusebox/handling/fallback_manager.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using handling::CacheLimits;
using handling::FallbackManager;

class FallbackManagerTest : public QObject {
    Q_OBJECT
private slots:
    void the_last_good_value_comes_back_with_its_age() {
        FallbackManager fallbacks(CacheLimits{}, m_clock);
        fallbacks.keep<std::string>("a", "old");
        m_clock.advance(5s);
        fallbacks.keep<std::string>("a", "new");
        fallbacks.keep<std::string>("b", "other");
        m_clock.advance(42s);
        const auto found = fallbacks.last<std::string>("a");
        QVERIFY(found);
        QCOMPARE(*found->value, std::string("new"));
        QVERIFY(found->age == 42s);
        QCOMPARE(fallbacks.count(), std::size_t(2));
    }

    void a_value_beyond_its_age_limit_is_refused_and_forgotten() {
        FallbackManager fallbacks(CacheLimits{.age = 1min}, m_clock);
        fallbacks.keep("a", 7);
        m_clock.advance(1min);
        QVERIFY(fallbacks.last<int>("a"));
        m_clock.advance(30s);
        QCOMPARE(fallbacks.last<int>("a").error(), std::string("the last good value is 90 s old; the limit is 60 s"));
        QCOMPARE(fallbacks.last<int>("a").error(), std::string("no good value is known"));
        QCOMPARE(fallbacks.bytes(), std::size_t(0));
    }

    void the_value_kept_longest_ago_goes_first() {
        FallbackManager fallbacks(CacheLimits{.values = 2}, m_clock);
        fallbacks.keep("a", 1);
        fallbacks.keep("b", 2);
        fallbacks.keep("a", 3);
        fallbacks.keep("c", 4);
        QVERIFY(fallbacks.last<int>("a"));
        QVERIFY(!fallbacks.last<int>("b"));
        QVERIFY(fallbacks.last<int>("c"));
    }

    void memory_is_bounded() {
        FallbackManager fallbacks(CacheLimits{.bytes = 10'000}, m_clock);
        for (int i = 0; i < 100; ++i) fallbacks.keep(std::to_string(i), std::string(1000, 'x'));
        QVERIFY(fallbacks.bytes() <= 10'000);
        QCOMPARE(fallbacks.count(), std::size_t(9));
        fallbacks.keep("too much", std::string(10'000, 'x'));
        QVERIFY(!fallbacks.last<std::string>("too much"));
        QCOMPARE(fallbacks.count(), std::size_t(9));
    }

    void nothing_is_kept_with_a_limit_of_zero() {
        FallbackManager fallbacks(CacheLimits{.age = 0s}, m_clock);
        fallbacks.keep("a", 1);
        QVERIFY(!fallbacks.keepsValues());
        QCOMPARE(fallbacks.count(), std::size_t(0));
    }

    void a_key_that_is_used_for_two_types_gives_neither_the_others_value() {
        FallbackManager fallbacks(CacheLimits{}, m_clock);
        fallbacks.keep("a", 1);
        QCOMPARE(fallbacks.last<std::string>("a").error(), std::string("the last good value is of another type"));
        fallbacks.setDefault<int>("", 7);
        QVERIFY(!fallbacks.defaultValue<std::string>("a"));
    }

    void defaults_are_by_key_and_for_the_rest() {
        FallbackManager fallbacks(CacheLimits{}, m_clock);
        QVERIFY(!fallbacks.hasDefaults());
        QVERIFY(!fallbacks.defaultValue<int>("a"));
        fallbacks.setDefault("", 1);
        fallbacks.setDefault("a", 2);
        QCOMPARE(*fallbacks.defaultValue<int>("a")->value, 2);
        QCOMPARE(*fallbacks.defaultValue<int>("b")->value, 1);
    }

    void clearing_forgets_values_and_leaves_defaults() {
        FallbackManager fallbacks(CacheLimits{}, m_clock);
        fallbacks.keep("a", 1);
        fallbacks.keep("b", 1);
        fallbacks.setDefault("", 9);
        QCOMPARE(fallbacks.clear(), std::size_t(2));
        QVERIFY(!fallbacks.last<int>("a"));
        QCOMPARE(fallbacks.bytes(), std::size_t(0));
        QVERIFY(fallbacks.hasDefaults());
        fallbacks.keep("a", 2);
        QCOMPARE(*fallbacks.last<int>("a")->value, 2);
    }

private:
    base::ManualClock m_clock;
};

FUSEBOX_TEST(FallbackManagerTest)
#include "fallback_manager_test.moc"
