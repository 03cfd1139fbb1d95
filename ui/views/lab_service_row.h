#pragma once
// The controls for one service of the lab: one row of the lab panel's grid.
// Lifetime: the controls belong to the grid's widget, the row only steers them.

#include <fusebox/views/lab_control.h>

#include <QObject>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QPushButton;
class QSpinBox;
class QWidget;

namespace fusebox::views {

class LabServiceRow : public QObject {
    Q_OBJECT
public:
    /// The columns of the grid, left to right.
    enum Column { service, traffic, answer, latency, errors, retryAfter, recovery, heal, columnCount };
    [[nodiscard]] static QStringList columnTitles();

    LabServiceRow(LabControl& control, const LabService& first, QGridLayout& grid, int line);

    /// Shows the values in force; a control that is being edited keeps what the person typed.
    void show(const LabService& now);

private:
    void addName(const LabService& first, QGridLayout& grid, int line);
    void addFaultControls(const LabService& first, QGridLayout& grid, int line);
    void sendFaults();
    [[nodiscard]] LabFaults faultsShown() const;

    LabControl& m_control;
    std::string m_name;
    QDoubleSpinBox* m_traffic = nullptr;
    QComboBox* m_answer = nullptr;
    QSpinBox* m_latency = nullptr;
    QSpinBox* m_errors = nullptr;
    QSpinBox* m_retryAfter = nullptr;
    QSpinBox* m_recovery = nullptr;
    QPushButton* m_heal = nullptr;
};

}  // namespace fusebox::views
