#include <fusebox/views/config_row.h>

#include <fusebox/format/icons.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/theme.h>

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>

namespace fusebox::views {
namespace {

constexpr int kFieldWidth = 190;
constexpr int kLongest = 200;  // as the gate takes it
constexpr int kMarkWidth = 3;

/// Scrolling past a field must not change it.
class CalmCombo : public QComboBox {
protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

}  // namespace

ConfigRow::ConfigRow(const models::DraftOption& option, int nameWidth)
    : m_shown(option), m_name(new QLabel), m_revert(new QToolButton), m_note(new format::SafeLabel) {
    m_name->setTextFormat(Qt::PlainText);
    m_name->setText(option.name);
    m_name->setFixedWidth(nameWidth);
    m_name->setToolTip(format::SafeText::toolTip(option.help + QLatin1Char('\n') + tr("Allowed: ") + option.allowed));
    QWidget* field = makeField();
    field->setFixedWidth(kFieldWidth);
    field->setAccessibleName(option.name);
    m_name->setBuddy(field);
    m_revert->setAutoRaise(true);
    m_revert->setFocusPolicy(Qt::StrongFocus);
    m_revert->setAccessibleName(tr("Take back %1").arg(option.name));
    QSizePolicy keepsPlace = m_revert->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_revert->setSizePolicy(keepsPlace);
    connect(m_revert, &QToolButton::clicked, this, [this, field] {
        field->setFocus();
        emit reverted();
    });
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(kMarkWidth + 7, 1, 8, 1);
    line->setSpacing(6);
    line->addWidget(m_name);
    line->addWidget(field);
    line->addWidget(m_revert);
    line->addWidget(m_note, 1);
    m_shown = {};
    show(option);
}

QWidget* ConfigRow::makeField() {
    if (m_shown.choices.isEmpty()) {
        m_line = new QLineEdit;
        m_line->setMaxLength(kLongest);
        connect(m_line, &QLineEdit::textEdited, this, &ConfigRow::typed);
        return m_line;
    }
    m_choice = new CalmCombo;
    m_choice->setFocusPolicy(Qt::StrongFocus);
    m_choice->addItems(m_shown.choices);
    connect(m_choice, &QComboBox::textActivated, this, &ConfigRow::typed);
    return m_choice;
}

QWidget* ConfigRow::field() const {
    if (m_line != nullptr) return m_line;
    return m_choice;
}

void ConfigRow::show(const models::DraftOption& option) {
    if (option == m_shown) return;
    m_shown = option;
    if (m_line != nullptr && m_line->text() != option.text) m_line->setText(option.text);
    if (m_choice != nullptr) m_choice->setCurrentIndex(m_choice->findText(option.text.trimmed()));
    m_revert->setVisible(option.changed);
    m_revert->setToolTip(format::SafeText::toolTip(tr("Back to the live value: %1").arg(option.live)));
    QFont font = m_name->font();
    font.setBold(option.changed);
    m_name->setFont(font);
    m_note->setForeignText(note());
    field()->setAccessibleDescription(note());
    tint();
}

QString ConfigRow::note() const {
    if (!m_shown.objection.isEmpty()) return tr("Not allowed. Allowed: %1").arg(m_shown.objection);
    const QString help =
        m_shown.choices.isEmpty() ? QStringLiteral("%1 (%2)").arg(m_shown.help, m_shown.allowed) : m_shown.help;
    return m_shown.changed ? tr("Live: %1. %2").arg(m_shown.live, help) : help;
}

bool ConfigRow::matches(const QString& words) const {
    const QStringList all = words.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(all.begin(), all.end(), [this](const QString& word) {
        return m_shown.name.contains(word, Qt::CaseInsensitive) || m_shown.help.contains(word, Qt::CaseInsensitive);
    });
}

void ConfigRow::tint() {
    const format::Theme& theme = format::Theme::of(palette());
    const bool wrong = !m_shown.objection.isEmpty();
    const auto colour = [](QWidget& widget, const QColor& with) {
        QPalette palette = widget.palette();
        palette.setColor(QPalette::WindowText, with);
        palette.setColor(QPalette::Text, with);
        widget.setPalette(palette);
    };
    colour(*m_note, wrong ? theme.danger : m_shown.changed ? theme.text : theme.mutedText);
    if (m_line != nullptr) colour(*m_line, wrong ? theme.danger : theme.text);
    m_revert->setIcon(format::icon(QStringLiteral("reset"), palette()));
    update();
}

void ConfigRow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_note != nullptr) tint();
}

// A bar at the edge marks what was changed: seen while scrolling, and not by colour alone, since the name is bold.
void ConfigRow::paintEvent(QPaintEvent*) {
    if (!m_shown.changed) return;
    const format::Theme& theme = format::Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(QRect(0, 1, kMarkWidth, height() - 2), m_shown.objection.isEmpty() ? theme.accent : theme.danger);
}

}  // namespace fusebox::views
