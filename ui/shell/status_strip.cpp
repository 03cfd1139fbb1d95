#include <fusebox/shell/status_strip.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>

#include <QGuiApplication>
#include <QLabel>
#include <QStatusBar>

namespace fusebox::shell {
namespace {

constexpr int kGap = 12;
constexpr std::chrono::seconds kLagPeriod{1};

// A tinted palette instead of a style sheet: it follows a theme change without parsing anything.
void tint(QWidget& widget, const QColor& colour) {
    QPalette palette = QGuiApplication::palette();
    palette.setColor(QPalette::WindowText, colour);
    widget.setPalette(palette);
}

QLabel* addFigure(QStatusBar& bar, const QString& tip) {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setToolTip(tip);
    label->setContentsMargins(kGap, 0, 0, 0);
    bar.addPermanentWidget(label);
    return label;
}

}  // namespace

StatusStrip::StatusStrip(QStatusBar& bar) : QObject(&bar), m_bar(bar), m_command(new format::SafeLabel) {
    m_command->setAccessibleName(tr("Last command"));
    bar.addWidget(m_command, 1);
    m_source = new format::SafeLabel;
    m_source->setAccessibleName(tr("Source"));
    m_source->setToolTip(tr("Where the breakers come from"));
    bar.addPermanentWidget(m_source);
    m_breakers = addFigure(bar, tr("Breakers that are watched"));
    m_lag = addFigure(bar, tr("How late the collector started its last call"));
    m_lost = addFigure(bar, tr("Events lost since the program started, because more came than could be kept"));
    m_feed = addFigure(bar, tr("Whether the figures are fresh: a new frame is due ten times a second"));
    setBreakers(0);
    restyle();
}

void StatusStrip::setSource(const QString& source) {
    m_source->setForeignText(source);
}

void StatusStrip::setFreshness(Freshness freshness) {
    if (freshness == m_freshness) return;
    m_freshness = freshness;
    showFreshness();
}

void StatusStrip::setLag(base::Duration lag, base::Time at) {
    if (m_lagShown && at - *m_lagShown < kLagPeriod) return;
    m_lagShown = at;
    m_lag->setText(tr("Lag %1").arg(format::latency(lag)));
}

void StatusStrip::setLostEvents(std::uint64_t count) {
    if (count == m_lostEvents) return;
    m_lostEvents = count;
    showLosses();
}

void StatusStrip::setBreakers(std::size_t count) {
    m_breakers->setText(format::counted(count, tr("breaker"), tr("breakers")));
}

void StatusStrip::setCommand(const QString& text, domain::CommandStatus status) {
    m_commandStatus = status;
    m_command->setForeignText(text);
    restyle();
}

void StatusStrip::restyle() {
    const format::Theme& theme = format::Theme::of(QGuiApplication::palette());
    const bool bad = m_commandStatus == domain::CommandStatus::refused ||
                     m_commandStatus == domain::CommandStatus::failed ||
                     m_commandStatus == domain::CommandStatus::unknown;
    tint(*m_command, bad ? theme.danger : theme.text);
    tint(*m_source, theme.mutedText);
    tint(*m_breakers, theme.mutedText);
    tint(*m_lag, theme.mutedText);
    showFreshness();
    showLosses();
}

void StatusStrip::showFreshness() {
    const format::Theme& theme = format::Theme::of(QGuiApplication::palette());
    switch (m_freshness) {
        case Freshness::waiting:
            m_feed->setText(tr("Waiting for data"));
            return tint(*m_feed, theme.mutedText);
        case Freshness::live:
            m_feed->setText(tr("● Live"));
            return tint(*m_feed, theme.stateClosed);
        case Freshness::stale:
            m_feed->setText(tr("▲ Stale: no data for 3 s"));
            return tint(*m_feed, theme.danger);
    }
}

void StatusStrip::showLosses() {
    const format::Theme& theme = format::Theme::of(QGuiApplication::palette());
    m_lost->setText(tr("%1 lost").arg(format::counted(m_lostEvents, tr("event"), tr("events"))));
    tint(*m_lost, m_lostEvents > 0 ? theme.danger : theme.mutedText);
}

}  // namespace fusebox::shell
