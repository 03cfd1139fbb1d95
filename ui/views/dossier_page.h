#pragma once
// One dossier as a page: the sentence, the rules, the window, the load and the last outcomes.
// Threads: GUI thread only.

#include <fusebox/domain/dossier.h>
#include <fusebox/models/outcomes_model.h>

#include <QWidget>

#include <memory>
#include <vector>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace fusebox::format {
class SafeLabel;
}
namespace fusebox::widgets {
class RuleBars;
class SliceBars;
}  // namespace fusebox::widgets

namespace fusebox::views {

class PlainTable;

class DossierPage : public QWidget {
    Q_OBJECT
public:
    explicit DossierPage(QWidget* parent = nullptr);

    /// REQUIRES: dossier is not nullptr.
    void show(const std::shared_ptr<const domain::Dossier>& dossier);

private:
    void addSentences(QVBoxLayout& column);
    void addFigures(QVBoxLayout& column);
    void addOutcomes(QVBoxLayout& column);
    QLabel* addTitle(QVBoxLayout& column, const QString& text);
    format::SafeLabel* addFact(QGridLayout& grid, const QString& name);
    void showFacts(const domain::Dossier& dossier);
    void openOutcome(const QModelIndex& index);
    void fitOutcomes();

    QLabel* m_sentence = nullptr;
    QLabel* m_wait = nullptr;
    widgets::RuleBars* m_rules = nullptr;
    QLabel* m_windowTitle = nullptr;
    widgets::SliceBars* m_slices = nullptr;
    std::vector<format::SafeLabel*> m_facts;
    models::OutcomesModel m_outcomes;
    QLabel* m_outcomesTitle = nullptr;
    PlainTable* m_outcomesTable = nullptr;
};

}  // namespace fusebox::views
