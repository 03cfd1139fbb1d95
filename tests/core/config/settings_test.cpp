// What sound files mean.
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <set>

#include "problems.h"

using namespace fusebox;
using namespace fusebox::config;
using namespace std::chrono_literals;

class SettingsTest : public QObject {
    Q_OBJECT
private slots:
    void the_commented_sample_is_sound_and_shows_every_kind() {
        const Loaded loaded = load(FUSEBOX_SAMPLES "/fusebox.toml");
        QVERIFY2(loaded, loaded ? "" : textOf(loaded.error()).c_str());
        std::set<std::string_view> seen;
        for (const Dependency& dependency : loaded->dependencies) seen.insert(kindOf(dependency.adapter));
        QCOMPARE(seen.size(), kinds().size());
    }

    void the_sample_of_the_agent_is_sound_with_and_without_its_profile() {
        const Loaded plain = load(FUSEBOX_SAMPLES "/agent.toml");
        QVERIFY2(plain, plain ? "" : textOf(plain.error()).c_str());
        const Loaded staging = load(FUSEBOX_SAMPLES "/agent.toml", {"staging", {}});
        QVERIFY2(staging, staging ? "" : textOf(staging.error()).c_str());
        QCOMPARE(plain->agent.port, std::uint16_t(7420));
        QCOMPARE(staging->agent.port, std::uint16_t(7421));
        QCOMPARE(staging->dependencies.size(), plain->dependencies.size());
    }

    void the_minimal_sample_is_sound_and_short() {
        const Loaded loaded = load(FUSEBOX_SAMPLES "/minimal.toml");
        QVERIFY2(loaded, loaded ? "" : textOf(loaded.error()).c_str());
        QCOMPARE(loaded->dependencies.size(), 2U);
        QVERIFY(loaded->dependencies[0].breaker == builtInBreaker());
        QVERIFY(loaded->dependencies[1].breaker == breaker::CircuitBreakerConfig::classic());
    }

    void what_is_not_said_comes_from_the_defaults() {
        const Dependency own = firstOf(
            "[defaults]\ninterval = '3s'\njitter = 0.25\nconcurrency = 7\ngroup = 'shop'\n"
            "probe_without_traffic = true\n"
            "connect_timeout = '150ms'\ntotal_timeout = '1m'\n"
            "[defaults.breaker]\nminimum_calls = 33\n" +
            dependencyWith("concurrency = 2\n[dependency.breaker]\nopen_timeout = '4s'"));
        QVERIFY(own.traffic.interval == base::Duration(3s));
        QCOMPARE(own.traffic.jitter, 0.25);
        QCOMPARE(own.traffic.concurrency, 2U);
        QVERIFY(own.traffic.probeWithoutTraffic);
        QCOMPARE(own.group, std::string("shop"));
        const auto& http = std::get<adapters::HttpSettings>(own.adapter);
        QVERIFY(http.limits.connectTimeout == base::Duration(150ms));
        QVERIFY(http.limits.totalTimeout == base::Duration(1min));
        QCOMPARE(own.breaker.minimumCalls, 33U);
        QVERIFY(own.breaker.openTimeout == base::Duration(4s));
    }

    void a_preset_begins_anew_and_its_neighbours_change_it() {
        const Dependency own = firstOf("[defaults.breaker]\nminimum_calls = 33\n" +
                                       dependencyWith("breaker = { preset = 'classic', open_timeout = '7s' }"));
        breaker::CircuitBreakerConfig expected = breaker::CircuitBreakerConfig::classic();
        expected.openTimeout = 7s;
        QVERIFY(own.breaker == expected);
    }

    void every_breaker_option_can_be_set_to_its_own_value() {
        const breaker::CircuitBreakerConfig config = breaker::CircuitBreakerConfig::classic();
        std::string text = "preset = 'balanced'\n";
        for (const breaker::ConfigOption& option : breaker::CircuitBreakerConfig::options()) {
            text += std::string(option.name) + " = \"" + option.read(config) + "\"\n";
        }
        const std::string whole = dependencyWith("[dependency.breaker]\n" + text);
        QCOMPARE(problemsOf(whole), QString());
        QVERIFY(firstOf(whole).breaker == config);
    }

    void options_take_numbers_switches_and_lists_too() {
        const Dependency own = firstOf(dependencyWith(
            "[dependency.breaker]\nfailure_rate_threshold = 0.25\nconsecutive_failures_threshold = false\n"
            "half_open_slow_calls_fail = true\nopen_waits = ['1s', '2s']\nramp_steps = []\n"
            "ignored_errors = ['AUTHENTICATION', 'type:Boring', 'code:404']"));
        QVERIFY(own.breaker.failureRateThreshold == 0.25);
        QVERIFY(!own.breaker.consecutiveFailuresThreshold);
        QVERIFY(own.breaker.halfOpenSlowCallsFail);
        QCOMPARE(own.breaker.openWaits.size(), 2U);
        QVERIFY(own.breaker.rampSteps.empty());
        QCOMPARE(own.breaker.ignoredErrors.codes, std::vector<std::string>{"404"});
    }

    void traffic_is_an_interval_a_rate_or_never() {
        QVERIFY(firstOf(dependencyWith("interval = '250ms'")).traffic.kind == Traffic::Kind::interval);
        const Traffic rate = firstOf("[defaults]\ninterval = '1s'\n" + dependencyWith("rate = 2.5")).traffic;
        QVERIFY(rate.kind == Traffic::Kind::rate);
        QCOMPARE(rate.rate, 2.5);
        const Traffic never = firstOf(dependencyWith("interval = 'never'")).traffic;
        QVERIFY(never.kind == Traffic::Kind::never);
        QVERIFY(!createPace(never)->next());
        QVERIFY(createPace(rate)->next().has_value());
    }

    void names_keep_markup_emoji_and_other_scripts_and_lose_outer_blanks() {
        const auto nameOf = [](const std::string& name) {
            return firstOf("[[dependency]]\nname = \"" + name + "\"\nkind = 'http'\nurl = 'http://h/'\n").name;
        };
        QCOMPARE(nameOf("<img src='/dev/zero'>"), std::string("<img src='/dev/zero'>"));
        QCOMPARE(nameOf("\U0001F525 \u05e9\u05dc\u05d5\u05dd"), std::string("\U0001F525 \u05e9\u05dc\u05d5\u05dd"));
        QCOMPARE(nameOf("  orders\u00a0 "), std::string("orders"));
    }

    void statuses_are_numbers_ranges_or_lists_of_them() {
        const auto http = std::get<adapters::HttpSettings>(
            firstOf(dependencyWith("expected_status = [204, '300-399', '418']")).adapter);
        QCOMPARE(http.expectedStatus.size(), 3U);
        QVERIFY(http.expectedStatus[0] == (adapters::StatusRange{204, 204}));
        QVERIFY(http.expectedStatus[1] == (adapters::StatusRange{300, 399}));
        QVERIFY(http.expectedStatus[2] == (adapters::StatusRange{418, 418}));
    }

    void secrets_come_from_files_and_the_environment() {
        const support::TempDir dir;
        (void)dir.write("orders.password", "s3cret\n");
        qputenv("FUSEBOX_TEST_KEY", "k-1");
        const auto file = dir.write(
            "f.toml", dependencyWith("user = 'u'\npassword_file = 'orders.password'\n"
                                     "headers = { Accept = 'text/plain', X-Api-Key = { env = 'FUSEBOX_TEST_KEY' } }"));
        const Loaded loaded = load(file);
        QVERIFY2(loaded, loaded ? "" : textOf(loaded.error()).c_str());
        const auto& http = std::get<adapters::HttpSettings>(loaded->dependencies[0].adapter);
        QCOMPARE(http.password, std::string("s3cret"));
        const std::vector<std::pair<std::string, std::string>> expected{{"Accept", "text/plain"}, {"X-Api-Key", "k-1"}};
        QVERIFY(http.headers == expected);
    }

    void relative_paths_count_from_the_folder_of_the_file() {
        const support::TempDir dir;
        const auto file = dir.write("f.toml", "[[dependency]]\nname = 'l'\nkind = 'sqlite'\nfile = 'data/l.db'\n");
        const Loaded loaded = load(file);
        QVERIFY2(loaded, loaded ? "" : textOf(loaded.error()).c_str());
        const auto& sqlite = std::get<adapters::SqliteSettings>(loaded->dependencies[0].adapter);
        QCOMPARE(sqlite.file, (dir.path() / "data/l.db").string());
    }

    void every_sound_dependency_can_be_made_into_an_adapter() {
        const base::SteadyClock clock;
        const Loaded loaded = load(FUSEBOX_SAMPLES "/fusebox.toml");
        QVERIFY(loaded);
        for (const Dependency& dependency : loaded->dependencies) {
            const auto adapter = createAdapter(dependency.adapter, clock);
            QVERIFY2(adapter, dependency.name.c_str());
            QCOMPARE((*adapter)->kind(), kindOf(dependency.adapter));
        }
    }
};

FUSEBOX_TEST(SettingsTest)
#include "settings_test.moc"
