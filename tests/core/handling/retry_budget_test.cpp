#include <fusebox/base/clock.h>
#include <fusebox/handling/retry_budget.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using handling::BudgetRules;
using handling::RetryBudget;

class RetryBudgetTest : public QObject {
    Q_OBJECT
private slots:
    void it_starts_full_with_ten_seconds_of_its_rate() {
        RetryBudget budget(BudgetRules{}, m_clock);
        QCOMPARE(budget.left(), 1.0);
        QCOMPARE(drain(budget), 30);
        QVERIFY(budget.left() < 0.01);
    }

    void time_brings_three_a_second() {
        RetryBudget budget(BudgetRules{}, m_clock);
        drain(budget);
        m_clock.advance(2s + 1ms);
        QCOMPARE(drain(budget), 6);
    }

    void five_calls_bring_one() {
        RetryBudget budget(BudgetRules{}, m_clock);
        drain(budget);
        for (int i = 0; i < 51; ++i) budget.noteCall();
        QCOMPARE(drain(budget), 10);
    }

    void what_comes_while_it_is_full_is_not_saved_up() {
        RetryBudget budget(BudgetRules{}, m_clock);
        for (int i = 0; i < 1000; ++i) budget.noteCall();
        m_clock.advance(1h);
        for (int i = 0; i < 1000; ++i) budget.noteCall();
        QCOMPARE(budget.left(), 1.0);
        QCOMPARE(drain(budget), 30);
        for (int i = 0; i < 1000; ++i) budget.noteCall();
        QCOMPARE(drain(budget), 30);
    }

    void over_a_long_storm_retries_are_a_fifth_of_the_calls_and_three_a_second() {
        RetryBudget budget(BudgetRules{}, m_clock);
        drain(budget);
        int retries = 0;
        for (int second = 0; second < 60; ++second) {
            for (int call = 0; call < 100; ++call) {
                m_clock.advance(10ms);
                budget.noteCall();
                retries += budget.withdraw() ? 1 : 0;
            }
        }
        QVERIFY2(retries >= 1378 && retries <= 1381, QByteArray::number(retries));  // 60 * (20 + 3)
    }

    void a_slow_rate_still_allows_a_first_retry() {
        RetryBudget budget(BudgetRules{.share = 0, .perSecond = 0.01}, m_clock);
        QCOMPARE(drain(budget), 1);
    }

private:
    static int drain(RetryBudget& budget) {
        int taken = 0;
        while (taken < 100'000 && budget.withdraw()) ++taken;
        return taken;
    }

    base::ManualClock m_clock;
};

FUSEBOX_TEST(RetryBudgetTest)
#include "retry_budget_test.moc"
