#include <fusebox/support/test_case.h>
#include <fusebox/views/config_dialog.h>
#include <fusebox/views/config_form.h>
#include <fusebox/views/config_row.h>
#include <fusebox/views/plain_table.h>

#include "stage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <QWheelEvent>

namespace fusebox::views {
namespace {

using Entries = std::vector<domain::ConfigEntry>;

struct Editor {
    explicit Editor(ConfigPurpose purpose = ConfigPurpose::configure, const Entries& begin = {}) {
        stage.tick(5);
        dialog =
            new ConfigDialog(stage.models, purpose, stage.models.fleet().find(stage.fleet.idAt(0))->snapshot, begin);
        dialog->open();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(dialog);
    }
    ~Editor() { delete dialog; }

    ConfigRow& row(const char* option) { return *dialog->form().row(QLatin1String(option)); }
    QLineEdit& line(const char* option) { return *qobject_cast<QLineEdit*>(row(option).field()); }
    void type(const char* option, const char* text) {
        line(option).setFocus();
        line(option).selectAll();
        QTest::keyClicks(&line(option), QLatin1String(text));
    }
    QPushButton& confirm() { return *dialog->findChild<QPushButton*>(QStringLiteral("confirm")); }
    QLineEdit& reason() { return *dialog->findChild<QLineEdit*>(QStringLiteral("reason")); }
    QString status() {
        for (QLabel* label : dialog->findChildren<QLabel*>()) {
            if (label->accessibleName() == QStringLiteral("Status")) return label->text();
        }
        return {};
    }
    QString noteOf(const char* option) { return row(option).field()->accessibleDescription(); }
    void changeLive(const std::string& option, const std::string& value) {
        domain::Detail& detail = stage.fleet.edit(0);
        auto sheet = std::make_shared<domain::ConfigSheet>(*detail.sheet);
        for (domain::ConfigEntry& entry : sheet->entries) {
            if (entry.option == option) entry.value = value;
        }
        detail.sheet = std::move(sheet);
        stage.tick();
    }
    void sendChange() {
        type("minimum_calls", "20");
        QTest::keyClicks(&reason(), QStringLiteral("night traffic"));
        QTest::mouseClick(&confirm(), Qt::LeftButton);
    }

    Stage stage{2};
    QPointer<ConfigDialog> dialog;
};

}  // namespace

class ConfigDialogTest : public QObject {
    Q_OBJECT
private slots:
    void what_is_typed_is_checked_at_once_and_the_error_stands_beside_the_field();
    void a_change_needs_a_reason_and_goes_out_once_as_a_command();
    void it_stays_until_the_command_is_applied();
    void a_refusal_loses_nothing_that_was_typed();
    void without_an_answer_it_can_be_sent_again();
    void a_preset_marks_what_differs_and_all_can_be_taken_back();
    void one_option_can_be_taken_back();
    void frames_do_not_disturb_the_typing();
    void a_live_change_meanwhile_is_said_and_keeps_what_was_typed();
    void closing_with_changes_asks_once_more();
    void enter_in_a_field_neither_sends_nor_closes();
    void options_can_be_found_by_words_and_by_being_changed();
    void the_wheel_changes_no_choice();
    void the_candidate_goes_out_as_a_shadow();
    void a_breaker_that_went_away_cannot_be_configured();
};

void ConfigDialogTest::what_is_typed_is_checked_at_once_and_the_error_stands_beside_the_field() {
    Editor editor;
    QVERIFY(editor.noteOf("minimum_calls").contains(QStringLiteral("before a rate counts")));
    editor.type("minimum_calls", "x");
    QCOMPARE(editor.noteOf("minimum_calls"), QStringLiteral("Not allowed. Allowed: 0 to 1000000000"));
    QVERIFY(!editor.confirm().isEnabled());
    QVERIFY(editor.status().contains(QStringLiteral("minimum_calls cannot be x")));
    editor.type("minimum_calls", "30");
    QCOMPARE(editor.status(), QStringLiteral("A reason is required."));
    editor.type("max_backoff", "1ms");
    QVERIFY(editor.noteOf("max_backoff").contains(QStringLiteral("at least open_timeout")));
}

void ConfigDialogTest::a_change_needs_a_reason_and_goes_out_once_as_a_command() {
    Editor editor;
    QCOMPARE(editor.status(), QStringLiteral("Nothing is changed yet."));
    editor.type("minimum_calls", "20");
    QVERIFY(!editor.confirm().isEnabled());
    QTest::keyClicks(&editor.reason(), QStringLiteral(" night traffic "));
    QCOMPARE(editor.confirm().text(), QStringLiteral("Apply 1 change"));
    QTest::mouseClick(&editor.confirm(), Qt::LeftButton);
    editor.confirm().click();
    QCOMPARE(editor.stage.submitted.size(), std::size_t(1));
    const domain::Command& command = editor.stage.submitted.front();
    QVERIFY(command.kind == domain::CommandKind::configure);
    QCOMPARE(command.breaker, editor.stage.fleet.idAt(0));
    QCOMPARE(command.options, (Entries{{"minimum_calls", "20"}}));
    QCOMPARE(command.reason, std::string("night traffic"));
    QVERIFY(editor.status().contains(QStringLiteral("pending")));
}

void ConfigDialogTest::it_stays_until_the_command_is_applied() {
    Editor editor;
    editor.sendChange();
    editor.stage.tick(5);
    QVERIFY(editor.dialog->isVisible());
    editor.stage.fleet.report(editor.stage.submitted.at(0), domain::CommandStatus::applied, "minimum_calls 10 -> 20");
    editor.stage.tick();
    QVERIFY(editor.dialog == nullptr || !editor.dialog->isVisible());
}

void ConfigDialogTest::a_refusal_loses_nothing_that_was_typed() {
    Editor editor;
    editor.sendChange();
    editor.stage.fleet.report(editor.stage.submitted.at(0), domain::CommandStatus::refused, "<b>somebody was faster");
    editor.stage.tick(3);
    QVERIFY(editor.dialog->isVisible());
    QVERIFY2(editor.status().contains(QStringLiteral("refused - <b>somebody was faster")), qPrintable(editor.status()));
    QCOMPARE(editor.line("minimum_calls").text(), QStringLiteral("20"));
    QCOMPARE(editor.reason().text(), QStringLiteral("night traffic"));
    QVERIFY(editor.confirm().isEnabled());
    editor.type("minimum_calls", "25");
    QTest::mouseClick(&editor.confirm(), Qt::LeftButton);
    QCOMPARE(editor.stage.submitted.size(), std::size_t(2));
    QVERIFY(editor.stage.submitted.at(0).id != editor.stage.submitted.at(1).id);
}

void ConfigDialogTest::without_an_answer_it_can_be_sent_again() {
    Editor editor;
    editor.sendChange();
    editor.stage.tick(60);
    QVERIFY2(editor.status().contains(QStringLiteral("outcome unknown")), qPrintable(editor.status()));
    QVERIFY(editor.confirm().isEnabled());
}

void ConfigDialogTest::a_preset_marks_what_differs_and_all_can_be_taken_back() {
    Editor editor;
    auto* presets = editor.dialog->form().findChild<QComboBox*>();
    QCOMPARE(presets->currentText(), QStringLiteral("balanced"));
    presets->setCurrentIndex(presets->findText(QStringLiteral("classic")));
    emit presets->textActivated(QStringLiteral("classic"));
    QVERIFY(editor.row("failure_threshold").isChanged());
    QCOMPARE(editor.line("failure_threshold").text(), QStringLiteral("5"));
    QVERIFY(editor.dialog->draft().changes() > 5);
    QCOMPARE(editor.dialog->findChild<PlainTable*>()->model()->rowCount(),
             static_cast<int>(editor.dialog->draft().changes()));
    QTest::mouseClick(editor.dialog->findChild<QToolButton*>(QStringLiteral("revert-all")), Qt::LeftButton);
    QCOMPARE(editor.dialog->draft().changes(), std::size_t(0));
    QCOMPARE(editor.line("failure_threshold").text(), QStringLiteral("off"));
    QCOMPARE(presets->currentText(), QStringLiteral("balanced"));
}

void ConfigDialogTest::one_option_can_be_taken_back() {
    Editor editor;
    editor.type("minimum_calls", "20");
    auto* revert = editor.row("minimum_calls").findChild<QToolButton*>();
    QVERIFY(revert->isVisible() && !editor.row("window_size").findChild<QToolButton*>()->isVisible());
    QTest::mouseClick(revert, Qt::LeftButton);
    QCOMPARE(editor.line("minimum_calls").text(), QStringLiteral("10"));
    QVERIFY(editor.line("minimum_calls").hasFocus() && !revert->isVisible());
}

void ConfigDialogTest::frames_do_not_disturb_the_typing() {
    Editor editor;
    editor.line("minimum_calls").setFocus();
    editor.line("minimum_calls").setCursorPosition(1);
    QTest::keyClicks(&editor.line("minimum_calls"), QStringLiteral("7"));
    editor.stage.fleet.addError(0, "another");
    editor.stage.tick(20);
    QVERIFY(editor.line("minimum_calls").hasFocus());
    QTest::keyClicks(&editor.line("minimum_calls"), QStringLiteral("8"));
    QCOMPARE(editor.line("minimum_calls").text(), QStringLiteral("1780"));
}

void ConfigDialogTest::a_live_change_meanwhile_is_said_and_keeps_what_was_typed() {
    Editor editor;
    editor.type("minimum_calls", "20");
    editor.changeLive("minimum_calls", "15");
    QVERIFY(editor.status().contains(QStringLiteral("has just been changed")));
    QCOMPARE(editor.line("minimum_calls").text(), QStringLiteral("20"));
    QVERIFY(editor.noteOf("minimum_calls").startsWith(QStringLiteral("Live: 15.")));
    editor.changeLive("window_buckets", "5");
    QCOMPARE(editor.line("window_buckets").text(), QStringLiteral("5"));
    QCOMPARE(editor.dialog->draft().changes(), std::size_t(1));
}

void ConfigDialogTest::closing_with_changes_asks_once_more() {
    Editor editor;
    editor.type("minimum_calls", "20");
    QTest::keyClick(editor.dialog.data(), Qt::Key_Escape);
    QVERIFY(editor.dialog->isVisible());
    QVERIFY(editor.status().contains(QStringLiteral("1 change would be lost")));
    editor.type("minimum_calls", "21");
    QTest::keyClick(editor.dialog.data(), Qt::Key_Escape);
    QVERIFY(editor.dialog->isVisible());
    QTest::keyClick(editor.dialog.data(), Qt::Key_Escape);
    QVERIFY(editor.dialog == nullptr || !editor.dialog->isVisible());
    QVERIFY(editor.stage.submitted.empty());
}

void ConfigDialogTest::enter_in_a_field_neither_sends_nor_closes() {
    Editor editor;
    editor.type("minimum_calls", "20");
    QTest::keyClicks(&editor.reason(), QStringLiteral("why it is so"));
    QTest::keyClick(&editor.line("minimum_calls"), Qt::Key_Return);
    QTest::keyClick(&editor.reason(), Qt::Key_Return);
    QVERIFY(editor.dialog->isVisible());
    QVERIFY(editor.stage.submitted.empty());
}

void ConfigDialogTest::options_can_be_found_by_words_and_by_being_changed() {
    Editor editor;
    auto* filter = qobject_cast<QLineEdit*>(editor.dialog->focusWidget());
    QVERIFY(filter != nullptr);
    QTest::keyClicks(filter, QStringLiteral("half_open timeout"));
    QTRY_VERIFY(!editor.row("minimum_calls").isVisible());
    QVERIFY(editor.row("half_open_timeout").isVisible());
    filter->clear();
    QTRY_VERIFY(editor.row("minimum_calls").isVisible());
    editor.type("minimum_calls", "20");
    editor.dialog->findChild<QCheckBox*>()->click();
    QVERIFY(editor.row("minimum_calls").isVisible());
    QVERIFY(!editor.row("half_open_timeout").isVisible());
}

void ConfigDialogTest::the_wheel_changes_no_choice() {
    Editor editor;
    auto* choice = qobject_cast<QComboBox*>(editor.row("backoff").field());
    QVERIFY(choice != nullptr);
    const QString before = choice->currentText();
    QWheelEvent wheel(QPointF(5, 5), QPointF(5, 5), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(choice, &wheel);
    QCOMPARE(choice->currentText(), before);
}

void ConfigDialogTest::the_candidate_goes_out_as_a_shadow() {
    Editor editor(ConfigPurpose::shadow, {{"minimum_calls", "20"}, {"no_such_option", "<b>"}});
    QCOMPARE(editor.dialog->draft().changes(), std::size_t(1));
    QTest::keyClicks(&editor.reason(), QStringLiteral("trying it out"));
    QCOMPARE(editor.confirm().text(), QStringLiteral("Start with 1 change"));
    QTest::mouseClick(&editor.confirm(), Qt::LeftButton);
    QVERIFY(editor.stage.submitted.at(0).kind == domain::CommandKind::shadow);
    QCOMPARE(editor.stage.submitted.at(0).options, (Entries{{"minimum_calls", "20"}}));
}

void ConfigDialogTest::a_breaker_that_went_away_cannot_be_configured() {
    Editor editor;
    editor.type("minimum_calls", "20");
    QTest::keyClicks(&editor.reason(), QStringLiteral("why it is so"));
    QVERIFY(editor.confirm().isEnabled());
    editor.stage.fleet.rename(0, "<img src='/dev/zero'>");
    editor.stage.tick();
    QVERIFY(!editor.confirm().isEnabled());
    QVERIFY(editor.status().contains(QStringLiteral("no longer there")));
}

FUSEBOX_TEST(ConfigDialogTest)

}  // namespace fusebox::views

#include "config_dialog_test.moc"
