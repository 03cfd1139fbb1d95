#include <fusebox/views/action_panel.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/recovery_text.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fusebox::views {
namespace {

QLabel* makeLine(const QString& name) {
    auto* line = new QLabel;
    line->setTextFormat(Qt::PlainText);
    line->setWordWrap(true);
    line->setAccessibleName(name);
    return line;
}

}  // namespace

ActionPanel::ActionPanel(QWidget* parent) : QWidget(parent), m_stack(new QStackedWidget) {
    auto* empty = new QLabel(tr("Select an action to see what it does and what it did."));
    empty->setTextFormat(Qt::PlainText);
    empty->setAlignment(Qt::AlignCenter);
    empty->setForegroundRole(QPalette::PlaceholderText);
    empty->setWordWrap(true);
    m_text = new QPlainTextEdit;
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(8);
    m_text->setAccessibleName(tr("Run"));
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeHead());
    column->addWidget(m_text, 1);
    m_stack->addWidget(empty);
    m_stack->addWidget(body);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
}

QWidget* ActionPanel::makeHead() {
    m_name = new format::SafeLabel;
    m_name->setAccessibleName(tr("Action"));
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_effect = makeLine(tr("What it will do"));
    m_state = makeLine(tr("Standing"));
    m_limits = makeLine(tr("Limits"));
    m_limits->setForegroundRole(QPalette::PlaceholderText);
    m_mode = new QComboBox;
    m_mode->setAccessibleName(tr("Who starts it"));
    m_mode->setToolTip(
        tr("Who starts this action: only a person, Fusebox with a person's approval, or Fusebox by itself"));
    for (const auto mode : {domain::ActionMode::manual, domain::ActionMode::proposed, domain::ActionMode::automatic}) {
        m_mode->addItem(format::word(mode));
    }
    connect(m_mode, &QComboBox::activated, this,
            [this](int index) { emit modeWanted(static_cast<domain::ActionMode>(index)); });
    m_run = new QPushButton(tr("&Run..."));
    m_run->setObjectName(QStringLiteral("run-action"));
    m_run->setAutoDefault(false);
    connect(m_run, &QPushButton::clicked, this, &ActionPanel::runWanted);
    m_go = new QPushButton(tr("Show &breaker"));
    m_go->setAutoDefault(false);
    connect(m_go, &QPushButton::clicked, this, [this] { emit breakerWanted(m_breaker); });
    auto* title = new QHBoxLayout;
    title->setSpacing(6);
    title->addWidget(m_name, 1);
    for (QWidget* each : {static_cast<QWidget*>(m_mode), static_cast<QWidget*>(m_run), static_cast<QWidget*>(m_go)}) {
        title->addWidget(each);
    }
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(8, 0, 8, 0);
    column->setSpacing(2);
    column->addLayout(title);
    for (QLabel* line : {m_effect, m_state, m_limits}) column->addWidget(line);
    return head;
}

void ActionPanel::show(const domain::BreakerId& breaker, const domain::ActionStanding* standing, bool canRun,
                       const QString& whyNot) {
    m_stack->setCurrentIndex(standing == nullptr ? 0 : 1);
    const bool isAnother =
        !m_standing || standing == nullptr || m_breaker != breaker || m_standing->action != standing->action;
    if (isAnother) m_chosen.reset();
    m_breaker = breaker;
    m_standing = standing == nullptr ? std::nullopt : std::optional(*standing);
    if (standing == nullptr) return;
    const QString name = format::SafeText::oneLine(breaker.value, format::SafeText::kNameLimit);
    m_name->setForeignText(format::word(standing->action) + QStringLiteral(" – ") + name);
    m_effect->setText(standing->effect.empty() ? tr("It does not say what it will do.")
                                               : format::SafeText::oneLine(standing->effect));
    m_state->setText(format::standingText(*standing));
    m_limits->setText(tr("At most %1 a run, %2 between runs, %3 of %4 runs this hour")
                          .arg(format::span(standing->timeout), format::span(standing->coolDown))
                          .arg(standing->doneThisHour)
                          .arg(standing->budgetPerHour));
    const QSignalBlocker quiet(m_mode);
    if (!m_mode->view()->isVisible()) m_mode->setCurrentIndex(static_cast<int>(standing->mode));
    m_run->setText(standing->proposal.empty() ? tr("&Run...") : tr("App&rove..."));
    m_run->setEnabled(canRun);
    m_run->setToolTip(whyNot);
    if (m_chosen) return;
    setText(standing->last ? format::outcomeText(*standing->last) : tr("It was not run yet."));
}

void ActionPanel::showOutcome(const domain::RecoveryOutcome& outcome) {
    m_chosen = outcome.id;
    setText(format::outcomeText(outcome));
}

/// Setting the same text again would lose what the person has marked in it.
void ActionPanel::setText(const QString& text) {
    if (text == m_text->toPlainText()) return;
    const int at = m_text->verticalScrollBar()->value();
    m_text->setPlainText(text);
    m_text->verticalScrollBar()->setValue(at);
}

QString ActionPanel::textShown() const {
    return m_text->toPlainText();
}

}  // namespace fusebox::views
