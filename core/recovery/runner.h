#pragma once
// Where actions run: on threads of their own, or wherever a test wants them to.

#include <functional>

namespace fusebox::recovery {

class Runner {
public:
    virtual ~Runner() = default;

    /// Runs the work soon and returns at once; false: there is no place for it now.
    [[nodiscard]] virtual bool start(std::function<void()> work) = 0;

    /// How many more could be started now.
    [[nodiscard]] virtual std::size_t room() const = 0;

    /// Takes no more work and waits until the running one has ended.
    virtual void stop() = 0;
};

}  // namespace fusebox::recovery
