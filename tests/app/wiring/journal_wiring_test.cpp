#include <fusebox/journal/journal_reader.h>
#include <fusebox/support/frame_log.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>
#include <fusebox/wiring/wiring.h>

#include <algorithm>

namespace fusebox::wiring {

using namespace std::chrono_literals;

class JournalWiringTest : public QObject {
    Q_OBJECT

private slots:
    void real_calls_and_their_latencies_can_be_read_back_from_the_journal() {
        const support::TempDir folder;
        const std::string file = (folder.path() / "journal.db").string();
        const auto log = std::make_shared<support::FrameLog>();
        auto wiring = Wiring::withLab(LabOpening::quiet, journal::JournalSettings{.file = file});
        QVERIFY(wiring);
        (*wiring)->addSink(log);
        (*wiring)->start();
        // A second's latencies are those since the look before: three seconds have at least one of them whole.
        std::optional<base::WallTime> first;
        QVERIFY(log->waitForFrame([&](const domain::Frame& frame) {
            if (!first) first = frame.wall;
            return frame.wall > *first + 3s;
        }));
        (*wiring)->stop();
        const auto seen = log->snapshot("orders-api");
        QVERIFY(seen && seen->metrics.totals.success > 0);

        auto reader = journal::JournalReader::open(file);
        QVERIFY(reader);
        journal::RollupQuery query;
        query.breaker = seen->identity->id;
        query.span = {*first - 1min, *first + 1min};
        const auto points = reader->rollups(query);
        QVERIFY2(points.has_value(), points ? "" : points.error().text().c_str());
        std::uint64_t calls = 0;
        std::uint64_t timed = 0;
        for (const journal::RollupPoint& point : *points) {
            calls += point.success + point.failure;
            timed += point.latency.samples;
            QVERIFY(point.latency.samples == 0 || point.latency.p95.has_value());
        }
        QVERIFY(calls > 0 && calls <= seen->metrics.totals.success + seen->metrics.totals.failure);
        QVERIFY(timed > 0);
    }

    void configurations_that_came_and_that_were_refused_are_in_the_chain() {
        const support::TempDir folder;
        const std::string file = (folder.path() / "journal.db").string();
        auto wiring = Wiring::withSettings({}, journal::JournalSettings{.file = file});
        QVERIFY(wiring);
        (*wiring)->start();
        config::Settings broken;
        broken.dependencies.emplace_back();
        broken.dependencies.back().name = "broken";
        broken.dependencies.back().adapter = adapters::TcpSettings{};
        QVERIFY(!(*wiring)->apply(broken, "f.toml"));
        QVERIFY((*wiring)->apply({}, "f.toml"));
        (*wiring)->stop();

        auto reader = journal::JournalReader::open(file);
        QVERIFY(reader);
        const auto records = reader->audit(0, 100);
        QVERIFY2(records.has_value(), records ? "" : records.error().text().c_str());
        std::vector<std::string> texts;
        for (const journal::AuditRecord& record : *records) {
            if (record.kind == "configuration") texts.push_back(record.text);
        }
        QCOMPARE(texts.size(), std::size_t{2});
        const auto has = [&texts](const char* part) {
            return std::any_of(texts.begin(), texts.end(),
                               [part](const std::string& text) { return text.find(part) != std::string::npos; });
        };
        QVERIFY(has("not in force") && has("was read again"));
    }
};

FUSEBOX_TEST(JournalWiringTest)

}  // namespace fusebox::wiring

#include "journal_wiring_test.moc"
