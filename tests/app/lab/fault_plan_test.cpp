#include <fusebox/base/clock.h>
#include <fusebox/lab/fault_plan.h>
#include <fusebox/support/test_case.h>

#include <limits>
#include <map>

namespace fusebox::lab {
namespace {

using namespace std::chrono_literals;

Temper calm() {
    return {.latency = 10ms, .latencySigma = 0.3, .rateLimit = {}, .capacity = 100};
}

Faults answering(Answer answer) {
    Faults faults;
    faults.answer = answer;
    return faults;
}

}  // namespace

class FaultPlanTest : public QObject {
    Q_OBJECT

private slots:
    void a_healthy_service_serves_with_its_own_latency() {
        FaultPlan plan(calm(), m_clock, 1);
        base::Duration sum{};
        for (int i = 0; i < 1000; ++i) {
            const Verdict verdict = plan.judge();
            QCOMPARE(verdict.fate, Fate::serve);
            sum += verdict.delay;
        }
        QVERIFY(sum / 1000 > 9ms && sum / 1000 < 12ms);
    }

    void each_answer_becomes_its_fate() {
        const std::map<Answer, Fate> wanted{{Answer::rateLimited, Fate::tooMany},
                                            {Answer::unauthorized, Fate::unauthorized},
                                            {Answer::wrongBody, Fate::wrongBody},
                                            {Answer::hang, Fate::never}};
        for (const auto& [answer, fate] : wanted) {
            FaultPlan plan(calm(), m_clock, 1);
            plan.setFaults(answering(answer));
            QCOMPARE(plan.judge().fate, fate);
        }
    }

    void the_error_share_is_kept_on_average() {
        FaultPlan plan(calm(), m_clock, 7);
        Faults faults;
        faults.errorShare = 0.3;
        plan.setFaults(faults);
        int errors = 0;
        for (int i = 0; i < 10'000; ++i) errors += plan.judge().fate == Fate::error ? 1 : 0;
        QVERIFY2(errors > 2800 && errors < 3200, qPrintable(QString::number(errors)));
    }

    void added_latency_is_spread_around_its_value() {
        FaultPlan plan({}, m_clock, 3);
        Faults faults;
        faults.latency = 200ms;
        plan.setFaults(faults);
        base::Duration least = 1h;
        base::Duration most{};
        for (int i = 0; i < 1000; ++i) {
            const base::Duration delay = plan.judge().delay;
            least = std::min(least, delay);
            most = std::max(most, delay);
        }
        QVERIFY(least >= 100ms && least < 110ms && most <= 300ms && most > 290ms);
    }

    void beyond_its_rate_a_limited_service_says_when_to_come_back() {
        Temper limited = calm();
        limited.rateLimit = 10;
        FaultPlan plan(limited, m_clock, 1);
        for (int i = 0; i < 10; ++i) QCOMPARE(plan.judge().fate, Fate::serve);
        const Verdict refused = plan.judge();
        QCOMPARE(refused.fate, Fate::tooMany);
        QCOMPARE(refused.retryAfter, 1s);
        m_clock.advance(100ms);
        QCOMPARE(plan.judge().fate, Fate::serve);
        QCOMPARE(plan.judge().fate, Fate::tooMany);
    }

    void after_a_fault_the_capacity_grows_back_slowly() {
        FaultPlan plan(calm(), m_clock, 1);
        Faults faults = answering(Answer::hang);
        faults.slowRecovery = 10s;
        plan.setFaults(faults);
        QCOMPARE(plan.capacityShare(), 1.0);
        plan.setFaults({});
        QCOMPARE(plan.capacityShare(), 0.05);
        const int few = servedInOneSecond(plan);  // 5 % to 15 % of 100 per second
        QVERIFY2(few >= 8 && few <= 12, qPrintable(QString::number(few)));
        m_clock.advance(4s);
        QVERIFY(plan.capacityShare() > 0.5 && plan.capacityShare() < 0.6);
        const int half = servedInOneSecond(plan);
        QVERIFY2(half > 50 && half < 65, qPrintable(QString::number(half)));
        m_clock.advance(5s);
        QCOMPARE(plan.capacityShare(), 1.0);
        QCOMPARE(servedInOneSecond(plan), 200);
    }

    void a_new_fault_ends_the_recovery() {
        FaultPlan plan(calm(), m_clock, 1);
        Faults faults = answering(Answer::hang);
        faults.slowRecovery = 10s;
        plan.setFaults(faults);
        plan.setFaults({});
        plan.setFaults(answering(Answer::wrongBody));
        QCOMPARE(plan.capacityShare(), 1.0);
        QCOMPARE(plan.judge().fate, Fate::wrongBody);
    }

    void values_outside_their_limits_are_brought_into_them() {
        Faults wild;
        wild.latency = -5ms;
        wild.errorShare = std::numeric_limits<double>::quiet_NaN();
        wild.retryAfter = -1s;
        wild.slowRecovery = 24h;
        Faults tame = withinLimits(wild);
        QCOMPARE(tame.latency, base::Duration::zero());
        QCOMPARE(tame.errorShare, 0.0);
        QCOMPARE(tame.retryAfter, 0s);
        QCOMPARE(tame.slowRecovery, kLongestRecovery);
        wild.errorShare = 7;
        QCOMPARE(withinLimits(wild).errorShare, 1.0);
    }

private:
    // 200 calls, evenly over one second.
    int servedInOneSecond(FaultPlan& plan) {
        int served = 0;
        for (int i = 0; i < 200; ++i) {
            served += plan.judge().fate == Fate::serve ? 1 : 0;
            m_clock.advance(5ms);
        }
        return served;
    }

    base::ManualClock m_clock;
};

FUSEBOX_TEST(FaultPlanTest)

}  // namespace fusebox::lab

#include "fault_plan_test.moc"
