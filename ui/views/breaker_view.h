#pragma once
// Everything about the breaker that is looked at: state diagram, charts, errors, transitions, holds, configuration.
// Where there is room the lists stand beside the charts, else behind them.
// Threads: GUI thread only.
// Lifetime: the models outlive it.

#include <fusebox/views/live_models.h>

#include <QWidget>

class QLabel;
class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace fusebox::widgets {
class StateDiagram;
}

namespace fusebox::views {

class BreakerTables;
class ChartsPanel;

class BreakerView : public QWidget {
    Q_OBJECT
public:
    explicit BreakerView(LiveModels& models, QWidget* parent = nullptr);

    /// 0: no motion (pictures, tests), 1: as designed.
    void setMotionScale(double scale);

    [[nodiscard]] ChartsPanel& charts() { return *m_charts; }
    [[nodiscard]] QTabWidget& lists() { return *m_lists; }
    [[nodiscard]] BreakerTables& tables() { return *m_tables; }
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray& state);
    void resetState();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Arrangement { compact, wide };

    QWidget* makeBody();
    void arrange(Arrangement arrangement);
    void showSpanSwitch();
    void onTab();
    void refresh();
    void showSelected();
    [[nodiscard]] QString emptyText() const;

    LiveModels& m_models;
    QStackedWidget* m_pages;
    QLabel* m_empty;
    QSplitter* m_splitter = nullptr;
    widgets::StateDiagram* m_diagram = nullptr;
    ChartsPanel* m_charts = nullptr;
    QWidget* m_wideCharts = nullptr;  ///< holds the charts and their switch where there is room
    QTabWidget* m_lists = nullptr;
    BreakerTables* m_tables = nullptr;
    std::optional<Arrangement> m_arrangement;
};

}  // namespace fusebox::views
