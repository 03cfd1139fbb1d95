#pragma once
// What is known of one breaker in tabs: its trips, last errors, transitions, holds, the configuration in force.
// Threads: GUI thread only.

#include <fusebox/domain/frame.h>
#include <fusebox/models/config_model.h>
#include <fusebox/models/errors_model.h>
#include <fusebox/models/transitions_model.h>

#include <QObject>

#include <cstdint>

class QTabWidget;
class QToolButton;

namespace fusebox::format {
class SafeLabel;
}

namespace fusebox::views {

class BreakerPatterns;
class DossierPanel;
class HoldsPanel;
class PlainTable;
class ShadowPanel;

class BreakerTables : public QObject {
    Q_OBJECT
public:
    /// Adds its tables as tabs.
    explicit BreakerTables(QTabWidget& tabs);

    void apply(const domain::Snapshot& snapshot);
    /// What the frame knows of the breaker besides its snapshot. Once more whenever the tab is turned.
    void applyErrors(const domain::FrameRef& frame, const domain::BreakerId& breaker);
    void clear();

    [[nodiscard]] DossierPanel& dossiers() { return *m_dossiers; }
    [[nodiscard]] BreakerPatterns& patterns() { return *m_patterns; }
    [[nodiscard]] ShadowPanel& shadow() { return *m_shadow; }
    [[nodiscard]] HoldsPanel& holds() { return *m_holds; }

signals:
    /// A window of its own for the trip of this sequence number.
    void dossierWanted(std::uint64_t sequence);
    void configureWanted();

private:
    void addConfiguration();
    PlainTable* makeTable(QAbstractItemModel& model, const QString& name, const QStringList& samples,
                          const QString& emptyText);
    PlainTable* addTable(QAbstractItemModel& model, const QString& name, const QStringList& samples,
                         const QString& emptyText);
    void openTransition(const QModelIndex& index);
    void showCount(QWidget* tab, const QString& name, int count);
    void openError(const QModelIndex& index);

    QTabWidget& m_tabs;
    DossierPanel* m_dossiers;
    models::ErrorsModel m_errors;
    models::TransitionsModel m_transitions;
    models::ConfigModel m_config;
    BreakerPatterns* m_patterns;
    HoldsPanel* m_holds;
    ShadowPanel* m_shadow;
    PlainTable* m_errorsTable = nullptr;
    PlainTable* m_transitionsTable = nullptr;
    format::SafeLabel* m_preset = nullptr;
    QToolButton* m_edit = nullptr;
};

}  // namespace fusebox::views
