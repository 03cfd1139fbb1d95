#pragma once
// How expected trouble travels: a Result holds a value, or a Trouble that says what went wrong, where, and why.
// Errors: a broken invariant is no Trouble; it ends the process.

#include <tl/expected.hpp>

#include <cstdint>
#include <string>

namespace fusebox::base {

enum class TroubleCode : std::uint8_t {
    invalidInput,
    notFound,
    conflict,
    refused,
    timedOut,
    unavailable,
    limitReached,
    internal,
};

/// Expected trouble, ready to be shown to a person.
struct Trouble {
    TroubleCode code = TroubleCode::internal;
    std::string what;   ///< what is wrong and what to do about it, one sentence
    std::string where;  ///< file:line, key or object; may be empty
    std::string cause;  ///< the text of the underlying trouble; may be empty

    bool operator==(const Trouble&) const = default;

    /// "where: what (cause)"
    [[nodiscard]] std::string text() const {
        std::string joined = where.empty() ? what : where + ": " + what;
        return cause.empty() ? joined : joined + " (" + cause + ")";
    }
};

template <typename Value>
using Result = tl::expected<Value, Trouble>;

[[nodiscard]] inline tl::unexpected<Trouble> trouble(TroubleCode code, std::string what, std::string where = {},
                                                     std::string cause = {}) {
    return tl::unexpected<Trouble>(Trouble{code, std::move(what), std::move(where), std::move(cause)});
}

}  // namespace fusebox::base
