#include <fusebox/base/clock.h>
#include <fusebox/lab/event_loop.h>
#include <fusebox/lab/services.h>
#include <fusebox/lab/story_player.h>
#include <fusebox/support/test_case.h>

#include <algorithm>
#include <map>
#include <set>

namespace fusebox::lab {
namespace {

using namespace std::chrono_literals;

std::vector<Story> twoStories() {
    Faults ill;
    ill.errorShare = 1;
    return {{"first", "one", {{1s, "a", ill, "a is ill"}, {3s, "a", {}, "a is well"}}, 5s},
            {"second", "two", {{2s, "b", ill, "b is ill"}, {4s, "b", {}, "b is well"}}, 6s}};
}

QStringList captions(const std::vector<StoryStep>& steps) {
    QStringList said;
    for (const StoryStep& step : steps) said << QString::fromStdString(step.caption);
    return said;
}

}  // namespace

class StoryPlayerTest : public QObject {
    Q_OBJECT

private slots:
    void steps_come_when_their_time_has_come() {
        base::ManualClock clock;
        StoryPlayer player(twoStories(), clock);
        QVERIFY(player.play("first"));
        QCOMPARE(captions(player.takeDue()), QStringList());
        QCOMPARE(QString::fromStdString(player.scene()->caption), QString("all is healthy"));
        clock.advance(1s);
        QCOMPARE(captions(player.takeDue()), QStringList{"a is ill"});
        QCOMPARE(captions(player.takeDue()), QStringList());
        QCOMPARE(QString::fromStdString(player.scene()->caption), QString("a is ill"));
        QCOMPARE(player.scene()->left, base::Duration(4s));
        clock.advance(2s);
        QCOMPARE(captions(player.takeDue()), QStringList{"a is well"});
    }

    void a_single_story_ends_and_leaves_no_scene() {
        base::ManualClock clock;
        StoryPlayer player(twoStories(), clock);
        QVERIFY(player.play("first"));
        clock.advance(5s);
        QCOMPARE(captions(player.takeDue()), (QStringList{"a is ill", "a is well"}));
        QVERIFY(!player.scene());
        clock.advance(1h);
        QVERIFY(player.takeDue().empty());
    }

    void the_tour_plays_all_stories_again_and_again() {
        base::ManualClock clock;
        StoryPlayer player(twoStories(), clock);
        QVERIFY(player.play(kTour));
        QStringList said;
        for (int second = 0; second < 22; ++second) {
            said << captions(player.takeDue());
            clock.advance(1s);
        }
        const QStringList round{"a is ill", "a is well", "b is ill", "b is well"};
        QCOMPARE(said, round + round);
    }

    void after_a_long_sleep_the_tour_goes_on_from_now() {
        base::ManualClock clock;
        StoryPlayer player(twoStories(), clock);
        QVERIFY(player.play(kTour));
        clock.advance(8h);
        QCOMPARE(captions(player.takeDue()), (QStringList{"a is ill", "a is well"}));
        QCOMPARE(QString::fromStdString(player.scene()->story), QString("second"));
        QCOMPARE(player.scene()->left, base::Duration(6s));
    }

    void a_stopped_story_says_nothing_more() {
        base::ManualClock clock;
        StoryPlayer player(twoStories(), clock);
        QVERIFY(player.play("first"));
        player.stop();
        clock.advance(1s);
        QVERIFY(player.takeDue().empty());
        QVERIFY(!player.scene());
    }

    void an_unknown_story_is_refused_and_changes_nothing() {
        base::ManualClock clock;
        StoryPlayer player(twoStories(), clock);
        QVERIFY(player.play("first"));
        QVERIFY(!player.play("third"));
        QCOMPARE(QString::fromStdString(player.scene()->story), QString("first"));
    }

    void the_own_stories_are_in_order_and_heal_whom_they_hurt() {
        for (const Story& story : outageStories()) {
            std::map<std::string, Faults> last;
            base::Duration before{};
            for (const StoryStep& step : story.steps) {
                QVERIFY2(step.at >= before && step.at < story.length, story.name.c_str());
                QVERIFY(!step.caption.empty());
                before = step.at;
                last[step.service] = step.faults;
            }
            for (const auto& [service, faults] : last) QVERIFY2(!faults.areFelt(), story.name.c_str());
            QVERIFY(story.name != kTour);
        }
    }

    void the_own_stories_ask_services_only_for_what_they_can_do() {
        const base::SteadyClock clock;
        const auto loop = EventLoop::create(clock);
        QVERIFY(loop);
        std::map<std::string, std::set<Answer>> known;
        for (const auto& service : makeServices(**loop)) {
            const ServiceCard card = service->card();
            known[card.name] = std::set<Answer>(card.answers.begin(), card.answers.end());
        }
        for (const Story& story : outageStories()) {
            for (const StoryStep& step : story.steps) {
                QVERIFY2(known[step.service].contains(step.faults.answer), step.caption.c_str());
            }
        }
    }

    void the_first_start_shows_trouble_within_five_seconds() {
        QVERIFY(outageStories().front().steps.front().at <= base::Duration(5s));
        QVERIFY(outageStories().front().steps.front().faults.areFelt());
    }
};

FUSEBOX_TEST(StoryPlayerTest)

}  // namespace fusebox::lab

#include "story_player_test.moc"
