#include <fusebox/views/try_again_button.h>

namespace fusebox::views {

TryAgainButton::TryAgainButton(intent::CommandDesk& desk, QWidget* parent) : QToolButton(parent), m_desk(desk) {
    setObjectName(QStringLiteral("try-again"));
    setText(tr("Try again"));
    setToolTip(
        tr("Sends the same command once more. It cannot be done twice: whoever has carried it out knows it by its id, "
           "and only tells what came of it."));
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QToolButton::clicked, this, &TryAgainButton::press);
    hide();
}

void TryAgainButton::offer(const intent::Errand* errand) {
    const bool isUnknown = errand != nullptr && errand->status == domain::CommandStatus::unknown;
    m_id = isUnknown ? errand->command.id : domain::CommandId();
    setVisible(isUnknown);
}

void TryAgainButton::press() {
    const domain::CommandId id = m_id;  // the desk's answer changes what is offered
    m_desk.tryAgain(id);
}

}  // namespace fusebox::views
