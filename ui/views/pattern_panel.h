#pragma once
// All about one error pattern: why it counts as it does, how it is handled, its samples one by one with context and
// causes, and where it was seen. Which sample is looked at stays when newer ones come, unless it was the newest.
// Threads: GUI thread only.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/models/pattern_places_model.h>

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;

namespace fusebox::format {
class SafeLabel;
}

namespace fusebox::views {

class PlainTable;

class PatternPanel : public QWidget {
    Q_OBJECT
public:
    explicit PatternPanel(QWidget* parent = nullptr);

    /// nullptr: none is selected. The pattern is copied.
    void show(const domain::ErrorPattern* pattern, base::WallTime now);
    /// Said while no pattern is shown.
    void setEmptyText(const QString& text);

    enum class Form { text, json };
    void copy(Form form) const;

    [[nodiscard]] PlainTable& places() { return *m_placesTable; }
    [[nodiscard]] QString sampleShown() const;

signals:
    void breakerWanted(const fusebox::domain::BreakerId& breaker);
    /// `none`: whatever can be done about that breaker.
    void actionWanted(const fusebox::domain::BreakerId& breaker, fusebox::domain::RecoveryAction action);
    void tripWanted(const fusebox::domain::BreakerId& breaker, std::uint64_t transition);

private:
    QWidget* makeHead();
    QWidget* makeSamples();
    QWidget* makePlaces();
    void showSample();
    void step(int by);
    void open(const QModelIndex& index);
    [[nodiscard]] std::size_t chosenIndex() const;

    std::optional<domain::ErrorPattern> m_pattern;
    domain::ErrorRef m_chosen;  ///< null: the newest, whichever it is
    models::PatternPlacesModel m_places;
    QStackedWidget* m_stack;
    QLabel* m_empty;
    format::SafeLabel* m_name = nullptr;
    format::SafeLabel* m_category = nullptr;
    format::SafeLabel* m_handling = nullptr;
    QLabel* m_which = nullptr;
    QToolButton* m_newer = nullptr;
    QToolButton* m_older = nullptr;
    QToolButton* m_recovery = nullptr;
    QPlainTextEdit* m_sample = nullptr;
    PlainTable* m_placesTable = nullptr;
};

}  // namespace fusebox::views
