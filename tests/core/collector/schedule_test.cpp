// The schedule by single steps on a manual clock: no threads.
#include "test_tasks.h"

#include <fusebox/base/clock.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/support/test_case.h>

#include <stdexcept>

using namespace fusebox;
using namespace fusebox::collector;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<PlainTask> every(base::Duration delay, std::function<void(std::stop_token)> body = {}) {
    return std::make_shared<PlainTask>(delay, std::move(body));
}

}  // namespace

class ScheduleTest : public QObject {
    Q_OBJECT
private slots:
    void a_task_starts_after_its_first_delay_and_then_again_and_again() {
        const auto task = every(1s);
        m_collector->addTask(task);
        QCOMPARE(m_collector->runDue(), 0U);  // draws the first delay
        m_clock.advance(999ms);
        QCOMPARE(m_collector->runDue(), 0U);
        m_clock.advance(1ms);
        QCOMPARE(m_collector->runDue(), 1U);
        QCOMPARE(m_collector->runDue(), 0U);
        m_clock.advance(1s);
        QCOMPARE(m_collector->runDue(), 1U);
        QCOMPARE(task->runs.load(), 2);
    }

    void starts_keep_their_rate_although_each_is_noticed_a_little_late() {
        const auto task = every(100ms);
        m_collector->addTask(task);
        (void)m_collector->runDue();
        for (int i = 0; i < 100; ++i) {
            m_clock.advance(70ms);
            (void)m_collector->runDue();
        }
        QCOMPARE(task->runs.load(), 70);  // 7 s at ten a second
    }

    void a_long_stall_is_not_followed_by_a_burst() {
        const auto task = every(100ms);
        m_collector->addTask(task);
        (void)m_collector->runDue();
        m_clock.advance(1h);
        int bursts = 0;
        while (m_collector->runDue() > 0) ++bursts;
        QVERIFY2(bursts <= 4, qPrintable(QString::number(bursts)));
        QCOMPARE(m_collector->health().lag > base::Duration::zero(), true);
    }

    void a_paused_task_runs_only_when_it_is_woken() {
        const auto task = std::make_shared<PlainTask>(std::nullopt, nullptr);
        m_collector->addTask(task);
        m_clock.advance(1h);
        QCOMPARE(m_collector->runDue(), 0U);
        m_collector->wake(*task);
        m_collector->wake(*task);
        QCOMPARE(m_collector->runDue(), 1U);
        QCOMPARE(m_collector->runDue(), 0U);
        QCOMPARE(task->runs.load(), 1);
    }

    void a_wake_takes_the_place_of_the_planned_start() {
        const auto task = every(10s);
        m_collector->addTask(task);
        (void)m_collector->runDue();
        m_clock.advance(9s);
        m_collector->wake(*task);
        QCOMPARE(m_collector->runDue(), 1U);
        m_clock.advance(1s);
        QCOMPARE(m_collector->runDue(), 0U);
        m_clock.advance(9s);
        QCOMPARE(m_collector->runDue(), 1U);
    }

    void rescheduling_draws_anew_without_a_run() {
        const auto task = every(1h);
        m_collector->addTask(task);
        (void)m_collector->runDue();
        task->setDelay(1s);
        m_collector->reschedule(*task);
        QCOMPARE(m_collector->runDue(), 0U);
        m_clock.advance(1s);
        QCOMPARE(m_collector->runDue(), 1U);
    }

    void many_reschedulings_leave_one_plan() {
        const auto task = every(1h);
        m_collector->addTask(task);
        for (int i = 0; i < 1000; ++i) {
            m_collector->reschedule(*task);
            (void)m_collector->runDue();
        }
        m_clock.advance(1h);
        QCOMPARE(m_collector->runDue(), 1U);
        QCOMPARE(task->runs.load(), 1);
    }

    void a_removed_task_is_forgotten_and_freed() {
        auto task = every(1s);
        const std::weak_ptr<PlainTask> watched = task;
        m_collector->addTask(task);
        (void)m_collector->runDue();
        m_collector->removeTask(*task);
        m_collector->wake(*task);
        task.reset();
        m_clock.advance(1s);
        QCOMPARE(m_collector->runDue(), 0U);
        QVERIFY(watched.expired());
    }

    void tasks_that_are_due_together_run_in_order_of_time() {
        std::string order;
        const auto second = every(20ms, [&](auto) { order += "2"; });
        const auto first = every(10ms, [&](auto) { order += "1"; });
        m_collector->addTask(second);
        m_collector->addTask(first);
        (void)m_collector->runDue();
        m_clock.advance(20ms);
        (void)m_collector->runDue();
        QCOMPARE(QString::fromStdString(order), QStringLiteral("12"));
    }

    void a_task_that_throws_becomes_a_notice_and_stays_scheduled() {
        const auto task = every(1s, [](auto) { throw std::runtime_error("boom\nwith a line"); });
        m_collector->addTask(task);
        (void)m_collector->runDue();
        for (int i = 0; i < 12; ++i) {
            m_clock.advance(1s);
            QCOMPARE(m_collector->runDue(), 1U);
        }
        const domain::FrameRef frame = m_collector->publishFrame();
        QCOMPARE(frame->events.size(), 2U);  // 12 troubles, at most one notice in ten seconds
        QCOMPARE(QString::fromStdString(frame->events[0].text),
                 QStringLiteral("orders failed inside the program: boom\\x0awith a line"));
        QVERIFY(QString::fromStdString(frame->events[1].text)
                    .endsWith(QLatin1String("(9 more like it since the last notice)")));
    }

    void what_is_thrown_that_is_no_exception_is_caught_too() {
        const auto task = every(1s, [](auto) { throw 42; });
        m_collector->addTask(task);
        (void)m_collector->runDue();
        m_clock.advance(1s);
        QCOMPARE(m_collector->runDue(), 1U);
        QCOMPARE(m_collector->publishFrame()->events.size(), 1U);
    }

    void init() { m_collector = std::make_unique<BackgroundCollector>(m_clock); }

private:
    base::ManualClock m_clock;
    std::unique_ptr<BackgroundCollector> m_collector;
};

FUSEBOX_TEST(ScheduleTest)
#include "schedule_test.moc"
