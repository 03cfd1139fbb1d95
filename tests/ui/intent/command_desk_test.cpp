#include <fusebox/base/clock.h>
#include <fusebox/intent/command_desk.h>
#include <fusebox/support/test_case.h>

#include <QSignalSpy>

#include <memory>
#include <set>
#include <vector>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::CommandStatus;
using intent::CommandDesk;
using intent::Wish;

namespace {

domain::Snapshot breakerNamed(const std::string& name) {
    domain::Snapshot snapshot;
    snapshot.identity =
        std::make_shared<domain::Identity>(domain::Identity{domain::BreakerId(name), name, "http", "", "", "local"});
    snapshot.revision = 41;
    return snapshot;
}

domain::Frame reportOf(const domain::Command& command, CommandStatus status, const std::string& message) {
    domain::Event event;
    event.kind = domain::EventKind::command;
    event.body = domain::CommandReport{command, status, message, {}, {}};
    domain::Frame frame;
    frame.events.push_back(event);
    return frame;
}

/// A desk, its clock, and what it handed to the gate.
struct Office {
    base::ManualClock clock;
    std::vector<domain::Command> sent;
    CommandDesk desk{clock, QStringLiteral("ann"),
                     [this](domain::Command command) { sent.push_back(std::move(command)); }};
};

}  // namespace

class CommandDeskTest : public QObject {
    Q_OBJECT

private slots:
    void a_wish_becomes_a_command_with_actor_reason_and_revision();
    void a_report_settles_what_is_pending();
    void without_a_report_it_is_unknown_after_the_deadline();
    void a_late_report_still_settles_it();
    void what_is_unknown_is_sent_again_by_the_same_id();
    void only_what_is_unknown_is_sent_again();
    void a_settled_command_stays_settled();
    void the_newest_command_of_a_breaker_is_found();
    void a_command_for_a_group_names_the_group_and_no_breaker();
    void options_travel_with_the_command();
    void old_settled_commands_are_forgotten();
    void hostile_messages_are_made_safe();
    void the_deadline_passes_without_frames();
    void the_system_knows_its_user();
};

void CommandDeskTest::a_wish_becomes_a_command_with_actor_reason_and_revision() {
    Office office;
    QSignalSpy changed(&office.desk, &CommandDesk::changed);
    Wish wish;
    wish.kind = domain::CommandKind::hold;
    wish.holdMode = domain::HoldMode::forceClosed;
    wish.duration = 30min;
    wish.reason = QStringLiteral("  deploy höhe ");
    const domain::CommandId id = office.desk.submit(wish, breakerNamed("orders"));
    QCOMPARE(office.sent.size(), std::size_t{1});
    const domain::Command& command = office.sent.front();
    QCOMPARE(command.id, id);
    QCOMPARE(id.value.size(), std::size_t{36});
    QCOMPARE(command.actor, std::string("ann"));
    QCOMPARE(command.origin, std::string("console"));
    QCOMPARE(command.role, domain::Role::admin);  // who runs the program may do all in it
    QCOMPARE(command.reason, std::string("deploy höhe"));
    QCOMPARE(command.breaker, domain::BreakerId("orders"));
    QCOMPARE(command.holdMode, domain::HoldMode::forceClosed);
    QCOMPARE(command.duration, std::optional<base::Duration>(30min));
    QCOMPARE(command.seenRevision, std::optional<std::uint64_t>(41));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(office.desk.find(id)->status, CommandStatus::pending);
    QCOMPARE(office.desk.pendingCount(), std::size_t{1});
    QVERIFY(office.desk.submit(wish, breakerNamed("orders")) != id);
}

void CommandDeskTest::a_report_settles_what_is_pending() {
    for (const CommandStatus status : {CommandStatus::applied, CommandStatus::refused, CommandStatus::failed}) {
        Office office;
        const domain::CommandId id = office.desk.submit({}, breakerNamed("orders"));
        QSignalSpy changed(&office.desk, &CommandDesk::changed);
        domain::Command other;
        other.id = domain::CommandId("someone else's");
        office.desk.apply(reportOf(other, status, "not ours"));
        QCOMPARE(changed.size(), 0);
        office.desk.apply(reportOf(office.sent.front(), status, "because"));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(office.desk.find(id)->status, status);
        QCOMPARE(office.desk.find(id)->message, QStringLiteral("because"));
        QCOMPARE(office.desk.pendingCount(), std::size_t{0});
    }
}

void CommandDeskTest::without_a_report_it_is_unknown_after_the_deadline() {
    Office office;
    const domain::CommandId id = office.desk.submit({}, breakerNamed("orders"));
    QSignalSpy changed(&office.desk, &CommandDesk::changed);
    office.clock.advance(4'999ms);
    office.desk.apply({});
    QCOMPARE(office.desk.find(id)->status, CommandStatus::pending);
    office.clock.advance(1ms);
    office.desk.apply({});
    office.desk.apply({});
    QCOMPARE(office.desk.find(id)->status, CommandStatus::unknown);
    QCOMPARE(office.desk.find(id)->message, QStringLiteral("No answer in 5 s. It may still be carried out."));
    QCOMPARE(changed.size(), 1);
}

void CommandDeskTest::a_late_report_still_settles_it() {
    Office office;
    const domain::CommandId id = office.desk.submit({}, breakerNamed("orders"));
    office.clock.advance(6s);
    office.desk.expireOverdue();
    office.desk.apply(reportOf(office.sent.front(), CommandStatus::applied, "tripped"));
    QCOMPARE(office.desk.find(id)->status, CommandStatus::applied);
}

void CommandDeskTest::what_is_unknown_is_sent_again_by_the_same_id() {
    Office office;
    const domain::CommandId id = office.desk.submit({}, breakerNamed("orders"));
    office.clock.advance(6s);
    office.desk.expireOverdue();
    QSignalSpy changed(&office.desk, &CommandDesk::changed);
    QVERIFY(office.desk.tryAgain(id));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(office.sent.size(), std::size_t{2});
    QCOMPARE(office.sent[1].id, id);
    QCOMPARE(office.sent[1].seenRevision, office.sent[0].seenRevision);
    QCOMPARE(office.sent[1].actor, office.sent[0].actor);
    QCOMPARE(office.desk.find(id)->status, CommandStatus::pending);
    QCOMPARE(office.desk.find(id)->tries, 2);
    QCOMPARE(office.desk.find(id)->message, QString());
    // It has its full time again, and then may be tried once more.
    office.clock.advance(4'999ms);
    office.desk.apply({});
    QCOMPARE(office.desk.find(id)->status, CommandStatus::pending);
    office.clock.advance(1ms);
    office.desk.apply({});
    QCOMPARE(office.desk.find(id)->status, CommandStatus::unknown);
    QVERIFY(office.desk.tryAgain(id));
    office.desk.apply(reportOf(office.sent.back(), CommandStatus::unknown, "It was not sent again."));
    QCOMPARE(office.desk.find(id)->status, CommandStatus::unknown);
    QCOMPARE(office.desk.find(id)->message, QStringLiteral("It was not sent again."));
    office.desk.apply(reportOf(office.sent.back(), CommandStatus::refused, "bob was first"));
    QCOMPARE(office.desk.find(id)->status, CommandStatus::refused);
}

void CommandDeskTest::only_what_is_unknown_is_sent_again() {
    Office office;
    const domain::CommandId id = office.desk.submit({}, breakerNamed("orders"));
    QVERIFY(!office.desk.tryAgain(id));
    office.desk.apply(reportOf(office.sent.front(), CommandStatus::applied, "tripped"));
    QVERIFY(!office.desk.tryAgain(id));
    QVERIFY(!office.desk.tryAgain(domain::CommandId("none")));
    QCOMPARE(office.sent.size(), std::size_t{1});
}

void CommandDeskTest::a_settled_command_stays_settled() {
    Office office;
    const domain::CommandId id = office.desk.submit({}, breakerNamed("orders"));
    office.desk.apply(reportOf(office.sent.front(), CommandStatus::applied, "tripped"));
    office.desk.apply(reportOf(office.sent.front(), CommandStatus::failed, "again"));
    office.clock.advance(1h);
    office.desk.expireOverdue();
    QCOMPARE(office.desk.find(id)->status, CommandStatus::applied);
    QCOMPARE(office.desk.find(id)->message, QStringLiteral("tripped"));
}

void CommandDeskTest::the_newest_command_of_a_breaker_is_found() {
    Office office;
    office.desk.submit({}, breakerNamed("orders"));
    const domain::CommandId second = office.desk.submit({}, breakerNamed("orders"));
    office.desk.submit({}, breakerNamed("payments"));
    QCOMPARE(office.desk.lastFor(domain::BreakerId("orders"))->command.id, second);
    QVERIFY(office.desk.lastFor(domain::BreakerId("none")) == nullptr);
    QVERIFY(office.desk.find(domain::CommandId("none")) == nullptr);
}

void CommandDeskTest::a_command_for_a_group_names_the_group_and_no_breaker() {
    Office office;
    Wish wish;
    wish.reason = QStringLiteral("drill");
    const domain::CommandId id = office.desk.submit(wish, "shop");
    const domain::Command& command = office.sent.front();
    QCOMPARE(command.group, std::string("shop"));
    QVERIFY(command.breaker.value.empty() && !command.seenRevision);
    QCOMPARE(office.desk.lastFor(domain::BreakerId("orders"), "shop")->command.id, id);
    QVERIFY(office.desk.lastFor(domain::BreakerId("orders"), "bank") == nullptr);
    QVERIFY(office.desk.lastFor(domain::BreakerId("orders")) == nullptr);
    const domain::CommandId later = office.desk.submit(wish, breakerNamed("orders"));
    QCOMPARE(office.desk.lastFor(domain::BreakerId("orders"), "shop")->command.id, later);
}

void CommandDeskTest::options_travel_with_the_command() {
    Office office;
    Wish wish;
    wish.kind = domain::CommandKind::configure;
    wish.options = {{"minimum_calls", "20"}};
    office.desk.submit(wish, breakerNamed("orders"));
    QCOMPARE(office.sent.front().options, wish.options);
}

void CommandDeskTest::old_settled_commands_are_forgotten() {
    Office office;
    const domain::CommandId pending = office.desk.submit({}, breakerNamed("first"));
    std::vector<domain::CommandId> settled;
    for (std::size_t i = 0; i < CommandDesk::kRemembered + 50; ++i) {
        settled.push_back(office.desk.submit({}, breakerNamed("orders")));
        office.desk.apply(reportOf(office.sent.back(), CommandStatus::applied, ""));
    }
    QVERIFY(office.desk.find(pending) != nullptr);
    QVERIFY(office.desk.find(settled.front()) == nullptr);
    QVERIFY(office.desk.find(settled.back()) != nullptr);
}

void CommandDeskTest::hostile_messages_are_made_safe() {
    Office office;
    const domain::CommandId id = office.desk.submit({}, breakerNamed("orders"));
    office.desk.apply(reportOf(office.sent.front(), CommandStatus::failed, "a\nb\x1b" + std::string(1'000'000, 'x')));
    QVERIFY(office.desk.find(id)->message.startsWith(QStringLiteral("a⏎b␛xx")));
    QVERIFY(office.desk.find(id)->message.size() <= 500);
}

void CommandDeskTest::the_deadline_passes_without_frames() {
    Office office;
    const domain::CommandId id = office.desk.submit({}, breakerNamed("orders"));
    office.clock.advance(6s);
    QTRY_COMPARE(office.desk.find(id)->status, CommandStatus::unknown);
}

void CommandDeskTest::the_system_knows_its_user() {
    QVERIFY(!intent::systemUser().isEmpty());
}

FUSEBOX_TEST(CommandDeskTest)

#include "command_desk_test.moc"
