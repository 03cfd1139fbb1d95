#pragma once
// The newest part of the event stream, each event serialised once for all who follow.
// Threads: one at a time; the Broadcast guards it. Parts are immutable and shared.
// Limits: the given number of bytes; the oldest parts go first.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::server {

/// A piece of the stream.
struct StreamPart {
    std::uint64_t after = 0;  ///< the id of the last event before it
    std::uint64_t last = 0;   ///< the id of its last event; as `after` if it tells of a loss only
    std::string text;
    std::vector<std::pair<std::uint64_t, std::size_t>> starts;  ///< where each event's messages begin
};

using StreamPartRef = std::shared_ptr<const StreamPart>;

class EventRing {
public:
    /// `last`: the id of the last event before the ring begins.
    EventRing(std::size_t bytes, std::uint64_t last) : m_bytesAtMost(bytes), m_first(last), m_last(last) {}

    /// REQUIRES: part->after >= last().
    void append(StreamPartRef part);

    /// Parts are numbered without gaps; those from begin() up to end() are here.
    [[nodiscard]] std::uint64_t begin() const { return m_begin; }
    [[nodiscard]] std::uint64_t end() const { return m_begin + m_parts.size(); }
    /// REQUIRES: begin() <= number < end().
    [[nodiscard]] const StreamPartRef& part(std::uint64_t number) const { return m_parts[number - m_begin]; }

    /// All events with higher ids are here, as far as there are any.
    [[nodiscard]] std::uint64_t completeAfter() const { return m_first; }
    [[nodiscard]] std::uint64_t last() const { return m_last; }

    struct Place {
        std::uint64_t part = 0;
        std::size_t offset = 0;  ///< in the part's text
    };
    /// Where the messages after this event begin. REQUIRES: id >= completeAfter().
    [[nodiscard]] Place placeAfter(std::uint64_t id) const;

private:
    const std::size_t m_bytesAtMost;
    std::deque<StreamPartRef> m_parts;
    std::uint64_t m_begin = 0;
    std::size_t m_bytes = 0;
    std::uint64_t m_first;
    std::uint64_t m_last;
};

}  // namespace fusebox::server
