// Tables, and text that a terminal shows: widths, bounds, foreign characters.
#include <fusebox/ctl/display_text.h>
#include <fusebox/ctl/printable.h>
#include <fusebox/ctl/table.h>
#include <fusebox/ctl/words.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;

class TableTest : public QObject {
    Q_OBJECT
private slots:
    void wide_characters_take_two_columns_and_marks_none() {
        QCOMPARE(ctl::columnsOf("abc"), std::size_t{3});
        QCOMPARE(ctl::columnsOf("注文"), std::size_t{4});
        QCOMPARE(ctl::columnsOf("e\xcc\x81"), std::size_t{1});
        QCOMPARE(ctl::columnsOf("🔥"), std::size_t{2});
    }

    void a_text_is_cut_at_its_columns_and_never_inside_a_character() {
        QCOMPARE(ctl::cutTo("orders", 6), std::string("orders"));
        QCOMPARE(ctl::cutTo("orders", 4), std::string("ord…"));
        QCOMPARE(ctl::cutTo("注文注文", 4), std::string("注…"));
        QCOMPARE(ctl::padded("注文", 6), std::string("注文  "));
        QCOMPARE(ctl::paddedLeft("7", 3), std::string("  7"));
    }

    void a_pile_of_marks_has_an_end() {
        std::string pile = "a";
        for (int i = 0; i < 10'000; ++i) pile += "\xcc\x81";
        QVERIFY(ctl::cutTo(pile, 10).size() < 100);
    }

    // Row C7 of the attacks.
    void what_could_steer_a_terminal_is_shown_as_numbers() {
        QCOMPARE(ctl::printable("\x1b]0;title\x07"), std::string("\\x1b]0;title\\x07"));
        QCOMPARE(ctl::printable("\x1b[2J"), std::string("\\x1b[2J"));
        QCOMPARE(ctl::printable("\xc2\x9b"), std::string("\\xc2\\x9b"));
        QCOMPARE(ctl::printable("a\nb\rc"), std::string("a\\x0ab\\x0dc"));
        QCOMPARE(ctl::printable("a\xe2\x80\xae"
                                "b"),
                 std::string("a\\xe2\\x80\\xaeb"));
        QCOMPARE(ctl::printable("größer 注文"), std::string("größer 注文"));
    }

    void columns_line_up_whatever_stands_in_them() {
        ctl::Table table({{"NAME"}, {"CALLS", ctl::Align::right}, {"REMARK"}});
        table.add({"orders", "7", "fine"});
        table.add({"注文", "1234567", ""});
        QCOMPARE(table.text({}), std::string("NAME      CALLS  REMARK\n"
                                             "orders        7  fine\n"
                                             "注文    1234567\n"));
    }

    void foreign_cells_cannot_steer_the_terminal_nor_break_the_line() {
        ctl::Table table({{"NAME"}, {"REMARK"}});
        table.add({"\x1b[31mred\nnew", "x"});
        QCOMPARE(table.text({}), std::string("NAME                REMARK\n\\x1b[31mred\\x0anew  x\n"));
    }

    void a_column_is_no_wider_than_it_may_be() {
        ctl::Table table({{"NAME", ctl::Align::left, 8}, {"REMARK"}});
        table.add({"a name that is long", "x"});
        QCOMPARE(table.text({}), std::string("NAME      REMARK\na name …  x\n"));
    }

    void on_a_terminal_no_line_is_longer_than_it() {
        ctl::Table table({{"NAME"}, {"REMARK", ctl::Align::left, 200}});
        table.add({"orders", std::string(300, 'x')});
        ctl::Look look;
        look.columns = 40;
        QCOMPARE(ctl::columnsOf(table.text(look).substr(15)), std::size_t{41});
    }

    void colours_do_not_move_columns() {
        ctl::Table table({{"NAME"}, {"REMARK"}});
        table.add({{"OPEN", ctl::Colour::red}, "x"});
        ctl::Look look;
        look.colours = true;
        QVERIFY(table.text(look).find("\x1b[1;31mOPEN\x1b[0m  x\n") != std::string::npos);
    }

    void spans_and_moments_are_read_as_people_type_them() {
        const base::WallTime now{std::chrono::milliseconds{1'700'000'000'000}};
        QVERIFY(ctl::spanFrom("15m") == 15min);
        QVERIFY(!ctl::spanFrom("15"));
        QVERIFY(!ctl::spanFrom("-3s"));
        QVERIFY(ctl::momentFrom("90m", now) == now - 90min);
        QVERIFY(ctl::momentFrom("2023-11-14T22:13:20Z", now) == now);
        QVERIFY(!ctl::momentFrom("yesterday", now));
    }

    void spans_are_told_in_two_parts_at_most() {
        QCOMPARE(ctl::spanText(250ms), std::string("250 ms"));
        QCOMPARE(ctl::spanText(12s), std::string("12 s"));
        QCOMPARE(ctl::spanText(3min + 12s), std::string("3 min 12 s"));
        QCOMPARE(ctl::spanText(51h), std::string("2 d 3 h"));
    }
};

FUSEBOX_TEST(TableTest)
#include "table_test.moc"
