#include <fusebox/views/errand_text.h>

#include <fusebox/format/safe_text.h>

#include <QCoreApplication>

namespace fusebox::views {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ErrandText", text);
}

QString statusText(const intent::Errand& errand) {
    switch (errand.status) {
        case domain::CommandStatus::pending:
            return errand.tries > 1 ? tr("%1: sent again, pending ...") : tr("%1: pending ...");
        case domain::CommandStatus::applied:
            return tr("%1: applied");
        case domain::CommandStatus::refused:
            return tr("%1: refused");
        case domain::CommandStatus::failed:
            return tr("%1: failed");
        case domain::CommandStatus::unknown:
            return tr("%1: outcome unknown");
    }
    return {};
}

QString nameOf(const domain::Command& command) {
    using format::SafeText::oneLine;
    if (command.group.empty()) return oneLine(command.breaker.value, format::SafeText::kNameLimit);
    return tr("group %1").arg(oneLine(command.group, format::SafeText::kNameLimit));
}

/// "Trip of orders-api"; what is for no breaker stands alone.
QString whatOf(const domain::Command& command) {
    intent::Wish wish;
    wish.kind = command.kind;
    wish.holdMode = command.holdMode;
    wish.options = command.options;
    wish.action = command.action;
    wish.mode = command.mode;
    if (command.breaker.value.empty() && command.group.empty()) return intent::verb(wish);
    return tr("%1 of %2").arg(intent::verb(wish), nameOf(command));
}

}  // namespace

QString textOf(const intent::Errand& errand) {
    const QString text = statusText(errand).arg(whatOf(errand.command));
    const bool asksWhy =
        errand.status != domain::CommandStatus::pending && errand.status != domain::CommandStatus::applied;
    return asksWhy && !errand.message.isEmpty() ? text + QStringLiteral(" - ") + errand.message : text;
}

}  // namespace fusebox::views
