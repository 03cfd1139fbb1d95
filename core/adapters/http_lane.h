#pragma once
// One curl multi handle with its connections: carries one request at a time and is kept for the next.
// Threads: one call at a time.

#include <fusebox/adapters/call_watch.h>
#include <fusebox/adapters/http_adapter.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::adapters {

/// What came of a request, before anybody judged it.
struct HttpAnswer {
    WaitEnd end = WaitEnd::ready;  ///< not ready: the call was ended, and in which phase
    Phase phase = Phase::connecting;
    int curlCode = 0;
    std::string curlText;
    int systemError = 0;  ///< errno of a failed connect, else zero
    int status = 0;
    std::string reason;  ///< "Service Unavailable"
    std::string body;    ///< at most kAnswerLimit bytes of it
    bool bodyWasCut = false;
    bool reusedConnection = false;
    std::string redirect;                   ///< where the server points to, if it does
    std::optional<std::string> retryAfter;  ///< as the server wrote it
};

class HttpLane {
public:
    HttpLane();
    ~HttpLane();
    HttpLane(const HttpLane&) = delete;
    HttpLane& operator=(const HttpLane&) = delete;

    /// REQUIRES: addresses are those of the URL's host; then curl looks nothing up by itself.
    [[nodiscard]] HttpAnswer exchange(const HttpSettings& settings, const std::string& resolveEntry, CallWatch& watch);

private:
    struct Handles;
    const std::unique_ptr<Handles> m_handles;
};

}  // namespace fusebox::adapters
