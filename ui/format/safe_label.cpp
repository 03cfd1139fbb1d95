#include <fusebox/format/safe_label.h>

#include <fusebox/format/safe_text.h>

#include <QEvent>
#include <QResizeEvent>

namespace fusebox::format {

SafeLabel::SafeLabel(QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SafeLabel::setForeignText(std::string_view utf8) {
    setForeignText(SafeText::block(utf8, SafeText::kLineLimit));
}

void SafeLabel::setForeignText(const QString& text) {
    QString line = SafeText::oneLine(text);
    if (line == m_full) return;
    m_full = std::move(line);
    if (accessibleName() == m_nameByText) {
        m_nameByText = m_full;
        setAccessibleName(m_full);
    } else {
        setAccessibleDescription(m_full);
    }
    updateGeometry();
    elide();
}

void SafeLabel::setElideMode(Qt::TextElideMode mode) {
    m_mode = mode;
    elide();
}

QSize SafeLabel::sizeHint() const {
    const QMargins margins = contentsMargins();
    return {fontMetrics().horizontalAdvance(m_full) + margins.left() + margins.right() + 2,
            QLabel::minimumSizeHint().height()};
}

QSize SafeLabel::minimumSizeHint() const {
    return {fontMetrics().horizontalAdvance(QStringLiteral("…")), QLabel::minimumSizeHint().height()};
}

void SafeLabel::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    elide();
}

void SafeLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) elide();
}

void SafeLabel::elide() {
    const QString visible = fontMetrics().elidedText(m_full, m_mode, contentsRect().width());
    setToolTip(visible == m_full ? QString() : SafeText::toolTip(m_full));
    if (visible != text()) setText(visible);
}

}  // namespace fusebox::format
