#pragma once
// An open stream on its connection: hands the library what the body has, and lets the connection rest while it has
// nothing.
// Threads: read() and detach() on the library's thread; the body's wake() from any.

#include <fusebox/base/mutex.h>
#include <fusebox/server/stream_body.h>

#include <sys/types.h>

#include <memory>

struct MHD_Connection;

namespace fusebox::server {

class OpenStream : public std::enable_shared_from_this<OpenStream> {
public:
    [[nodiscard]] static std::shared_ptr<OpenStream> open(MHD_Connection* connection, std::shared_ptr<StreamBody> body);

    /// As the library's content readers: how many bytes, zero for none now, or the end of the stream.
    [[nodiscard]] ssize_t read(char* into, std::size_t most);

    /// The connection has ended.
    void detach();

private:
    OpenStream(MHD_Connection* connection, std::shared_ptr<StreamBody> body)
        : m_body(std::move(body)), m_connection(connection) {}

    void goOn();

    const std::shared_ptr<StreamBody> m_body;
    base::Mutex m_mutex;
    MHD_Connection* m_connection FUSEBOX_GUARDED_BY(m_mutex);
    bool m_rests FUSEBOX_GUARDED_BY(m_mutex) = false;
};

}  // namespace fusebox::server
