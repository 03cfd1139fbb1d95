#include <fusebox/views/attach_dialog.h>

#include <fusebox/format/safe_text.h>
#include <fusebox/format/theme.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace fusebox::views {
namespace {

constexpr int kWidth = 560;
constexpr int kAnswerLines = 4;

}  // namespace

AttachDialog::AttachDialog(AgentsControl& control, const AgentPlace& known, QWidget* parent)
    : QDialog(parent), m_control(control), m_former(known.name), m_savedPlaces(control.saved()) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(known.name.isEmpty() ? tr("Attach to an agent") : tr("Change an agent"));
    auto* column = new QVBoxLayout(this);
    auto* form = new QFormLayout;
    column->addLayout(form);
    addTexts(*form);
    addFiles(*form);
    addAnswer();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_test = buttons->addButton(tr("&Test connection"), QDialogButtonBox::ActionRole);
    m_attach = buttons->addButton(tr("&Attach"), QDialogButtonBox::AcceptRole);
    m_attach->setDefault(true);
    column->addWidget(buttons);
    connect(m_test, &QPushButton::clicked, this, &AttachDialog::test);
    connect(buttons, &QDialogButtonBox::accepted, this, &AttachDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_control, &AgentsControl::checked, this, &AttachDialog::onChecked);
    connect(&m_control, &AgentsControl::tokenNoteChanged, this, [this] { m_note->setText(m_control.tokenNote()); });
    for (QLineEdit* line : {m_name, m_url}) connect(line, &QLineEdit::textChanged, this, &AttachDialog::enableButtons);
    fill(known.name.isEmpty() ? control.found() : known);
    enableButtons();
    setMinimumWidth(kWidth);
    (known.name.isEmpty() ? m_url : m_token)->setFocus();
}

QLineEdit* AttachDialog::addLine(QFormLayout& form, const QString& label, const QString& hint) {
    auto* line = new QLineEdit;
    line->setPlaceholderText(hint);
    form.addRow(label, line);
    return line;
}

QLineEdit* AttachDialog::addFile(QFormLayout& form, const QString& label, const QString& hint) {
    auto* line = new QLineEdit;
    line->setPlaceholderText(hint);
    auto* choose = new QToolButton;
    choose->setText(tr("..."));
    choose->setToolTip(tr("Choose a file"));
    choose->setAccessibleName(tr("Choose a file"));
    connect(choose, &QToolButton::clicked, this, [this, line] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Choose a file"), line->text());
        if (!file.isEmpty()) line->setText(file);
    });
    auto* row = new QHBoxLayout;
    row->addWidget(line, 1);
    row->addWidget(choose);
    form.addRow(label, row);
    qobject_cast<QLabel*>(form.labelForField(row))->setBuddy(line);
    return line;
}

void AttachDialog::addTexts(QFormLayout& form) {
    if (m_former.isEmpty() && !m_savedPlaces.isEmpty()) {
        m_saved = new QComboBox;
        m_saved->addItem(tr("A new one"));
        for (const AgentPlace& place : m_savedPlaces) m_saved->addItem(format::SafeText::caption(place.name));
        form.addRow(tr("&Saved"), m_saved);
        connect(m_saved, &QComboBox::activated, this, &AttachDialog::showSaved);
    }
    m_url = addLine(form, tr("&URL"), tr("https://host:7420"));
    m_name = addLine(form, tr("&Name"), tr("how its breakers are told apart: NAME/breaker"));
    m_token = addLine(form, tr("T&oken"), tr("as kept, if it is saved already"));
    m_token->setEchoMode(QLineEdit::Password);
    m_note = new QLabel(m_control.tokenNote());
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    form.addRow(QString(), m_note);
}

void AttachDialog::addFiles(QFormLayout& form) {
    m_tokenFile = addFile(form, tr("Token &file"), tr("instead of a token: it is read at each start"));
    m_caFile = addFile(form, tr("Trusted &authorities"), tr("PEM file; empty: those of the system"));
    m_fingerprint = addLine(form, tr("&Fingerprint"), tr("SHA-256 of the one certificate to trust; empty: none"));
    m_atStart = new QCheckBox(tr("&Connect when the program starts"));
    form.addRow(QString(), m_atStart);
}

void AttachDialog::addAnswer() {
    m_answer = new QPlainTextEdit;
    m_answer->setReadOnly(true);
    m_answer->setAccessibleName(tr("What the test said"));
    m_answer->setTabChangesFocus(true);
    m_answer->setFixedHeight(fontMetrics().lineSpacing() * kAnswerLines + 2 * m_answer->frameWidth() + 8);
    layout()->addWidget(m_answer);
    m_trust = new QPushButton(tr("I have compared it: trust this &certificate"));
    m_trust->setAutoDefault(false);
    m_trust->hide();
    layout()->addWidget(m_trust);
    connect(m_trust, &QPushButton::clicked, this, &AttachDialog::trustShown);
}

void AttachDialog::fill(const AgentPlace& place) {
    m_name->setText(place.name);
    m_url->setText(place.url);
    m_token->setText(place.token);
    m_tokenFile->setText(place.tokenFile);
    m_caFile->setText(place.caFile);
    m_fingerprint->setText(place.fingerprint);
    m_atStart->setChecked(place.atStart);
}

void AttachDialog::showSaved(int index) {
    const bool isSaved = index > 0 && index <= m_savedPlaces.size();
    const AgentPlace place = isSaved ? m_savedPlaces[index - 1] : AgentPlace();
    m_former = place.name;
    fill(place);
}

AgentPlace AttachDialog::place() const {
    AgentPlace place;
    place.name = m_name->text().trimmed();
    place.url = m_url->text().trimmed();
    place.token = m_token->text().trimmed();
    place.tokenFile = m_tokenFile->text().trimmed();
    place.caFile = m_caFile->text().trimmed();
    place.fingerprint = m_fingerprint->text().trimmed();
    place.atStart = m_atStart->isChecked();
    return place;
}

QString AttachDialog::said() const {
    return m_answer->toPlainText();
}

void AttachDialog::enableButtons() {
    const bool hasUrl = !m_url->text().trimmed().isEmpty();
    m_test->setEnabled(hasUrl);
    m_attach->setEnabled(hasUrl && !m_name->text().trimmed().isEmpty());
}

void AttachDialog::test() {
    say(tr("Trying ..."), false);
    m_test->setEnabled(false);
    m_control.check(place());
}

void AttachDialog::onChecked(const ConnectionCheck& check) {
    enableButtons();
    say(check.text, !check.works);
    if (check.fingerprint.isEmpty()) return;
    m_shownFingerprint = check.fingerprint;
    m_trust->show();
}

void AttachDialog::trustShown() {
    m_fingerprint->setText(m_shownFingerprint);
    m_trust->hide();
    test();
}

void AttachDialog::say(const QString& text, bool isBad) {
    m_trust->hide();
    m_answer->setPlainText(format::SafeText::block(text));
    const format::Theme& theme = format::Theme::of(palette());
    QPalette colours = palette();
    colours.setColor(QPalette::Text, isBad ? theme.danger : theme.text);
    m_answer->setPalette(colours);
}

void AttachDialog::accept() {
    const QString whyNot = m_control.attach(place(), m_former);
    if (!whyNot.isEmpty()) return say(whyNot, true);
    QDialog::accept();
}

}  // namespace fusebox::views
