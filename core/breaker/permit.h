#pragma once
// The right to make one call, and its counterpart: the refusal.
// Threads: a permit may be moved to and completed on any thread; one permit is used by one thread at a time.
// Include circuit_breaker.h to use one.
// Lifetime: keeps the breaker alive, also when all other references are gone. Dropped without an outcome it counts as
// cancelled.

#include <fusebox/base/time.h>
#include <fusebox/breaker/ticket.h>
#include <fusebox/domain/error.h>

#include <utility>

namespace fusebox::breaker {

class CircuitBreaker;

class Permit {
public:
    Permit() noexcept = default;
    Permit(Permit&& other) noexcept : m_breaker(std::exchange(other.m_breaker, nullptr)), m_ticket(other.m_ticket) {}
    Permit& operator=(Permit&& other) noexcept;
    Permit(const Permit&) = delete;
    Permit& operator=(const Permit&) = delete;
    ~Permit();

    /// False once it was completed or moved away.
    [[nodiscard]] explicit operator bool() const noexcept { return m_breaker != nullptr; }

    // Completing an empty permit does nothing.
    void success() noexcept;
    /// An error without category counts as UNKNOWN; configuration may say that the error is to be ignored.
    void failure(domain::ErrorRef error) noexcept;
    /// A failure of which only the category is known.
    void failure(domain::Category category) noexcept;
    /// The call ended, but says nothing about the dependency.
    void ignore(domain::ErrorRef error = nullptr) noexcept;
    /// The call did not take place or was given up; its place is given back.
    void cancel() noexcept;

    /// The caller measured the call itself: it ends now and took so long.
    void took(base::Duration duration) noexcept;

private:
    friend class CircuitBreaker;
    Permit(CircuitBreaker* breaker, Ticket ticket) noexcept : m_breaker(breaker), m_ticket(ticket) {}

    CircuitBreaker* m_breaker = nullptr;
    Ticket m_ticket;
};

/// What tryAcquire() gives: a permit, or the refusal.
class Acquired {
public:
    explicit Acquired(Permit permit) noexcept : m_permit(std::move(permit)) {}
    explicit Acquired(Refusal refusal) noexcept : m_refusal(refusal) {}

    [[nodiscard]] bool permitted() const noexcept { return static_cast<bool>(m_permit); }
    [[nodiscard]] explicit operator bool() const noexcept { return permitted(); }

    [[nodiscard]] Permit& permit() & noexcept { return m_permit; }
    [[nodiscard]] Permit permit() && noexcept { return std::move(m_permit); }

    /// Meaningful only if not permitted.
    [[nodiscard]] const Refusal& refusal() const noexcept { return m_refusal; }

private:
    Permit m_permit;
    Refusal m_refusal;
};

}  // namespace fusebox::breaker
