#pragma once
// The traffic against the lab: for each of its services an adapter, a breaker of its own character and Poisson arrivals.

#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>
#include <fusebox/collector/pace.h>
#include <fusebox/lab/service.h>
#include <fusebox/wiring/dependency_plan.h>

#include <memory>

namespace fusebox::wiring {

/// Errors: say which service's adapter could not be made.
[[nodiscard]] base::Result<DependencyPlan> labPlan(const lab::ServiceCard& card,
                                                   std::shared_ptr<collector::PoissonPace> pace,
                                                   const base::Clock& clock);

}  // namespace fusebox::wiring
