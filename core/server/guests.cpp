#include <fusebox/server/guests.h>

#include <sys/socket.h>

namespace fusebox::server {

std::shared_ptr<const Guest> Guests::enter(Guest guest, base::Time deadline, std::size_t perPeer, std::size_t all) {
    base::Lock lock(m_mutex);
    const auto known = m_perPeer.find(guest.peer);
    if (m_seats.size() >= all || (known != m_perPeer.end() && known->second >= perPeer)) return nullptr;
    auto entered = std::make_shared<const Guest>(std::move(guest));
    ++m_perPeer[entered->peer];
    m_seats[entered->fd] = {entered, deadline};
    return entered;
}

void Guests::leave(const Guest& guest) {
    base::Lock lock(m_mutex);
    if (m_seats.erase(guest.fd) == 0) return;
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
    std::size_t cut = 0;
    for (auto& [fd, seat] : m_seats) {
        if (!seat.deadline || now < *seat.deadline) continue;
        // Under the lock the descriptor is still this guest's: leave() comes before it is closed.
        ::shutdown(fd, SHUT_RDWR);
        seat.deadline.reset();
        ++cut;
    }
    return cut;
}

std::shared_ptr<const Guest> Guests::find(int fd) const {
    base::Lock lock(m_mutex);
    const auto seat = m_seats.find(fd);
    return seat == m_seats.end() ? nullptr : seat->second.guest;
}

std::size_t Guests::count() const {
    base::Lock lock(m_mutex);
    return m_seats.size();
}

}  // namespace fusebox::server
