#include <fusebox/format/state_look.h>
#include <fusebox/format/words.h>
#include <fusebox/support/test_case.h>

#include <QSet>

using namespace fusebox;
using domain::HoldMode;
using domain::State;

class WordsTest : public QObject {
    Q_OBJECT

private slots:
    void the_words_of_states_and_holds_are_for_people();
    void a_hold_speaks_before_the_state();
    void every_value_of_each_enum_has_a_word();
    void each_state_and_hold_has_a_shape_of_its_own();
};

void WordsTest::the_words_of_states_and_holds_are_for_people() {
    QCOMPARE(format::word(State::halfOpen), QStringLiteral("Half-open"));
    QCOMPARE(format::word(HoldMode::forceOpen), QStringLiteral("Forced open"));
    QCOMPARE(format::word(domain::CommandKind::probe), QStringLiteral("Probe now"));
    QCOMPARE(format::word(domain::Category::rateLimit), QStringLiteral("Rate limit"));
    QCOMPARE(format::word(domain::EventKind::holdExpired), QStringLiteral("Hold expired"));
}

void WordsTest::a_hold_speaks_before_the_state() {
    QCOMPARE(format::word(State::closed, HoldMode::metricsOnly), QStringLiteral("Metrics only"));
    QCOMPARE(format::word(State::closed, std::nullopt), QStringLiteral("Closed"));
    QCOMPARE(format::lookOf(State::closed, HoldMode::forceOpen).word, QStringLiteral("Forced open"));
}

void WordsTest::every_value_of_each_enum_has_a_word() {
    for (const auto rule : {domain::TripRule::failureRate, domain::TripRule::lowSuccessAverage}) {
        QVERIFY(!format::word(rule).isEmpty());
    }
    for (const auto cause : {domain::TransitionCause::tripRule, domain::TransitionCause::restored}) {
        QVERIFY(!format::word(cause).isEmpty());
    }
    QCOMPARE(format::word(domain::TransitionCause::restored), QStringLiteral("Restored"));
    QCOMPARE(format::word(domain::TripRule::lowSuccessAverage), QStringLiteral("Low success average"));
    QCOMPARE(format::word(domain::EventKind::notice), QStringLiteral("Notice"));
    QCOMPARE(format::word(domain::CommandStatus::unknown), QStringLiteral("Unknown"));
    QCOMPARE(format::word(domain::Level::error), QStringLiteral("Error"));
    QCOMPARE(format::word(domain::Category::unknown), QStringLiteral("Unknown"));
    QCOMPARE(format::word(domain::EventKind::recoveryAction), QStringLiteral("Recovery action"));
    QCOMPARE(format::word(domain::EventKind::errorPattern), QStringLiteral("Error pattern"));
    QCOMPARE(format::word(domain::CommandKind::strategy), QStringLiteral("Strategy"));
    QCOMPARE(format::word(domain::Severity::critical), QStringLiteral("Critical"));
    QCOMPARE(format::word(domain::Trend::regressed), QStringLiteral("Regressed"));
    QCOMPARE(format::word(domain::Strategy::gracefulDegradation), QStringLiteral("Reduced form"));
    QCOMPARE(format::word(domain::RecoveryAction::alertAdmin), QStringLiteral("Alert admin"));
    QCOMPARE(format::word(domain::ActionMode::automatic), QStringLiteral("Automatic"));
    QCOMPARE(format::word(domain::RecoveryResult::cancelled), QStringLiteral("Cancelled"));
}

void WordsTest::each_state_and_hold_has_a_shape_of_its_own() {
    QSet<int> shapes;
    for (const State state : {State::closed, State::open, State::halfOpen, State::unknown}) {
        shapes.insert(static_cast<int>(format::lookOf(state).shape));
    }
    for (const HoldMode mode :
         {HoldMode::forceOpen, HoldMode::forceClosed, HoldMode::metricsOnly, HoldMode::disabled}) {
        shapes.insert(static_cast<int>(format::lookOf(State::closed, mode).shape));
    }
    QCOMPARE(shapes.size(), 8);
}

FUSEBOX_TEST(WordsTest)

#include "words_test.moc"
