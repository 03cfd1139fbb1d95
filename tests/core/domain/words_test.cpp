// The domain's words are fixed: code, JSON, SQL and buttons share them.

#include <fusebox/domain/error.h>
#include <fusebox/domain/role.h>
#include <fusebox/domain/snapshot.h>
#include <fusebox/domain/transition.h>
#include <fusebox/support/test_case.h>

#include <set>

namespace fusebox::domain {

using namespace std::chrono_literals;

class WordsTest : public QObject {
    Q_OBJECT

private slots:
    void words_of_states_read_back() {
        for (const State state : {State::closed, State::open, State::halfOpen, State::unknown, State::stale}) {
            QCOMPARE(stateFromWord(toWord(state)).value(), state);
        }
        QCOMPARE(std::string(toWord(State::halfOpen)), std::string("HALF_OPEN"));
        QVERIFY(!stateFromWord("closed"));
    }

    void words_of_roles_read_back() {
        for (const Role role : kRoles) QCOMPARE(roleFromWord(toWord(role)).value(), role);
        QCOMPARE(std::string(toWord(Role::operatorRole)), std::string("operator"));
        QVERIFY(!roleFromWord("Admin") && !roleFromWord(""));
    }

    void words_of_code_systems_read_back() {
        for (int i = 0; i <= static_cast<int>(CodeSystem::openai); ++i) {
            const auto system = static_cast<CodeSystem>(i);
            QCOMPARE(codeSystemFromWord(toWord(system)).value(), system);
        }
        QCOMPARE(std::string(toWord(CodeSystem::openai)), std::string("openai"));
        QVERIFY(!codeSystemFromWord("HTTP"));
    }

    void words_of_holds_and_categories_read_back() {
        for (const HoldMode mode : {HoldMode::forceOpen, HoldMode::forceClosed, HoldMode::metricsOnly}) {
            QCOMPARE(holdModeFromWord(toWord(mode)).value(), mode);
        }
        std::set<std::string_view> seen;
        for (const Category category : kCategories) {
            QCOMPARE(categoryFromWord(toWord(category)).value(), category);
            seen.insert(toWord(category));
        }
        QCOMPARE(seen.size(), kCategoryCount);
        QVERIFY(!categoryFromWord(""));
    }

    void a_transition_tells_its_reason_with_numbers() {
        Transition transition;
        transition.trip = TripReason{TripRule::failureRate, 13.0 / 21.0, 0.5, 21, 13, 10, 5s};
        QCOMPARE(transition.text(), std::string("failure rate 61.9 % of 21 calls, limit 50 %"));
        transition.trip = TripReason{TripRule::totalOutage, 12, 10, 12, 12, 0, 2s};
        QCOMPARE(transition.text(), std::string("no success and 12 failures in 2 s, limit 10"));
    }

    void a_command_tells_who_and_why() {
        Transition transition;
        transition.cause = TransitionCause::resetCommand;
        transition.actor = "ann";
        transition.reason = "deployed the fix";
        QVERIFY(transition.text().ends_with(" by ann: deployed the fix"));
    }

    void an_error_reads_as_one_line() {
        Error error;
        error.type = "ConnectTimeout";
        error.message = "no answer in 2 s";
        error.codeSystem = CodeSystem::curl;
        error.code = "28";
        QCOMPARE(error.text(), std::string("ConnectTimeout: no answer in 2 s [curl 28]"));
        QCOMPARE((Error{}.text()), std::string());
    }
};

FUSEBOX_TEST(WordsTest)

}  // namespace fusebox::domain

#include "words_test.moc"
