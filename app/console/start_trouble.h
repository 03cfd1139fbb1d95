#pragma once
// Says why the console cannot start: on standard error, and in a dialog for who started it from a desktop and so does
// not see standard error.

#include <string>

namespace fusebox::console {

/// A terminal or a pipe reads standard error; a desktop's session does not.
void tellStartTrouble(const std::string& headline, const std::string& details);

}  // namespace fusebox::console
