#pragma once
// A duration for people, rounded: "300 ms", "42 s", "2.5 min".

#include <fusebox/base/time.h>

#include <string>

namespace fusebox::handling {

[[nodiscard]] std::string durationText(base::Duration duration);

}  // namespace fusebox::handling
