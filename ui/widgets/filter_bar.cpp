#include <fusebox/widgets/filter_bar.h>

#include <fusebox/format/icons.h>
#include <fusebox/format/numbers.h>

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

#include <chrono>

namespace fusebox::widgets {

namespace {

constexpr std::chrono::milliseconds kDelay{200};

}  // namespace

FilterBar::FilterBar(const QString& placeholder, QWidget* parent)
    : QWidget(parent), m_line(new QLineEdit(this)), m_counts(new QLabel(this)) {
    m_line->setPlaceholderText(placeholder);
    m_line->setAccessibleName(placeholder);
    m_line->installEventFilter(this);
    m_counts->setTextFormat(Qt::PlainText);
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    setFocusProxy(m_line);

    m_search = m_line->addAction(QIcon(), QLineEdit::LeadingPosition);
    m_clear = m_line->addAction(QIcon(), QLineEdit::TrailingPosition);
    m_clear->setText(tr("Clear the filter"));
    m_clear->setToolTip(tr("Clear the filter"));
    m_clear->setVisible(false);
    tintIcons();

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_line, 1);
    row->addWidget(m_counts);

    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelay);
    connect(&m_delay, &QTimer::timeout, this, &FilterBar::tellNow);
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_clear->setVisible(!text.isEmpty());
        m_delay.start();
    });
    connect(m_line, &QLineEdit::returnPressed, this, &FilterBar::tellNow);
    connect(m_clear, &QAction::triggered, this, &FilterBar::clear);
}

void FilterBar::setCounts(int shown, int total) {
    const QString all = format::count(static_cast<std::uint64_t>(total));
    m_counts->setText(shown == total ? all : tr("%1 of %2").arg(format::count(static_cast<std::uint64_t>(shown)), all));
}

void FilterBar::setText(const QString& text) {
    m_line->setText(text);
    tellNow();
}

QString FilterBar::text() const {
    return m_line->text();
}

void FilterBar::focusLine() {
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void FilterBar::clear() {
    setText(QString());
}

void FilterBar::tellNow() {
    m_delay.stop();
    const QString text = m_line->text();
    if (text == m_told) return;
    m_told = text;
    emit textFilterChanged(text);
}

void FilterBar::tintIcons() {
    m_search->setIcon(format::icon(QStringLiteral("search"), palette()));
    m_clear->setIcon(format::icon(QStringLiteral("clear"), palette()));
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event) {
    // Escape empties the line first; in an empty line it belongs to whoever holds the bar.
    if (watched == m_line && event->type() == QEvent::KeyPress && !m_line->text().isEmpty() &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) tintIcons();
    QWidget::changeEvent(event);
}

}  // namespace fusebox::widgets
