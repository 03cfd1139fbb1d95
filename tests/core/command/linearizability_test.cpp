#include "linear_check.h"
#include "test_target.h"

#include <fusebox/base/clock.h>
#include <fusebox/command/gate.h>
#include <fusebox/support/test_case.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <thread>

using namespace fusebox;
using namespace fusebox::command;
using domain::Command;
using domain::CommandReport;
using domain::CommandStatus;
using linear::Answer;
using linear::Kind;
using linear::Operation;

namespace {

constexpr std::array kBreakers = {"orders", "payments"};
constexpr std::array kActors = {"ann", "bob", "cid", "dot", "eve"};
constexpr int kRounds = 200;
constexpr int kWishes = 12;  // of each operator in a round

std::size_t indexOf(const auto& names, const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

Kind kindOf(domain::CommandKind kind) {
    using enum domain::CommandKind;
    static const std::map<domain::CommandKind, Kind> kKinds = {
        {trip, Kind::trip}, {reset, Kind::reset}, {hold, Kind::hold}, {release, Kind::release}, {probe, Kind::probe}};
    return kKinds.at(kind);
}

// Breakers that are registers. It trusts the gate to see to what is stale and to what was sent before.
class RegisterTarget final : public Target {
public:
    bool owns(const domain::BreakerId& breaker) const override { return m_breakers.contains(breaker.value); }
    bool ownsGroup(const std::string&) const override { return false; }
    std::optional<std::uint64_t> revisionOf(const domain::BreakerId& breaker) const override {
        return look(breaker.value).revision;
    }
    CommandReport apply(const Command& command) override {
        std::lock_guard lock(m_mutex);
        const linear::Wish wish{kindOf(command.kind), indexOf(kActors, command.actor), {}};
        const Answer answer = linear::push(m_breakers.at(command.breaker.value), wish);
        CommandReport report;
        report.status = answer.isApplied ? CommandStatus::applied : CommandStatus::refused;
        report.message = std::to_string(static_cast<int>(answer.state)) + std::to_string(answer.revision);
        return report;
    }
    Answer look(const std::string& breaker) const {
        std::lock_guard lock(m_mutex);
        const linear::Register& now = m_breakers.at(breaker);
        return {true, now.state, now.revision};
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::string, linear::Register> m_breakers{{kBreakers[0], {}}, {kBreakers[1], {}}};
};

Answer answerIn(const CommandReport& report) {
    if (report.status != CommandStatus::applied) return {};
    return {true, static_cast<linear::State>(report.message.at(0) - '0'), std::stoull(report.message.substr(1))};
}

struct Counts {
    int operations = 0, applied = 0, refused = 0, maybe = 0, stale = 0, repeated = 0, otherAnswers = 0;
};

// Five operators at one gate. The seed settles what they wish; the order in which they come is the machine's.
class Round {
public:
    explicit Round(std::uint64_t seed) : m_seed(seed), m_gate(m_clock, options()) {
        m_gate.addTarget(m_target);
        m_gate.start();
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < kActors.size(); ++i) threads.emplace_back([this, i] { operate(i); });
        for (std::thread& thread : threads) thread.join();
        m_gate.stop();  // whatever waits yet is settled, so that the last look sees it all
        for (std::size_t b = 0; b < kBreakers.size(); ++b) note(m_desks[0], b, lookAt(0, b));
    }

    std::vector<Operation> historyOf(std::size_t breaker) const {
        std::vector<Operation> all;
        for (const Desk& desk : m_desks) {
            all.insert(all.end(), desk.history[breaker].begin(), desk.history[breaker].end());
        }
        return all;
    }
    void addTo(Counts& counts) const {
        for (const Desk& desk : m_desks) {
            counts.stale += desk.stale;
            counts.repeated += desk.repeated;
            counts.otherAnswers += desk.otherAnswers;
            for (const auto& history : desk.history) {
                for (const Operation& operation : history) {
                    ++counts.operations;
                    ++(!operation.answer             ? counts.maybe
                       : operation.answer->isApplied ? counts.applied
                                                     : counts.refused);
                }
            }
        }
    }

private:
    struct Desk {
        std::array<std::vector<Operation>, kBreakers.size()> history;
        std::optional<std::pair<Command, Answer>> settled;  // the last one whose answer came
        int stale = 0, repeated = 0, otherAnswers = 0;
    };

    static Gate::Options options() {
        Gate::Options options;
        options.pace = {0, 0};
        options.holds = {base::Duration::zero(), 0, 0};
        return options;
    }

    static void note(Desk& desk, std::size_t breaker, const Operation& operation) {
        desk.history.at(breaker).push_back(operation);
    }

    Operation lookAt(std::size_t who, std::size_t breaker) {
        Operation operation{{Kind::look, who, {}}, ++m_moment, linear::kNever, {}};
        operation.answer = m_target->look(kBreakers.at(breaker));
        operation.returned = ++m_moment;
        return operation;
    }

    CommandReport answerTo(const Command& command) const {
        std::optional<CommandReport> report;
        while (!(report = m_gate.reportOf(command.id))) std::this_thread::yield();
        return *report;
    }

    void operate(std::size_t who) {
        using enum domain::CommandKind;
        static constexpr std::array kKinds = {trip, reset, hold, release, probe};
        std::mt19937_64 random(m_seed * kActors.size() + who);
        const auto oneIn = [&](std::uint64_t n) { return random() % n == 0; };
        Desk& desk = m_desks.at(who);
        std::array<std::uint64_t, kBreakers.size()> seen{};
        for (int i = 0; i < kWishes; ++i) {
            const std::size_t breaker = random() % kBreakers.size();
            if (oneIn(4)) {
                note(desk, breaker, lookAt(who, breaker));
                seen.at(breaker) = desk.history.at(breaker).back().answer->revision;
                continue;
            }
            Command command = commandOf((kActors.at(who) + std::to_string(i)).c_str(), kBreakers.at(breaker));
            command.kind = kKinds.at(random() % kKinds.size());
            command.actor = kActors.at(who);
            if (oneIn(2)) command.seenRevision = seen.at(breaker);
            give(desk, command, breaker, oneIn(3), oneIn(8));
            if (desk.settled && oneIn(3)) repeat(desk);
        }
    }

    void give(Desk& desk, const Command& command, std::size_t breaker, bool isTwice, bool isReplyLost) {
        Operation operation{{kindOf(command.kind), indexOf(kActors, command.actor), command.seenRevision},
                            ++m_moment,
                            linear::kNever,
                            {}};
        m_gate.submit(command);
        if (isTwice) {
            m_gate.submit(command);
            ++desk.repeated;
        }
        if (!isReplyLost) {
            const CommandReport report = answerTo(command);
            operation.answer = answerIn(report);
            operation.returned = ++m_moment;
            desk.settled = {command, *operation.answer};
            desk.stale += report.message.find("Look again") != std::string::npos ? 1 : 0;
        }
        note(desk, breaker, operation);
    }

    // Sends what was answered once more: it must change nothing, and the answer must stay.
    void repeat(Desk& desk) {
        m_gate.submit(desk.settled->first);
        ++desk.repeated;
        desk.otherAnswers += answerIn(answerTo(desk.settled->first)) == desk.settled->second ? 0 : 1;
    }

    const std::uint64_t m_seed;
    std::atomic<std::uint64_t> m_moment{0};
    base::ManualClock m_clock;
    std::shared_ptr<RegisterTarget> m_target = std::make_shared<RegisterTarget>();
    std::array<Desk, kActors.size()> m_desks;
    Gate m_gate;
};

Operation did(std::size_t who, Kind kind, std::uint64_t from, std::uint64_t until, Answer answer) {
    return {{kind, who, {}}, from, until, answer};
}

constexpr Answer kRefused{};
constexpr Answer is(linear::State state, std::uint64_t revision) {
    return {true, state, revision};
}

}  // namespace

class LinearizabilityTest : public QObject {
    Q_OBJECT
private slots:
    void what_five_operators_see_can_be_explained_by_one_order() {
        Counts counts;
        for (int seed = 1; seed <= kRounds; ++seed) {
            const Round round(static_cast<std::uint64_t>(seed));
            round.addTo(counts);
            for (std::size_t b = 0; b < kBreakers.size(); ++b) {
                const auto history = round.historyOf(b);
                QVERIFY2(linear::isLinearizable(history),
                         qPrintable(QStringLiteral("seed %1, %2\n%3")
                                        .arg(seed)
                                        .arg(QLatin1StringView(kBreakers.at(b)))
                                        .arg(QString::fromStdString(linear::textOf(history)))));
            }
            QVERIFY2(counts.otherAnswers == 0, qPrintable(QStringLiteral("seed %1: another answer").arg(seed)));
        }
        qInfo("seeds 1 to %d: %d operations, %d applied, %d refused (%d stale), %d maybe, %d sent again", kRounds,
              counts.operations, counts.applied, counts.refused, counts.stale, counts.maybe, counts.repeated);
        QVERIFY(counts.applied > 0 && counts.stale > 0 && counts.maybe > 0 && counts.repeated > 0);
    }

    void the_checker_takes_an_order_that_the_times_allow() {
        // They overlap: the trip was first, although it returned last.
        QVERIFY(linear::isLinearizable({did(0, Kind::trip, 1, 6, is(linear::State::open, 1)),
                                        did(1, Kind::trip, 2, 3, kRefused),
                                        did(2, Kind::look, 4, 5, is(linear::State::open, 1))}));
    }

    void the_checker_refuses_an_effect_before_its_command() {
        QVERIFY(!linear::isLinearizable({did(2, Kind::look, 1, 2, is(linear::State::open, 1)),
                                         did(0, Kind::trip, 3, 4, is(linear::State::open, 1))}));
    }

    void the_checker_refuses_an_answer_without_an_effect_and_a_refusal_with_one() {
        QVERIFY(!linear::isLinearizable({did(0, Kind::trip, 1, 2, is(linear::State::open, 1)),
                                         did(2, Kind::look, 3, 4, is(linear::State::closed, 0))}));
        QVERIFY(!linear::isLinearizable(
            {did(0, Kind::trip, 1, 2, kRefused), did(2, Kind::look, 3, 4, is(linear::State::open, 1))}));
    }

    void a_lost_reply_explains_one_effect_or_none_but_never_two() {
        const Operation lost{{Kind::hold, 0, {}}, 1, linear::kNever, {}};
        for (const std::uint64_t revision : {0U, 1U, 2U}) {
            QCOMPARE(linear::isLinearizable({lost, did(1, Kind::look, 2, 3, is(linear::State::closed, revision))}),
                     revision < 2);
        }
        QVERIFY(!linear::isLinearizable({lost, did(1, Kind::look, 2, 3, is(linear::State::closed, 1)),
                                         did(1, Kind::look, 4, 5, is(linear::State::closed, 0))}));
    }

    void the_checker_refuses_that_a_stale_command_was_applied() {
        Operation stale = did(1, Kind::hold, 3, 4, is(linear::State::closed, 2));
        const Operation first = did(0, Kind::hold, 1, 2, is(linear::State::closed, 1));
        const Operation own = did(0, Kind::release, 3, 4, is(linear::State::closed, 2));
        QVERIFY(linear::isLinearizable({first, stale}));
        stale.wish.seen = 0;
        QVERIFY(!linear::isLinearizable({first, stale}));
        Operation ownUnseen = own;
        ownUnseen.wish.seen = 0;
        QVERIFY(linear::isLinearizable({first, ownUnseen}));
    }
};

FUSEBOX_TEST(LinearizabilityTest)
#include "linearizability_test.moc"
