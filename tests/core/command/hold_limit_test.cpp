// How much operators may hold before an admin is asked. Rule R9.
#include "test_target.h"

#include <fusebox/base/clock.h>
#include <fusebox/command/gate.h>
#include <fusebox/command/hold_limit.h>
#include <fusebox/support/test_case.h>

#include <map>

using namespace fusebox;
using namespace fusebox::command;
using namespace std::chrono_literals;
using domain::BreakerId;
using domain::Command;
using domain::CommandKind;
using domain::CommandReport;
using domain::CommandStatus;
using domain::Role;

namespace {

/// Keeps holds as local breakers do: each ends by itself or with a release.
class HeldTarget final : public Target {
public:
    explicit HeldTarget(const base::Clock& clock) : m_clock(clock) {}

    void add(const std::string& group, int count) {
        for (int i = 0; i < count; ++i) m_groups[BreakerId(group + std::to_string(i))] = group;
    }
    void end(const std::string& breaker) { m_until.erase(BreakerId(breaker)); }

    bool owns(const BreakerId& breaker) const override { return m_groups.contains(breaker); }
    bool ownsGroup(const std::string& group) const override { return !membersOf(group).empty(); }
    std::optional<std::uint64_t> revisionOf(const BreakerId& breaker) const override {
        return owns(breaker) ? std::optional<std::uint64_t>(1) : std::nullopt;
    }
    std::vector<BreakerId> membersOf(const std::string& group) const override {
        std::vector<BreakerId> ids;
        for (const auto& [id, its] : m_groups) {
            if (its == group) ids.push_back(id);
        }
        return ids;
    }
    std::optional<Held> heldOf(const BreakerId& breaker) const override {
        if (!owns(breaker)) return std::nullopt;
        const auto until = m_until.find(breaker);
        const base::Duration left = until == m_until.end() ? 0ns : until->second - m_clock.now();
        return Held{std::max(left, base::Duration::zero()), m_groups.at(breaker)};
    }
    CommandReport apply(const Command& command) override {
        const auto breakers = command.group.empty() ? std::vector{command.breaker} : membersOf(command.group);
        for (const BreakerId& breaker : breakers) {
            base::Time& until = m_until[breaker];
            if (command.kind == CommandKind::hold) until = std::max(until, m_clock.now() + *command.duration);
            if (command.kind == CommandKind::release) until = m_clock.now();
        }
        CommandReport report;
        report.status = CommandStatus::applied;
        return report;
    }

private:
    const base::Clock& m_clock;
    std::map<BreakerId, std::string> m_groups;
    std::map<BreakerId, base::Time> m_until;
};

}  // namespace

class HoldLimitTest : public QObject {
    Q_OBJECT
private slots:
    void operators_hold_a_breaker_for_a_day_of_the_week_and_then_an_admin_is_asked() {
        for (int day = 0; day < 4; ++day) {
            QCOMPARE(hold("pay0", 6h).status, CommandStatus::applied);
            m_clock.advance(24h);
        }
        const CommandReport refused = hold("pay0", 30min);
        QCOMPARE(refused.status, CommandStatus::refused);
        QCOMPARE(refused.message, std::string("Holds on pay0 take 24 h within 7 days, and operators may make it 24 h. "
                                              "This one of 30 min needs the role admin; yours is operator."));
        QVERIFY(isRefusedForRole(refused));
        QCOMPARE(hold("pay1", 30min).status, CommandStatus::applied);  // each has its own time
        QCOMPARE(hold("pay0", 30min, Role::admin).status, CommandStatus::applied);
    }

    void the_week_moves_on() {
        QCOMPARE(hold("pay0", 24h).status, CommandStatus::applied);
        m_clock.advance(24h);
        QCOMPARE(hold("pay0", 1h).status, CommandStatus::refused);
        m_clock.advance(6 * 24h);
        QCOMPARE(hold("pay0", 1h).status, CommandStatus::refused);
        m_clock.advance(1h);  // the first of its 24 hours is a week ago
        QCOMPARE(hold("pay0", 1h).status, CommandStatus::applied);
    }

    void what_was_released_early_counts_as_long_as_it_lay() {
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(hold("pay0", 4h).status, CommandStatus::applied);
            m_clock.advance(10min);
            QCOMPARE(release("pay0").status, CommandStatus::applied);
        }
        QVERIFY(hold("pay0", 21h).message.starts_with("Holds on pay0 take 3 h 20 min within 7 days"));
    }

    void what_ended_without_the_gate_counts_no_longer() {
        QCOMPARE(hold("pay0", 24h).status, CommandStatus::applied);
        m_clock.advance(1h);
        m_target->end("pay0");
        QCOMPARE(hold("pay0", 23h).status, CommandStatus::applied);
    }

    void holds_side_by_side_count_once() {
        QCOMPARE(hold("pay0", 20h).status, CommandStatus::applied);
        QCOMPARE(hold("pay0", 20h).status, CommandStatus::applied);
        QCOMPARE(hold("pay0", 24h).status, CommandStatus::applied);
        m_clock.advance(1h);
        QCOMPARE(hold("pay0", 23h).status, CommandStatus::applied);  // nothing is added
        QCOMPARE(hold("pay0", 23h + 1min).status, CommandStatus::refused);
    }

    void time_held_by_admins_counts_too() {
        QCOMPARE(hold("pay0", 24h, Role::admin).status, CommandStatus::applied);
        m_clock.advance(24h);
        QCOMPARE(hold("pay0", 5min).status, CommandStatus::refused);
    }

    void what_was_held_before_a_restart_counts() {
        const base::WallTime then = m_clock.wallNow();
        Command earlier = command("pay0", CommandKind::hold, Role::operatorRole);
        earlier.duration = 23h;
        m_clock.advance(48h);
        m_gate->remember(applied(earlier), then);
        QVERIFY(hold("pay0", 2h).message.starts_with("Holds on pay0 take 23 h"));
        QCOMPARE(hold("pay0", 1h).status, CommandStatus::applied);
        // A release before the restart ended it.
        earlier.breaker = BreakerId("pay1");
        earlier.id = domain::CommandId("e1");
        m_gate->remember(applied(earlier), then);
        m_gate->remember(applied(command("pay1", CommandKind::release, Role::operatorRole)), then + 2h);
        QVERIFY(hold("pay1", 23h).message.starts_with("Holds on pay1 take 2 h"));
    }

    void of_a_small_group_three_breakers_are_held_at_once_and_of_a_large_one_a_tenth() {
        for (int i = 0; i < 3; ++i) QCOMPARE(hold("pay" + std::to_string(i), 1h).status, CommandStatus::applied);
        const CommandReport fourth = hold("pay3", 1h);
        QCOMPARE(fourth.status, CommandStatus::refused);
        QCOMPARE(fourth.message, std::string("Of the 10 breakers of group pay operators hold 3. To hold more than 3 at "
                                             "once needs the role admin; yours is operator."));
        QCOMPARE(hold("pay0", 2h).status, CommandStatus::applied);  // held already: no further breaker
        QCOMPARE(hold("pay3", 1h, Role::admin).status, CommandStatus::applied);
        for (int i = 0; i < 5; ++i) QCOMPARE(hold("big" + std::to_string(i), 1h).status, CommandStatus::applied);
        QCOMPARE(hold("big5", 1h).status, CommandStatus::refused);
    }

    void a_place_in_the_group_is_free_again_after_a_release_and_after_the_end() {
        for (int i = 0; i < 3; ++i) (void)hold("pay" + std::to_string(i), 1h + i * 1h);
        QCOMPARE(hold("pay3", 1h).status, CommandStatus::refused);
        QCOMPARE(release("pay1").status, CommandStatus::applied);
        QCOMPARE(hold("pay3", 1h).status, CommandStatus::applied);
        QCOMPARE(hold("pay4", 1h).status, CommandStatus::refused);
        m_clock.advance(1h);
        QCOMPARE(hold("pay4", 1h).status, CommandStatus::applied);
    }

    void what_admins_hold_takes_no_place_of_operators() {
        for (int i = 0; i < 5; ++i) (void)hold("pay" + std::to_string(i), 1h, Role::admin);
        for (int i = 5; i < 8; ++i) QCOMPARE(hold("pay" + std::to_string(i), 1h).status, CommandStatus::applied);
        QCOMPARE(hold("pay8", 1h).status, CommandStatus::refused);
    }

    void a_hold_of_a_whole_group_is_all_or_nothing() {
        Command whole = command("", CommandKind::hold, Role::operatorRole);
        whole.group = "pay";
        whole.duration = 1h;
        QCOMPARE(settle(whole).status, CommandStatus::refused);
        QVERIFY(m_target->heldOf(BreakerId("pay0"))->left == 0ns);
        whole.role = Role::admin;
        whole.id = domain::CommandId("whole");
        QCOMPARE(settle(whole).status, CommandStatus::applied);
        Command small = command("", CommandKind::hold, Role::operatorRole);
        small.group = "few";
        small.duration = 1h;
        QCOMPARE(settle(small).status, CommandStatus::applied);
    }

    void other_commands_are_free_of_it_and_so_are_targets_that_do_not_know() {
        (void)hold("pay0", 24h);
        m_clock.advance(24h);
        QCOMPARE(settle(command("pay0", CommandKind::trip, Role::operatorRole)).status, CommandStatus::applied);
        m_gate->addTarget(std::make_shared<PlainTarget>(std::set<std::string>{"far"}));
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(hold("far", 24h).status, CommandStatus::applied);
            m_clock.advance(24h);
        }
    }

    void without_limits_nothing_is_refused() {
        Gate::Options options;
        options.holds = {0h, 0, 0};
        m_gate = std::make_unique<Gate>(m_clock, options);
        m_gate->addTarget(m_target);
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(hold("pay" + std::to_string(i), 24h).status, CommandStatus::applied);
        }
        m_clock.advance(24h);
        QCOMPARE(hold("pay0", 24h).status, CommandStatus::applied);
    }

    void memory_is_bounded_and_the_sum_stays() {
        HoldLimit limit({});
        const BreakerId one("one");
        const int many = 100;
        for (int i = 0; i < many; ++i) {
            limit.note(one, 10min, m_clock.now());
            m_clock.advance(20min);
        }
        limit.note(one, 0ns, m_clock.now());
        QVERIFY(limit.heldWithinSpan(one, m_clock.now()) == many * 10min);
        for (std::size_t i = 0; i < HoldLimit::kMostBreakers + 10; ++i) {
            limit.note(BreakerId("b" + std::to_string(i)), 1h, m_clock.now());
        }
        // The one that was not held had to go first.
        QVERIFY(limit.heldWithinSpan(one, m_clock.now()) == 0ns);
    }

    void init() {
        m_last = 0;
        m_target = std::make_shared<HeldTarget>(m_clock);
        m_target->add("pay", 10);
        m_target->add("big", 55);
        m_target->add("few", 3);
        m_gate = std::make_unique<Gate>(m_clock);
        m_gate->addTarget(m_target);
    }

private:
    Command command(const std::string& breaker, CommandKind kind, Role role) {
        Command made = commandOf(("c" + std::to_string(++m_last)).c_str(), breaker.c_str());
        made.kind = kind;
        made.role = role;
        return made;
    }
    CommandReport hold(const std::string& breaker, base::Duration span, Role role = Role::operatorRole) {
        Command made = command(breaker, CommandKind::hold, role);
        made.duration = span;
        return settle(made);
    }
    CommandReport release(const std::string& breaker) {
        return settle(command(breaker, CommandKind::release, Role::operatorRole));
    }
    static CommandReport applied(const Command& command) {
        CommandReport report;
        report.command = command;
        report.status = CommandStatus::applied;
        return report;
    }
    CommandReport settle(const Command& command) {
        m_gate->submit(command);
        (void)m_gate->runWaiting();
        collector::Gathered into;
        m_gate->gather(into);
        return into.events.size() == 1 ? std::get<CommandReport>(into.events[0].body) : CommandReport{};
    }

    int m_last = 0;
    base::ManualClock m_clock;
    std::shared_ptr<HeldTarget> m_target;
    std::unique_ptr<Gate> m_gate;
};

FUSEBOX_TEST(HoldLimitTest)
#include "hold_limit_test.moc"
