#pragma once
// How often each recovery action helped: over all, and for each pattern of errors that it was to cure.
// Threads: GUI thread.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/recovery.h>

#include <QAbstractTableModel>

#include <memory>

namespace fusebox::models {

class RecoveryRatesModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Action, Pattern, Runs, Helped, AverageTime, ColumnCount };

    explicit RecoveryRatesModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// Either may be nullptr: nothing is known.
    void apply(const std::shared_ptr<const domain::RecoveryReport>& recovery,
               const std::shared_ptr<const domain::ErrorReport>& errors);

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const domain::RecoveryRate& rate(int row) const {
        return m_report->rates[static_cast<std::size_t>(row)];
    }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString patternOf(const domain::RecoveryRate& rate) const;

    std::shared_ptr<const domain::RecoveryReport> m_report;
    std::shared_ptr<const domain::ErrorReport> m_errors;
};

}  // namespace fusebox::models
