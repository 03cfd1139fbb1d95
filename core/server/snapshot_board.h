#pragma once
// The breakers as the stream tells of them: each serialised once when it changed, whoever follows and from when on.
// What goes on by itself is no change: the time in a state, and what is left of a hold.
// Threads: one at a time; the Broadcast guards it. The texts are immutable and shared.

#include <fusebox/domain/frame.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace fusebox::server {

using SharedText = std::shared_ptr<const std::string>;

class SnapshotBoard {
public:
    void update(const domain::Frame& frame);

    /// The number of the frame that it shows; zero: none yet.
    [[nodiscard]] std::uint64_t frame() const { return m_frame; }
    [[nodiscard]] base::Time at() const { return m_at; }

    /// Messages "snapshots" with what changed after that frame; zero: all, the first of them marked as full. Empty when
    /// nothing changed. Large ones are cut into several messages.
    [[nodiscard]] const std::vector<SharedText>& changesAfter(std::uint64_t frame);

private:
    struct Row {
        domain::Snapshot shown;
        std::string snapshotText;
        std::string detailText;
        std::uint64_t snapshotAt = 0;  ///< the frame with which it changed
        std::uint64_t detailAt = 0;
        std::uint64_t seenAt = 0;
    };

    [[nodiscard]] std::vector<SharedText> compose(std::uint64_t after) const;

    std::uint64_t m_frame = 0;
    base::Time m_at{};
    base::WallTime m_wall{};
    std::vector<Row*> m_order;
    std::unordered_map<domain::BreakerId, std::unique_ptr<Row>> m_rows;
    std::map<domain::BreakerId, std::uint64_t> m_removed;  ///< with which frame; bounded
    std::uint64_t m_forgottenAt = 0;                       ///< older removals are not known any more
    std::map<std::uint64_t, std::vector<SharedText>> m_composed;
};

}  // namespace fusebox::server
