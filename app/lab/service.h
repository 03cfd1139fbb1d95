#pragma once
// One of the lab's servers: real, on loopback or in a file, with faults on demand.
// Threads: open() before the loop runs, close() after it; apply() on the loop's thread.
// Lifetime: outlives the loop's run.

#include <fusebox/base/result.h>
#include <fusebox/lab/fault_plan.h>

#include <cstdint>
#include <string>
#include <vector>

namespace fusebox::lab {

/// How to reach a service and what it can do; does not change while the lab runs.
struct ServiceCard {
    std::string name;
    std::string kind;     ///< the adapter kind that calls it: "http", "tcp", "sqlite", "redis", "dns"
    std::string address;  ///< for people, without secrets
    std::uint16_t port = 0;
    std::string path;             ///< http: the path; sqlite: the file; dns: the name to ask for
    std::string token;            ///< http: sent as "Authorization: Bearer ..." when not empty
    std::string goodAnswer;       ///< http: text of a right body; tcp: start of the banner; sqlite: the query
    std::vector<Answer> answers;  ///< those that it can give, healthy first
    double callsPerSecond = 0;    ///< usual traffic
};

class Service {
public:
    virtual ~Service() = default;

    [[nodiscard]] virtual base::Result<void> open() = 0;
    virtual void close() = 0;
    virtual void apply(const Faults& faults) = 0;
    [[nodiscard]] virtual ServiceCard card() const = 0;
};

}  // namespace fusebox::lab
