#pragma once
// Whether the gate will take what an operator gives as a reason; dialogs ask before they send.
// Threads: any.

#include <QString>

namespace fusebox::intent {

/// What is still missing, in a sentence for beside the field; empty: nothing.
[[nodiscard]] QString lackOf(const QString& reason);

/// What to write, for the empty field: with an example of a reason for such a command.
[[nodiscard]] QString reasonHint(const QString& example);

}  // namespace fusebox::intent
