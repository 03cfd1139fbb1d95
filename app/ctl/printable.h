#pragma once
// Foreign text for a terminal: what could steer it, or turn the direction of other text, is shown as \xNN instead.

#include <string>
#include <string_view>

namespace fusebox::ctl {

[[nodiscard]] std::string printable(std::string_view foreign);

}  // namespace fusebox::ctl
