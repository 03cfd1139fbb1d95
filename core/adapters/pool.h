#pragma once
// Keeps idle connections for the next call, newest first.
// Threads: all functions from any thread; a connection that was taken belongs to its taker alone.
// Time: a connection that lay idle longer than the given age is not handed out again: what sits between may have forgotten it.
// Limits: keeps at most the given number; what does not fit is closed.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace fusebox::adapters {

/// A connection on loan. Its generation tells whether the pool was dropped meanwhile.
template <typename Connection>
struct Loan {
    std::unique_ptr<Connection> connection;  ///< null: nothing was kept, connect anew
    std::uint64_t generation = 0;
};

template <typename Connection>
class Pool {
public:
    static constexpr std::size_t kMost = 16;
    static constexpr base::Duration kIdleLimit = std::chrono::seconds(60);

    explicit Pool(const base::Clock& clock) : m_clock(clock) {}

    [[nodiscard]] Loan<Connection> take() {
        std::vector<Kept> stale;  // closed after the lock is gone: closing may talk to the network
        base::Lock lock(m_mutex);
        Loan<Connection> loan{nullptr, m_generation};
        if (m_kept.empty()) return loan;
        if (m_clock.now() - m_kept.back().since > kIdleLimit) {
            stale.swap(m_kept);  // the newest is too old, so all are
            return loan;
        }
        loan.connection = std::move(m_kept.back().connection);
        m_kept.pop_back();
        return loan;
    }

    /// Takes a healthy connection back; closes it when the pool was dropped since it was taken.
    void keep(Loan<Connection> loan) {
        base::Lock lock(m_mutex);
        if (loan.generation != m_generation || m_kept.size() >= kMost) return;
        m_kept.push_back({std::move(loan.connection), m_clock.now()});
    }

    /// Closes all that is idle now, and what is on loan when it comes back.
    void drop() {
        std::vector<Kept> dropped;
        base::Lock lock(m_mutex);
        ++m_generation;
        dropped.swap(m_kept);
    }

private:
    struct Kept {
        std::unique_ptr<Connection> connection;
        base::Time since;
    };

    const base::Clock& m_clock;
    base::Mutex m_mutex;
    std::vector<Kept> m_kept FUSEBOX_GUARDED_BY(m_mutex);
    std::uint64_t m_generation FUSEBOX_GUARDED_BY(m_mutex) = 0;
};

}  // namespace fusebox::adapters
