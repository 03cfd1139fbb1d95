#include <fusebox/domain/json_writer.h>
#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

#include <limits>
#include <random>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::JsonWriter;

namespace {

template <typename Write>
std::string written(Write write) {
    std::string text;
    {
        JsonWriter out(text);
        write(out);
    }
    return text;
}

std::string textOf(std::string_view text) {
    return written([&](JsonWriter& out) { out.text(text); });
}

std::string realOf(double value) {
    return written([&](JsonWriter& out) { out.real(value); });
}

std::string msOf(base::Duration span) {
    return written([&](JsonWriter& out) { out.ms(span); });
}

}  // namespace

class JsonWriterTest : public QObject {
    Q_OBJECT
private slots:
    void plain_text_stands_as_it_is() {
        QCOMPARE(textOf(""), std::string("\"\""));
        QCOMPARE(textOf("orders"), std::string("\"orders\""));
        QCOMPARE(textOf("http://127.0.0.1:8081/orders?x=<b>&y='1'"),
                 std::string("\"http://127.0.0.1:8081/orders?x=<b>&y='1'\""));
    }

    void quotes_backslashes_and_control_characters_are_escaped_wherever_they_stand() {
        QCOMPARE(textOf("a\"b\\c\nd\te\rf"), std::string("\"a\\\"b\\\\c\\nd\\te\\rf\""));
        QCOMPARE(textOf(std::string_view("\0\x01\x1f\x7f", 4)), std::string("\"\\u0000\\u0001\\u001f\\u007f\""));
        for (const char special : {'"', '\\', '\n', '\x1f', '\x7f'}) {
            for (std::size_t at = 0; at < 20; ++at) {
                std::string text(20, 'x');
                text[at] = special;
                QCOMPARE(nlohmann::json::parse(textOf(text)).get<std::string>(), text);
            }
        }
    }

    void valid_utf8_stands_as_it_is() {
        const std::string text = "\u00e4\u20ac\U0001F525\u05e9\ud7ff\ue000\U0010FFFF";
        QCOMPARE(textOf(text), "\"" + text + "\"");
    }

    void what_is_not_utf8_becomes_replacement_characters() {
        const std::string broken = "\xef\xbf\xbd";
        QCOMPARE(textOf("a\xff z"), "\"a" + broken + " z\"");
        QCOMPARE(textOf("\xc0\xaf"), "\"" + broken + broken + "\"");               // overlong
        QCOMPARE(textOf("\xed\xa0\x80"), "\"" + broken + broken + broken + "\"");  // a surrogate
        QCOMPARE(textOf("\xf4\x90\x80\x80"), "\"" + broken + broken + broken + broken + "\"");
        QCOMPARE(textOf("\xe2\x82"), "\"" + broken + "\"");  // cut short at the end
        QCOMPARE(textOf("\xf0\x9f\x94x"), "\"" + broken + "x\"");
        QCOMPARE(textOf("\xe2\x82\""), "\"" + broken + "\\\"\"");  // a quote is never swallowed
    }

    void random_bytes_always_make_valid_json() {
        std::mt19937 random(1);
        for (int i = 0; i < 20'000; ++i) {
            std::string bytes(random() % 40, ' ');
            for (char& byte : bytes) {
                byte = static_cast<char>(random() % 4 == 0 ? 0x20 + random() % 0x60 : random());
            }
            const auto parsed = nlohmann::json::parse(textOf(bytes), nullptr, false);
            QVERIFY(!parsed.is_discarded());
            QVERIFY(nlohmann::json::parse(textOf(parsed.get<std::string>())) == parsed);
        }
    }

    void spans_are_milliseconds_exact_to_the_nanosecond() {
        QCOMPARE(msOf(0ns), std::string("0"));
        QCOMPARE(msOf(1s), std::string("1000"));
        QCOMPARE(msOf(1500us), std::string("1.5"));
        QCOMPARE(msOf(12'345'678ns), std::string("12.345678"));
        QCOMPARE(msOf(1ns), std::string("0.000001"));
        QCOMPARE(msOf(100ns), std::string("0.0001"));
        QCOMPARE(msOf(-1500us), std::string("-1.5"));
        QCOMPARE(msOf(base::Duration::max()), std::string("9223372036854.775807"));
        QCOMPARE(msOf(base::Duration::min()), std::string("-9223372036854.775808"));
    }

    void reals_come_back_as_they_were() {
        QCOMPARE(realOf(0.5), std::string("0.5"));
        QCOMPARE(realOf(10), std::string("10"));
        QCOMPARE(realOf(0.015625), std::string("0.015625"));
        QCOMPARE(realOf(0), std::string("0"));
        std::mt19937_64 random(2);
        for (int i = 0; i < 100'000; ++i) {
            const auto whole = static_cast<double>(random() % 1000);
            const double ratio = whole / static_cast<double>(random() % 1000 + 1);
            for (const double value : {ratio, -ratio, ratio * 1e12, ratio * 1e-12, whole / 1000}) {
                QVERIFY(nlohmann::json::parse(realOf(value)).get<double>() == value);
            }
        }
        for (const double value : {1e300, -1e-300, std::numeric_limits<double>::max(), 999'999'999.999999}) {
            QVERIFY(nlohmann::json::parse(realOf(value)).get<double>() == value);
        }
    }

    void what_is_no_number_is_left_out() {
        const std::string text = written([](JsonWriter& out) {
            out.raw("{\"a\":1");
            out.realField(",\"b\":", std::numeric_limits<double>::quiet_NaN());
            out.realField(",\"c\":", std::numeric_limits<double>::infinity());
            out.realField(",\"d\":", std::nullopt);
            out.realField(",\"e\":", 0.25);
            out.raw("}");
        });
        QCOMPARE(text, std::string("{\"a\":1,\"e\":0.25}"));
    }

    void texts_of_any_length_pass_the_buffer() {
        for (const std::size_t length : {2046U, 2047U, 2048U, 2049U, 4096U, 100'000U}) {
            std::string text(length, 'x');
            QCOMPARE(textOf(text), "\"" + text + "\"");
            text[length / 2] = '\n';
            QCOMPARE(nlohmann::json::parse(textOf(text)).get<std::string>(), text);
        }
    }

    void it_appends() {
        std::string text = "data: ";
        JsonWriter(text).number(5);
        QCOMPARE(text, std::string("data: 5"));
    }
};

FUSEBOX_TEST(JsonWriterTest)
#include "json_writer_test.moc"
