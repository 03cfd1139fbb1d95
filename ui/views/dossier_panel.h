#pragma once
// "Why is it open?": the dossiers of a breaker's last trips, one page each, the newest at first. Which trip is looked at
// stays when newer ones come, unless it was the newest.
// Threads: GUI thread only.

#include <fusebox/domain/snapshot.h>

#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QScrollArea;
class QStackedWidget;
class QToolButton;

namespace fusebox::views {

class DossierPage;

class DossierPanel : public QWidget {
    Q_OBJECT
public:
    explicit DossierPanel(QWidget* parent = nullptr);

    void apply(const domain::Snapshot& snapshot);
    void clear();

    /// Shows the trip with this sequence number; false when its dossier is not kept.
    bool choose(std::uint64_t sequence);
    [[nodiscard]] bool has(std::uint64_t sequence) const;
    /// The newest again, also when newer ones come.
    void followNewest();
    /// nullptr: there is none.
    [[nodiscard]] std::shared_ptr<const domain::Dossier> shown() const;
    [[nodiscard]] int count() const { return static_cast<int>(m_dossiers.size()); }
    /// The button that asks for a window of its own is of no use inside of that.
    void hideWindowButton();

signals:
    /// A window of its own for the trip that is shown.
    void windowWanted();

private:
    enum class Form { text, json };

    QWidget* makeBar();
    void listTrips();
    void onChosen(int index);
    void step(int by);
    void showChosen();
    void copy(Form form) const;

    domain::BreakerId m_breaker;
    QString m_name;
    std::vector<std::shared_ptr<const domain::Dossier>> m_dossiers;  ///< newest first
    std::optional<std::uint64_t> m_chosen;                           ///< nothing: the newest, whichever it is
    QStackedWidget* m_stack;
    QComboBox* m_trips = nullptr;
    QToolButton* m_newer = nullptr;
    QToolButton* m_older = nullptr;
    QToolButton* m_window = nullptr;
    QScrollArea* m_scroll = nullptr;
    DossierPage* m_page = nullptr;
};

}  // namespace fusebox::views
