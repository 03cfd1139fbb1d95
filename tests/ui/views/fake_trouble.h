// Reports on errors and recovery as they might be in an outage.
#pragma once

#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/recovery.h>

#include <memory>

namespace fusebox::views {

// Seven patterns of the first breakers of a FakeFleet, with samples, trips and hostile texts. The larger the step the
// more has happened.
std::shared_ptr<const domain::ErrorReport> errorReport(base::WallTime now, int step = 0);

// Actions of three breakers in all conditions, a history and success rates.
std::shared_ptr<const domain::RecoveryReport> recoveryReport(base::WallTime now);

}  // namespace fusebox::views
