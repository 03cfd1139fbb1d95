#include <fusebox/server/guests.h>

#include <sys/socket.h>

#include <utility>

namespace fusebox::server {

std::shared_ptr<const Guest> Guests::enter(Guest guest, base::Time deadline, std::size_t perPeer, std::size_t all) {
    base::Lock lock(m_mutex);
    const auto known = m_perPeer.find(guest.peer);
    if (m_seats.size() >= kMostSeats * all) return nullptr;
    if (m_seats.size() - m_cut >= all || (known != m_perPeer.end() && known->second >= perPeer)) return nullptr;
    auto entered = std::make_shared<const Guest>(std::move(guest));
    ++m_perPeer[entered->peer];
    m_seats[entered->fd] = {entered, deadline, ++m_arrivals};
    m_silent[m_arrivals] = entered->fd;
    return entered;
}

void Guests::leave(const Guest& guest) {
    base::Lock lock(m_mutex);
    const auto seat = m_seats.find(guest.fd);
    if (seat == m_seats.end()) return;
    if (seat->second.isCut) --m_cut;
    m_silent.erase(seat->second.number);
    m_seats.erase(seat);
    const auto known = m_perPeer.find(guest.peer);
    if (known != m_perPeer.end() && --known->second == 0) m_perPeer.erase(known);
}

void Guests::setDeadline(const Guest& guest, std::optional<base::Time> deadline) {
    base::Lock lock(m_mutex);
    const auto seat = m_seats.find(guest.fd);
    if (seat != m_seats.end()) seat->second.deadline = deadline;
}

std::size_t Guests::cutLate(base::Time now) {
    base::Lock lock(m_mutex);
    std::size_t count = 0;
    for (auto& [fd, seat] : m_seats) {
        if (!seat.deadline || now < *seat.deadline) continue;
        cut(seat);
        ++count;
    }
    return count;
}

/// Under the lock the descriptor is still this guest's: leave() comes before it is closed.
void Guests::cut(Seat& seat) {
    ::shutdown(seat.guest->fd, SHUT_RDWR);
    seat.deadline.reset();
    m_silent.erase(seat.number);
    if (!std::exchange(seat.isCut, true)) ++m_cut;
}

void Guests::noteHead(const Guest& guest) {
    base::Lock lock(m_mutex);
    const auto seat = m_seats.find(guest.fd);
    if (seat != m_seats.end()) m_silent.erase(seat->second.number);
}

std::size_t Guests::silent() const {
    base::Lock lock(m_mutex);
    return m_silent.size();
}

void Guests::cutOldestSilent() {
    base::Lock lock(m_mutex);
    if (!m_silent.empty()) cut(m_seats.at(m_silent.begin()->second));
}

std::shared_ptr<const Guest> Guests::find(int fd) const {
    base::Lock lock(m_mutex);
    const auto seat = m_seats.find(fd);
    return seat == m_seats.end() ? nullptr : seat->second.guest;
}

std::size_t Guests::count() const {
    base::Lock lock(m_mutex);
    return m_seats.size() - m_cut;
}

}  // namespace fusebox::server
