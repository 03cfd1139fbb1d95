#pragma once
// What a stream of snapshots says of all breakers now: whole at first, then what changed.
// Limits: kMostBreakers.

#include <fusebox/base/time.h>
#include <fusebox/ctl/failure.h>
#include <fusebox/domain/snapshot.h>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::ctl {

class SnapshotBoard {
public:
    static constexpr std::size_t kMostBreakers = 10'000;

    /// Takes the data of a message "snapshots" that came at this time. Errors: noConnection for what cannot be read; then nothing changes.
    [[nodiscard]] Attempt<void> take(std::string_view data, base::Time now);

    /// As they are now: what goes on by itself has gone on since they were told.
    [[nodiscard]] std::vector<domain::Snapshot> breakersAt(base::Time now) const;
    /// {"breakers":[...]} as they were told.
    [[nodiscard]] nlohmann::json json() const;

private:
    struct Told {
        domain::Snapshot snapshot;
        nlohmann::json json;
        base::Time at{};
    };
    std::map<std::string, Told> m_breakers;
};

/// The answer of /api/v1/breakers with the breakers of one group; an empty name: all.
[[nodiscard]] nlohmann::json withGroup(nlohmann::json answer, const std::string& group);

}  // namespace fusebox::ctl
