// What is known of an agent after its messages, by the clock of the test.
#include "agent_story.h"

#include <fusebox/base/clock.h>
#include <fusebox/sources/agent_board.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::SourceState;
using domain::State;
using sources::AgentBoard;

namespace {

class Told {
public:
    explicit Told(AgentBoard::Options options = {}) : board("A", "http://127.0.0.1:1", options) {}

    sources::AgentResult<void> say(const std::string& type, const std::string& data) {
        auto message = sources::readMessage({type, data, std::nullopt}, "A");
        if (!message) return tl::unexpected(message.error());
        return board.take(std::move(*message), clock.now(), clock.wallNow());
    }
    collector::Gathered gathered() {
        collector::Gathered into;
        board.gather(into, clock.now());
        return into;
    }
    std::optional<domain::Snapshot> shown(const std::string& id) {
        for (auto& snapshot : gathered().snapshots) {
            if (snapshot.identity->id.value == id) return snapshot;
        }
        return std::nullopt;
    }
    void connect() {
        QVERIFY(say("hello", story::about(100, "b1", wallMs())).has_value());
        QVERIFY(say("snapshots", story::snapshots({story::breaker("orders"), story::breaker("search", State::open)}))
                    .has_value());
    }
    std::int64_t wallMs() const { return clock.wallNow().time_since_epoch().count(); }
    void end(bool isBad = false) {
        sources::AgentTrouble why;
        why.step = sources::AgentStep::tcp;
        why.trouble.what = "nobody listens there";
        board.disconnected(why, isBad, clock.now() + 2s, clock.wallNow());
    }

    base::ManualClock clock;
    AgentBoard board;
};

}  // namespace

class AgentBoardTest : public QObject {
    Q_OBJECT

private slots:
    void breakers_come_under_the_name_of_their_agent() {
        Told told;
        told.connect();
        const auto orders = told.shown("A/orders");
        QVERIFY(orders.has_value());
        QCOMPARE(orders->state, State::closed);
        QCOMPARE(orders->identity->name, std::string("orders"));
        QCOMPARE(orders->identity->group, std::string("A/shop"));
        QCOMPARE(orders->identity->source, std::string("A"));
        QCOMPARE(orders->from->state, SourceState::connected);
        QCOMPARE(orders->from->role, std::string("operator"));
        QCOMPARE(told.gathered().sources.front().breakers, std::size_t{2});
        QVERIFY(told.board.knowsGroup("A/shop"));
    }

    // Rule R21.
    void after_three_seconds_of_silence_nothing_is_shown_as_it_was() {
        Told told;
        told.connect();
        told.clock.advance(3s);
        QCOMPARE(told.shown("A/orders")->state, State::closed);
        told.clock.advance(1ms);
        QCOMPARE(told.shown("A/orders")->state, State::stale);
        QCOMPARE(told.shown("A/search")->state, State::stale);
        QCOMPARE(told.gathered().sources.front().state, SourceState::stale);
        QVERIFY(!told.board.isFresh(told.clock.now()));
        QVERIFY(told.say("beat", story::beat()).has_value());
        QCOMPARE(told.shown("A/orders")->state, State::closed);
    }

    void what_goes_on_by_itself_goes_on_between_two_messages() {
        Told told;
        domain::Snapshot open = story::breaker("search", State::open);
        open.untilProbe = 2s;
        open.metrics.timeInState = 1s;
        open.holds.push_back({domain::HoldId(1), domain::HoldMode::forceOpen, "ann", "why", {}, {}, 5s});
        QVERIFY(told.say("hello", story::about()).has_value());
        QVERIFY(told.say("snapshots", story::snapshots({open})).has_value());
        told.clock.advance(1500ms);
        QCOMPARE(told.shown("A/search")->untilProbe, std::optional<base::Duration>(500ms));
        QCOMPARE(told.shown("A/search")->metrics.timeInState, base::Duration(2500ms));
        QCOMPARE(told.shown("A/search")->holds.front().remaining, std::optional<base::Duration>(3500ms));
        told.clock.advance(1s);
        QCOMPARE(told.shown("A/search")->untilProbe, std::optional<base::Duration>(0s));
    }

    void a_breaker_that_is_not_in_the_new_list_is_gone_after_a_moment() {
        Told told;
        told.connect();
        QVERIFY(told.say("snapshots", story::snapshots({story::breaker("orders")})).has_value());
        QCOMPARE(told.shown("A/search")->state, State::stale);
        told.clock.advance(1500ms);
        QVERIFY(!told.shown("A/search"));
        QVERIFY(told.shown("A/orders").has_value());
    }

    void a_list_in_several_messages_loses_nobody() {
        Told told;
        told.connect();
        QVERIFY(told.say("snapshots", story::snapshots({story::breaker("orders")}, true)).has_value());
        QVERIFY(told.say("snapshots", story::snapshots({story::breaker("search")}, false)).has_value());
        told.clock.advance(2s);
        QVERIFY(told.shown("A/search").has_value());
        QVERIFY(told.say("snapshots", story::snapshots({}, false, "[\"search\"]")).has_value());
        QVERIFY(!told.shown("A/search"));
    }

    // Requirement T12: strictly increasing ids.
    void an_event_that_is_not_after_the_last_one_breaks_the_rules() {
        Told told;
        told.connect();
        QVERIFY(told.say("event", story::event(101)).has_value());
        QVERIFY(!told.say("event", story::event(101)));
        QVERIFY(!told.say("event", story::event(5)));
        QVERIFY(told.say("event", story::event(102)).has_value());
        QCOMPARE(told.board.lastEvent(), std::optional<std::uint64_t>(102));
        QCOMPARE(told.gathered().sources.front().events, std::uint64_t{2});
    }

    void a_gap_is_an_event_and_is_counted() {
        Told told;
        told.connect();
        (void)told.gathered();
        QVERIFY(told.say("gap", R"({"from":101,"to":140,"why":"too slow"})").has_value());
        QVERIFY(told.say("gap", R"({"lost":3,"why":"full"})").has_value());
        const auto gathered = told.gathered();
        QCOMPARE(gathered.events.size(), std::size_t{2});
        QCOMPARE(gathered.events[0].text, std::string("A: The agent's events 101 to 140 are missing: too slow"));
        QCOMPARE(gathered.events[0].level, domain::Level::warning);
        QCOMPARE(gathered.sources.front().gaps, std::uint64_t{2});
    }

    void an_agent_that_counts_anew_after_its_start_is_followed() {
        Told told;
        told.connect();
        QVERIFY(told.say("event", story::event(5000)).has_value());
        told.end();
        QVERIFY(told.say("hello", story::about(7, "b2")).has_value());
        QVERIFY(told.say("event", story::event(8)).has_value());
        QCOMPARE(told.gathered().sources.front().gaps, std::uint64_t{1});
    }

    void whoever_does_not_introduce_itself_is_not_listened_to() {
        Told told;
        QVERIFY(!told.say("snapshots", story::snapshots({story::breaker("orders")})));
        QVERIFY(!told.say("beat", story::beat()));
        const auto version = told.say("hello", story::about(1, "b", 1, "viewer", 2));
        QVERIFY(!version);
        QCOMPARE(version.error().step, sources::AgentStep::version);
    }

    void an_end_is_told_once_and_the_rest_is_in_the_standing() {
        Told told;
        told.connect();
        (void)told.gathered();
        told.end();
        told.end();
        told.end();
        auto gathered = told.gathered();
        QCOMPARE(gathered.events.size(), std::size_t{1});
        QCOMPARE(gathered.events[0].text, std::string("A: Not connected. TCP: nobody listens there"));
        QCOMPARE(gathered.sources.front().state, SourceState::reconnecting);
        QCOMPARE(gathered.sources.front().why, std::string("TCP: nobody listens there"));
        QCOMPARE(gathered.sources.front().retryIn, std::optional<base::Duration>(2s));
        told.end(true);
        QCOMPARE(told.gathered().sources.front().state, SourceState::bad);
        QCOMPARE(told.shown("A/orders")->state, State::stale);
    }

    void after_a_reconnect_old_values_are_stale_until_they_are_told_anew() {
        Told told;
        told.connect();
        told.end();
        QVERIFY(told.say("hello", story::about()).has_value());
        QCOMPARE(told.shown("A/orders")->state, State::stale);
        QVERIFY(told.say("snapshots", story::snapshots({story::breaker("orders")})).has_value());
        QCOMPARE(told.shown("A/orders")->state, State::closed);
    }

    // Attack D6: one breaker with values that cannot be; the others are shown.
    void a_breaker_with_impossible_values_is_unknown_and_hides_no_other() {
        Told told;
        told.connect();
        std::string json = story::snapshots({story::breaker("orders"), story::breaker("search")});
        json.replace(json.find("\"success\":10"), 12, "\"success\":-1");
        QVERIFY(told.say("snapshots", json).has_value());
        QCOMPARE(told.shown("A/orders")->state, State::unknown);
        QCOMPARE(told.shown("A/search")->state, State::closed);
        QCOMPARE(told.gathered().sources.front().badMessages, std::uint64_t{1});
        QVERIFY(told.gathered().sources.front().why.find("success") != std::string::npos);
    }

    // Attack D6: 1 M commands; here: more breakers than a source may have.
    void more_than_ten_thousand_breakers_are_too_many() {
        Told told;
        told.connect();
        std::vector<domain::Snapshot> many;
        for (int i = 0; i < 101; ++i) many.push_back(story::breaker("b" + std::to_string(i)));
        bool isRefused = false;
        for (int batch = 0; batch < 100 && !isRefused; ++batch) {
            for (int i = 0; i < 101; ++i)
                many[static_cast<std::size_t>(i)] = story::breaker(std::to_string(batch * 101 + i));
            isRefused = !told.say("snapshots", story::snapshots(many, false)).has_value();
        }
        QVERIFY(isRefused);
        QVERIFY(told.gathered().snapshots.size() < 10'200);
    }

    void events_beyond_what_a_frame_takes_are_counted() {
        AgentBoard::Options options;
        options.waitingEvents = 3;
        Told told(options);
        told.connect();
        for (std::uint64_t id = 101; id <= 110; ++id) QVERIFY(told.say("event", story::event(id)).has_value());
        const auto gathered = told.gathered();
        QCOMPARE(gathered.events.size(), std::size_t{3});
        QCOMPARE(gathered.lostEvents, std::uint64_t{8});  // one place was taken by "Connected"
    }

    void the_clock_offset_is_that_of_the_fastest_message() {
        Told told;
        QVERIFY(told.say("hello", story::about(0, "b", told.wallMs() + 4200)).has_value());
        told.clock.advance(10ms);
        QVERIFY(told.say("beat", story::beat(told.wallMs() + 4990)).has_value());
        QVERIFY(told.say("beat", story::beat(told.wallMs() + 4500)).has_value());
        QCOMPARE(told.gathered().sources.front().clockOffset, std::optional<base::Duration>(4990ms));
    }

    void dossiers_are_fetched_newest_first_and_join_the_detail() {
        Told told;
        QVERIFY(told.say("hello", story::about()).has_value());
        domain::Detail detail;
        for (const std::uint64_t sequence : {2, 4, 6, 8}) {
            domain::Dossier dossier;
            dossier.transition.sequence = sequence;
            detail.dossiers.push_back(std::make_shared<const domain::Dossier>(dossier));
        }
        QVERIFY(told.say("snapshots", story::snapshots({story::breaker("orders")}, true, "[]", &detail)).has_value());
        std::vector<std::uint64_t> asked;
        while (const auto wish = told.board.nextDossier()) {
            asked.push_back(wish->sequence);
            told.board.putDossier(*wish, wish->sequence == 6 ? nullptr : detail.dossiers.back());
        }
        QCOMPARE(asked, (std::vector<std::uint64_t>{8, 6, 4}));
        QCOMPARE(told.shown("A/orders")->detail->dossiers.size(), std::size_t{2});
    }

    void an_agent_whose_token_only_looks_offers_no_actions() {
        Told told;
        QVERIFY(told.say("hello", story::about(0, "b", 1, "viewer")).has_value());
        QVERIFY(
            told.say("recovery", R"({"stopped":false,"breakers":[{"breaker":"orders","actions":[{"action":"CLEAR_CACHE",
            "mode":"manual","effect":"x","timeout_ms":1,"cool_down_ms":1,"cool_down_left_ms":0,"done_this_hour":0,
            "budget_per_hour":1,"failures_in_row":0,"locked_out":false,"running":false}]}],"history":[],"rates":[]})")
                .has_value());
        const auto recovery = told.board.recovery(told.clock.now());
        QCOMPARE(recovery->breakers.front().breaker.value, std::string("A/orders"));
        QVERIFY(recovery->breakers.front().actions.front().whyNot.find("only allows to look") != std::string::npos);
    }
};

FUSEBOX_TEST(AgentBoardTest)

#include "agent_board_test.moc"
