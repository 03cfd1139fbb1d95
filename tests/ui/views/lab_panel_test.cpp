#include <fusebox/support/test_case.h>
#include <fusebox/views/lab_panel.h>

#include "fake_lab.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

namespace fusebox::views {
namespace {

template <class Control>
Control* named(QWidget& panel, const QString& accessibleName) {
    for (Control* control : panel.findChildren<Control*>()) {
        if (control->accessibleName() == accessibleName) return control;
    }
    return nullptr;
}

QPushButton* button(QWidget& panel, const QString& text) {
    for (QPushButton* each : panel.findChildren<QPushButton*>()) {
        if (each->text() == text) return each;
    }
    return nullptr;
}

}  // namespace

class LabPanelTest : public QObject {
    Q_OBJECT
private slots:
    void every_service_has_its_row();
    void an_answer_is_chosen_from_those_that_the_service_can_give();
    void latency_error_share_and_traffic_reach_the_service();
    void heal_takes_the_faults_of_one_service_away();
    void a_story_is_played_and_stopped();
};

void LabPanelTest::every_service_has_its_row() {
    FakeLab lab;
    LabPanel panel(lab);
    panel.resize(1280, 260);
    panel.show();
    for (const LabService& service : lab.shown) {
        const QString name = QString::fromStdString(service.name);
        QVERIFY(named<QComboBox>(panel, QStringLiteral("Answer of ") + name) != nullptr);
    }
    QVERIFY(!panel.grab().isNull());
}

void LabPanelTest::an_answer_is_chosen_from_those_that_the_service_can_give() {
    FakeLab lab;
    LabPanel panel(lab);
    panel.show();
    auto* answers = named<QComboBox>(panel, QStringLiteral("Answer of mail-relay"));
    QCOMPARE(answers->count(), 4);
    answers->setFocus();
    QTest::keyClick(answers, Qt::Key_End);
    QVERIFY(lab.shown[4].faults.answer == LabAnswer::hang);
    auto* retryAfter = named<QSpinBox>(panel, QStringLiteral("Retry-After of orders-api"));
    QVERIFY(!retryAfter->isEnabled());
    lab.shown[0].faults.answer = LabAnswer::rateLimited;
    panel.refresh();
    QVERIFY(retryAfter->isEnabled());
}

void LabPanelTest::latency_error_share_and_traffic_reach_the_service() {
    FakeLab lab;
    LabPanel panel(lab);
    panel.show();
    named<QSpinBox>(panel, QStringLiteral("Added latency of orders-api"))->setValue(800);
    named<QSpinBox>(panel, QStringLiteral("Error share of orders-api"))->setValue(35);
    named<QDoubleSpinBox>(panel, QStringLiteral("Traffic of orders-api"))->setValue(44.5);
    QCOMPARE(lab.shown[0].faults.latency.count(), 800);
    QCOMPARE(lab.shown[0].faults.errorShare, 0.35);
    QCOMPARE(lab.shown[0].callsPerSecond, 44.5);
    QCOMPARE(lab.shown[1].faults, LabFaults{});
}

void LabPanelTest::heal_takes_the_faults_of_one_service_away() {
    FakeLab lab;
    lab.shown[1].faults.errorShare = 0.5;
    lab.shown[2].faults.errorShare = 0.5;
    LabPanel panel(lab);
    panel.show();
    auto* heal = named<QPushButton>(panel, QStringLiteral("Heal search-api"));
    QTest::mouseClick(heal, Qt::LeftButton);
    QCOMPARE(lab.shown[1].faults.errorShare, 0.0);
    QCOMPARE(lab.shown[2].faults.errorShare, 0.5);
    QTest::mouseClick(button(panel, QStringLiteral("Heal all")), Qt::LeftButton);
    QCOMPARE(lab.shown[2].faults.errorShare, 0.0);
}

void LabPanelTest::a_story_is_played_and_stopped() {
    FakeLab lab;
    LabPanel panel(lab);
    panel.show();
    QPushButton* story = button(panel, QStringLiteral("Cache hangs"));
    QTest::mouseClick(story, Qt::LeftButton);
    QCOMPARE(lab.playing, std::string("Cache hangs"));
    QVERIFY(story->isChecked());
    bool told = false;
    for (const QLabel* label : panel.findChildren<QLabel*>()) {
        told = told || label->text().contains(QStringLiteral("24 s left"));
    }
    QVERIFY(told);
    QTest::mouseClick(story, Qt::LeftButton);
    QVERIFY(lab.playing.empty());
}

FUSEBOX_TEST(LabPanelTest)

}  // namespace fusebox::views

#include "lab_panel_test.moc"
