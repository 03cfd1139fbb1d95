#include <fusebox/server/token_book.h>

#include <fusebox/server/limits.h>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <charconv>

namespace fusebox::server {

namespace {

constexpr std::size_t kMostTokens = 1000;

tl::unexpected<base::Trouble> badToken(const TokenEntry& entry, std::string what) {
    return base::trouble(base::TroubleCode::invalidInput, std::move(what), "token \"" + entry.name + "\"");
}

}  // namespace

TokenHash TokenBook::digestOf(std::string_view token) {
    static_assert(std::tuple_size_v<TokenHash> == SHA256_DIGEST_LENGTH);
    TokenHash hash{};
    ::SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(), hash.data());
    return hash;
}

std::string TokenBook::hashOf(std::string_view token) {
    std::string digits;
    for (const unsigned char byte : digestOf(token)) digits += fmt::format("{:02x}", byte);
    return digits;
}

base::Result<TokenHash> TokenBook::readHash(const TokenEntry& entry) {
    TokenHash hash{};
    bool isHex = entry.sha256.size() == 2 * hash.size();
    for (std::size_t i = 0; isHex && i < hash.size(); ++i) {
        const char* digits = entry.sha256.data() + 2 * i;
        const auto [stop, error] = std::from_chars(digits, digits + 2, hash[i], 16);
        isHex = error == std::errc() && stop == digits + 2;
    }
    if (!isHex) return badToken(entry, "its sha256 must be 64 hexadecimal digits");
    return hash;
}

base::Result<TokenBook> TokenBook::make(const std::vector<TokenEntry>& entries) {
    if (entries.size() > kMostTokens) {
        return base::trouble(base::TroubleCode::limitReached, "There may be at most 1,000 tokens.");
    }
    TokenBook book;
    for (const TokenEntry& entry : entries) {
        if (entry.name.empty()) return badToken(entry, "it needs the name of its owner");
        const base::Result<TokenHash> hash = readHash(entry);
        if (!hash) return tl::unexpected(hash.error());
        const bool isKnown = std::any_of(book.m_pages.begin(), book.m_pages.end(),
                                         [&](const Page& page) { return page.grant.token == *hash; });
        if (isKnown) return badToken(entry, "its sha256 belongs to another token");
        book.m_pages.push_back({{entry.name, entry.role, *hash}, entry.validFrom, entry.expires});
    }
    return book;
}

std::optional<Grant> TokenBook::match(std::string_view token, base::WallTime now) const {
    if (token.empty() || token.size() > kLongestToken) return std::nullopt;
    return find(digestOf(token), now);
}

bool TokenBook::isValid(const Grant& grant, base::WallTime now) const {
    return find(grant.token, now) == grant;
}

std::optional<Grant> TokenBook::find(const TokenHash& hash, base::WallTime now) const {
    const Page* found = nullptr;
    // All of them, and each as a whole: the time must not tell where a match was.
    for (const Page& page : m_pages) {
        found = ::CRYPTO_memcmp(page.grant.token.data(), hash.data(), hash.size()) == 0 ? &page : found;
    }
    if (found == nullptr) return std::nullopt;
    const bool isValid = (!found->validFrom || now >= *found->validFrom) && (!found->expires || now < *found->expires);
    return isValid ? std::optional(found->grant) : std::nullopt;
}

std::optional<std::string_view> bearerOf(std::string_view authorization) {
    constexpr std::string_view kScheme = "Bearer ";
    if (!authorization.starts_with(kScheme)) return std::nullopt;
    const std::string_view token = authorization.substr(kScheme.size());
    const bool isWord = !token.empty() && token.find(' ') == std::string_view::npos;
    return isWord ? std::optional(token) : std::nullopt;
}

}  // namespace fusebox::server
