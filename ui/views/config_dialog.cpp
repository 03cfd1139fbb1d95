#include <fusebox/views/config_dialog.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/theme.h>
#include <fusebox/intent/reason.h>
#include <fusebox/views/config_form.h>
#include <fusebox/views/errand_text.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/widgets/state_lamp.h>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace fusebox::views {
namespace {

constexpr QSize kSize{1000, 720};
constexpr int kReasonLimit = 500;
constexpr int kSummaryRows = 4;

}  // namespace

ConfigDialog::ConfigDialog(LiveModels& models, ConfigPurpose purpose, const domain::Snapshot& snapshot,
                           const std::vector<domain::ConfigEntry>& begin, QWidget* parent)
    : QDialog(parent),
      m_models(models),
      m_purpose(purpose),
      m_breaker(snapshot.identity->id),
      m_draft(snapshot.detail->config()),
      m_detail(snapshot.detail),
      m_differences(tr("Live"), purpose == ConfigPurpose::shadow ? tr("Candidate") : tr("New")) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(purpose == ConfigPurpose::shadow ? tr("Candidate configuration") : tr("Configuration"));
    resize(kSize);
    m_draft.write(begin);
    m_form = new ConfigForm(m_draft);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    addHeading(snapshot, *layout);
    layout->addWidget(m_form, 1);
    addSummary(*layout);
    addButtons(*layout);
    connect(m_form, &ConfigForm::edited, this, &ConfigDialog::onEdit);
    connect(&m_models, &LiveModels::applied, this, &ConfigDialog::onFrame);
    connect(&m_models.desk(), &intent::CommandDesk::changed, this, &ConfigDialog::onErrand);
    refresh();
    m_form->focusFilter();
}

void ConfigDialog::addHeading(const domain::Snapshot& snapshot, QVBoxLayout& layout) {
    auto* name = new format::SafeLabel;
    const QString what = m_purpose == ConfigPurpose::shadow ? tr("Candidate beside %1") : tr("Configuration of %1");
    name->setForeignText(what.arg(format::SafeText::oneLine(snapshot.identity->name, format::SafeText::kNameLimit)));
    QFont large = name->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    name->setFont(large);
    auto* lamp = new widgets::StateLamp;
    lamp->setState(snapshot.state, snapshot.heldAs);
    auto* line = new QHBoxLayout;
    line->addWidget(name, 1);
    line->addWidget(lamp);
    layout.addLayout(line);
    auto* forecast = new QLabel;
    forecast->setTextFormat(Qt::PlainText);
    forecast->setText(m_purpose == ConfigPurpose::shadow
                          ? tr("The candidate sees the same outcomes as the live configuration and refuses no call. "
                               "It says what it would have done.")
                          : tr("What is changed is in force at once; the window and the state stay."));
    forecast->setForegroundRole(QPalette::PlaceholderText);
    layout.addWidget(forecast);
}

void ConfigDialog::addSummary(QVBoxLayout& layout) {
    m_summary = new QLabel;
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setAccessibleName(tr("What would change"));
    layout.addWidget(m_summary);
    m_table = new PlainTable;
    m_table->setAccessibleName(tr("What would change"));
    m_table->setModel(&m_differences);
    m_table->setColumnSamples(
        {QStringLiteral("half_open_failure_rate_threshold"), QStringLiteral("tumbling_aligned mm"), QString()});
    m_table->setEmptyText(tr("Nothing is changed yet."));
    m_table->setFrameShape(QFrame::StyledPanel);
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() +
                            kSummaryRows * m_table->verticalHeader()->defaultSectionSize() + 4);
    layout.addWidget(m_table);
    m_reason = new QLineEdit;
    m_reason->setMaxLength(kReasonLimit);
    m_reason->setPlaceholderText(intent::reasonHint(tr("trips too easily at night, OPS-1322")));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setObjectName(QStringLiteral("reason"));
    connect(m_reason, &QLineEdit::textChanged, this, &ConfigDialog::refresh);
    auto* caption = new QLabel(tr("R&eason:"));
    caption->setBuddy(m_reason);
    auto* line = new QHBoxLayout;
    line->addWidget(caption);
    line->addWidget(m_reason, 1);
    layout.addLayout(line);
}

void ConfigDialog::addButtons(QVBoxLayout& layout) {
    m_status = new QLabel;
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_status->setAccessibleName(tr("Status"));
    m_status->setMinimumHeight(m_status->fontMetrics().lineSpacing() * 2);
    m_confirm = new QPushButton;
    m_confirm->setObjectName(QStringLiteral("confirm"));
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("cancel"));
    // Enter in a field must neither send nor throw away.
    for (QPushButton* button : {m_confirm, m_cancel}) button->setAutoDefault(false);
    connect(m_confirm, &QPushButton::clicked, this, &ConfigDialog::submit);
    connect(m_cancel, &QPushButton::clicked, this, &ConfigDialog::reject);
    auto* line = new QHBoxLayout;
    line->addWidget(m_status, 1);
    line->addWidget(m_confirm);
    line->addWidget(m_cancel);
    layout.addLayout(line);
}

intent::Wish ConfigDialog::wish() const {
    intent::Wish wish;
    wish.kind = m_purpose == ConfigPurpose::shadow ? domain::CommandKind::shadow : domain::CommandKind::configure;
    if (m_draft.isValid()) wish.options = m_draft.entries();
    wish.reason = m_reason->text().trimmed();
    return wish;
}

QString ConfigDialog::obstacle() const {
    const models::FleetRow* row = m_models.fleet().find(m_breaker);
    if (row == nullptr) return tr("This breaker is no longer there.");
    if (!m_draft.isValid()) return format::SafeText::oneLine(m_draft.objection());
    if (m_draft.changes() == 0) return tr("Nothing is changed yet.");
    const intent::Possibility can = m_models.desk().possible(wish(), row->snapshot);
    if (!can.enabled) return can.whyNot;
    return intent::lackOf(m_reason->text());
}

void ConfigDialog::onEdit() {
    m_lossSaid = false;
    m_sent.reset();  // what became of the last try is not about these values
    m_pending = false;
    refresh();
}

void ConfigDialog::refresh() {
    m_differences.show(m_draft.differences());
    const std::uint64_t changes = m_draft.changes();
    const QString preset = m_draft.preset();
    QString summary = format::counted(changes, tr("change"), tr("changes"));
    if (!preset.isEmpty()) summary += tr(", it will be %1").arg(preset);
    m_summary->setText(summary);
    const QString verb = m_purpose == ConfigPurpose::shadow ? tr("Start with %1") : tr("Apply %1");
    m_confirm->setText(verb.arg(format::counted(changes, tr("change"), tr("changes"))));
    const QString why = obstacle();
    m_confirm->setEnabled(why.isEmpty() && !m_pending);
    if (!m_sent) say(why, m_draft.isValid() ? Voice::plain : Voice::bad);
}

void ConfigDialog::onFrame() {
    const models::FleetRow* row = m_models.fleet().find(m_breaker);
    if (row == nullptr) return refresh();
    if (row->snapshot.detail == m_detail || row->snapshot.detail == nullptr) return;
    const bool sameConfig = m_detail != nullptr && row->snapshot.detail->config() == m_detail->config();
    m_detail = row->snapshot.detail;
    if (sameConfig) return;
    m_draft.rebase(m_detail->config());
    m_form->refresh();
    refresh();
    if (!m_pending) {
        say(tr("The live configuration has just been changed: the live values here are the new ones."), Voice::bad);
    }
}

void ConfigDialog::submit() {
    const models::FleetRow* row = m_models.fleet().find(m_breaker);
    if (row == nullptr || !obstacle().isEmpty() || m_pending) return;
    m_pending = true;
    m_confirm->setEnabled(false);
    m_sent = m_models.desk().submit(wish(), row->snapshot);
    onErrand(*m_sent);
}

void ConfigDialog::onErrand(const domain::CommandId& id) {
    if (!m_sent || id != *m_sent) return;
    const intent::Errand* errand = m_models.desk().find(id);
    if (errand == nullptr) return;
    if (errand->status == domain::CommandStatus::applied) return accept();
    m_pending = errand->status == domain::CommandStatus::pending;
    say(textOf(*errand), m_pending ? Voice::good : Voice::bad);
    m_confirm->setEnabled(!m_pending && obstacle().isEmpty());
}

void ConfigDialog::say(const QString& text, Voice voice) {
    const format::Theme& theme = format::Theme::of(palette());
    QPalette palette = m_status->palette();
    palette.setColor(QPalette::WindowText, voice == Voice::bad    ? theme.danger
                                           : voice == Voice::good ? theme.accent
                                                                  : theme.mutedText);
    m_status->setPalette(palette);
    m_status->setText(text);
}

void ConfigDialog::reject() {
    if (m_draft.changes() == 0 || m_lossSaid) return QDialog::reject();
    m_lossSaid = true;
    say(tr("%1 would be lost. Press Cancel or Esc once more to throw them away.")
            .arg(format::counted(m_draft.changes(), tr("change"), tr("changes"))),
        Voice::bad);
}

}  // namespace fusebox::views
