#pragma once
// A user's own rule: what an error must have, and the category it then is. Rules go ahead of everything that is built in.
// Lifetime: a plain value. An empty condition is met by any error; a rule without conditions by none.

#include <fusebox/domain/category.h>
#include <fusebox/domain/error.h>

#include <optional>
#include <string>

namespace fusebox::errors {

struct ClassifierRule {
    std::string name;  ///< for the evidence; may be empty
    std::optional<domain::CodeSystem> system;
    std::string code;  ///< case does not matter; '*' at the end: any code that begins so
    std::string type;  ///< as code; compared with the whole type and with its last part
    std::string text;  ///< contained in the part of the message that is read (pieces.h); case does not matter
    domain::Category category = domain::Category::unknown;

    bool operator==(const ClassifierRule&) const = default;

    /// True when this error itself (not its cause) meets every condition.
    [[nodiscard]] bool matches(const domain::Error& error) const;
};

}  // namespace fusebox::errors
