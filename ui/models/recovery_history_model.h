#pragma once
// What recovery actions were run, newest first, and whether each helped.
// Threads: GUI thread.

#include <fusebox/domain/recovery.h>
#include <fusebox/models/arranged_model.h>

#include <memory>

namespace fusebox::models {

class RecoveryHistoryModel final : public ArrangedModel {
    Q_OBJECT

public:
    enum Column { Time, Breaker, Action, By, States, Result, ColumnCount };

    explicit RecoveryHistoryModel(QObject* parent = nullptr) : ArrangedModel(parent) {}

    /// nullptr: none.
    void apply(const std::shared_ptr<const domain::RecoveryReport>& report, base::WallTime now);

    /// REQUIRES: 0 <= row < rowCount(). Valid until the next apply().
    [[nodiscard]] const domain::RecoveryOutcome& outcome(int row) const { return m_report->history[slotAt(row)]; }

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const domain::RecoveryReport> m_report;
    base::WallTime m_now{};
};

}  // namespace fusebox::models
