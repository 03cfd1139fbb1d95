#include <fusebox/shell/stale_banner.h>

#include <fusebox/format/theme.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace fusebox::shell {

StaleBanner::StaleBanner(QWidget* parent) : QFrame(parent), m_text(new QLabel) {
    m_text->setTextFormat(Qt::PlainText);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(12, 6, 12, 6);
    line->addWidget(m_text);
    setAutoFillBackground(true);
    setAccessibleName(tr("Stale data"));
    tint();
    hide();
}

void StaleBanner::showSince(const QString& lastData) {
    m_text->setText(lastData.isEmpty()
                        ? tr("▲ No data has come yet. The collector may be stuck.")
                        : tr("▲ No new data since %1. Everything below is as it was then.").arg(lastData));
    show();
}

void StaleBanner::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    // Only the application's palette counts: setting our own sends this event as well.
    if (event->type() == QEvent::ApplicationPaletteChange) tint();
}

void StaleBanner::tint() {
    const format::Theme& theme = format::Theme::of(QGuiApplication::palette());
    QPalette colours = palette();
    colours.setColor(QPalette::Window, theme.stateOpen);
    colours.setColor(QPalette::WindowText, theme.textOnState);
    setPalette(colours);
}

}  // namespace fusebox::shell
