#pragma once
// The dependencies that this program calls: for each its breaker, its error handler, the task that makes its calls, and its recovery
// actions; added, changed and removed while the program runs.
// Threads: wake() from any thread; the others one at a time.
// Errors: what cannot be made is a Result with the dependency's name; a dependency that was there stays as it was.
// Lifetime: what it is made with outlives it.

#include <fusebox/base/mutex.h>
#include <fusebox/base/result.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/sources/guarded_dependency.h>
#include <fusebox/sources/probe_watch.h>
#include <fusebox/wiring/dependency_plan.h>
#include <fusebox/wiring/handling_rig.h>
#include <fusebox/wiring/recovery_rig.h>

#include <memory>
#include <unordered_map>

namespace fusebox::wiring {

class DependencyRig {
public:
    struct Rooms {
        collector::BackgroundCollector& collector;
        breaker::CircuitBreakerManager& breakers;
        HandlingRig& handling;
        RecoveryRig& recovery;
        sources::ProbeWatch& probes;
    };
    using Dependency = std::shared_ptr<sources::GuardedDependency>;

    explicit DependencyRig(const Rooms& rooms) : m_rooms(rooms) {}

    base::Result<Dependency> add(DependencyPlan plan);

    /// Calls it as the plan says from now on. Its breaker goes on as it is, unless it is another target that is called now; that of
    /// another group goes on with its state, holds and window. The plan's configuration of the breaker is for one that is made anew.
    base::Result<Dependency> renew(DependencyPlan plan);

    /// Of its breaker, and of that of its reduced form.
    base::Result<void> reconfigure(const domain::BreakerId& id, const breaker::CircuitBreakerConfig& config);

    void remove(const domain::BreakerId& id);

    /// A call soon; nothing for a breaker whose calls are made elsewhere.
    void wake(const domain::BreakerId& id);

private:
    struct Guarded {
        Dependency dependency;
        bool hasReduced = false;
    };

    base::Result<Dependency> install(DependencyPlan plan, HandlingRig::Breaker which);
    /// Its calls end; its breaker stays.
    void detach(const Guarded& guarded);
    [[nodiscard]] Guarded find(const domain::BreakerId& id) const;

    const Rooms m_rooms;
    mutable base::Mutex m_mutex;
    std::unordered_map<domain::BreakerId, Guarded> m_dependencies FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::wiring
