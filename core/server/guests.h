#pragma once
// Who is connected: one Guest per connection from its acceptance to its end, counted by peer, each with a deadline.
// Threads: any.
// Time: passed in.

#include <fusebox/base/mutex.h>
#include <fusebox/base/time.h>

#include <cstddef>
#include <cstdint>
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

class Guests {
public:
    /// Nothing when there are too many, of this peer or of all. The connection is to be over by the deadline.
    [[nodiscard]] std::shared_ptr<const Guest> enter(Guest guest, base::Time deadline, std::size_t perPeer,
                                                     std::size_t all);

    /// REQUIRES: called before the connection's descriptor is closed.
    void leave(const Guest& guest);

    /// A new deadline; nothing: none.
    void setDeadline(const Guest& guest, std::optional<base::Time> deadline);

    /// Cuts the connections whose deadline has passed; whoever owns them notices. Says how many.
    std::size_t cutLate(base::Time now);

    /// The guest with this descriptor.
    [[nodiscard]] std::shared_ptr<const Guest> find(int fd) const;

    [[nodiscard]] std::size_t count() const;

private:
    struct Seat {
        std::shared_ptr<const Guest> guest;
        std::optional<base::Time> deadline;
    };

    mutable base::Mutex m_mutex;
    std::unordered_map<int, Seat> m_seats FUSEBOX_GUARDED_BY(m_mutex);
    std::unordered_map<std::string, std::size_t> m_perPeer FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::server
