#include <fusebox/support/test_case.h>
#include <fusebox/widgets/filter_bar.h>

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

namespace fusebox::widgets {

class FilterBarTest : public QObject {
    Q_OBJECT

private slots:
    void typing_is_told_once_after_a_pause() {
        FilterBar bar(QStringLiteral("Filter"));
        QSignalSpy told(&bar, &FilterBar::textFilterChanged);
        QTest::keyClicks(bar.findChild<QLineEdit*>(), QStringLiteral("pay"));
        QCOMPARE(told.count(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(told.count(), 1, 2000);
        QCOMPARE(told.front().front().toString(), QStringLiteral("pay"));
    }

    void enter_tells_at_once() {
        FilterBar bar(QStringLiteral("Filter"));
        QSignalSpy told(&bar, &FilterBar::textFilterChanged);
        QTest::keyClicks(bar.findChild<QLineEdit*>(), QStringLiteral("pay"));
        QTest::keyClick(bar.findChild<QLineEdit*>(), Qt::Key_Return);
        QCOMPARE(told.count(), 1);
    }

    void escape_empties_the_line_and_then_belongs_to_others() {
        FilterBar bar(QStringLiteral("Filter"));
        bar.setText(QStringLiteral("pay"));
        QSignalSpy told(&bar, &FilterBar::textFilterChanged);
        auto* line = bar.findChild<QLineEdit*>();
        QTest::keyClick(line, Qt::Key_Escape);
        QCOMPARE(bar.text(), QString());
        QCOMPARE(told.count(), 1);
        QKeyEvent second(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
        QCoreApplication::sendEvent(line, &second);
        QVERIFY(!second.isAccepted());
    }

    void the_counts_say_how_many_are_left() {
        FilterBar bar(QStringLiteral("Filter"));
        bar.setCounts(12, 40);
        QCOMPARE(bar.findChild<QLabel*>()->text(), QStringLiteral("12 of 40"));
        bar.setCounts(10'000, 10'000);
        QCOMPARE(bar.findChild<QLabel*>()->text(), QStringLiteral("10,000"));
    }
};

FUSEBOX_TEST(FilterBarTest)

}  // namespace fusebox::widgets

#include "filter_bar_test.moc"
