#pragma once
// What the candidate configuration beside the live one would have done: verdict, both side by side, what differs.
// Threads: GUI thread only.

#include <fusebox/domain/snapshot.h>
#include <fusebox/models/differences_model.h>

#include <QWidget>

#include <array>
#include <memory>

class QGridLayout;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace fusebox::format {
class SafeLabel;
}
namespace fusebox::widgets {
class RuleBars;
}

namespace fusebox::views {

class ShadowPanel : public QWidget {
    Q_OBJECT
public:
    explicit ShadowPanel(QWidget* parent = nullptr);

    void apply(const domain::Snapshot& snapshot);
    void clear();
    [[nodiscard]] bool hasReport() const { return m_report != nullptr; }

signals:
    /// A new candidate, or a change of the one that runs.
    void startWanted();
    void endWanted();
    void adoptWanted();

private:
    enum Figure { State, Trips, Refused, RefusedGood, NotClosed, FigureCount };

    QWidget* makeEmpty();
    QWidget* makeReport();
    QWidget* makeFigures();
    void addFigure(QGridLayout& grid, Figure figure, const QString& name);
    void showDifferences(const domain::Snapshot& snapshot);
    void showFigures(const domain::Snapshot& snapshot);

    std::shared_ptr<const domain::ShadowReport> m_report;
    std::shared_ptr<const domain::Detail> m_detail;
    models::DifferencesModel m_differences;
    QStackedWidget* m_pages;
    format::SafeLabel* m_title = nullptr;
    QLabel* m_verdict = nullptr;
    QToolButton* m_start = nullptr;
    widgets::RuleBars* m_rules = nullptr;
    std::array<format::SafeLabel*, FigureCount> m_live{};
    std::array<format::SafeLabel*, FigureCount> m_candidate{};
};

}  // namespace fusebox::views
