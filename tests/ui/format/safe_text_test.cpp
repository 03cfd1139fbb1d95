#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/support/test_case.h>

#include <QElapsedTimer>
#include <QTextDocument>

#include <string>

using namespace fusebox;
namespace SafeText = format::SafeText;

class SafeTextTest : public QObject {
    Q_OBJECT

private slots:
    void markup_stays_what_it_is_and_a_tooltip_shows_it_literally();
    void emoji_and_foreign_scripts_pass();
    void controls_that_turn_the_direction_are_replaced();
    void newlines_become_one_line_or_stay_in_a_block();
    void control_characters_are_seen();
    void text_that_draws_nothing_cannot_hide();
    void stacked_marks_are_thinned();
    void a_cut_has_its_sign_and_splits_no_pair();
    void a_megabyte_is_cut_without_being_read();
    void a_long_text_of_which_little_can_be_shown_is_marked_as_cut();
    void invalid_utf8_and_lone_surrogates_are_replaced();
    void a_caption_makes_no_shortcut();
    void a_label_is_plain_and_elides();
    void a_label_tells_its_whole_text_without_losing_its_name();
};

void SafeTextTest::markup_stays_what_it_is_and_a_tooltip_shows_it_literally() {
    const std::string hostile = "<img src='/dev/zero'><b>x</b> & y";
    QCOMPARE(SafeText::oneLine(hostile), QString::fromStdString(hostile));
    const QString tip = SafeText::toolTip(hostile);
    QVERIFY(!tip.contains(QStringLiteral("<img")));
    QTextDocument document;
    document.setHtml(tip);
    QCOMPARE(document.toPlainText(), QString::fromStdString(hostile));
    QVERIFY(SafeText::toolTip(QString()).isEmpty());
}

void SafeTextTest::emoji_and_foreign_scripts_pass() {
    const QString family = QStringLiteral("👩‍👩‍👧 платежи 支払い خدمة");
    QCOMPARE(SafeText::oneLine(family), family);
    QCOMPARE(SafeText::oneLine(family.toStdString()), family);
}

void SafeTextTest::controls_that_turn_the_direction_are_replaced() {
    const QString turned = QStringLiteral("safe\u202Egpj.exe\u2066x\u2069\u200F");
    QCOMPARE(SafeText::oneLine(turned), QStringLiteral("safe\uFFFDgpj.exe\uFFFDx\uFFFD\uFFFD"));
    QCOMPARE(SafeText::block(turned), SafeText::oneLine(turned));
}

void SafeTextTest::newlines_become_one_line_or_stay_in_a_block() {
    const QString lines = QStringLiteral("a\r\nb\nc\u2028d\te");
    QCOMPARE(SafeText::oneLine(lines), QStringLiteral("a⏎b⏎c⏎d e"));
    QCOMPARE(SafeText::block(lines), QStringLiteral("a\nb\nc\nd e"));
}

void SafeTextTest::control_characters_are_seen() {
    const std::string bytes("a\0b\x1b[31mred\x7f\x07", 13);
    QCOMPARE(SafeText::oneLine(bytes), QStringLiteral("a␀b␛[31mred␡␇"));
    QCOMPARE(SafeText::oneLine(QStringLiteral("x\u0090y")), QStringLiteral("x\uFFFDy"));
}

void SafeTextTest::text_that_draws_nothing_cannot_hide() {
    QCOMPARE(SafeText::oneLine(QStringLiteral("pay\u200Bments\uFEFF")), QStringLiteral("pay\uFFFDments\uFFFD"));
    const QString tagged = QStringLiteral("a") + QString::fromUcs4(U"\U000E0041\U000E007F", 2);
    QCOMPARE(SafeText::oneLine(tagged), QStringLiteral("a\uFFFD\uFFFD"));
}

void SafeTextTest::stacked_marks_are_thinned() {
    const QString stacked = QStringLiteral("z") + QString(50, QChar(0x0301)) + QStringLiteral("a\u0301");
    QCOMPARE(SafeText::oneLine(stacked), QStringLiteral("z") + QString(4, QChar(0x0301)) + QStringLiteral("a\u0301"));
}

void SafeTextTest::a_cut_has_its_sign_and_splits_no_pair() {
    QCOMPARE(SafeText::oneLine(QStringLiteral("abcdef"), 4), QStringLiteral("abc…"));
    QCOMPARE(SafeText::oneLine(QStringLiteral("abcd"), 4), QStringLiteral("abcd"));
    const QString cut = SafeText::oneLine(QStringLiteral("ab😀😀"), 4);
    QCOMPARE(cut, QStringLiteral("ab…"));
    QVERIFY(cut.isValidUtf16());
    QCOMPARE(SafeText::oneLine(QStringLiteral("abc"), 0), QStringLiteral("…"));
}

void SafeTextTest::a_megabyte_is_cut_without_being_read() {
    const std::string huge(1'000'000, 'x');
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 1'000; ++i) {
        QCOMPARE(SafeText::oneLine(huge).size(), SafeText::kLineLimit);
    }
    QVERIFY2(timer.elapsed() < 1'000, "a long text must not be decoded as a whole");
    QCOMPARE(SafeText::block(huge).size(), SafeText::kBlockLimit);
    QVERIFY(SafeText::toolTip(huge).size() < 2'200);
}

void SafeTextTest::a_long_text_of_which_little_can_be_shown_is_marked_as_cut() {
    std::string marks = "z";
    for (int i = 0; i < 100'000; ++i) marks += "\xCC\x81";
    QCOMPARE(SafeText::oneLine(marks), QStringLiteral("z") + QString(4, QChar(0x0301)) + QStringLiteral("…"));
    const QString broken = SafeText::oneLine(std::string(100'000, '\x81'));
    QCOMPARE(broken.size(), SafeText::kLineLimit);
    QVERIFY(broken.endsWith(QChar(0x2026)));
}

void SafeTextTest::invalid_utf8_and_lone_surrogates_are_replaced() {
    QCOMPARE(SafeText::oneLine(std::string("a\xff\xc3(b")), QStringLiteral("a\uFFFD\uFFFD(b"));
    QString lone = QStringLiteral("a");
    lone.append(QChar(0xD800)).append(QStringLiteral("b")).append(QChar(0xDC00));
    QCOMPARE(SafeText::oneLine(lone), QStringLiteral("a\uFFFDb\uFFFD"));
}

void SafeTextTest::a_caption_makes_no_shortcut() {
    QCOMPARE(SafeText::caption(std::string("R&D\nline")), QStringLiteral("R&&D⏎line"));
}

void SafeTextTest::a_label_is_plain_and_elides() {
    format::SafeLabel label;
    label.setForeignText(std::string("<b>bold</b> and a rather long rest that does not fit"));
    label.resize(400, 20);
    label.show();
    QCOMPARE(label.textFormat(), Qt::PlainText);
    label.resize(60, 20);
    QVERIFY(label.text().endsWith(QChar(0x2026)));
    QVERIFY(label.toolTip().contains(QStringLiteral("&lt;b&gt;")));
    QCOMPARE(label.fullText(), QStringLiteral("<b>bold</b> and a rather long rest that does not fit"));
    label.resize(label.sizeHint());
    QCOMPARE(label.text(), label.fullText());
    QVERIFY(label.toolTip().isEmpty());
}

void SafeTextTest::a_label_tells_its_whole_text_without_losing_its_name() {
    format::SafeLabel unnamed;
    for (const char* text : {"web", "db"}) {
        unnamed.setForeignText(std::string(text));
        QCOMPARE(unnamed.accessibleName(), QLatin1String(text));
    }
    format::SafeLabel named;
    named.setAccessibleName(QStringLiteral("Breaker"));
    for (const char* text : {"Breaker", "web", ""}) {
        named.setForeignText(std::string(text));
        QCOMPARE(named.accessibleName(), QStringLiteral("Breaker"));
        QCOMPARE(named.accessibleDescription(), QLatin1String(text));
    }
}

FUSEBOX_TEST(SafeTextTest)

#include "safe_text_test.moc"
