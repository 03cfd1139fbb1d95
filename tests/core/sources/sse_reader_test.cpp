// Streams cut anywhere, with any line ends, with marks and without: the same events come out; nothing grows without end.
#include <fusebox/sources/sse_reader.h>
#include <fusebox/support/test_case.h>

#include <random>

using namespace fusebox;
using sources::SseEvent;
using sources::SseReader;

namespace {

using Events = std::vector<std::array<std::string, 3>>;  // type, data, id or "-"

Events readAll(const std::string& stream, const std::vector<std::size_t>& cuts = {}) {
    Events events;
    SseReader reader;
    std::size_t from = 0;
    const auto feed = [&](std::size_t to) {
        const auto fed = reader.feed(std::string_view(stream).substr(from, to - from), [&](SseEvent&& event) {
            events.push_back({event.type, event.data, event.id.value_or("-")});
        });
        QVERIFY(fed.has_value());
        from = to;
    };
    for (const std::size_t cut : cuts) feed(cut);
    feed(stream.size());
    return events;
}

}  // namespace

class SseReaderTest : public QObject {
    Q_OBJECT

private slots:
    void fields_make_an_event_that_ends_with_an_empty_line() {
        const Events expected{{"event", "{\"a\":1}", "17"}, {"message", "one\ntwo\n", "-"}};
        QCOMPARE(readAll("id: 17\nevent: event\ndata: {\"a\":1}\n\n: a comment\ndata: one\ndata:two\ndata\n\n"),
                 expected);
    }

    void an_event_without_data_and_one_without_an_end_do_not_come() {
        QVERIFY(readAll("event: beat\nid: 3\n\n\n\ndata: half").empty());
        const Events expected{{"message", "whole", "-"}};
        QCOMPARE(readAll("event: beat\nid: 3\n\ndata: whole\n\n"), expected);
    }

    void a_byte_order_mark_is_passed_over_at_the_beginning_alone() {
        const Events expected{{"message", "a", "-"}};
        QCOMPARE(readAll("\xef\xbb\xbf"
                         "data: a\n\n\xef\xbb\xbf"
                         "data: b\n\n"),
                 expected);
    }

    void only_one_space_after_the_colon_belongs_to_the_format() {
        const Events expected{{"message", " two", "-"}, {"message", "a:b", "-"}};
        QCOMPARE(readAll("data:  two\n\ndata:a:b\n\nunknown: x\n\n"), expected);
    }

    void an_id_with_a_nul_is_no_id() {
        const Events expected{{"message", "x", "-"}};
        QCOMPARE(readAll(std::string("id: 1\0002\ndata: x\n\n", 17)), expected);
    }

    // Requirement T12: the connection may be cut at any byte.
    void wherever_it_is_cut_and_however_lines_end_the_same_comes_out() {
        const std::string lines =
            "id: 4\nevent: event\ndata: {\"x\":\"\u00e4\"}\ndata: more\n\n: beat\n\nevent: gap\ndata: g\n\n";
        const Events expected{{"event", "{\"x\":\"\u00e4\"}\nmore", "4"}, {"gap", "g", "-"}};
        std::mt19937 dice(7);
        for (const char* end : {"\n", "\r", "\r\n"}) {
            std::string stream;
            for (const char c : lines) stream += c == '\n' ? std::string(end) : std::string(1, c);
            for (std::size_t cut = 0; cut <= stream.size(); ++cut) QCOMPARE(readAll(stream, {cut}), expected);
            for (int round = 0; round < 200; ++round) {
                std::vector<std::size_t> cuts(dice() % 8);
                for (std::size_t& cut : cuts) cut = dice() % (stream.size() + 1);
                std::sort(cuts.begin(), cuts.end());
                QCOMPARE(readAll(stream, cuts), expected);
            }
        }
    }

    void how_long_to_wait_is_believed_up_to_a_minute() {
        SseReader reader;
        const auto ignore = [](SseEvent&&) {};
        QVERIFY(reader.feed("retry: 2000\n", ignore).has_value());
        QCOMPARE(reader.retry(), std::optional<base::Duration>(std::chrono::seconds(2)));
        QVERIFY(reader.feed("retry: 12x\nretry: -1\nretry: 99999999999999999999\n", ignore).has_value());
        QCOMPARE(reader.retry(), std::optional<base::Duration>(std::chrono::seconds(2)));
        QVERIFY(reader.feed("retry: 4000000000\n", ignore).has_value());
        QCOMPARE(reader.retry(), std::optional<base::Duration>(std::chrono::seconds(60)));
    }

    // Attack D5: a line of 1 GB without an end; "data:" for ever.
    void a_line_or_an_event_beyond_its_limit_ends_the_reading_for_good() {
        const auto ignore = [](SseEvent&&) {};
        SseReader lines({.longestLine = 1000, .largestEvent = 4000});
        QVERIFY(lines.feed(std::string(1000, 'x'), ignore).has_value());
        const auto longer = lines.feed("x", ignore);
        QVERIFY(!longer);
        QCOMPARE(longer.error().code, base::TroubleCode::limitReached);
        QVERIFY(!lines.feed("\n\ndata: fine\n\n", ignore));

        SseReader data({.longestLine = 1000, .largestEvent = 4000});
        bool isEnded = false;
        for (int i = 0; i < 10 && !isEnded; ++i) isEnded = !data.feed("data:" + std::string(900, 'y') + "\n", ignore);
        QVERIFY(isEnded);
        data.restart();
        int count = 0;
        QVERIFY(data.feed("data: fine\n\n", [&](SseEvent&&) { ++count; }).has_value());
        QCOMPARE(count, 1);
    }
};

FUSEBOX_TEST(SseReaderTest)

#include "sse_reader_test.moc"
