#include <fusebox/intent/reason.h>

#include <fusebox/command/checks.h>
#include <fusebox/format/safe_text.h>

namespace fusebox::intent {

QString lackOf(const QString& reason) {
    const QString given = reason.trimmed();
    if (given.isEmpty()) return QStringLiteral("A reason is required.");
    const auto objection = command::objectionToReason(given.toStdString());
    return objection ? format::SafeText::oneLine(*objection) : QString();
}

QString reasonHint(const QString& example) {
    return QStringLiteral("Others will read it (at least %1 characters): %2")
        .arg(command::kShortestReason)
        .arg(example);
}

}  // namespace fusebox::intent
