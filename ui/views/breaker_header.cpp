#include <fusebox/views/breaker_header.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/theme.h>
#include <fusebox/views/errand_text.h>
#include <fusebox/widgets/state_lamp.h>

#include <QEvent>
#include <QHBoxLayout>
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
    : QWidget(parent), m_models(models) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(8, 4, 8, 4);
    line->setSpacing(10);
    addTitle(*line);
    addButtons(actions, *line);
    connect(&models, &LiveModels::applied, this, &BreakerHeader::refresh);
    connect(&models, &LiveModels::selectionChanged, this, &BreakerHeader::refresh);
    connect(&models, &LiveModels::selectionChanged, this, &BreakerHeader::showErrand);
    connect(&models.desk(), &intent::CommandDesk::changed, this, &BreakerHeader::showErrand);
    refresh();
    showErrand();
}

void BreakerHeader::addTitle(QHBoxLayout& line) {
    m_lamp = new widgets::StateLamp;
    m_name = new format::SafeLabel;
    QFont large = m_name->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    m_name->setFont(large);
    m_name->setAccessibleName(tr("Breaker"));
    m_target = new format::SafeLabel;
    m_target->setForegroundRole(QPalette::PlaceholderText);
    m_target->setAccessibleName(tr("Target"));
    m_errand = new format::SafeLabel;
    m_errand->setAccessibleName(tr("Last command on this breaker"));
    auto* first = new QHBoxLayout;
    first->setSpacing(10);
    first->addWidget(m_name);
    first->addWidget(m_lamp);
    first->addStretch(1);
    auto* second = new QHBoxLayout;
    second->setSpacing(16);
    second->addWidget(m_target);
    second->addWidget(m_errand, 1);
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    column->addLayout(first);
    column->addLayout(second);
    line.addLayout(column, 1);
}

void BreakerHeader::addButtons(BreakerActions& actions, QHBoxLayout& line) {
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    for (QAction* action : actions.all()) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setObjectName(action->objectName() + QStringLiteral("-button"));
        buttons->addWidget(button);
    }
    line.addLayout(buttons);
}

void BreakerHeader::refresh() {
    const models::FleetRow* row = m_models.selectedRow();
    m_lamp->setVisible(row != nullptr);
    m_name->setForeignText(row == nullptr ? tr("Breaker") : row->name);
    m_target->setForeignText(row == nullptr ? QString() : row->kind + QStringLiteral("  ") + row->target);
    if (row != nullptr) m_lamp->setState(row->snapshot.state, row->snapshot.heldAs);
}

void BreakerHeader::showErrand() {
    const intent::Errand* errand = m_models.desk().lastFor(m_models.selected());
    m_errand->setForeignText(errand == nullptr ? QString() : textOf(*errand));
    m_status = errand == nullptr ? domain::CommandStatus::applied : errand->status;
    tintErrand();
}

void BreakerHeader::tintErrand() {
    QPalette palette = m_errand->palette();
    palette.setColor(QPalette::WindowText, errandColour(m_status, format::Theme::of(this->palette())));
    m_errand->setPalette(palette);
}

void BreakerHeader::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_errand != nullptr) tintErrand();
}

}  // namespace fusebox::views
