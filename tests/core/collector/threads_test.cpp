// The collector with its real threads on the steady clock.
#include "test_tasks.h"

#include <fusebox/base/clock.h>
#include <fusebox/base/latest_slot.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/support/test_case.h>

#include <filesystem>

using namespace fusebox;
using namespace fusebox::collector;
using namespace std::chrono_literals;

namespace {

class CountingSink : public Sink {
public:
    void accept(const domain::FrameRef& frame) override {
        ++count;
        newest.put(frame);
    }
    std::atomic<int> count{0};
    base::LatestSlot<domain::FrameRef> newest;
};

std::ptrdiff_t threadsOfThisProcess() {
    const std::filesystem::directory_iterator tasks("/proc/self/task");
    return std::distance(begin(tasks), end(tasks));
}

}  // namespace

class ThreadsTest : public QObject {
    Q_OBJECT
private slots:
    void a_hung_dependency_delays_no_other() {
        Door door;
        const auto hung = std::make_shared<PlainTask>(
            1ms, [&](std::stop_token stop) { door.waitAt(stop); }, 3);
        const auto lively = std::make_shared<PlainTask>(1ms, nullptr);
        BackgroundCollector collector(m_clock);
        collector.addTask(hung);
        collector.addTask(lively);
        collector.start();
        QTRY_COMPARE(door.waiting(), 3);
        const int before = lively->runs.load();
        QTRY_VERIFY(lively->runs.load() > before + 50);
        QCOMPARE(hung->runs.load(), 3);  // never more at once than its limit
        QTRY_VERIFY(collector.health().lateTasks > 0);
        QVERIFY(collector.health().busyWorkers >= 3);
        collector.stop();
        QCOMPARE(door.waiting(), 0);
    }

    void stop_ends_running_calls_and_leaves_no_thread() {
        const std::ptrdiff_t before = threadsOfThisProcess();
        Door door;
        const auto hung = std::make_shared<PlainTask>(
            1ms, [&](std::stop_token stop) { door.waitAt(stop); }, 4);
        BackgroundCollector collector(m_clock);
        collector.addTask(hung);
        collector.start();
        QTRY_COMPARE(door.waiting(), 4);
        QVERIFY(threadsOfThisProcess() > before);
        collector.stop();
        collector.stop();
        QTRY_COMPARE(threadsOfThisProcess(), before);  // the kernel may need a moment after the join
        QCOMPARE(collector.health().workers, 0U);
        const int runs = hung->runs.load();
        collector.start();
        collector.wake(*hung);
        QCOMPARE(hung->runs.load(), runs);
    }

    void frames_come_at_the_asked_pace_and_a_last_one_at_the_stop() {
        const auto sink = std::make_shared<CountingSink>();
        BackgroundCollector::Options options;
        options.framePeriod = 5ms;
        BackgroundCollector collector(m_clock, options);
        collector.addSink(sink);
        collector.start();
        QTRY_VERIFY(sink->count.load() >= 10);
        (void)sink->newest.take();
        collector.stop();
        QVERIFY(sink->newest.take().has_value());
    }

    void a_paused_task_is_woken_at_once() {
        const auto task = std::make_shared<PlainTask>(std::nullopt, nullptr);
        BackgroundCollector collector(m_clock);
        collector.addTask(task);
        collector.start();
        QTRY_COMPARE(task->draws.load(), 1);
        collector.wake(*task);
        QTRY_COMPARE(task->runs.load(), 1);
    }

    void a_wake_at_the_limit_is_owed_until_a_call_has_ended() {
        Door door;
        const auto task = std::make_shared<PlainTask>(std::nullopt, [&](std::stop_token stop) { door.waitAt(stop); });
        BackgroundCollector collector(m_clock);
        collector.addTask(task);
        collector.start();
        collector.wake(*task);
        QTRY_COMPARE(door.waiting(), 1);
        const int draws = task->draws.load();
        collector.wake(*task);
        QTRY_VERIFY(task->draws.load() > draws);
        QCOMPARE(task->runs.load(), 1);
        door.open();
        QTRY_COMPARE(task->runs.load(), 2);
    }

    void a_removed_task_is_asked_to_stop() {
        Door door;
        const auto task = std::make_shared<PlainTask>(1ms, [&](std::stop_token stop) { door.waitAt(stop); });
        BackgroundCollector collector(m_clock);
        collector.addTask(task);
        collector.start();
        QTRY_COMPARE(door.waiting(), 1);
        collector.removeTask(*task);
        QTRY_COMPARE(door.waiting(), 0);
    }

    void idle_workers_end_after_a_while() {
        Door door;
        const auto burst = std::make_shared<PlainTask>(
            1ms, [&](std::stop_token stop) { door.waitAt(stop); }, 6);
        BackgroundCollector::Options options;
        options.idleWorkerLife = 20ms;
        BackgroundCollector collector(m_clock, options);
        collector.addTask(burst);
        collector.start();
        QTRY_COMPARE(door.waiting(), 6);
        collector.removeTask(*burst);
        QTRY_COMPARE(collector.health().workers, 0U);
        const auto again = std::make_shared<PlainTask>(1ms, nullptr);
        collector.addTask(again);
        QTRY_VERIFY(again->runs.load() > 3);
    }

    void at_the_cap_jobs_wait_for_a_worker_and_all_run() {
        Door door;
        BackgroundCollector::Options options;
        options.workerCap = 2;
        BackgroundCollector collector(m_clock, options);
        std::vector<std::shared_ptr<PlainTask>> tasks;
        for (int i = 0; i < 6; ++i) {
            tasks.push_back(
                std::make_shared<PlainTask>(std::nullopt, [&](std::stop_token stop) { door.waitAt(stop); }));
            collector.addTask(tasks.back());
            collector.wake(*tasks.back());
        }
        collector.start();
        QTRY_COMPARE(door.waiting(), 2);
        QCOMPARE(collector.health().workers, 2U);
        door.open();
        for (const auto& task : tasks) {
            QTRY_COMPARE(task->runs.load(), 1);
        }
    }

    void tasks_sources_and_sinks_come_and_go_while_it_runs() {
        BackgroundCollector::Options options;
        options.framePeriod = 1ms;
        BackgroundCollector collector(m_clock, options);
        std::vector<std::pair<std::shared_ptr<CountingSink>, int>> removed;
        collector.start();
        for (int round = 0; round < 200; ++round) {
            const auto sink = std::make_shared<CountingSink>();
            const auto task = std::make_shared<PlainTask>(100us, nullptr, 4);
            collector.addSink(sink);
            collector.addTask(task);
            collector.wake(*task);
            collector.reschedule(*task);
            collector.removeTask(*task);
            collector.removeSink(*sink);
            removed.emplace_back(sink, sink->count.load());
        }
        collector.stop();
        for (const auto& [sink, count] : removed) {
            QCOMPARE(sink->count.load(), count);
        }
    }

private:
    base::SteadyClock m_clock;
};

FUSEBOX_TEST(ThreadsTest)
#include "threads_test.moc"
