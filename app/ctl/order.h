#pragma once
// What the command line orders: one command for each breaker, or one for a group or for all; and the carrying out of it.

#include <fusebox/ctl/connection.h>
#include <fusebox/domain/command.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::ctl {

/// As it was typed.
struct OrderArguments {
    ConnectionChoice connection;
    std::vector<std::string> breakers;
    std::string group;
    std::string reason;
    std::string duration;  ///< hold, trip
    std::string mode = "FORCE_OPEN";
    std::string action;
    std::optional<std::uint64_t> hold;      ///< release
    std::optional<std::uint64_t> revision;  ///< that was seen
    std::string id;
    std::string patience = "30s";
    bool yes = false;
    bool json = false;
};

/// The command without an id, a breaker and a reason. Errors: badInput, with what is allowed.
[[nodiscard]] Attempt<domain::Command> draftOf(domain::CommandKind kind, const OrderArguments& arguments);

/// Asks for what is missing where a person sits, sends the commands one after the other, and prints what became of each.
/// The exit code is that of the worst.
[[nodiscard]] ExitCode carryOut(domain::CommandKind kind, OrderArguments arguments);

}  // namespace fusebox::ctl
