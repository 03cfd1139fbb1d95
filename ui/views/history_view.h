#pragma once
// What happened before, from the journal: the states of all breakers over time with commands and notes on them, the
// figures of one breaker, and the events, searched and exported. All is asked for in the background. A hidden page asks
// nothing; it catches up when it is shown.
// Threads: GUI thread only.
// Time: frame time is its now.
// Lifetime: the models and the feed outlive it.

#include <fusebox/charts/history_window.h>
#include <fusebox/feed/history_feed.h>
#include <fusebox/models/stored_events_model.h>
#include <fusebox/views/history_places.h>
#include <fusebox/views/live_models.h>

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

namespace fusebox::charts {
class BandChart;
class RollupChart;
}  // namespace fusebox::charts
namespace fusebox::format {
class SafeLabel;
}

namespace fusebox::views {

class HistoryBar;
class NoteDialog;
class PlainTable;

/// Where the history comes from.
struct HistoryParts {
    feed::HistoryFeed* asked = nullptr;      ///< nullptr: none is written
    std::function<std::string()> trouble{};  ///< what is wrong with the journal, for a banner; empty: all is well
    HistoryStoreOf storeOf{};                ///< whose journals can be read; empty: that of `asked` alone
};

class HistoryView : public QWidget {
    Q_OBJECT
public:
    HistoryView(LiveModels& models, HistoryParts parts, QWidget* parent = nullptr);

    /// The history of this breaker: its events, its band, its figures.
    void showBreaker(const domain::BreakerId& breaker);
    void focusFilter();
    /// Writes what is searched for to this file.
    void exportTo(const QString& path, feed::ExportForm form);
    /// nullptr where no note can be written.
    NoteDialog* openNote();

    [[nodiscard]] HistoryBar& bar() { return *m_bar; }
    [[nodiscard]] charts::BandChart& bands() { return *m_bands; }
    [[nodiscard]] charts::RollupChart& rollups() { return *m_rollups; }
    [[nodiscard]] PlainTable& table() { return *m_table; }
    [[nodiscard]] models::StoredEventsModel& events() { return m_events; }
    [[nodiscard]] QString noticeText() const;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum class Page { first, again, next };

    void makeParts();
    void connectFeed();
    void onPlace();
    void onFrame();
    void goOn();
    void setWindow(const charts::HistoryWindow& window, bool follows);
    void ask();
    void askOverview();
    void askEvents(Page page);
    void askRollups();
    void onEvents(std::uint64_t question, const feed::Answer<journal::EventPage>& answer);
    void onOverview(std::uint64_t question, const feed::Answer<feed::Overview>& answer);
    void lookCloser(const feed::Overview& overview);
    void onRollups(std::uint64_t question, const feed::Answer<std::vector<journal::RollupPoint>>& answer);
    void onExported(std::size_t events, const QString& trouble);
    void choosePlace(feed::ExportForm form);
    void say(const QString& text);
    void showTrouble();
    void open(const QModelIndex& index);
    [[nodiscard]] journal::EventQuery query() const;
    [[nodiscard]] bool isAsking() const { return m_parts.asked != nullptr && isVisible() && m_begun; }

    LiveModels& m_models;
    const HistoryParts m_parts;
    models::StoredEventsModel m_events;
    HistoryBar* m_bar;
    HistoryPlaces* m_places = nullptr;  ///< nullptr: there is no journal
    format::SafeLabel* m_trouble;
    format::SafeLabel* m_notice;
    charts::BandChart* m_bands;
    charts::RollupChart* m_rollups;
    PlainTable* m_table;
    QTimer m_soon;   ///< after the last change of a row of changes
    QTimer m_later;  ///< while time goes on
    charts::HistoryWindow m_window;
    base::WallTime m_now{};
    std::optional<base::WallTime> m_picked;
    bool m_isFirstLook = true;  ///< no overview has come yet
    bool m_begun = false;       ///< the first frame has come
    bool m_follows = true;
    Page m_page = Page::first;
    std::uint64_t m_eventsQuestion = 0;
    std::uint64_t m_overviewQuestion = 0;
    std::uint64_t m_rollupsQuestion = 0;
    std::uint64_t m_namesQuestion = 0;
    QString m_exportPath;
};

}  // namespace fusebox::views
