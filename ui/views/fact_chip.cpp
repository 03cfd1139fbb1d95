#include <fusebox/views/fact_chip.h>

#include <fusebox/format/icons.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

namespace fusebox::views {

FactChip::FactChip(const QString& name, const QString& icon, std::optional<widgets::GaugeSense> gauge)
    : m_iconName(icon), m_text(new format::SafeLabel) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(5);
    if (!icon.isEmpty()) {
        m_icon = new QLabel;
        line->addWidget(m_icon);
        tintIcon();
    }
    if (gauge) {
        m_gauge = new widgets::Gauge(*gauge);
        m_gauge->setAccessibleName(name);
        line->addWidget(m_gauge);
    }
    line->addWidget(m_text, 1);
    m_text->setAccessibleName(name);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hide();
}

void FactChip::setFact(const models::Fact& fact, std::optional<double> share) {
    setVisible(!fact.text.isEmpty());
    if (fact.text.isEmpty()) return forgetWidth();
    m_text->setForeignText(fact.text);
    setToolTip(format::SafeText::toolTip(fact.text + QLatin1Char('\n') + fact.more));
    if (m_gauge != nullptr && share) m_gauge->setShare(*share);
    m_widest = std::max(m_widest, QWidget::sizeHint().width());
}

QSize FactChip::sizeHint() const {
    const QSize now = QWidget::sizeHint();
    return {std::max(now.width(), m_widest), now.height()};
}

void FactChip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_widest = 0;
        tintIcon();
    }
}

void FactChip::tintIcon() {
    if (m_icon == nullptr) return;
    const int side = fontMetrics().height();
    m_icon->setPixmap(format::icon(m_iconName, palette()).pixmap(side, side));
}

}  // namespace fusebox::views
