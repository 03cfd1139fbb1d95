#include <fusebox/views/errand_text.h>

#include <fusebox/format/safe_text.h>

#include <QCoreApplication>

namespace fusebox::views {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ErrandText", text);
}

QString statusText(domain::CommandStatus status) {
    switch (status) {
        case domain::CommandStatus::pending:
            return tr("%1: pending ...");
        case domain::CommandStatus::applied:
            return tr("%1: applied");
        case domain::CommandStatus::refused:
            return tr("%1: refused");
        case domain::CommandStatus::failed:
            return tr("%1: failed");
        case domain::CommandStatus::unknown:
            return tr("%1: no answer within 5 s, outcome unknown");
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
    const QString text = statusText(errand.status).arg(whatOf(errand.command));
    const bool bad = errand.status == domain::CommandStatus::refused || errand.status == domain::CommandStatus::failed;
    return bad && !errand.message.isEmpty() ? text + QStringLiteral(" - ") + errand.message : text;
}

}  // namespace fusebox::views
