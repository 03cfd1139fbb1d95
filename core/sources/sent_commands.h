#pragma once
// What became of the commands that were sent to an agent: each is told once, although its answer, the stream and a later
// question may all tell of it.
// Threads: one at a time.
// Time: given with each call.
// Limits: kRemembered commands; the oldest are forgotten, those whose end is known first.

#include <fusebox/base/time.h>
#include <fusebox/domain/command.h>

#include <cstdint>
#include <list>
#include <optional>

namespace fusebox::sources {

class SentCommands {
public:
    static constexpr std::size_t kRemembered = 256;
    static constexpr base::Duration kAskEach = std::chrono::seconds(2);
    static constexpr base::Duration kGiveUpAfter = std::chrono::minutes(10);

    /// Also once more, while its end is unknown.
    void sent(const domain::Command& command, base::Time now);

    /// Its end, where it was unknown at first and is known by now.
    [[nodiscard]] std::optional<domain::CommandReport> endOf(const domain::CommandId& id) const;

    /// Whether it was sent before and its end is not known: it may have been carried out.
    [[nodiscard]] bool isUnknown(const domain::CommandId& id) const;

    /// Its answer came, or did not. Gives the report to be made of it: the one that the stream has told, if it knows more.
    [[nodiscard]] domain::CommandReport answered(domain::CommandReport report);

    /// The stream tells of a command. True: it is news, and is to be told.
    [[nodiscard]] bool isNews(const domain::CommandReport& report);

    /// One that was answered as unknown and is to be asked for now.
    [[nodiscard]] std::optional<domain::CommandId> nextQuestion(base::Time now);

    /// The agent was asked. Gives the report to be told, once it is settled.
    [[nodiscard]] std::optional<domain::CommandReport> learned(const domain::CommandReport& report);

    /// The agent does not know the command. Gives the report to be told, once it is sure that it never came.
    [[nodiscard]] std::optional<domain::CommandReport> notKnown(const domain::CommandId& id, base::Time now);

private:
    enum class Step : std::uint8_t { underWay, unknown, settled };
    struct Sent {
        domain::Command command;
        Step step = Step::underWay;
        std::optional<domain::CommandReport> told;  ///< by the stream or a question: what its answer did not tell
        base::Time at{};
        base::Time askAt{};
    };

    [[nodiscard]] Sent* find(const domain::CommandId& id);
    [[nodiscard]] const Sent* find(const domain::CommandId& id) const;
    void forgetOne();

    std::list<Sent> m_sent;  ///< newest first
};

}  // namespace fusebox::sources
