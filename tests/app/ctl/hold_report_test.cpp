// Holds as they are summed up from the events of a journal.
#include <fusebox/ctl/hold_report.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using ctl::HeldSpan;
using ctl::HoldsBy;
using domain::EventKind;

namespace {

constexpr base::WallTime kNoon{std::chrono::seconds(1'700'000'000)};

domain::Event eventOf(EventKind kind, std::uint64_t hold, std::chrono::minutes at, std::string actor,
                      std::chrono::minutes since = 0min) {
    domain::Hold body;
    body.id = domain::HoldId(hold);
    body.who = hold % 2 == 0 ? "ann" : "bob";
    body.why = "the reason";
    body.since = kNoon + since;
    domain::Event event;
    event.kind = kind;
    event.at = kNoon + at;
    event.breaker = domain::BreakerId(hold < 10 ? "orders" : "stock");
    event.actor = std::move(actor);
    event.body = body;
    return event;
}

}  // namespace

class HoldReportTest : public QObject {
    Q_OBJECT
private slots:
    void a_hold_lasts_from_its_begin_to_its_end_or_until_now() {
        const auto spans = ctl::heldSpans({eventOf(EventKind::holdPlaced, 2, 0min, "ann"),
                                           eventOf(EventKind::holdPlaced, 3, 5min, "bob", 5min),
                                           eventOf(EventKind::holdReleased, 2, 20min, "ann")});
        QCOMPARE(spans.size(), std::size_t{2});
        QVERIFY(spans[0].end == HeldSpan::End::released && !spans[0].isEndedByAnother());
        QVERIFY(spans[0].lasted(kNoon + 1h) == base::Duration(20min));
        QVERIFY(spans[1].end == HeldSpan::End::open);
        QVERIFY(spans[1].lasted(kNoon + 1h) == base::Duration(55min));
        QVERIFY(spans[1].lasted(kNoon) == base::Duration::zero());  // a clock that was set back
    }

    void a_hold_whose_begin_is_too_old_shows_with_its_end() {
        const auto spans = ctl::heldSpans({eventOf(EventKind::holdExpired, 2, 10min, {}, -50min)});
        QCOMPARE(spans.size(), std::size_t{1});
        QVERIFY(spans[0].end == HeldSpan::End::expired);
        QVERIFY(spans[0].lasted(kNoon) == base::Duration(1h));
    }

    void the_same_number_at_another_breaker_is_another_hold() {
        auto there = eventOf(EventKind::holdReleased, 2, 10min, "ann");
        there.breaker = domain::BreakerId("stock");
        const auto spans = ctl::heldSpans({eventOf(EventKind::holdPlaced, 2, 0min, "ann"), there});
        QCOMPARE(spans.size(), std::size_t{2});
        QVERIFY(spans[0].end == HeldSpan::End::open || spans[1].end == HeldSpan::End::open);
    }

    void other_events_are_passed_over() {
        domain::Event notice;
        notice.kind = EventKind::holdPlaced;  // without the hold that it is about
        auto warning = eventOf(EventKind::notice, 4, 0min, {});
        QVERIFY(ctl::heldSpans({notice, warning}).empty());
    }

    void sums_tell_who_forgets_and_whose_holds_others_had_to_end() {
        const auto spans = ctl::heldSpans(
            {eventOf(EventKind::holdPlaced, 2, 0min, "ann"), eventOf(EventKind::holdPlaced, 3, 0min, "bob"),
             eventOf(EventKind::holdPlaced, 4, 0min, "ann"), eventOf(EventKind::holdPlaced, 12, 0min, "ann"),
             eventOf(EventKind::holdExpired, 2, 30min, {}), eventOf(EventKind::holdReleased, 3, 100min, "eve"),
             eventOf(EventKind::holdReleased, 4, 10min, "ann")});
        const auto people = ctl::sumsOf(spans, HoldsBy::person, kNoon + 20min);
        QCOMPARE(people.size(), std::size_t{2});
        QCOMPARE(people[0].name, std::string("bob"));  // an hour and forty minutes
        QCOMPARE(people[0].byOthers, std::size_t{1});
        QCOMPARE(people[1].name, std::string("ann"));
        QCOMPARE(people[1].holds, std::size_t{3});
        QCOMPARE(people[1].open, std::size_t{1});
        QCOMPARE(people[1].expired, std::size_t{1});
        QCOMPARE(people[1].byOthers, std::size_t{0});
        QVERIFY(people[1].mean() == base::Duration(20min) && people[1].longest == base::Duration(30min));
        const auto breakers = ctl::sumsOf(spans, HoldsBy::breaker, kNoon + 20min);
        QCOMPARE(breakers.size(), std::size_t{2});
        QCOMPARE(breakers[0].name, std::string("orders"));
        QCOMPARE(ctl::sumsOf(spans, HoldsBy::reason, kNoon).size(), std::size_t{1});
    }
};

FUSEBOX_TEST(HoldReportTest)

#include "hold_report_test.moc"
