#pragma once
// What of the history is looked at: text, breaker, actor, kind; how long a time; and the ways out: notes and exports.
// Threads: GUI thread only.

#include <fusebox/charts/history_window.h>
#include <fusebox/feed/history_feed.h>

#include <QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace fusebox::widgets {
class FilterBar;
}

namespace fusebox::views {

class HistoryBar : public QWidget {
    Q_OBJECT
public:
    explicit HistoryBar(QWidget* parent = nullptr);

    /// The names to choose from; what is chosen stays.
    void offer(const feed::HistoryNames& names);
    /// Text, breaker, actor and kinds; the rest is left as it is.
    void fill(journal::EventQuery& query) const;
    void chooseBreaker(const domain::BreakerId& breaker);
    [[nodiscard]] domain::BreakerId breaker() const;
    void clear();
    void focusLine();

    /// The agents whose journals can be read; without any there is no such choice. The place of one that is gone is left.
    void offerPlaces(const std::vector<std::string>& agents);
    void choosePlace(const std::string& agent);
    /// Empty: this console.
    [[nodiscard]] std::string place() const;

    /// "26 Nov 14:00 to 15:00, 1 h"; `follows`: its end is now.
    void showWindow(const charts::HistoryWindow& window, bool follows);
    void setCounts(int shown, bool more);
    void setNotesPossible(bool possible);
    /// While one is written the button cancels it.
    void setExporting(bool exporting);

signals:
    void filterChanged();
    void placeChosen();
    void spanWanted(fusebox::base::Duration span);
    void nowWanted();
    void noteWanted();
    void exportWanted(fusebox::feed::ExportForm form);
    void exportCancelled();

private:
    QComboBox* addChoice(const QString& name, const QStringList& entries, int width);
    QToolButton* addButton(const QString& text, const QString& name, const QString& tip);
    QWidget* makeFilters();
    QWidget* makeTime();

    widgets::FilterBar* m_text;
    QComboBox* m_breaker = nullptr;
    QComboBox* m_actor = nullptr;
    QComboBox* m_kind = nullptr;
    QComboBox* m_place = nullptr;
    QLabel* m_counts = nullptr;
    QLabel* m_window = nullptr;
    QToolButton* m_now = nullptr;
    QToolButton* m_note = nullptr;
    QToolButton* m_export = nullptr;
    QToolButton* m_cancel = nullptr;
    std::vector<std::string> m_breakers;
    std::vector<std::string> m_actors;
    std::vector<std::string> m_places;
};

}  // namespace fusebox::views
