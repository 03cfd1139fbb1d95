#include "linear_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace linear {

namespace {

bool isHeld(const Register& breaker) {
    return std::ranges::any_of(breaker.holds, [](std::uint8_t count) { return count > 0; });
}

// Whether the rules of the breaker let it happen; what is refused leaves the breaker as it was.
bool change(Register& breaker, const Wish& wish) {
    std::uint8_t& own = breaker.holds.at(wish.operatorIndex);
    const auto go = [&](bool isAllowed, State next) {
        if (isAllowed) breaker.state = next;
        return isAllowed;
    };
    switch (wish.kind) {
        case Kind::look:
            return true;
        case Kind::trip:
            return go(!isHeld(breaker) && breaker.state != State::open, State::open);
        case Kind::reset:
            return go(!isHeld(breaker) && breaker.state != State::closed, State::closed);
        case Kind::probe:
            return go(!isHeld(breaker) && breaker.state == State::open, State::halfOpen);
        case Kind::hold:
            if (own >= 2) return false;
            ++own;
            return true;
        case Kind::release:
            if (own == 0) return false;
            --own;
            return true;
    }
    return false;
}

class Search {
public:
    explicit Search(const std::vector<Operation>& history) : m_history(history) {}

    bool explains(std::uint64_t done, const Register& breaker) {
        if (!m_visited.emplace(done, breaker).second) return false;
        const std::uint64_t firstReturn = firstReturnWithout(done);
        if (firstReturn == kNever) return true;  // only lost replies are left: they took no effect
        for (std::size_t i = 0; i < m_history.size(); ++i) {
            const Operation& operation = m_history[i];
            // Nothing takes effect before it was begun, nor after the answer to another that was begun later.
            if (isDone(done, i) || operation.invoked > firstReturn) continue;
            Register next = breaker;
            const Answer answer = isStale(breaker, operation.wish) ? Answer{} : push(next, operation.wish);
            if (operation.answer && *operation.answer != answer) continue;
            if (explains(done | std::uint64_t{1} << i, next)) return true;
        }
        return false;
    }

private:
    static bool isDone(std::uint64_t done, std::size_t i) { return (done >> i & 1U) != 0; }

    std::uint64_t firstReturnWithout(std::uint64_t done) const {
        std::uint64_t first = kNever;
        for (std::size_t i = 0; i < m_history.size(); ++i) {
            if (!isDone(done, i) && m_history[i].answer) first = std::min(first, m_history[i].returned);
        }
        return first;
    }

    const std::vector<Operation>& m_history;
    std::set<std::pair<std::uint64_t, Register>> m_visited;
};

}  // namespace

Answer push(Register& breaker, const Wish& wish) {
    if (!change(breaker, wish)) return {};
    if (wish.kind != Kind::look) breaker.changedBy.at(wish.operatorIndex) = ++breaker.revision;
    return {true, breaker.state, breaker.revision};
}

bool isStale(const Register& breaker, const Wish& wish) {
    if (!wish.seen) return false;
    for (std::size_t i = 0; i < kOperators; ++i) {
        if (i != wish.operatorIndex && breaker.changedBy.at(i) > *wish.seen) return true;
    }
    return false;
}

bool isLinearizable(const std::vector<Operation>& history) {
    return Search(history).explains(0, {});
}

std::string textOf(const std::vector<Operation>& history) {
    static constexpr std::array kKinds = {"look", "trip", "reset", "hold", "release", "probe"};
    std::string text;
    for (const Operation& operation : history) {
        fmt::format_to(std::back_inserter(text), "{:>5} operator {} {}", operation.invoked,
                       operation.wish.operatorIndex, kKinds.at(static_cast<std::size_t>(operation.wish.kind)));
        if (operation.wish.seen) fmt::format_to(std::back_inserter(text), " seen {}", *operation.wish.seen);
        if (!operation.answer) {
            text += ": maybe\n";
        } else if (!operation.answer->isApplied) {
            fmt::format_to(std::back_inserter(text), ": refused at {}\n", operation.returned);
        } else {
            fmt::format_to(std::back_inserter(text), ": state {}, revision {} at {}\n",
                           static_cast<int>(operation.answer->state), operation.answer->revision, operation.returned);
        }
    }
    return text;
}

}  // namespace linear
