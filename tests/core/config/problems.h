#pragma once
// Parses texts for the tests and puts what is wrong with them into one line each.

#include <fusebox/config/load.h>

#include <QString>

inline QString problemsOf(std::string_view text) {
    const auto loaded = fusebox::config::parse(text, "f.toml");
    return loaded ? QString() : QString::fromStdString(fusebox::config::textOf(loaded.error())).trimmed();
}

/// A sound http dependency with further lines.
inline std::string dependencyWith(std::string_view lines) {
    return "[[dependency]]\nname = 'orders'\nkind = 'http'\nurl = 'http://127.0.0.1:1/'\n" + std::string(lines) + "\n";
}

/// The first dependency of a text that must be sound; its name is empty otherwise.
inline fusebox::config::Dependency firstOf(std::string_view text) {
    const auto loaded = fusebox::config::parse(text, "f.toml");
    return loaded ? loaded->dependencies.at(0) : fusebox::config::Dependency{};
}
