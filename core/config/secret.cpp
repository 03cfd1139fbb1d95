#include <fusebox/config/secret.h>

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <fstream>

namespace fusebox::config {

namespace {

constexpr std::size_t kLongestSecret = 4096;

std::optional<std::string> fromFile(TableReader& in, std::string_view key, const std::filesystem::path& file) {
    std::error_code trouble;
    std::ifstream stream;
    if (std::filesystem::is_regular_file(file, trouble)) stream.open(file, std::ios::binary);
    std::array<char, kLongestSecret + 2> buffer{};
    stream.read(buffer.data(), buffer.size());
    std::string secret(buffer.data(), static_cast<std::size_t>(stream.gcount()));
    if (!stream.is_open() || stream.bad()) {
        in.complain(key, fmt::format("names {}, which is no file that can be read", inQuotes(file.string())));
        return std::nullopt;
    }
    while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
    if (secret.empty() || secret.size() > kLongestSecret) {
        in.complain(key, fmt::format("names {}, which {}; allowed: 1 to {} bytes", inQuotes(file.string()),
                                     secret.empty() ? "is empty" : "is too long", kLongestSecret));
        return std::nullopt;
    }
    return secret;
}

std::optional<std::string> fromEnvironment(TableReader& in, std::string_view key, const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') {
        in.complain(key, fmt::format("names {}, which is no variable of the environment that is set", inQuotes(name)));
        return std::nullopt;
    }
    return value;
}

}  // namespace

std::optional<std::string> readSecret(TableReader& in, const SecretKeys& keys, const std::filesystem::path& folder) {
    if (const toml::node* plain = in.node(keys.plain)) {
        if (in.isFromVariable(*plain)) return in.text(keys.plain);
        in.complain(keys.plain, fmt::format("must not stand in this file; allowed: {} or {}", keys.file, keys.env));
    }
    const auto file = in.text(keys.file);
    const auto env = in.text(keys.env);
    if (file && env) {
        in.complain(keys.env, fmt::format("cannot stand beside {}; allowed: one of them", keys.file));
        return std::nullopt;
    }
    if (file) return fromFile(in, keys.file, folder / *file);
    return env ? fromEnvironment(in, keys.env, *env) : std::nullopt;
}

}  // namespace fusebox::config
