#include <fusebox/server/open_stream.h>

#include <microhttpd.h>

#include <utility>

namespace fusebox::server {

std::shared_ptr<OpenStream> OpenStream::open(MHD_Connection* connection, std::shared_ptr<StreamBody> body) {
    std::shared_ptr<OpenStream> stream(new OpenStream(connection, std::move(body)));
    stream->m_body->onWake([weak = std::weak_ptr<OpenStream>(stream)] {
        if (const auto open = weak.lock()) open->goOn();
    });
    return stream;
}

ssize_t OpenStream::read(char* into, std::size_t most) {
    // Held from the look to the rest: what comes in between finds the connection resting and wakes it.
    base::Lock lock(m_mutex);
    if (m_body->isEnded()) return MHD_CONTENT_READER_END_OF_STREAM;
    const std::size_t count = m_body->read(into, most);
    if (count > 0) return static_cast<ssize_t>(count);
    if (m_body->isOver() || m_connection == nullptr) return MHD_CONTENT_READER_END_OF_STREAM;
    MHD_suspend_connection(m_connection);
    m_rests = true;
    return 0;
}

void OpenStream::goOn() {
    base::Lock lock(m_mutex);
    if (m_connection != nullptr && std::exchange(m_rests, false)) MHD_resume_connection(m_connection);
}

void OpenStream::detach() {
    m_body->onWake({});
    base::Lock lock(m_mutex);
    m_connection = nullptr;
}

}  // namespace fusebox::server
