#pragma once
// One breaker as the table shows it: its snapshot and what follows from several of them.
// Threads: GUI thread.

#include <fusebox/domain/snapshot.h>
#include <fusebox/format/state_look.h>
#include <fusebox/models/state_group.h>

#include <QString>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace fusebox::models {

/// Attempts in each whole second of frame time, the last 60 of them, for a sparkline. The second that still runs is not
/// shown.
class Trend {
public:
    static constexpr std::size_t kSize = 60;

    struct Point {
        float calls = 0;  ///< attempts: permitted and rejected
        float bad = 0;    ///< failed and rejected, among them
    };

    /// Adds to a second; what comes after skipped seconds is spread over them. REQUIRES: second does not go back.
    void add(std::int64_t second, float calls, float bad);

    /// Points known so far, at most kSize.
    [[nodiscard]] std::size_t size() const { return m_size; }
    /// The oldest is at 0. REQUIRES: index < size().
    [[nodiscard]] const Point& at(std::size_t index) const;
    /// The largest number of calls in a second, 0 when there are none.
    [[nodiscard]] float peak() const;

private:
    void push(Point point);

    std::array<Point, kSize> m_points{};
    std::size_t m_next = 0;
    std::size_t m_size = 0;
    Point m_running;
    std::optional<std::int64_t> m_second;
};

/// What happened between two readings of the totals; nothing if a counter restarted in between.
[[nodiscard]] Trend::Point happened(const domain::Totals& before, const domain::Totals& now);

struct FleetRow {
    domain::Snapshot snapshot;
    domain::BreakerId id;
    QString name;       ///< made safe
    QString kind;       ///< made safe
    QString target;     ///< made safe
    QString groupName;  ///< made safe; empty: in no group
    format::StateLook look;
    StateGroup group = StateGroup::closed;
    std::optional<double> callsPerSecond;     ///< attempts over the last ~3 s
    std::optional<double> rejectedPerSecond;  ///< over the last ~3 s
    std::optional<double> errorRate;          ///< 0..1, as the trip rules see it; absent: no or too few calls
    Trend trend;
    QString lastChange;  ///< made safe: why the state changed last; empty: it never did
    QString holds;       ///< made safe: "ann: deploy, 12 min left" or "3 holds"; empty: none
};

}  // namespace fusebox::models
