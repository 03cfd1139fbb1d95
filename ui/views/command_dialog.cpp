#include <fusebox/views/command_dialog.h>

#include <fusebox/command/pace_limit.h>
#include <fusebox/domain/frame.h>
#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>
#include <fusebox/intent/reason.h>
#include <fusebox/models/actions_model.h>
#include <fusebox/widgets/state_lamp.h>

#include <QComboBox>
#include <QFormLayout>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <tuple>

namespace fusebox::views {
namespace {

using namespace std::chrono_literals;

constexpr int kReasonLimit = 500;
constexpr int kWidth = 520;
constexpr qsizetype kCaptionLimit = 40;
constexpr std::array<std::chrono::minutes, 5> kHoldDurations{5min, 15min, 30min, 60min, 240min};
/// As many as pass the gate within a minute; a group's command counts once.
constexpr std::size_t kMostAtOnce = command::PaceLimit::Limits().perMinute;

QString holdText(const domain::Hold& hold) {
    QString text = QStringLiteral("%1 by %2").arg(format::word(hold.mode), format::SafeText::oneLine(hold.who, 40));
    if (!hold.why.empty()) text += QStringLiteral(": ") + format::SafeText::oneLine(hold.why, 60);
    if (hold.remaining) text += CommandDialog::tr(", %1 left").arg(format::span(*hold.remaining));
    return text;
}

}  // namespace

CommandDialog::CommandDialog(LiveModels& models, BreakerAction action, const domain::Snapshot& snapshot,
                             QWidget* parent)
    : CommandDialog(models, wishOf(action, snapshot), CommandScope{{snapshot.identity->id}, {}}, parent) {}

CommandDialog::CommandDialog(LiveModels& models, const intent::Wish& wish, CommandScope scope, QWidget* parent)
    : QDialog(parent), m_models(models), m_scope(std::move(scope)), m_wish(wish) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(intent::verb(m_wish));
    setMinimumWidth(kWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    addHeading(*layout);
    addForecast(*layout);
    addFields(*layout);
    addButtons(*layout);
    setTabOrder(m_reason, m_confirm);
    setTabOrder(m_confirm, m_cancel);
    connect(&m_models, &LiveModels::applied, this, &CommandDialog::refresh);
    refresh();
    m_cancel->setFocus();
}

const models::FleetRow* CommandDialog::single() const {
    return m_scope.isSingle() ? m_models.fleet().find(m_scope.breakers.front()) : nullptr;
}

void CommandDialog::addHeading(QVBoxLayout& layout) {
    const models::FleetRow* row = single();
    auto* name = new format::SafeLabel;
    name->setForeignText(intent::verb(m_wish) + QLatin1Char(' ') + (row != nullptr ? row->name : m_scope.name()));
    QFont large = name->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    name->setFont(large);
    auto* line = new QHBoxLayout;
    line->addWidget(name, 1);
    if (row != nullptr) {
        auto* lamp = new widgets::StateLamp;
        lamp->setState(row->snapshot.state, row->snapshot.heldAs);
        line->addWidget(lamp);
    }
    layout.addLayout(line);
    auto* below = new format::SafeLabel;
    below->setAccessibleName(row != nullptr ? tr("Target") : tr("Breakers"));
    below->setForeignText(row != nullptr ? row->kind + QStringLiteral("  ") + row->target : m_scope.names());
    below->setForegroundRole(QPalette::PlaceholderText);
    layout.addWidget(below);
}

void CommandDialog::addForecast(QVBoxLayout& layout) {
    m_forecast = new QLabel;
    m_forecast->setTextFormat(Qt::PlainText);
    m_forecast->setWordWrap(true);
    m_forecast->setFrameShape(QFrame::StyledPanel);
    m_forecast->setMargin(10);
    m_forecast->setMinimumHeight(m_forecast->fontMetrics().lineSpacing() * (m_scope.isSingle() ? 3 : 5) + 20);
    m_forecast->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_forecast->setAccessibleName(tr("What will happen"));
    layout.addWidget(m_forecast);
}

void CommandDialog::addFields(QVBoxLayout& layout) {
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    if (m_wish.kind == domain::CommandKind::hold) addDurations(*form);
    const models::FleetRow* row = single();
    if (m_wish.kind == domain::CommandKind::release && row != nullptr) addHolds(row->snapshot, *form);
    m_reason = new QLineEdit;
    m_reason->setMaxLength(kReasonLimit);
    m_reason->setPlaceholderText(intent::reasonHint(tr("deploying 1.4.2")));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->installEventFilter(this);
    connect(m_reason, &QLineEdit::textChanged, this, &CommandDialog::refresh);
    form->addRow(tr("R&eason:"), m_reason);
    if (m_scope.breakers.size() > kMany) addChallenge(*form);
    layout.addLayout(form);
}

void CommandDialog::addChallenge(QFormLayout& form) {
    m_challenge = new QLineEdit;
    m_challenge->setMaxLength(8);
    m_challenge->setPlaceholderText(tr("Type %1, the number of breakers").arg(m_scope.breakers.size()));
    m_challenge->setAccessibleName(tr("Number of breakers"));
    m_challenge->setObjectName(QStringLiteral("challenge"));
    m_challenge->installEventFilter(this);
    connect(m_challenge, &QLineEdit::textChanged, this, &CommandDialog::refresh);
    form.addRow(tr("How &many:"), m_challenge);
}

void CommandDialog::addDurations(QFormLayout& form) {
    m_duration = new QComboBox;
    for (const std::chrono::minutes duration : kHoldDurations) {
        m_duration->addItem(format::span(duration), static_cast<int>(duration.count()));
    }
    const auto usual = std::ranges::find(kHoldDurations, intent::lengthOf(m_wish));
    m_duration->setCurrentIndex(static_cast<int>(usual - kHoldDurations.begin()));
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
        if (hold->id == m_wish.hold) m_hold->setCurrentIndex(m_hold->count() - 1);
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
    m_hint->setAccessibleName(tr("What is missing"));
    m_confirm = new QPushButton;
    m_confirm->setText(m_scope.isSingle() ? intent::verb(m_wish)
                                          : intent::verb(m_wish) + QLatin1Char(' ') +
                                                format::SafeText::caption(m_scope.name(), kCaptionLimit));
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
    if ((watched == m_reason || watched == m_challenge) && event->type() == QEvent::KeyPress) {
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
    if (m_duration != nullptr) wish.duration = std::chrono::minutes(m_duration->currentData().toInt());
    if (m_hold != nullptr) wish.hold = domain::HoldId(m_hold->currentData().toULongLong());
    return wish;
}

QString CommandDialog::missing() const {
    if (const QString lack = intent::lackOf(m_reason->text()); !lack.isEmpty()) return lack;
    const bool asked = m_challenge != nullptr;
    if (asked && m_challenge->text().trimmed() != QString::number(m_scope.breakers.size())) {
        return tr("The number of breakers must be typed.");
    }
    return {};
}

std::pair<intent::Possibility, QString> CommandDialog::forecastFor(const intent::Wish& asked,
                                                                   const models::FleetRow& row) const {
    if (asked.kind == domain::CommandKind::action || asked.kind == domain::CommandKind::actionMode) {
        const domain::ActionStanding* standing =
            models::actionOf(m_models.frame()->recovery.get(), row.id, asked.action);
        const intent::Possibility can = intent::possible(asked, standing);
        return {can, can.enabled ? intent::preview(asked, *standing) : can.whyNot};
    }
    const intent::Possibility can = m_models.desk().possible(asked, row.snapshot);
    return {can, can.enabled ? intent::preview(asked, row.snapshot, row.callsPerSecond) : can.whyNot};
}

void CommandDialog::refresh() {
    const intent::Wish asked = wish();
    const models::FleetRow* row = single();
    intent::Possibility can;
    QString forecast;
    QString tooMany;
    if (m_scope.isSingle()) {
        if (row == nullptr) {
            can = {false, tr("This breaker is no longer there.")};
            forecast = can.whyNot;
        } else {
            std::tie(can, forecast) = forecastFor(asked, *row);
        }
    } else {
        const intent::Reach reach = intent::reachOf(asked, m_scope.aims(m_models), m_models.desk().actor());
        can.enabled = !reach.able.empty();
        forecast = intent::preview(asked, reach);
        if (m_scope.group.empty() && reach.able.size() > kMostAtOnce) {
            can.enabled = false;
            tooMany = tr("At most %1 at once: choose fewer, or their whole group.").arg(kMostAtOnce);
        }
    }
    m_forecast->setText(forecast);
    const QString lacking = can.enabled ? missing() : tooMany;
    m_hint->setText(lacking);
    m_confirm->setEnabled(can.enabled && lacking.isEmpty());
}

void CommandDialog::submit() {
    if (!m_confirm->isEnabled()) return;
    m_confirm->setEnabled(false);
    if (!m_scope.group.empty()) {
        emit submitted(m_models.desk().submit(wish(), m_scope.group));
        return accept();
    }
    const intent::Wish asked = wish();
    for (const intent::Aim& aim : intent::reachOf(asked, m_scope.aims(m_models), m_models.desk().actor()).able) {
        emit submitted(m_models.desk().submit(asked, *aim.snapshot));
    }
    accept();
}

}  // namespace fusebox::views
