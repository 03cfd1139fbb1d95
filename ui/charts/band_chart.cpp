#include <fusebox/charts/band_chart.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/state_look.h>
#include <fusebox/format/words.h>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace fusebox::charts {

namespace {

constexpr int kRowPadding = 8;
constexpr int kMarkReach = 5;  // pixels around the pointer that count as on a mark
constexpr double kWheelStep = 1.25;
constexpr double kKeyStep = 0.1;

}  // namespace

BandChart::BandChart(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    setAccessibleName(tr("States over time"));
    setAccessibleDescription(
        tr("Left and right move, plus and minus zoom, up and down choose a breaker, End goes to now."));
}

void BandChart::setWindow(const HistoryWindow& window) {
    if (window == m_window) return;
    m_window = window;
    viewport()->update();
}

void BandChart::show(std::vector<journal::Band> bands, std::vector<journal::StoredEvent> marks,
                     std::vector<journal::Note> notes) {
    m_bands = std::move(bands);
    m_notes = std::move(notes);
    m_names.clear();
    m_marks.assign(m_bands.size(), {});
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t band = 0; band < m_bands.size(); ++band) {
        const std::string& id = m_bands[band].breaker.value;
        m_names.push_back(format::SafeText::oneLine(id, format::SafeText::kNameLimit));
        places.emplace(id, band);
    }
    for (journal::StoredEvent& mark : marks) {
        const auto place = places.find(mark.breaker.value);
        if (place != places.end()) m_marks[place->second].push_back(std::move(mark));
    }
    reachRows();
    viewport()->update();
}

void BandChart::setMessage(const QString& message) {
    if (message == m_message) return;
    m_message = message;
    viewport()->update();
}

void BandChart::setChosen(const domain::BreakerId& breaker) {
    if (breaker == m_chosen) return;
    m_chosen = breaker;
    viewport()->update();
}

void BandChart::setPointed(std::optional<base::WallTime> at) {
    if (at == m_pointed) return;
    m_pointed = at;
    viewport()->update();
}

int BandChart::rowHeight() const {
    return fontMetrics().height() + kRowPadding;
}

int BandChart::axisHeight() const {
    return fontMetrics().height() + 6;
}

QRect BandChart::plotRect() const {
    return viewport()->rect().adjusted(kNameWidth, axisHeight(), -kRightMargin, 0);
}

QRect BandChart::bandRect(int band) const {
    const QRect plot = plotRect();
    return {plot.left(), plot.top() + band * rowHeight() - verticalScrollBar()->value(), plot.width(), rowHeight()};
}

double BandChart::xOf(base::WallTime at) const {
    const QRect plot = plotRect();
    return plot.left() + placeOf(m_window, at) * plot.width();
}

double BandChart::placeAt(double x) const {
    const QRect plot = plotRect();
    return std::clamp((x - plot.left()) / std::max(plot.width(), 1), 0.0, 1.0);
}

int BandChart::bandAt(int y) const {
    const int top = plotRect().top();
    if (y < top) return -1;
    const int band = (y - top + verticalScrollBar()->value()) / rowHeight();
    return band < bandCount() ? band : -1;
}

void BandChart::reachRows() {
    const int seen = plotRect().height();
    verticalScrollBar()->setPageStep(seen);
    verticalScrollBar()->setSingleStep(rowHeight());
    verticalScrollBar()->setRange(0, std::max(bandCount() * rowHeight() - seen, 0));
}

QString BandChart::markText(int band, double x) const {
    QStringList lines;
    for (const journal::StoredEvent& mark : m_marks[static_cast<std::size_t>(band)]) {
        if (std::abs(xOf(mark.at) - x) > kMarkReach || lines.size() >= 8) continue;
        lines << QStringLiteral("%1  %2").arg(format::clockTime(mark.at), format::SafeText::oneLine(mark.text, 200));
    }
    return lines.join(QLatin1Char('\n'));
}

QString BandChart::textAt(const QPoint& at) const {
    QStringList lines;
    const QRect plot = plotRect();
    if (at.x() >= plot.left()) {
        for (const journal::Note& note : m_notes) {
            if (std::abs(xOf(note.at) - at.x()) > kMarkReach) continue;
            const bool isHere =
                at.y() < plot.top() || note.breaker.value.empty() ||
                (bandAt(at.y()) >= 0 && m_bands[static_cast<std::size_t>(bandAt(at.y()))].breaker == note.breaker);
            if (isHere) {
                lines << tr("%1  Note of %2: %3")
                             .arg(format::clockTime(note.at), format::SafeText::oneLine(note.actor, 60),
                                  format::SafeText::oneLine(note.text));
            }
        }
    }
    const int band = bandAt(at.y());
    if (band < 0) return lines.join(QLatin1Char('\n'));
    lines.prepend(m_names[static_cast<std::size_t>(band)]);
    if (at.x() < plot.left()) return lines.join(QLatin1Char('\n'));
    const base::WallTime moment = momentAt(m_window, placeAt(at.x()));
    for (const journal::StateSpan& span : m_bands[static_cast<std::size_t>(band)].spans) {
        if (moment < span.from || moment >= span.to) continue;
        const QString state = span.state == domain::State::unknown ? tr("not recorded") : format::word(span.state);
        lines.insert(1, tr("%1 since %2, for %3")
                            .arg(state, format::dateTime(span.from).left(19),
                                 format::span(std::chrono::duration_cast<base::Duration>(span.to - span.from))));
    }
    const QString marks = markText(band, at.x());
    if (!marks.isEmpty()) lines << marks;
    return lines.join(QLatin1Char('\n'));
}

void BandChart::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    reachRows();
}

bool BandChart::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), format::SafeText::toolTip(textAt(help->pos())), viewport());
        return true;
    }
    if (event->type() == QEvent::Leave) emit pointedAt(std::nullopt);
    return QAbstractScrollArea::viewportEvent(event);
}

void BandChart::choose(const HistoryWindow& window) {
    if (window == m_window) return;
    setWindow(window);
    emit windowChosen(window);
}

// Over the names the wheel scrolls, over the bands it zooms.
void BandChart::wheelEvent(QWheelEvent* event) {
    const bool overNames = event->position().x() < plotRect().left();
    if (overNames || event->angleDelta().y() == 0) return QAbstractScrollArea::wheelEvent(event);
    const double steps = event->angleDelta().y() / 120.0;
    choose(zoomed(m_window, std::pow(kWheelStep, steps), placeAt(event->position().x()), m_now));
    event->accept();
}

void BandChart::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_pressed = event->pos();
    m_pressedWindow = m_window;
    m_dragged = false;
}

void BandChart::mouseMoveEvent(QMouseEvent* event) {
    if (m_pressed && event->buttons().testFlag(Qt::LeftButton)) {
        const int by = event->pos().x() - m_pressed->x();
        if (!m_dragged && std::abs(by) < 4) return;
        m_dragged = true;
        viewport()->setCursor(Qt::ClosedHandCursor);
        return choose(moved(m_pressedWindow, -double(by) / std::max(plotRect().width(), 1), m_now));
    }
    const bool isOnPlot = event->pos().x() >= plotRect().left();
    emit pointedAt(isOnPlot ? std::optional(momentAt(m_window, placeAt(event->pos().x()))) : std::nullopt);
}

void BandChart::mouseReleaseEvent(QMouseEvent* event) {
    viewport()->setCursor(Qt::ArrowCursor);
    if (!m_pressed || event->button() != Qt::LeftButton) return;
    m_pressed.reset();
    if (m_dragged) return;
    const int band = bandAt(event->pos().y());
    if (band < 0) return;
    setChosen(m_bands[static_cast<std::size_t>(band)].breaker);
    emit picked(m_chosen, momentAt(m_window, placeAt(event->pos().x())));
}

void BandChart::mouseDoubleClickEvent(QMouseEvent* event) {
    const int band = bandAt(event->pos().y());
    if (band >= 0) emit opened(domain::BreakerId(m_bands[static_cast<std::size_t>(band)].breaker));
}

void BandChart::chooseBand(int band) {
    if (bandCount() == 0) return;
    band = std::clamp(band, 0, bandCount() - 1);
    const int top = band * rowHeight();
    if (top < verticalScrollBar()->value()) verticalScrollBar()->setValue(top);
    const int below = top + rowHeight() - plotRect().height();
    if (below > verticalScrollBar()->value()) verticalScrollBar()->setValue(below);
    setChosen(m_bands[static_cast<std::size_t>(band)].breaker);
    emit picked(m_chosen, m_window.to);
}

void BandChart::keyPressEvent(QKeyEvent* event) {
    const auto chosen = std::find_if(m_bands.begin(), m_bands.end(),
                                     [this](const journal::Band& band) { return band.breaker == m_chosen; });
    const int band = chosen == m_bands.end() ? -1 : static_cast<int>(chosen - m_bands.begin());
    switch (event->key()) {
        case Qt::Key_Left:
            return choose(moved(m_window, -kKeyStep, m_now));
        case Qt::Key_Right:
            return choose(moved(m_window, kKeyStep, m_now));
        case Qt::Key_Plus:
            return choose(zoomed(m_window, kWheelStep, 0.5, m_now));
        case Qt::Key_Minus:
            return choose(zoomed(m_window, 1 / kWheelStep, 0.5, m_now));
        case Qt::Key_End:
            return choose(lastOf(m_window.span(), m_now));
        case Qt::Key_Up:
            return chooseBand(band - 1);
        case Qt::Key_Down:
            return chooseBand(band + 1);
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

QSize BandChart::sizeHint() const {
    return {kNameWidth * 4, axisHeight() + 8 * rowHeight()};
}

QSize BandChart::minimumSizeHint() const {
    return {kNameWidth * 2, axisHeight() + 3 * rowHeight()};
}

}  // namespace fusebox::charts
