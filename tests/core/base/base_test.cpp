// Clocks, the two ways between threads, and trouble that can be read.

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/latest_slot.h>
#include <fusebox/base/log.h>
#include <fusebox/base/result.h>
#include <fusebox/support/test_case.h>

#include <memory>
#include <string>
#include <thread>

namespace fusebox::base {

using namespace std::chrono_literals;

class BaseTest : public QObject {
    Q_OBJECT

private slots:
    void the_steady_clock_never_goes_back() {
        const SteadyClock clock;
        Time last = clock.now();
        for (int i = 0; i < 100'000; ++i) {
            const Time now = clock.now();
            QVERIFY(now >= last);
            last = now;
        }
        QVERIFY(last.time_since_epoch() > 0ns);
    }

    void a_manual_clock_moves_only_when_told() {
        ManualClock clock;
        const Time before = clock.now();
        const WallTime wall = clock.wallNow();
        QCOMPARE(clock.now(), before);
        clock.advance(1500us);
        QVERIFY(clock.now() - before == 1500us);
        clock.jumpWall(-1h);
        QVERIFY(clock.now() - before == 1500us);
        QVERIFY(clock.wallNow() == wall + 1ms - 1h);
        QCOMPARE(clock.readCost(), ReadCost::free);
    }

    void the_latest_value_wins() {
        LatestSlot<std::unique_ptr<int>> slot;
        QVERIFY(!slot.take());
        slot.put(std::make_unique<int>(1));
        slot.put(std::make_unique<int>(2));
        QCOMPARE(**slot.take(), 2);
        QVERIFY(!slot.take());
    }

    void a_full_queue_counts_its_losses() {
        BoundedQueue<int> queue(2);
        QVERIFY(queue.push(1) && queue.push(2));
        QVERIFY(!queue.push(3) && !queue.push(4));
        QCOMPARE(queue.size(), std::size_t{2});
        QCOMPARE(queue.drain(), (std::vector{1, 2}));
        QCOMPARE(queue.takeLost(), std::uint64_t{2});
        QCOMPARE(queue.takeLost(), std::uint64_t{0});
        QVERIFY(queue.push(5));
    }

    void a_closed_queue_wakes_who_waits() {
        BoundedQueue<int> queue(10);
        std::vector<int> seen;
        std::thread reader([&] {
            for (auto batch = queue.waitAndDrain(); !batch.empty(); batch = queue.waitAndDrain()) {
                seen.insert(seen.end(), batch.begin(), batch.end());
            }
        });
        for (int i = 0; i < 10; ++i) {
            QVERIFY(queue.push(i));
        }
        queue.close();
        reader.join();
        QCOMPARE(seen.size(), std::size_t{10});
        QVERIFY(!queue.push(11));
    }

    void trouble_reads_as_a_sentence() {
        const Trouble trouble{TroubleCode::invalidInput, "it is broken", "line 3", "no such file"};
        QCOMPARE(trouble.text(), std::string("line 3: it is broken (no such file)"));
        QCOMPARE((Trouble{TroubleCode::internal, "it is broken", {}, {}}.text()), std::string("it is broken"));
    }

    void foreign_text_cannot_break_a_log_line() {
        QCOMPARE(logText("a\nb\x1b[31m"), std::string("a\\x0ab\\x1b[31m"));
        const std::string cut = logText(std::string(1'000'000, 'x'));
        QVERIFY(cut.size() < 600);
        QVERIFY(cut.ends_with("(1000000 bytes)"));
        const std::string euro = "\xe2\x82\xac";
        std::string text = std::string(510, 'x') + euro + euro;  // the limit lies within the first
        QCOMPARE(logText(text), std::string(510, 'x') + "... (516 bytes)");
        text = std::string(509, 'x') + euro + euro;
        QCOMPARE(logText(std::string(600, '\x80')), std::string(508, '\x80') + "... (600 bytes)");  // no UTF-8 at all
        QCOMPARE(logText(text), std::string(509, 'x') + euro + "... (515 bytes)");
    }
};

FUSEBOX_TEST(BaseTest)

}  // namespace fusebox::base

#include "base_test.moc"
