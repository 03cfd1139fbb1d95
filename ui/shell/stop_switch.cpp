#include <fusebox/shell/stop_switch.h>

#include <fusebox/domain/frame.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/theme.h>
#include <fusebox/intent/reason.h>
#include <fusebox/intent/wish.h>

#include <QEvent>
#include <QInputDialog>

#include <memory>

namespace fusebox::shell {

StopSwitch::StopSwitch(views::LiveModels& models, QWidget* parent) : QToolButton(parent), m_models(models) {
    setObjectName(QStringLiteral("stop-actions"));
    setFocusPolicy(Qt::TabFocus);
    setFixedHeight(fontMetrics().height() + 4);  // the menu bar must not grow for it
    connect(this, &QToolButton::clicked, this, &StopSwitch::press);
    connect(&models, &views::LiveModels::applied, this, &StopSwitch::refresh);
    connect(&models.desk(), &intent::CommandDesk::changed, this, &StopSwitch::refresh);
    refresh();
    restyle();
}

void StopSwitch::refresh() {
    const domain::FrameRef& frame = m_models.frame();
    const domain::RecoveryReport* report = frame == nullptr ? nullptr : frame->recovery.get();
    setVisible(report != nullptr);
    if (report == nullptr) return;
    const intent::Errand* errand =
        m_models.desk().lastOf({domain::CommandKind::stopActions, domain::CommandKind::resumeActions});
    const bool isPending = errand != nullptr && errand->status == domain::CommandStatus::pending;
    setEnabled(!isPending);
    const QString text = isPending         ? tr("Pending ...")
                         : report->stopped ? tr("Automatic actions stopped")
                                           : tr("Stop automatic actions");
    if (text != this->text()) setText(text);
    setToolTip(report->stopped
                   ? tr("No recovery action starts by itself. Stopped by %1\nPress to let them start again.")
                         .arg(format::SafeText::toolTip(report->stoppedBy))
                   : tr("No recovery action of any breaker will start by itself until you allow it again."));
    if (report->stopped == m_stopped) return;
    m_stopped = report->stopped;
    restyle();
}

void StopSwitch::press() {
    if (m_stopped) return askToResume({});
    send(domain::CommandKind::stopActions, tr("emergency stop pressed in the console"));
}

/// `lack`: what the reason lacked that was given before; empty at first.
void StopSwitch::askToResume(const QString& lack) {
    auto* ask = new QInputDialog(this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setObjectName(QStringLiteral("resume-reason"));
    ask->setWindowTitle(tr("Let automatic actions start again"));
    const QString effect = tr("Recovery actions that are automatic will start by themselves again.\nReason:");
    ask->setLabelText(lack.isEmpty() ? effect : effect + QLatin1Char('\n') + lack);
    ask->setOkButtonText(tr("Resume"));
    connect(ask, &QInputDialog::textValueSelected, this, [this](const QString& reason) {
        if (const QString missing = intent::lackOf(reason.trimmed()); !missing.isEmpty()) return askToResume(missing);
        send(domain::CommandKind::resumeActions, reason.trimmed());
    });
    ask->open();
}

void StopSwitch::send(domain::CommandKind kind, const QString& reason) {
    intent::Wish wish;
    wish.kind = kind;
    wish.reason = reason;
    m_models.desk().submit(wish);
}

void StopSwitch::restyle() {
    QPalette colours;
    if (m_stopped) {
        const format::Theme& theme = format::Theme::of(colours);
        colours.setColor(QPalette::Button, theme.colour(format::Tone::open));
        colours.setColor(QPalette::ButtonText, theme.textOnState);
    }
    setPalette(colours);
}

void StopSwitch::changeEvent(QEvent* event) {
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange) restyle();
}

}  // namespace fusebox::shell
