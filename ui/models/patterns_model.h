#pragma once
// The table of error patterns, live. It keeps its own sorted and filtered index, so that 10,000 patterns cost little,
// and does nothing at all while the report is the same one.
// Threads: GUI thread.
// Time: a live re-sort happens at most once a second; one that the user asks for happens at once.
// Lifetime: references to patterns are valid until the next apply().

#include <fusebox/base/time.h>
#include <fusebox/models/arranged_model.h>
#include <fusebox/models/pattern_filter.h>
#include <fusebox/models/pattern_row.h>

#include <QString>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace fusebox::models {

/// A trip of a breaker.
struct TripKey {
    domain::BreakerId breaker;
    std::uint64_t transition = 0;
    base::WallTime at{};

    bool operator==(const TripKey&) const = default;
};

class PatternsModel final : public ArrangedModel {
    Q_OBJECT

public:
    enum Column {
        Severity,
        Trend,
        TrendLine,
        Category,
        Text,
        Here,
        Count,
        PerMinute,
        TripShare,
        FirstSeen,
        LastSeen,
        Breakers,
        Strategy,
        Action,
        ColumnCount
    };

    /// At most so many trips are remembered, the newest ones.
    static constexpr std::size_t kMostTrips = 40;

    explicit PatternsModel(QObject* parent = nullptr);

    /// nullptr: nobody looks at errors.
    void apply(const std::shared_ptr<const domain::ErrorReport>& report, base::WallTime now);

    /// Equal rows stand as in the report.
    void setSort(Column column, Qt::SortOrder order);
    [[nodiscard]] Column sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    void setFilter(const PatternFilter& filter);
    [[nodiscard]] const PatternFilter& filter() const { return m_filter; }

    /// The trip whose shares are told; nothing: the newest one, of the breaker that is filtered by if there is one.
    void setTrip(const std::optional<TripKey>& trip);
    /// The one whose shares are told now.
    [[nodiscard]] const std::optional<TripKey>& trip() const { return m_shownTrip; }
    /// All that the patterns belong to, newest first.
    [[nodiscard]] const std::vector<TripKey>& trips() const { return m_trips; }
    /// All breakers that had an error, by name.
    [[nodiscard]] const std::vector<domain::BreakerId>& breakers() const { return m_breakers; }

    /// While true no row moves, appears or leaves by itself. Patterns that are gone still leave.
    void holdOrder(bool hold);

    /// nullptr before the first apply() and where nobody looks at errors.
    [[nodiscard]] const std::shared_ptr<const domain::ErrorReport>& report() const { return m_report; }
    [[nodiscard]] int totalCount() const { return static_cast<int>(m_rows.size()); }
    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const PatternRow& row(int row) const { return m_rows[slotAt(row)]; }
    /// -1: unknown or filtered away.
    [[nodiscard]] int rowOf(domain::PatternId id) const;
    /// Filtered or not; nullptr: there is no such pattern.
    [[nodiscard]] const PatternRow* find(domain::PatternId id) const;
    [[nodiscard]] base::WallTime now() const { return m_now; }

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    /// After each change of the report, the filter or the trip.
    void changed();

private:
    void take(const std::shared_ptr<const domain::ErrorReport>& report);
    void listTrips();
    void listBreakers();
    void deriveRows();
    void rebuild();

    std::shared_ptr<const domain::ErrorReport> m_report;
    std::vector<PatternRow> m_rows;  ///< in the report's order
    std::unordered_map<domain::PatternId, Slot> m_slots;
    std::vector<TripKey> m_trips;
    std::vector<domain::BreakerId> m_breakers;
    PatternFilter m_filter;
    std::optional<TripKey> m_trip;
    std::optional<TripKey> m_shownTrip;
    Column m_sortColumn = Severity;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    base::WallTime m_now{};
    std::optional<base::WallTime> m_lastSort;
    bool m_orderHeld = false;
};

}  // namespace fusebox::models
