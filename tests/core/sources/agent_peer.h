// An agent on loopback that says what the test tells it to, byte by byte.
#pragma once

#include <fusebox/support/scripted_peer.h>

#include <unistd.h>
#include <fstream>
#include <functional>
#include <string>

namespace story {

using fusebox::support::PeerConnection;
using fusebox::support::ScriptedPeer;

inline const std::string kStreamHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n";

inline std::string answer(const std::string& status, const std::string& body,
                          const std::string& type = "application/json", const std::string& headers = {}) {
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + headers + "\r\n" + body;
}

/// The head of a request, and its body where the head announces one.
struct Asked {
    std::string head;
    std::string body;

    bool is(const std::string& what) const { return head.rfind(what, 0) == 0; }
    std::string field(const std::string& name) const {
        const auto at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos) return {};
        const auto from = at + name.size() + 4;
        return head.substr(from, head.find("\r\n", from) - from);
    }
};

inline Asked ask(PeerConnection& peer) {
    Asked asked;
    asked.head = peer.readUntil("\r\n\r\n");
    const std::string length = asked.field("Content-Length");
    if (!length.empty()) asked.body = peer.readExactly(std::stoul(length));
    return asked;
}

/// Serves each request of each connection by this function, until the client closes.
inline ScriptedPeer::Talk serving(std::function<void(const Asked&, PeerConnection&)> serve) {
    return [serve = std::move(serve)](PeerConnection& peer) {
        for (;;) {
            const Asked asked = ask(peer);
            if (asked.head.empty()) return;
            serve(asked, peer);
        }
    };
}

/// Bytes that this process has in memory.
inline std::int64_t residentBytes() {
    std::ifstream file("/proc/self/statm");
    std::int64_t whole = 0;
    std::int64_t resident = 0;
    file >> whole >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

}  // namespace story
