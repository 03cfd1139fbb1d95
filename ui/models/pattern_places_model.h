#pragma once
// Where the errors of a pattern were seen: its breakers, most errors first, then the trips that they belong to, newest
// first.
// Threads: GUI thread.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/models/arranged_model.h>

#include <optional>
#include <vector>

namespace fusebox::models {

/// A breaker, or one of its trips.
struct PatternPlace {
    domain::BreakerId breaker;
    std::optional<std::uint64_t> transition;  ///< nothing: the breaker itself
    base::WallTime at{};                      ///< of the trip
    std::uint64_t count = 0;
    std::optional<double> share;

    bool operator==(const PatternPlace&) const = default;
    [[nodiscard]] bool isSame(const PatternPlace& other) const {
        return breaker == other.breaker && transition == other.transition;
    }
};

class PatternPlacesModel final : public ArrangedModel {
    Q_OBJECT

public:
    enum Column { What, Breaker, When, Errors, Share, ColumnCount };

    explicit PatternPlacesModel(QObject* parent = nullptr);

    /// nullptr: none.
    void apply(const domain::ErrorPattern* pattern, base::WallTime now);

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const PatternPlace& place(int row) const { return m_places[slotAt(row)]; }

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<PatternPlace> m_places;
    base::WallTime m_now{};
};

}  // namespace fusebox::models
