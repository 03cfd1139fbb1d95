#pragma once
// Who may enter: bearer tokens, known by their hashes alone.
// Threads: as any value.
// Errors: a book with a malformed hash, an empty name or the same token twice is not made.
// Limits: 1,000 tokens of at most kLongestToken bytes. How long a look takes does not depend on how much of a token is
// right, nor on which one it is.

#include <fusebox/base/result.h>
#include <fusebox/base/time.h>
#include <fusebox/domain/role.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::server {

/// One token as the configuration names it.
struct TokenEntry {
    std::string name;  ///< whose it is: the actor of the commands that come with it
    domain::Role role = domain::Role::viewer;
    std::string sha256;  ///< of the token: 64 hexadecimal digits
    std::optional<base::WallTime> validFrom;
    std::optional<base::WallTime> expires;  ///< not valid from then on
};

/// The SHA-256 of a token.
using TokenHash = std::array<unsigned char, 32>;

/// What a token gives its bearer.
struct Grant {
    std::string actor;
    domain::Role role = domain::Role::viewer;
    TokenHash token{};  ///< which one it was: for what goes on after its request

    bool operator==(const Grant&) const = default;
};

class TokenBook {
public:
    /// A book with which nobody may enter.
    TokenBook() = default;

    /// Errors: invalidInput, with the name of the entry.
    [[nodiscard]] static base::Result<TokenBook> make(const std::vector<TokenEntry>& entries);

    /// Nothing for an unknown token, and for one whose time has not come or is over.
    [[nodiscard]] std::optional<Grant> match(std::string_view token, base::WallTime now) const;

    /// Whether its token gives the same still.
    [[nodiscard]] bool isValid(const Grant& grant, base::WallTime now) const;

    [[nodiscard]] bool isEmpty() const { return m_pages.empty(); }

    /// 64 hexadecimal digits, lower case.
    [[nodiscard]] static std::string hashOf(std::string_view token);

private:
    struct Page {
        Grant grant;
        std::optional<base::WallTime> validFrom;
        std::optional<base::WallTime> expires;
    };

    [[nodiscard]] static TokenHash digestOf(std::string_view token);
    [[nodiscard]] static base::Result<TokenHash> readHash(const TokenEntry& entry);
    [[nodiscard]] std::optional<Grant> find(const TokenHash& hash, base::WallTime now) const;

    std::vector<Page> m_pages;
};

/// The token of "Bearer TOKEN"; nothing for any other value of the field.
[[nodiscard]] std::optional<std::string_view> bearerOf(std::string_view authorization);

}  // namespace fusebox::server
