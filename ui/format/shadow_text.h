#pragma once
// What a candidate configuration would have done, in words.

#include <fusebox/domain/shadow_report.h>

#include <QString>

namespace fusebox::format {

/// "The candidate would have tripped 2 times less and refused 340 calls fewer. Of the 118 that it would have refused, 9
/// were good."
[[nodiscard]] QString verdict(const domain::ShadowReport& report);
/// "Candidate of bob, for 3 h 12 min, has seen 18,230 calls". The name is made safe.
[[nodiscard]] QString shadowTitle(const domain::ShadowReport& report);

}  // namespace fusebox::format
