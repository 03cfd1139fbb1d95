// Runs a few logical threads in every order that few preemptions allow. Each operation on a shared location is a point where another
// thread may go on; operations that no other thread can see, or that all happen under the lock, are left out, since their order changes
// nothing. Which locations are shared is learned while running; a new one starts the search anew.
//
// Where stores may lag, a store and all that follow it may stay unseen by others until the thread's next locked operation, as in the store
// buffer of a processor. Lagging counts as a preemption.
//
// Limits: no other reordering than that; threads are fibres of one real thread.
#pragma once

#include <ucontext.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::breaker {

class Schedules {
public:
    static constexpr std::size_t kMostThreads = 3;
    static constexpr std::uint32_t kPreemptions = 3;
    static constexpr std::uint32_t kUnlearned = UINT32_MAX;  ///< made while threads run: always a point of choice

    using Body = std::function<void()>;
    /// Makes a fresh world and gives the threads that live in it.
    using Begin = std::function<std::vector<Body>()>;
    /// Empty, or what is wrong with the world now that all threads have ended.
    using End = std::function<std::string()>;

    /// There is one, as there is one processor that it plays.
    static Schedules& only() {
        static Schedules schedules;
        return schedules;
    }

    enum class Stores : std::uint8_t { atOnce, mayLag };

    /// Empty, or what went wrong, with the schedule that did it.
    std::string runAll(const Begin& begin, const End& end, Stores stores = Stores::atOnce) {
        m_stores = stores;
        m_path.clear();
        m_locations.clear();
        m_count = 0;
        for (;;) {
            m_nextLocation = 0;
            m_failure.clear();
            run(begin());
            const std::string trouble = m_failure.empty() ? end() : m_failure;
            if (!trouble.empty()) {
                return trouble + "; schedule " + std::to_string(m_count) + ": " + m_trace;
            }
            ++m_count;
            if (learn()) {
                m_path.clear();
                m_count = 0;
            } else if (!nextPath()) {
                return {};
            }
        }
    }

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] bool running() const { return m_running; }

    /// Which logical thread runs, from 0; outside of runs the one that was last set.
    [[nodiscard]] std::uint32_t thread() const { return m_current; }
    void actAs(std::uint32_t thread) { m_current = thread; }

    void fail(std::string what) {
        if (m_failure.empty()) {
            m_failure = std::move(what);
        }
    }

    [[nodiscard]] std::uint32_t newLocation() { return m_running ? kUnlearned : m_nextLocation++; }

    /// Before each operation on a location.
    void touch(std::uint32_t location, bool writes) {
        if (!m_running || m_glancing) {
            return;
        }
        if (location != kUnlearned) {
            if (location >= m_locations.size()) {
                m_locations.resize(location + 1);
            }
            Location& known = m_locations[location];
            known.readers |= 1U << m_current;
            known.writers |= writes ? 1U << m_current : 0U;
            known.unlocked = known.unlocked || !m_locked[m_current];
            if (!known.isShared) {
                return;
            }
        }
        choose();
    }

    /// Reads that decide nothing are no points of choice.
    void glance(bool glancing) { m_glancing = glancing; }

    /// Of one atomic: keeps the value from the others for now, or not.
    bool lags(void* atomic, std::uint64_t bits, void (*commit)(void*, std::uint64_t), std::uint32_t location) {
        if (!m_running || m_stores == Stores::atOnce) {
            return false;
        }
        auto& late = m_late[m_current];
        const bool isShared = location < m_locations.size() && m_locations[location].isShared;
        if (late.empty() && (!isShared || m_preemptions >= kPreemptions || take({{}, 2, 0}) == 0)) {
            return false;
        }
        m_preemptions += late.empty() ? 1 : 0;
        late.push_back({atomic, bits, commit});
        return true;
    }
    /// What the thread itself last stored there, if the others do not see it yet.
    [[nodiscard]] std::optional<std::uint64_t> lateValue(const void* atomic) const {
        if (m_running) {
            const auto& late = m_late[m_current];
            for (auto store = late.rbegin(); store != late.rend(); ++store) {
                if (store->atomic == atomic) {
                    return store->bits;
                }
            }
        }
        return std::nullopt;
    }
    /// All that lags is seen now.
    void catchUp() {
        if (m_running) {
            for (const LateStore& store : std::exchange(m_late[m_current], {})) {
                store.commit(store.atomic, store.bits);
            }
        }
    }

    void lock(bool& held) {
        catchUp();
        if (m_running) {
            choose();
            while (held) {
                m_waitsFor[m_current] = &held;
                choose();
            }
            m_waitsFor[m_current] = nullptr;
            m_locked[m_current] = true;
        }
        held = true;
    }
    bool tryLock(bool& held) {
        catchUp();
        if (m_running) {
            choose();
        }
        if (held) {
            return false;
        }
        held = true;
        m_locked[m_current] = m_running;
        return true;
    }
    void unlock(bool& held) {
        catchUp();
        held = false;
        m_locked[m_current] = false;
    }

private:
    struct Location {
        std::uint32_t readers = 0;
        std::uint32_t writers = 0;
        bool unlocked = false;  ///< touched without the lock at least once
        bool isShared = false;
    };
    struct LateStore {
        void* atomic;
        std::uint64_t bits;
        void (*commit)(void*, std::uint64_t);
    };
    struct Fork {
        std::array<std::uint32_t, kMostThreads> threads{};
        std::uint32_t options = 0;
        std::uint32_t taken = 0;
    };
    static constexpr std::size_t kStack = 256 * 1024;
    static constexpr std::uint32_t kMostSteps = 20'000;

    [[nodiscard]] bool canRun(std::uint32_t thread) const {
        return thread < m_bodies.size() && !m_ended[thread] && (m_waitsFor[thread] == nullptr || !*m_waitsFor[thread]);
    }

    /// Which thread goes on; kMostThreads if none can.
    std::uint32_t pick() {
        Fork fork;
        const bool goesOn = canRun(m_current);
        if (goesOn) {
            fork.threads[fork.options++] = m_current;
        }
        for (std::uint32_t other = 0; other < m_bodies.size(); ++other) {
            if (other != m_current && canRun(other) && (!goesOn || m_preemptions < kPreemptions)) {
                fork.threads[fork.options++] = other;
            }
        }
        if (fork.options == 0) {
            return kMostThreads;
        }
        const std::uint32_t taken = fork.options > 1 ? take(fork) : 0;
        m_preemptions += goesOn && taken != 0 ? 1 : 0;
        if (fork.threads[taken] != m_current) {
            m_trace += static_cast<char>('A' + fork.threads[taken]);
            m_trace += '@' + std::to_string(m_steps) + ' ';
        }
        return fork.threads[taken];
    }

    std::uint32_t take(const Fork& fork) {
        if (m_depth == m_path.size()) {
            m_path.push_back(fork);
        }
        return m_path[m_depth++].taken;
    }

    void choose() {
        const std::uint32_t from = m_current;
        if (++m_steps > kMostSteps) {
            fail("it goes on for ever");
            m_stopped = true;
        }
        const std::uint32_t to = m_stopped ? kMostThreads : pick();
        if (to == from) {
            return;
        }
        if (to == kMostThreads) {
            fail("all threads wait for each other");
            m_stopped = true;
            swapcontext(&m_fibres[from], &m_home);
            return;
        }
        m_current = to;
        swapcontext(&m_fibres[from], &m_fibres[to]);
    }

    static void enterFibre() {
        Schedules& self = only();
        self.m_bodies[self.m_current]();
        self.catchUp();
        self.m_ended[self.m_current] = true;
        const std::uint32_t from = self.m_current;
        const std::uint32_t to = self.pick();
        if (to == kMostThreads) {
            setcontext(&self.m_home);
        }
        self.m_current = to;
        swapcontext(&self.m_fibres[from], &self.m_fibres[to]);
    }

    void run(std::vector<Body> bodies) {
        m_bodies = std::move(bodies);
        m_depth = m_preemptions = m_steps = 0;
        m_trace.clear();
        m_stopped = false;
        m_ended.fill(false);
        m_locked.fill(false);
        m_late.fill({});
        m_waitsFor.fill(nullptr);
        for (std::size_t i = 0; i < m_bodies.size(); ++i) {
            getcontext(&m_fibres[i]);
            if (!m_stacks[i]) {
                m_stacks[i] = std::make_unique<char[]>(kStack);
            }
            m_fibres[i].uc_stack.ss_sp = m_stacks[i].get();
            m_fibres[i].uc_stack.ss_size = kStack;
            m_fibres[i].uc_link = nullptr;
            makecontext(&m_fibres[i], &Schedules::enterFibre, 0);
        }
        m_running = true;
        m_current = kMostThreads;  // none yet, so that any may begin
        m_current = pick();
        swapcontext(&m_home, &m_fibres[m_current]);
        m_running = false;
        for (std::size_t i = 0; i < m_bodies.size() && m_failure.empty(); ++i) {
            if (!m_ended[i]) {
                fail("all threads wait for each other");
            }
        }
        m_current = 0;
    }

    bool learn() {
        bool learned = false;
        for (Location& location : m_locations) {
            const std::uint32_t touched = location.readers | location.writers;
            const bool several = (touched & (touched - 1)) != 0;
            if (!location.isShared && several && location.writers != 0 && location.unlocked) {
                location.isShared = learned = true;
            }
        }
        return learned;
    }

    bool nextPath() {
        while (!m_path.empty() && m_path.back().taken + 1 == m_path.back().options) {
            m_path.pop_back();
        }
        if (m_path.empty()) {
            return false;
        }
        ++m_path.back().taken;
        return true;
    }

    std::vector<Body> m_bodies;
    std::array<ucontext_t, kMostThreads> m_fibres{};
    std::array<std::unique_ptr<char[]>, kMostThreads> m_stacks;
    ucontext_t m_home{};
    std::array<bool, kMostThreads> m_ended{};
    std::array<bool, kMostThreads> m_locked{};
    std::array<bool*, kMostThreads> m_waitsFor{};
    std::array<std::vector<LateStore>, kMostThreads> m_late;
    Stores m_stores = Stores::atOnce;
    std::vector<Location> m_locations;
    std::vector<Fork> m_path;
    std::string m_failure;
    std::string m_trace;
    std::uint64_t m_count = 0;
    std::size_t m_depth = 0;
    std::uint32_t m_preemptions = 0;
    std::uint32_t m_steps = 0;
    std::uint32_t m_current = 0;
    std::uint32_t m_nextLocation = 0;
    bool m_running = false;
    bool m_glancing = false;
    bool m_stopped = false;
};

}  // namespace fusebox::breaker
