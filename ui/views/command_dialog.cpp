#include <fusebox/views/command_dialog.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>
#include <fusebox/widgets/state_lamp.h>

#include <QComboBox>
#include <QFormLayout>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace fusebox::views {
namespace {

using namespace std::chrono_literals;

constexpr int kReasonLimit = 500;
constexpr int kWidth = 520;
constexpr std::array<std::chrono::minutes, 5> kHoldDurations{5min, 15min, 30min, 60min, 240min};
constexpr int kDefaultDuration = 2;

QString holdText(const domain::Hold& hold) {
    QString text = QStringLiteral("%1 by %2").arg(format::word(hold.mode), format::SafeText::oneLine(hold.who, 40));
    if (!hold.why.empty()) text += QStringLiteral(": ") + format::SafeText::oneLine(hold.why, 60);
    if (hold.remaining) text += CommandDialog::tr(", %1 left").arg(format::span(*hold.remaining));
    return text;
}

}  // namespace

CommandDialog::CommandDialog(LiveModels& models, BreakerAction action, const domain::Snapshot& snapshot,
                             QWidget* parent)
    : QDialog(parent),
      m_models(models),
      m_action(action),
      m_breaker(snapshot.identity->id),
      m_wish(wishOf(action, snapshot)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(intent::verb(m_wish));
    setMinimumWidth(kWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    addHeading(snapshot, *layout);
    addFields(snapshot, *layout);
    addButtons(*layout);
    setTabOrder(m_reason, m_confirm);
    setTabOrder(m_confirm, m_cancel);
    connect(&m_models, &LiveModels::applied, this, &CommandDialog::refresh);
    refresh();
    m_cancel->setFocus();
}

void CommandDialog::addHeading(const domain::Snapshot& snapshot, QVBoxLayout& layout) {
    auto* name = new format::SafeLabel;
    name->setForeignText(intent::verb(m_wish) + QLatin1Char(' ') + QString::fromStdString(snapshot.identity->name));
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

    auto* target = new format::SafeLabel;
    target->setForeignText(snapshot.identity->kind + "  " + snapshot.identity->target);
    target->setForegroundRole(QPalette::PlaceholderText);
    layout.addWidget(target);

    m_forecast = new QLabel;
    m_forecast->setTextFormat(Qt::PlainText);
    m_forecast->setWordWrap(true);
    m_forecast->setFrameShape(QFrame::StyledPanel);
    m_forecast->setMargin(10);
    m_forecast->setMinimumHeight(m_forecast->fontMetrics().lineSpacing() * 3 + 20);
    m_forecast->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_forecast->setAccessibleName(tr("What will happen"));
    layout.addWidget(m_forecast);
}

void CommandDialog::addFields(const domain::Snapshot& snapshot, QVBoxLayout& layout) {
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    if (m_wish.kind == domain::CommandKind::hold) addDurations(*form);
    if (m_wish.kind == domain::CommandKind::release) addHolds(snapshot, *form);
    m_reason = new QLineEdit;
    m_reason->setMaxLength(kReasonLimit);
    m_reason->setPlaceholderText(tr("Others will read it, for instance: deploying 1.4.2"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->installEventFilter(this);
    connect(m_reason, &QLineEdit::textChanged, this, &CommandDialog::refresh);
    form->addRow(tr("R&eason:"), m_reason);
    layout.addLayout(form);
}

void CommandDialog::addDurations(QFormLayout& form) {
    m_duration = new QComboBox;
    for (const std::chrono::minutes duration : kHoldDurations) {
        m_duration->addItem(format::span(duration), static_cast<int>(duration.count()));
    }
    m_duration->addItem(tr("Until it is released"));
    m_duration->setCurrentIndex(kDefaultDuration);
    m_duration->setAccessibleName(tr("Duration"));
    connect(m_duration, &QComboBox::currentIndexChanged, this, &CommandDialog::refresh);
    form.addRow(tr("&For:"), m_duration);
}

void CommandDialog::addHolds(const domain::Snapshot& snapshot, QFormLayout& form) {
    m_hold = new QComboBox;
    m_hold->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_hold->setMinimumContentsLength(30);
    for (auto hold = snapshot.holds.rbegin(); hold != snapshot.holds.rend(); ++hold) {
        m_hold->addItem(holdText(*hold), QVariant::fromValue<qulonglong>(hold->id.value));
    }
    m_hold->setAccessibleName(tr("Hold"));
    connect(m_hold, &QComboBox::currentIndexChanged, this, &CommandDialog::refresh);
    form.addRow(tr("&Hold:"), m_hold);
}

void CommandDialog::addButtons(QVBoxLayout& layout) {
    m_hint = new QLabel;
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_confirm = new QPushButton(intent::verb(m_wish));
    m_confirm->setObjectName(QStringLiteral("confirm"));
    m_confirm->setAutoDefault(false);
    connect(m_confirm, &QPushButton::clicked, this, &CommandDialog::submit);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_cancel->setDefault(true);
    connect(m_cancel, &QPushButton::clicked, this, &CommandDialog::reject);
    auto* line = new QHBoxLayout;
    line->addWidget(m_hint, 1);
    line->addWidget(m_confirm);
    line->addWidget(m_cancel);
    layout.addLayout(line);
}

bool CommandDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_reason && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            if (m_confirm->isEnabled()) m_confirm->setFocus();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

intent::Wish CommandDialog::wish() const {
    intent::Wish wish = m_wish;
    wish.reason = m_reason->text().trimmed();
    if (m_duration != nullptr && m_duration->currentData().isValid()) {
        wish.duration = std::chrono::minutes(m_duration->currentData().toInt());
    }
    if (m_hold != nullptr) wish.hold = domain::HoldId(m_hold->currentData().toULongLong());
    return wish;
}

void CommandDialog::refresh() {
    const models::FleetRow* row = m_models.fleet().find(m_breaker);
    if (row == nullptr) {
        m_forecast->setText(tr("This breaker is no longer there."));
        m_hint->clear();
        m_confirm->setEnabled(false);
        return;
    }
    const intent::Wish asked = wish();
    const intent::Possibility can = m_models.desk().possible(asked, row->snapshot);
    m_forecast->setText(can.enabled ? intent::preview(asked, row->snapshot, row->callsPerSecond) : can.whyNot);
    m_hint->setText(asked.reason.isEmpty() && can.enabled ? tr("A reason is required.") : QString());
    m_confirm->setEnabled(can.enabled && !asked.reason.isEmpty());
}

void CommandDialog::submit() {
    const models::FleetRow* row = m_models.fleet().find(m_breaker);
    if (row == nullptr || !m_confirm->isEnabled()) return;
    m_confirm->setEnabled(false);
    const domain::CommandId id = m_models.desk().submit(wish(), row->snapshot);
    emit submitted(id);
    accept();
}

}  // namespace fusebox::views
