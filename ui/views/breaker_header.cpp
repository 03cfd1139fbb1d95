#include <fusebox/views/breaker_header.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/theme.h>
#include <fusebox/views/errand_text.h>
#include <fusebox/views/facts_strip.h>
#include <fusebox/views/try_again_button.h>
#include <fusebox/widgets/state_lamp.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace fusebox::views {
namespace {

QColor errandColour(domain::CommandStatus status, const format::Theme& theme) {
    switch (status) {
        case domain::CommandStatus::pending:
            return theme.accent;
        case domain::CommandStatus::applied:
            return theme.text;
        case domain::CommandStatus::refused:
        case domain::CommandStatus::failed:
            return theme.danger;
        case domain::CommandStatus::unknown:
            return theme.warning;
    }
    return theme.text;
}

}  // namespace

BreakerHeader::BreakerHeader(LiveModels& models, BreakerActions& actions, QWidget* parent)
    : QWidget(parent), m_models(models), m_facts(new FactsStrip) {
    auto* top = new QHBoxLayout;
    top->setSpacing(10);
    top->addLayout(makeTitle(), 1);
    top->addLayout(makeButtons(actions));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 4);
    column->setSpacing(3);
    column->addLayout(top);
    column->addLayout(makeSecondLine());
    connect(&models, &LiveModels::applied, this, &BreakerHeader::refresh);
    connect(&models, &LiveModels::selectionChanged, this, &BreakerHeader::refresh);
    connect(&models, &LiveModels::selectionChanged, this, &BreakerHeader::showErrand);
    connect(&models, &LiveModels::choiceChanged, this, &BreakerHeader::showChoice);
    connect(&models.desk(), &intent::CommandDesk::changed, this, &BreakerHeader::showErrand);
    refresh();
    showErrand();
    showChoice();
}

QHBoxLayout* BreakerHeader::makeTitle() {
    m_lamp = new widgets::StateLamp;
    m_name = new format::SafeLabel;
    QFont large = m_name->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    m_name->setFont(large);
    m_name->setAccessibleName(tr("Breaker"));
    m_reason = new format::SafeLabel;
    m_reason->setAccessibleName(tr("Why it is in this state"));
    m_why = new QToolButton;
    m_why->setObjectName(QStringLiteral("why"));
    m_why->setAutoRaise(true);
    m_why->setFocusPolicy(Qt::StrongFocus);
    m_why->setCursor(Qt::PointingHandCursor);
    m_why->setToolTip(tr("Everything that was known at the moment of its last trip"));
    m_why->hide();
    connect(m_why, &QToolButton::clicked, this, &BreakerHeader::whyWanted);
    auto* line = new QHBoxLayout;
    line->setSpacing(10);
    line->addWidget(m_name);
    line->addWidget(m_lamp);
    line->addWidget(m_reason);
    line->addWidget(m_why);
    line->addStretch(1);
    return line;
}

QHBoxLayout* BreakerHeader::makeSecondLine() {
    m_target = new format::SafeLabel;
    m_target->setForegroundRole(QPalette::PlaceholderText);
    m_target->setAccessibleName(tr("Target"));
    m_choice = new QLabel;
    m_choice->setTextFormat(Qt::PlainText);
    m_choice->setToolTip(tr("Actions are done to all of them"));
    m_errand = new format::SafeLabel;
    m_errand->setAccessibleName(tr("Last command on this breaker"));
    m_errand->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_tryAgain = new TryAgainButton(m_models.desk());
    auto* line = new QHBoxLayout;
    line->setSpacing(18);
    line->addWidget(m_target);
    line->addWidget(m_choice);
    line->addWidget(m_facts);
    line->addWidget(m_errand, 1);
    line->addWidget(m_tryAgain);
    tint();
    return line;
}

QHBoxLayout* BreakerHeader::makeButtons(BreakerActions& actions) {
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    for (QAction* action : actions.main()) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setObjectName(action->objectName() + QStringLiteral("-button"));
        buttons->addWidget(button);
    }
    return buttons;
}

void BreakerHeader::refresh() {
    const models::FleetRow* row = m_models.selectedRow();
    m_lamp->setVisible(row != nullptr);
    m_name->setForeignText(row == nullptr ? tr("Breaker") : row->name);
    m_target->setForeignText(row == nullptr ? QString() : row->kind + QStringLiteral("  ") + row->target);
    if (m_models.selected() != m_shown || row == nullptr) m_facts->clear();
    m_shown = m_models.selected();
    if (row == nullptr) {
        m_reason->setForeignText(QString());
        m_why->hide();
        return;
    }
    m_lamp->setState(row->snapshot.state, row->snapshot.heldAs);
    m_facts->apply(row->snapshot, m_models.handlingOf(row->id),
                   m_models.proofs().of(row->snapshot, m_models.frame()->wall));
    showReason(*row);
}

void BreakerHeader::showReason(const models::FleetRow& row) {
    m_reason->setForeignText(row.lastChange.isEmpty() ? QString()
                                                      : row.lastChange + QStringLiteral(", ") +
                                                            format::age(row.snapshot.metrics.timeInState));
    const bool known = row.snapshot.detail != nullptr && !row.snapshot.detail->dossiers.empty();
    const bool isOpen = row.snapshot.state == domain::State::open;
    m_why->setText(isOpen ? tr("Why is it open?") : tr("Why did it trip?"));
    m_why->setVisible(known);
}

void BreakerHeader::showChoice() {
    const std::size_t chosen = m_models.chosen().size();
    m_choice->setVisible(chosen > 1);
    m_choice->setText(tr("%1 breakers are selected").arg(chosen));
}

void BreakerHeader::showErrand() {
    const models::FleetRow* row = m_models.selectedRow();
    const std::string group = row == nullptr ? std::string() : row->snapshot.identity->group;
    const intent::Errand* errand = m_models.desk().lastFor(m_models.selected(), group);
    m_errand->setForeignText(errand == nullptr ? QString() : textOf(*errand));
    m_tryAgain->offer(errand);
    m_status = errand == nullptr ? domain::CommandStatus::applied : errand->status;
    tint();
}

void BreakerHeader::tint() {
    const format::Theme& theme = format::Theme::of(palette());
    const auto colour = [](QWidget& widget, QPalette::ColorRole role, const QColor& with) {
        QPalette palette = widget.palette();
        palette.setColor(role, with);
        widget.setPalette(palette);
    };
    colour(*m_errand, QPalette::WindowText, errandColour(m_status, theme));
    colour(*m_choice, QPalette::WindowText, theme.accent);
    colour(*m_why, QPalette::ButtonText, theme.accent);
}

void BreakerHeader::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_errand != nullptr) tint();
}

}  // namespace fusebox::views
