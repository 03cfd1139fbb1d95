#include "frames.h"

#include <fusebox/models/proof_book.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using models::ProofBook;
using models::testing::Stage;

namespace {

domain::Event reportOf(domain::CommandKind kind, const std::string& breaker, const std::string& group = {},
                       domain::CommandStatus status = domain::CommandStatus::applied) {
    domain::CommandReport report;
    report.command.kind = kind;
    report.command.breaker.value = breaker;
    report.command.group = group;
    report.command.actor = "ann<b>";
    report.status = status;
    domain::Event event;
    event.body = report;
    return event;
}

struct Book {
    void show(std::vector<domain::Event> events = {}) {
        stage.frame.events = std::move(events);
        book.apply(stage.frame);
    }
    QString proof(std::size_t place = 0) const { return book.of(stage.frame.snapshots[place], stage.frame.wall).text; }

    Stage stage;
    ProofBook book;
};

}  // namespace

class ProofBookTest : public QObject {
    Q_OBJECT
private slots:
    void calls_are_counted_since_the_command_took_effect() {
        Book book;
        models::testing::succeed(book.stage.add("a"), 500);
        book.show();
        QVERIFY(book.proof().isEmpty());
        book.show({reportOf(domain::CommandKind::trip, "a")});
        QVERIFY2(book.proof().startsWith(QStringLiteral("0 calls passed, 0 refused since ")), qPrintable(book.proof()));
        models::testing::reject(book.stage.frame.snapshots[0], 132);
        book.show();
        QVERIFY(book.proof().startsWith(QStringLiteral("0 calls passed, 132 refused since ")));
        models::testing::succeed(book.stage.frame.snapshots[0], 1);
        QVERIFY(book.proof().startsWith(QStringLiteral("1 call passed, 132 refused since ")));
        const models::Fact fact = book.book.of(book.stage.frame.snapshots[0], book.stage.frame.wall);
        QVERIFY2(fact.more.contains(QStringLiteral("\"Trip\" of ann")), qPrintable(fact.more));
    }

    void only_what_was_applied_and_changes_calls_begins_a_proof() {
        Book book;
        book.stage.add("a");
        book.show({reportOf(domain::CommandKind::trip, "a", {}, domain::CommandStatus::refused),
                   reportOf(domain::CommandKind::configure, "a"), reportOf(domain::CommandKind::trip, "b")});
        QVERIFY(book.proof().isEmpty());
    }

    void a_command_for_a_group_is_proved_at_each_of_its_breakers() {
        Book book;
        for (const char* name : {"a", "b", "c"}) book.stage.add(name);
        for (const std::size_t place : {0U, 2U}) {
            auto identity = *book.stage.frame.snapshots[place].identity;
            identity.group = "shop";
            book.stage.frame.snapshots[place].identity = std::make_shared<domain::Identity>(identity);
        }
        book.show({reportOf(domain::CommandKind::hold, {}, "shop")});
        QVERIFY(!book.proof(0).isEmpty());
        QVERIFY(book.proof(1).isEmpty());
        QVERIFY(!book.proof(2).isEmpty());
    }

    void a_proof_ends_with_its_time_and_when_the_counters_begin_anew() {
        Book book;
        models::testing::reject(book.stage.add("a"), 10);
        book.show({reportOf(domain::CommandKind::trip, "a")});
        const domain::Snapshot before = book.stage.frame.snapshots[0];
        book.stage.frame.snapshots[0].metrics.totals = {};
        QVERIFY(book.proof().isEmpty());
        book.stage.frame.snapshots[0] = before;
        QVERIFY(!book.proof().isEmpty());
        book.stage.frame.wall += ProofBook::kKept + 1s;
        QVERIFY(book.proof().isEmpty());
    }
};

FUSEBOX_TEST(ProofBookTest)

#include "proof_book_test.moc"
