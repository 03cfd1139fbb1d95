#pragma once
// Takes a secret from where a configuration says it lies, or from a variable laid over the configuration: never from the file itself.
// Limits: 4 KiB; a line break at the end is no part of it.

#include <fusebox/config/table_reader.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::config {

struct SecretKeys {
    std::string_view plain;  ///< refused, without showing its value
    std::string_view file;
    std::string_view env;
};
inline constexpr SecretKeys kPassword{"password", "password_file", "password_env"};
inline constexpr SecretKeys kBearerToken{"bearer_token", "bearer_token_file", "bearer_token_env"};
inline constexpr SecretKeys kHeaderValue{"value", "file", "env"};

[[nodiscard]] std::optional<std::string> readSecret(TableReader& in, const SecretKeys& keys,
                                                    const std::filesystem::path& folder);

}  // namespace fusebox::config
