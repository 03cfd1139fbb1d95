#include <fusebox/collector/pace.h>
#include <fusebox/support/test_case.h>

#include <vector>

using namespace fusebox;
using namespace fusebox::collector;
using namespace std::chrono_literals;

class PaceTest : public QObject {
    Q_OBJECT
private slots:
    void an_interval_without_jitter_is_exact_after_the_first() {
        IntervalPace pace(2s, 0.0, 1);
        (void)pace.next();
        QVERIFY(pace.next() == base::Duration(2s));
        QVERIFY(pace.next() == base::Duration(2s));
    }

    void the_first_delay_is_short_even_for_a_long_interval() {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            QVERIFY(*IntervalPace(5min, 0.1, seed).next() <= base::Duration(1s));
        }
    }

    void jitter_stays_within_its_share_and_really_varies() {
        IntervalPace pace(10s, 0.2, 7);
        (void)pace.next();
        base::Duration least = 1h;
        base::Duration most{};
        for (int i = 0; i < 1000; ++i) {
            const base::Duration delay = *pace.next();
            least = std::min(least, delay);
            most = std::max(most, delay);
        }
        QVERIFY(least >= base::Duration(8s) && least < base::Duration(8200ms));
        QVERIFY(most <= base::Duration(12s) && most > base::Duration(11800ms));
    }

    void an_interval_changed_at_run_time_holds_from_the_next_delay() {
        IntervalPace pace(1s, 0.0, 1);
        (void)pace.next();
        pace.setInterval(3s);
        QVERIFY(pace.next() == base::Duration(3s));
    }

    void poisson_arrivals_have_the_asked_rate_and_their_spread() {
        PoissonPace pace(20.0, 42);
        double sum = 0;
        double squares = 0;
        const int count = 20'000;
        for (int i = 0; i < count; ++i) {
            const double delay = std::chrono::duration<double>(*pace.next()).count();
            sum += delay;
            squares += delay * delay;
        }
        const double mean = sum / count;
        const double deviation = std::sqrt(squares / count - mean * mean);
        QVERIFY2(std::abs(mean - 0.05) < 0.0015, qPrintable(QString::number(mean)));
        QVERIFY2(std::abs(deviation - 0.05) < 0.003, qPrintable(QString::number(deviation)));
    }

    void a_rate_of_zero_pauses_until_it_is_set() {
        PoissonPace pace(0.0, 1);
        QVERIFY(!pace.next());
        pace.setRate(5.0);
        QVERIFY(pace.next().has_value());
        QCOMPARE(pace.rate(), 5.0);
    }

    void no_delay_leaves_the_bounds() {
        PoissonPace rare(1e-12, 3);
        PoissonPace frequent(1e12, 3);
        for (int i = 0; i < 100; ++i) {
            QVERIFY(*rare.next() <= kLongestDelay);
            QVERIFY(*frequent.next() >= kShortestDelay);
        }
    }

    void a_manual_pace_never_starts_by_itself() { QVERIFY(!ManualPace().next()); }
};

FUSEBOX_TEST(PaceTest)
#include "pace_test.moc"
