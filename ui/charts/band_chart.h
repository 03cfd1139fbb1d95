#pragma once
// The states of breakers over time, one band each, with what people did (commands, holds, recovery actions) and their
// notes on it. The wheel zooms around the pointer, dragging moves, a click picks a breaker and a moment. What is known
// stays in sight, at its place, until the answer for another span has come.
// Threads: GUI thread.
// Time: wall time, given with setNow().
// Limits: bands scroll; marks that would overlap are drawn as one.

#include <fusebox/charts/history_window.h>
#include <fusebox/format/theme.h>
#include <fusebox/journal/query.h>

#include <QAbstractScrollArea>

#include <optional>
#include <vector>

namespace fusebox::charts {

class BandChart : public QAbstractScrollArea {
    Q_OBJECT

public:
    /// The room for names beside the bands; charts below that share the time leave the same.
    static constexpr int kNameWidth = 170;
    static constexpr int kRightMargin = 14;

    explicit BandChart(QWidget* parent = nullptr);

    void setNow(base::WallTime now) { m_now = now; }
    void setWindow(const HistoryWindow& window);
    [[nodiscard]] const HistoryWindow& window() const { return m_window; }

    void show(std::vector<journal::Band> bands, std::vector<journal::StoredEvent> marks,
              std::vector<journal::Note> notes);
    void setMessage(const QString& message);

    /// The one whose figures are looked at; an empty id: none.
    void setChosen(const domain::BreakerId& breaker);
    [[nodiscard]] const domain::BreakerId& chosen() const { return m_chosen; }
    /// A moment that is pointed at elsewhere.
    void setPointed(std::optional<base::WallTime> at);

    [[nodiscard]] int bandCount() const { return static_cast<int>(m_bands.size()); }
    /// What stands at this point of the viewport, for the tooltip: plain text.
    [[nodiscard]] QString textAt(const QPoint& at) const;
    [[nodiscard]] QRect bandRect(int band) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// By wheel, drag or keyboard.
    void windowChosen(const fusebox::charts::HistoryWindow& window);
    void picked(const fusebox::domain::BreakerId& breaker, fusebox::base::WallTime at);
    /// Double click: only this breaker.
    void opened(const fusebox::domain::BreakerId& breaker);
    void pointedAt(std::optional<fusebox::base::WallTime> at);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int axisHeight() const;
    [[nodiscard]] QRect plotRect() const;
    [[nodiscard]] double xOf(base::WallTime at) const;
    [[nodiscard]] double placeAt(double x) const;
    [[nodiscard]] int bandAt(int y) const;
    [[nodiscard]] QString markText(int band, double x) const;
    void paintAxis(QPainter& painter, const format::Theme& theme) const;
    void paintBand(QPainter& painter, int band, const format::Theme& theme) const;
    void paintMarks(QPainter& painter, int band, const format::Theme& theme) const;
    void paintNotes(QPainter& painter, const format::Theme& theme) const;
    void reachRows();
    void choose(const HistoryWindow& window);
    void chooseBand(int band);

    HistoryWindow m_window;
    base::WallTime m_now{};
    std::vector<journal::Band> m_bands;
    std::vector<QString> m_names;
    std::vector<std::vector<journal::StoredEvent>> m_marks;  ///< of each band
    std::vector<journal::Note> m_notes;
    QString m_message;
    domain::BreakerId m_chosen;
    std::optional<base::WallTime> m_pointed;
    std::optional<QPoint> m_pressed;
    HistoryWindow m_pressedWindow;
    bool m_dragged = false;
};

}  // namespace fusebox::charts
