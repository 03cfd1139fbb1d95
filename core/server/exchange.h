#pragma once
// One request and its answer, which may come later and from another thread.
// Threads: answer() from any thread; the rest on the thread of the HTTP library.
// Lifetime: shared; answer() does nothing once the connection has ended.

#include <fusebox/base/mutex.h>
#include <fusebox/server/reply.h>
#include <fusebox/server/request.h>
#include <fusebox/server/stream_body.h>

#include <memory>
#include <optional>
#include <variant>

struct MHD_Connection;

namespace fusebox::server {

/// An answer at once, or a stream that goes on.
using Outcome = std::variant<Reply, std::shared_ptr<StreamBody>>;

class Exchange {
public:
    Exchange(MHD_Connection* connection, Request request) : m_connection(connection), m_request(std::move(request)) {}

    [[nodiscard]] const Request& request() const { return m_request; }
    [[nodiscard]] Request& request() { return m_request; }

    /// The first answer counts.
    void answer(Outcome outcome);

    /// The answer if it has been given; else the connection waits for it, and the library's thread goes on.
    [[nodiscard]] std::optional<Outcome> takeOrWait();

    /// The connection has ended.
    void detach();

private:
    base::Mutex m_mutex;
    MHD_Connection* m_connection FUSEBOX_GUARDED_BY(m_mutex);
    std::optional<Outcome> m_outcome FUSEBOX_GUARDED_BY(m_mutex);
    bool m_isWaiting FUSEBOX_GUARDED_BY(m_mutex) = false;
    Request m_request;
};

}  // namespace fusebox::server
