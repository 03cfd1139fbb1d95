#pragma once
// The table of all breakers, live. It keeps its own sorted and filtered index, so that 10,000 rows can be re-sorted
// each second without a proxy, and it tells the view of all changed values with one dataChanged per frame.
// Threads: GUI thread.
// Time: frame time only. A live re-sort happens at most once a second; a re-sort that the user asks for happens at
// once.
// Lifetime: references to rows are valid until the next apply().

#include <fusebox/domain/frame.h>
#include <fusebox/models/arranged_model.h>
#include <fusebox/models/fleet_row.h>
#include <fusebox/models/fleet_summary.h>
#include <fusebox/models/rate_window.h>

#include <QString>
#include <QStringList>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace fusebox::models {

class FleetModel final : public ArrangedModel {
    Q_OBJECT

public:
    enum Column {
        State,
        Name,
        Kind,
        CallsPerSecond,
        ErrorRate,
        P50,
        P95,
        P99,
        TrendLine,
        LastChange,
        Holds,
        ColumnCount
    };

    /// Role of a number (double) or text that the column sorts by; absent values are an invalid QVariant.
    static constexpr int SortKeyRole = Qt::UserRole;

    explicit FleetModel(QObject* parent = nullptr);

    /// Takes over all snapshots; breakers that are no longer in the frame leave the table.
    void apply(const domain::Frame& frame);

    /// Absent values sort last in either order; equal rows by name.
    void setSort(Column column, Qt::SortOrder order);
    [[nodiscard]] Column sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    /// Words that must all occur in name, kind, target, group, state word or last change, whatever their case. Empty: no
    /// filter.
    void setTextFilter(const QString& text);
    [[nodiscard]] const QString& textFilter() const { return m_textFilter; }
    void setStateFilter(StateGroups groups);
    [[nodiscard]] StateGroups stateFilter() const { return m_stateFilter; }

    /// While true no row moves, appears or leaves by itself (the pointer is over the table, a menu is open).
    /// Breakers that are gone still leave, and filters and sorts that the user changes still act.
    void holdOrder(bool hold);
    [[nodiscard]] bool isOrderHeld() const { return m_orderHeld; }

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const FleetRow& row(int row) const;
    [[nodiscard]] const domain::BreakerId& idAt(int row) const;
    /// -1 when the breaker is unknown or filtered away.
    [[nodiscard]] int rowOf(const domain::BreakerId& id) const;
    /// Filtered or not; nullptr when there is no such breaker.
    [[nodiscard]] const FleetRow* find(const domain::BreakerId& id) const;

    /// All breakers, filtered or not.
    [[nodiscard]] std::size_t totalCount() const { return m_rows.size(); }
    [[nodiscard]] const FleetSummary& summary() const { return m_summary; }

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    /// The filtered rows or the number of all breakers changed.
    void countsChanged(int shown, int total);
    /// After each apply(), once all numbers are in place.
    void applied();

private:
    struct Memory {
        RateWindow window;
        std::optional<Rates> rates;
        std::optional<domain::Totals> totals;
        std::uint64_t lastSequence = 0;  ///< of the transition that row.lastChange tells of
        std::optional<double> sortKey;
        int nameRank = 0;  ///< place among all names, also for ties
        int kindRank = 0;  ///< place among all kinds
    };
    enum class Keys { fresh, steady };

    void updateRow(Slot slot, const domain::Snapshot& snapshot, base::Time at);
    Slot addRow(const domain::Snapshot& snapshot);
    void removeVanished(const std::vector<bool>& seen);
    void rankRows();
    [[nodiscard]] std::optional<double> keyOf(Slot slot) const;
    void summarise(const domain::Frame& frame);
    [[nodiscard]] Slot slotOf(std::size_t position, const domain::Snapshot& snapshot);
    [[nodiscard]] bool passesFilter(const FleetRow& row) const;
    void refreshKeys(Keys keys);
    void sortByKeys(std::vector<Slot>& order) const;
    void rebuild(Keys keys);
    void announceCounts();

    std::vector<FleetRow> m_rows;  ///< per slot
    std::vector<Memory> m_memory;  ///< per slot
    std::unordered_map<domain::BreakerId, Slot> m_slots;
    FleetSummary m_summary;
    Column m_sortColumn = State;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    QString m_textFilter;
    QStringList m_words;
    StateGroups m_stateFilter;
    bool m_orderHeld = false;
    std::optional<base::Time> m_lastSort;
    int m_announcedShown = -1;
    int m_announcedTotal = -1;
};

}  // namespace fusebox::models
