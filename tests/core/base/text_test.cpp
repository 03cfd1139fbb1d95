#include <fusebox/base/text.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;

class TextTest : public QObject {
    Q_OBJECT
private slots:
    void characters_are_counted_not_bytes() {
        QCOMPARE(base::decodeUtf8("a\u00e4\u20ac\U0001F525")->size(), 4U);
        QVERIFY(base::decodeUtf8("")->empty());
        QVERIFY(base::decodeUtf8("\U0010FFFF")->front() == 0x10ffff);
    }

    void what_is_no_utf8_has_no_characters() {
        for (const char* bad : {"\xff", "\x80", "\xc3", "\xe2\x82", "\xf0\x9f\x94", "a\xc3(", "\xf5\x80\x80\x80"}) {
            QVERIFY2(!base::decodeUtf8(bad), bad);
        }
        QVERIFY(!base::decodeUtf8("\xc0\xaf"));          // overlong slash
        QVERIFY(!base::decodeUtf8("\xe0\x80\xaf"));      // overlong slash, three bytes
        QVERIFY(!base::decodeUtf8("\xed\xa0\x80"));      // a surrogate
        QVERIFY(!base::decodeUtf8("\xf4\x90\x80\x80"));  // above U+10FFFF
    }

    void blank_is_what_nobody_sees() {
        for (const char* blank : {"", " ", "\t\n", "\u00a0", "\u3000", "\u200b\u200d", "\u202e", "\ufeff"}) {
            QVERIFY2(base::isBlank(blank), blank);
        }
        QVERIFY(!base::isBlank(" a "));
        QVERIFY(!base::isBlank("\xff"));
    }

    void controls_are_found_in_ascii_and_beyond() {
        for (const char* steering : {"a\nb", "\x1b[0m", "\x7f", "\u0085", "\u2028"}) {
            QVERIFY2(base::hasControl(steering), steering);
        }
        QVERIFY(!base::hasControl("<b> \u05e9 \U0001F525"));
    }

    void trimming_takes_blanks_from_both_ends_only() {
        QCOMPARE(base::trimmed(" \t\u00a0a b\u00a0\n "), std::string_view("a b"));
        QCOMPARE(base::trimmed("  "), std::string_view());
        QCOMPARE(base::trimmed("\u00e4 "), std::string_view("\u00e4"));
    }
};

FUSEBOX_TEST(TextTest)
#include "text_test.moc"
