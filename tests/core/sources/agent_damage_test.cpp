// Streams damaged at random are read, refused or passed over, but never more: the seeds are fixed, a failure comes again.
#include "agent_story.h"

#include <fusebox/base/clock.h>
#include <fusebox/sources/agent_board.h>
#include <fusebox/support/test_case.h>

#include <random>

using namespace fusebox;

namespace {

std::string wholeStream() {
    domain::Detail detail;
    domain::Dossier dossier;
    dossier.transition.sequence = 4;
    detail.dossiers.push_back(std::make_shared<const domain::Dossier>(dossier));
    std::string stream = "\xef\xbb\xbfretry: 2000\n\n" + story::message("hello", story::about(100));
    stream += story::message(
        "snapshots", story::snapshots({story::breaker("orders"), story::breaker("search")}, true, "[\"x\"]", &detail));
    for (std::uint64_t id = 101; id < 106; ++id) stream += story::message("event", story::event(id), id);
    stream += story::message("event", story::commandEvent(107, "c1", "applied"), 107);
    stream += ": beat\r\n\r\n" + story::message("beat", story::beat()) +
              story::message("gap", R"({"from":1,"to":2,"why":"x"})");
    return stream;
}

std::string damaged(std::string stream, std::mt19937& dice) {
    constexpr std::string_view kMarks = "{}[]\",:\r\n0-9e\\u\0\xff";
    for (std::size_t count = 1 + dice() % 6; count > 0; --count) {
        const std::size_t at = dice() % stream.size();
        switch (dice() % 4) {
            case 0:
                stream[at] = kMarks[dice() % kMarks.size()];
                break;
            case 1:
                stream.erase(at, dice() % 40);
                break;
            case 2:
                stream.insert(at, stream.substr(dice() % stream.size(), dice() % 200));
                break;
            default:
                stream[at] = static_cast<char>(dice());
                break;
        }
        if (stream.empty()) stream = "x";
    }
    return stream;
}

}  // namespace

class AgentDamageTest : public QObject {
    Q_OBJECT

private slots:
    void no_damage_does_more_than_end_the_connection() {
        std::mt19937 dice(4711);
        const std::string whole = wholeStream();
        int taken = 0;
        int refused = 0;
        for (int round = 0; round < 3000; ++round) {
            const std::string stream = round == 0 ? whole : damaged(whole, dice);
            base::ManualClock clock;
            sources::AgentBoard board("A", "http://127.0.0.1:1", {});
            sources::SseReader reader({.longestLine = 1U << 16U, .largestEvent = 1U << 16U});
            bool isOver = false;
            const auto fed = reader.feed(stream, [&](sources::SseEvent&& event) {
                if (isOver) return;
                auto message = sources::readMessage(event, "A");
                isOver = !message || !board.take(std::move(*message), clock.now(), clock.wallNow());
                isOver ? ++refused : ++taken;
            });
            collector::Gathered gathered;
            board.gather(gathered, clock.now());
            QCOMPARE(gathered.sources.size(), std::size_t{1});
            for (const auto& snapshot : gathered.snapshots) QVERIFY(snapshot.identity->id.value.rfind("A/", 0) == 0);
            if (round == 0) QVERIFY(fed.has_value() && !isOver && gathered.snapshots.size() == 2);
        }
        QVERIFY2(taken > 3'000, QByteArray::number(taken));
        QVERIFY2(refused > 500, QByteArray::number(refused));
    }
};

FUSEBOX_TEST(AgentDamageTest)

#include "agent_damage_test.moc"
