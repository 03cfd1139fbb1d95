#pragma once
// Who is connected: one Guest per connection from its acceptance to its end, counted by peer, each with a deadline.
// Threads: any.
// Time: passed in.

#include <fusebox/base/mutex.h>
#include <fusebox/base/time.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace fusebox::server {

struct Guest {
    int fd = -1;
    std::string peer;  ///< the address, without the port
    std::uint16_t port = 0;
};

/// So many times those who may come in have a descriptor at most, with those who were cut and are not gone yet.
inline constexpr std::size_t kMostSeats = 2;

class Guests {
public:
    /// Nothing when there are too many, of this peer or of all. The connection is to be over by the deadline.
    /// Those who were cut take no place among all any more.
    [[nodiscard]] std::shared_ptr<const Guest> enter(Guest guest, base::Time deadline, std::size_t perPeer,
                                                     std::size_t all);

    /// REQUIRES: called before the connection's descriptor is closed.
    void leave(const Guest& guest);

    /// A new deadline; nothing: none.
    void setDeadline(const Guest& guest, std::optional<base::Time> deadline);

    /// The head of the guest's request has come.
    void noteHead(const Guest& guest);
    /// How many have not sent a head yet.
    [[nodiscard]] std::size_t silent() const;
    /// Cuts the one of them who came first.
    void cutOldestSilent();

    /// Cuts the connections whose deadline has passed; whoever owns them notices. Says how many.
    std::size_t cutLate(base::Time now);

    /// The guest with this descriptor.
    [[nodiscard]] std::shared_ptr<const Guest> find(int fd) const;

    /// Without those who were cut.
    [[nodiscard]] std::size_t count() const;

private:
    struct Seat {
        std::shared_ptr<const Guest> guest;
        std::optional<base::Time> deadline;
        std::uint64_t number = 0;  ///< in the order of arrival
        bool isCut = false;        ///< and is gone as soon as its owner notices
    };

    void cut(Seat& seat) FUSEBOX_REQUIRES(m_mutex);

    mutable base::Mutex m_mutex;
    std::unordered_map<int, Seat> m_seats FUSEBOX_GUARDED_BY(m_mutex);
    std::map<std::uint64_t, int> m_silent
        FUSEBOX_GUARDED_BY(m_mutex);                    ///< by arrival; those who were cut are not in it
    std::size_t m_cut FUSEBOX_GUARDED_BY(m_mutex) = 0;  ///< of the seats
    std::uint64_t m_arrivals FUSEBOX_GUARDED_BY(m_mutex) = 0;
    std::unordered_map<std::string, std::size_t> m_perPeer FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::server
