// Pieces of a configuration file, as people write it.
#pragma once

#include <cstdint>
#include <string>

namespace fusebox::e2e {

inline std::string written(const std::string& name, const std::string& kind, std::uint16_t port,
                           const std::string& more) {
    return "\n[[dependency]]\nname = \"" + name + "\"\nkind = \"" + kind +
           "\"\nhost = \"127.0.0.1\"\nport = " + std::to_string(port) + "\n" + more;
}

inline std::string writtenWeb(std::uint16_t port) {
    return "\n[[dependency]]\nname = \"web\"\nkind = \"http\"\nurl = \"http://127.0.0.1:" + std::to_string(port) +
           "/health\"\nbody_contains = \"fine\"\n";
}

inline std::string writtenDatabase(std::uint16_t port) {
    return written("db", "postgres", port, "database = \"postgres\"\nuser = \"fuse\"\npassword_file = \"db.secret\"\n");
}

inline std::string writtenCache(std::uint16_t port, const std::string& login) {
    return written("cache", "redis", port, login + "expected_reply = \"PONG\"\n");
}

}  // namespace fusebox::e2e
