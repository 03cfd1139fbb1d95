#include <fusebox/handling/waiter.h>

#include <condition_variable>
#include <mutex>

namespace fusebox::handling {

WaitEnd BlockingWaiter::wait(base::Duration time, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any nobody;  // only the stop request notifies it
    std::unique_lock lock(mutex);
    nobody.wait_for(lock, stop, time, [] { return false; });
    return stop.stop_requested() ? WaitEnd::stopped : WaitEnd::over;
}

}  // namespace fusebox::handling
