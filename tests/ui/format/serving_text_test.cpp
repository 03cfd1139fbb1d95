#include <fusebox/format/serving_text.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;

class ServingTextTest : public QObject {
    Q_OBJECT

private slots:
    void a_cached_answer_says_how_old_it_is() {
        domain::HandlingStanding standing;
        standing.serving = domain::Served::cache;
        standing.age = 42s;
        QCOMPARE(format::servingText(standing), QStringLiteral("serving cache, 42 s old"));
    }

    void live_answers_and_none_at_all_say_nothing() {
        domain::HandlingStanding standing;
        QVERIFY(format::servingText(standing).isEmpty());
        standing.serving = domain::Served::nothing;
        QVERIFY(format::servingText(standing).isEmpty());
    }

    void the_details_count_what_was_done() {
        domain::HandlingStanding standing;
        standing.fromCache = 7;
        standing.retries = 12;
        standing.retriesRefused = 3;
        standing.retryBudget = 0.5;
        const QString details = format::servingDetails(standing);
        QVERIFY(details.contains(QStringLiteral("Answered from the cache: 7")));
        QVERIFY(details.contains(QStringLiteral("Retries: 12, refused 3, budget left 50.0 %")));
    }
};

FUSEBOX_TEST(ServingTextTest)

#include "serving_text_test.moc"
