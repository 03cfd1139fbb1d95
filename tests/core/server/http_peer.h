// What is at the other end of a connection: raw bytes out, and whatever comes back.
// Threads: one.
// Limits: waits at most kPatience for what is to come.
#pragma once

#include <fusebox/support/file_descriptor.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peers {

inline constexpr std::chrono::seconds kPatience{20};

/// What came back to a request.
struct Answer {
    int status = 0;
    std::string head;
    std::string body;
    bool closed = false;  ///< the other side ended the connection

    /// The value of a header; empty when it is not there.
    std::string header(std::string_view name) const;
};

class HttpPeer {
public:
    /// Connects to a port of this machine, from an address of it. `room`: for so many bytes that are not read yet.
    explicit HttpPeer(std::uint16_t port, const std::string& from = "127.0.0.1", int room = 0);

    bool isConnected() const { return m_isConnected; }
    bool send(std::string_view bytes);
    /// No more will be sent.
    void finish();

    /// Everything until the other side ends the connection, read as one answer.
    Answer answer();

    /// What has come so far and more, until it holds the text; false when it does not come or the connection ends.
    bool waitFor(std::string_view text);
    /// All that was read and not yet taken.
    std::string take();
    /// Whether the other side has ended the connection, or does within the time of silence.
    bool isClosed(std::chrono::milliseconds within = kPatience);

private:
    bool readSome(std::chrono::milliseconds within);

    fusebox::support::FileDescriptor m_socket;
    bool m_isConnected = false;
    bool m_isClosed = false;
    std::string m_received;
};

/// "GET PATH" with what a well-behaved client sends, and these fields.
std::string get(std::uint16_t port, std::string_view path, std::string_view token = {}, std::string_view fields = {});
std::string post(std::uint16_t port, std::string_view path, std::string_view token, std::string_view body,
                 std::string_view fields = "Content-Type: application/json\r\n");

/// Sends it on a connection of its own.
Answer ask(std::uint16_t port, std::string_view request);

/// One message of an event stream.
struct Message {
    std::string event;
    std::string data;
    std::optional<std::uint64_t> id;
};

/// Takes the chunks of a body apart.
class ChunkReader {
public:
    /// Further bytes of the body; what lies in the chunks as far as they have come.
    std::string take(std::string_view bytes);

private:
    std::string m_sizeLine;
    std::size_t m_left = 0;  ///< of the chunk, with the line break behind it
};

/// Reads an event stream as the standard says.
class StreamReader {
public:
    /// Further bytes of the stream; the messages that they complete.
    std::vector<Message> take(std::string_view bytes);

private:
    std::string m_line;
    Message m_message;
};

}  // namespace peers
