#pragma once
// Gathers what speaks for which category, and weighs it up. Points: a code of its own meaning 100, a type that is known 30, words of a
// name and of a text up to 30 and 10. Of weaker evidence for the same category only the strongest piece counts in full, so that a long
// text does not shout a code down.
// Lifetime: views into the error and the tables, for the time of one classification.

#include <fusebox/errors/classification.h>
#include <fusebox/errors/code_book.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fusebox::errors {

struct Reason {
    enum class Kind : std::uint8_t { code, type, name, mention, text };

    Kind kind = Kind::text;
    double points = 0;
    domain::CodeSystem system = domain::CodeSystem::none;
    std::string_view what;  ///< the code, the type, or the words of the text
};

class Scoreboard {
public:
    void add(domain::Category category, const Reason& reason);

    void proveThrottling() { m_throttled = true; }
    /// The code comes from where nobody throttles: the text speaks of something else.
    void excludeThrottling() { m_cannotThrottle = true; }
    void announce(std::chrono::milliseconds delay);
    /// False once there is a delay, or after kMostAnnouncements looks for one: a text may be full of promises.
    [[nodiscard]] bool mayAnnounce() { return !m_delay && m_announcements++ < kMostAnnouncements; }

    /// A code of its own meaning was found: codes that a text mentions will change nothing.
    [[nodiscard]] bool isSettled() const { return m_settled; }

    [[nodiscard]] Classification result() const;

private:
    static constexpr int kMostAnnouncements = 4;
    static constexpr double kSettled = 100;

    struct Side {
        double best = 0;
        double rest = 0;
        std::array<Reason, 3> reasons;  ///< the strongest first
        std::size_t count = 0;

        void add(const Reason& reason);
        [[nodiscard]] double points() const;
    };

    [[nodiscard]] double pointsOf(domain::Category category) const;
    [[nodiscard]] std::string evidenceFor(domain::Category winner) const;
    void append(const Reason& reason, std::string& evidence) const;

    std::array<Side, domain::kCategoryCount> m_sides;
    std::optional<Reason> m_code;  ///< the outermost
    int m_announcements = 0;
    bool m_settled = false;
    bool m_throttled = false;
    bool m_cannotThrottle = false;
    std::optional<std::chrono::milliseconds> m_delay;
};

/// "rate limit", "data validation", ...
[[nodiscard]] std::string_view inWords(domain::Category category);

/// Foreign text as evidence quotes it: cut, one line, without control characters.
[[nodiscard]] std::string quoted(std::string_view foreign);

}  // namespace fusebox::errors
