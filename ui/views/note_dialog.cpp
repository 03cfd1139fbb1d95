#include <fusebox/views/note_dialog.h>

#include <fusebox/format/safe_text.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace fusebox::views {
namespace {

constexpr int kTextLimit = 500;
constexpr int kWidth = 480;

}  // namespace

NoteDialog::NoteDialog(base::WallTime at, const domain::BreakerId& breaker, QString actor, QWidget* parent)
    : QDialog(parent),
      m_breaker(breaker),
      m_actor(std::move(actor)),
      m_text(new QLineEdit),
      m_at(new QDateTimeEdit(QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count()))),
      m_about(new QComboBox),
      m_pinned(new QCheckBox(tr("&Pin it to the bands of states"))) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Note"));
    setMinimumWidth(kWidth);
    m_text->setMaxLength(kTextLimit);
    m_text->setPlaceholderText(tr("For instance: deployed 1.4.2, or ticket 4711"));
    m_text->setAccessibleName(tr("Note"));
    m_at->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_at->setAccessibleName(tr("Moment"));
    m_about->setAccessibleName(tr("About"));
    if (!m_breaker.value.empty()) {
        m_about->addItem(format::SafeText::oneLine(m_breaker.value, format::SafeText::kNameLimit));
    }
    m_about->addItem(tr("All breakers"));
    m_pinned->setChecked(true);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Note:"), m_text);
    form->addRow(tr("&Moment:"), m_at);
    form->addRow(tr("&About:"), m_about);
    form->addRow(QString(), m_pinned);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_confirm = buttons->addButton(tr("Write down"), QDialogButtonBox::AcceptRole);
    m_confirm->setObjectName(QStringLiteral("confirm"));
    m_confirm->setEnabled(false);
    connect(m_text, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_confirm->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &NoteDialog::write);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(buttons);
    m_text->setFocus();
}

void NoteDialog::write() {
    if (!m_confirm->isEnabled()) return;
    journal::Note note;
    note.at = base::WallTime(std::chrono::milliseconds(m_at->dateTime().toMSecsSinceEpoch()));
    note.actor = m_actor.toStdString();
    const bool isAboutOne = !m_breaker.value.empty() && m_about->currentIndex() == 0;
    if (isAboutOne) note.breaker = m_breaker;
    note.text = m_text->text().trimmed().toStdString();
    note.pinned = m_pinned->isChecked();
    emit written(note);
    accept();
}

}  // namespace fusebox::views
