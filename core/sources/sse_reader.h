#pragma once
// Reads a stream of server-sent events (WHATWG HTML, "Server-sent events") as its bytes come, however they are cut.
// Threads: one at a time.
// Errors: a line or an event beyond its limit ends the reading for good.
// Limits: Options; it never keeps more than one line and one event.

#include <fusebox/base/result.h>
#include <fusebox/base/time.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::sources {

struct SseEvent {
    std::string type;               ///< "message" where the stream names none
    std::string data;               ///< its lines joined by line feeds
    std::optional<std::string> id;  ///< where the event itself carries one
};

class SseReader {
public:
    struct Options {
        std::size_t longestLine = 4U << 20U;
        std::size_t largestEvent = 4U << 20U;
    };
    using OnEvent = std::function<void(SseEvent&&)>;

    SseReader() : SseReader(Options{}) {}
    explicit SseReader(Options options) : m_options(options) {}

    /// Calls onEvent for each event that these bytes complete.
    /// Errors: limitReached, now and at each later call.
    [[nodiscard]] base::Result<void> feed(std::string_view bytes, const OnEvent& onEvent);

    /// Forgets the half of an event that was read, for a new connection. What retry said stays.
    void restart();

    /// How long to wait before connecting anew, where the stream has said so: at most a minute.
    [[nodiscard]] std::optional<base::Duration> retry() const { return m_retry; }

private:
    enum class After : std::uint8_t { nothing, carriageReturn };

    [[nodiscard]] bool addToLine(std::string_view bytes);
    void endLine(const OnEvent& onEvent);
    void takeField(std::string_view name, std::string_view value);
    void dispatch(const OnEvent& onEvent);

    const Options m_options;
    std::string m_line;
    SseEvent m_event;
    bool m_hasData = false;
    bool m_isFirstLine = true;
    bool m_isBroken = false;
    After m_after = After::nothing;
    std::optional<base::Duration> m_retry;
};

}  // namespace fusebox::sources
