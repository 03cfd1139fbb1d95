#include <fusebox/recovery/worker_threads.h>
#include <fusebox/support/test_case.h>
#include <fusebox/support/thread_count.h>

#include <atomic>
#include <future>

using fusebox::recovery::WorkerThreads;

class WorkerThreadsTest : public QObject {
    Q_OBJECT
private slots:
    void no_more_run_at_once_than_allowed_and_a_place_becomes_free_again() {
        WorkerThreads threads(2);
        std::promise<void> gate;
        const std::shared_future<void> open = gate.get_future().share();
        std::atomic<int> done{0};
        const auto work = [&] {
            open.wait();
            ++done;
        };
        QCOMPARE(threads.room(), 2U);
        QVERIFY(threads.start(work) && threads.start(work));
        QVERIFY(!threads.start(work));
        QCOMPARE(threads.room(), 0U);
        gate.set_value();
        QTRY_COMPARE(threads.room(), 2U);
        QVERIFY(threads.start(work));
        QTRY_COMPARE(done.load(), 3);
    }

    void stop_waits_for_the_running_and_leaves_no_thread() {
        const std::size_t before = fusebox::support::threadCount();
        std::atomic<int> done{0};
        WorkerThreads threads;
        for (int i = 0; i < 4; ++i) QVERIFY(threads.start([&] { ++done; }));
        threads.stop();
        QCOMPARE(done.load(), 4);
        QVERIFY(!threads.start([&] { ++done; }));
        QCOMPARE(fusebox::support::threadCount(), before);
    }
};

FUSEBOX_TEST(WorkerThreadsTest)

#include "worker_threads_test.moc"
