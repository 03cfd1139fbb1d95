#pragma once
// A mutex that clang's thread-safety analysis understands: members say what guards them, and a forgotten lock does
// not compile.
// Threads: as std::mutex.

#include <mutex>

#if defined(__clang__)
#define FUSEBOX_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define FUSEBOX_THREAD_ANNOTATION(x)
#endif

#define FUSEBOX_CAPABILITY(x) FUSEBOX_THREAD_ANNOTATION(capability(x))
#define FUSEBOX_SCOPED_CAPABILITY FUSEBOX_THREAD_ANNOTATION(scoped_lockable)
#define FUSEBOX_GUARDED_BY(x) FUSEBOX_THREAD_ANNOTATION(guarded_by(x))
#define FUSEBOX_REQUIRES(...) FUSEBOX_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
#define FUSEBOX_EXCLUDES(...) FUSEBOX_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))
#define FUSEBOX_ACQUIRE(...) FUSEBOX_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define FUSEBOX_RELEASE(...) FUSEBOX_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
#define FUSEBOX_TRY_ACQUIRE(...) FUSEBOX_THREAD_ANNOTATION(try_acquire_capability(__VA_ARGS__))
#define FUSEBOX_NO_THREAD_SAFETY_ANALYSIS FUSEBOX_THREAD_ANNOTATION(no_thread_safety_analysis)

namespace fusebox::base {

class FUSEBOX_CAPABILITY("mutex") Mutex {
public:
    void lock() FUSEBOX_ACQUIRE() { m_mutex.lock(); }
    void unlock() FUSEBOX_RELEASE() { m_mutex.unlock(); }
    [[nodiscard]] bool try_lock() FUSEBOX_TRY_ACQUIRE(true) { return m_mutex.try_lock(); }

    /// For std::condition_variable waits under a Lock.
    [[nodiscard]] std::mutex& native() { return m_mutex; }

private:
    std::mutex m_mutex;
};

/// Holds a Mutex for a scope. native() serves condition variables.
class FUSEBOX_SCOPED_CAPABILITY Lock {
public:
    explicit Lock(Mutex& mutex) FUSEBOX_ACQUIRE(mutex) : m_lock(mutex.native()) {}
    ~Lock() FUSEBOX_RELEASE() = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    [[nodiscard]] std::unique_lock<std::mutex>& native() { return m_lock; }

private:
    std::unique_lock<std::mutex> m_lock;
};

}  // namespace fusebox::base
