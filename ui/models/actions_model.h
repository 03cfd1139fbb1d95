#pragma once
// The recovery actions of all breakers, one row each: what runs and what is proposed stands first, then by breaker.
// Threads: GUI thread.
// Lifetime: standings are valid until the next apply().

#include <fusebox/domain/recovery.h>
#include <fusebox/models/arranged_model.h>

#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::models {

/// nullptr: it has no such action, or nobody knows of recovery.
[[nodiscard]] const domain::ActionStanding* actionOf(const domain::RecoveryReport* report,
                                                     const domain::BreakerId& breaker, domain::RecoveryAction action);

struct ActionKey {
    domain::BreakerId breaker;
    domain::RecoveryAction action = domain::RecoveryAction::none;

    bool operator==(const ActionKey&) const = default;
};

class ActionsModel final : public ArrangedModel {
    Q_OBJECT

public:
    enum Column { Breaker, Action, Mode, Standing, ThisHour, Helped, Last, ColumnCount };

    explicit ActionsModel(QObject* parent = nullptr) : ArrangedModel(parent) {}

    /// nullptr: there are no recovery actions.
    void apply(const std::shared_ptr<const domain::RecoveryReport>& report, base::WallTime now);

    /// Only rows with this in the name of the breaker, the group of actions or the standing. Empty: all.
    void setFilter(const QString& text);

    [[nodiscard]] int totalCount() const { return static_cast<int>(m_rows.size()); }
    /// How many run, are proposed, are locked.
    struct Attention {
        int running = 0;
        int proposed = 0;
        int locked = 0;
    };
    [[nodiscard]] Attention attention() const;

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] ActionKey key(int row) const { return {rowAt(row).breaker, rowAt(row).standing->action}; }
    /// -1: unknown or filtered away.
    [[nodiscard]] int rowOf(const ActionKey& key) const;
    [[nodiscard]] const std::shared_ptr<const domain::RecoveryReport>& report() const { return m_report; }

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        domain::BreakerId breaker;
        const domain::ActionStanding* standing = nullptr;  ///< in the report
        QString name;
        int rank = 0;  ///< running, proposed, locked, all others
        std::uint32_t judged = 0;
        std::uint32_t helped = 0;
    };

    [[nodiscard]] static std::vector<Row> rowsOf(const domain::RecoveryReport& report);
    [[nodiscard]] const Row& rowAt(int row) const { return m_rows[slotAt(row)]; }
    [[nodiscard]] QString textOf(const Row& row, Column column) const;
    void arrange();

    std::shared_ptr<const domain::RecoveryReport> m_report;
    std::vector<Row> m_rows;  ///< in the order in which they are shown
    QString m_filter;
    base::WallTime m_now{};
};

}  // namespace fusebox::models
