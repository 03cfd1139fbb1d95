#include "server_bench.h"

#include <fusebox/support/test_case.h>

#include <QElapsedTimer>

#include <memory>

using namespace std::chrono_literals;

// Many connections at once (A8, C4, C5, T19).

namespace {

/// From so many addresses of this machine that no one of them is at its limit.
std::string addressOf(int number) {
    return "127.0.1." + std::to_string(1 + number / 50);
}

}  // namespace

class AttacksFloodTest : public QObject {
    Q_OBJECT
private slots:
    void a8_idle_connections_leave_a_way_in() {
        const ServerBench bench([](auto& options) { options.limits.waitingForHead = 200; });
        std::vector<std::unique_ptr<peers::HttpPeer>> idle;
        for (int i = 0; i < 1'000; ++i) {
            idle.push_back(std::make_unique<peers::HttpPeer>(bench.port(), addressOf(i)));
            if (i % 3 == 0) idle.back()->send("GET /api/v1/about HTTP/1.1\r\nHo");
        }
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(bench.get("/healthz", "").status, 200);
        QCOMPARE(bench.get("/api/v1/about").status, 200);
        QVERIFY2(timer.elapsed() < 2'000, std::to_string(timer.elapsed()).c_str());
        // The oldest had to go.
        QVERIFY(idle.front()->isClosed());
        QVERIFY(!idle.back()->isClosed(0ms));
    }

    void a8_one_address_has_so_many_connections_and_no_more() {
        const ServerBench bench([](auto& options) { options.limits.connectionsPerPeer = 8; });
        std::vector<std::unique_ptr<peers::HttpPeer>> many;
        for (int i = 0; i < 20; ++i) many.push_back(std::make_unique<peers::HttpPeer>(bench.port(), "127.0.0.7"));
        QVERIFY(many.back()->isClosed());
        QCOMPARE(bench.get("/healthz", "").status, 200);
        many.resize(4);
        const auto again = [&] {
            peers::HttpPeer peer(bench.port(), "127.0.0.7");
            peer.send(peers::get(bench.port(), "/healthz"));
            return peer.answer().status;
        };
        QTRY_COMPARE(again(), 200);
    }

    void streams_take_no_place_from_requests() {
        ServerBench bench([](auto& options) { options.limits.streams = 50; });
        std::vector<std::unique_ptr<Follower>> followers;
        for (int i = 0; i < 50; ++i) followers.push_back(std::make_unique<Follower>(bench));
        for (auto& follower : followers) QCOMPARE(follower->next({"hello"}).event, std::string("hello"));
        QCOMPARE(bench.get("/api/v1/events").status, 503);
        QCOMPARE(bench.get("/api/v1/about").status, 200);
        followers.resize(40);
        // That they have gone is seen with the next bytes for them.
        const auto follow = [&] {
            bench.tell({ServerBench::event("anything")});
            bench.clock().advance(1s);
            peers::HttpPeer peer(bench.port());
            peer.send(peers::get(bench.port(), "/api/v1/events", kVic));
            return peer.waitFor("HTTP/1.1 200");
        };
        QTRY_VERIFY(follow());
    }

    // C4
    void c4_readers_that_never_read_hold_up_nobody() {
        ServerBench bench([](auto& options) { options.limits.streamMemory = 1 << 20; });
        std::vector<std::unique_ptr<Follower>> deaf;
        for (int i = 0; i < 10; ++i) deaf.push_back(std::make_unique<Follower>(bench, "", "", 8 * 1024));
        std::vector<std::unique_ptr<Follower>> followers;
        for (int i = 0; i < 20; ++i) followers.push_back(std::make_unique<Follower>(bench));
        std::uint64_t next = 1001;
        for (int frame = 0; frame < 20; ++frame) {
            bench.tell(std::vector<domain::Event>(100, ServerBench::event(std::string(1000, 'x'))));
            for (auto& follower : followers) {
                for (std::uint64_t id = next; id < next + 100; ++id) QVERIFY(follower->next({"event", "gap"}).id == id);
            }
            next += 100;
        }
    }

    // C5
    void c5_who_comes_again_and_again_is_slowed_down() {
        ServerBench bench([](auto& options) {
            options.limits.requestsPerSecond = 5;
            options.limits.requestBurst = 10;
        });
        int refused = 0;
        for (int i = 0; i < 20; ++i) {
            peers::HttpPeer peer(bench.port());
            peer.send(peers::get(bench.port(), "/api/v1/events", kVic));
            peer.waitFor("\r\n\r\n");
            refused += peer.take().find(" 429 ") != std::string::npos ? 1 : 0;
        }
        QCOMPARE(refused, 10);
    }
};

FUSEBOX_TEST(AttacksFloodTest)
#include "attacks_flood_test.moc"
