#pragma once
// The breakers in the format of Hystrix's metrics stream, so that dashboards made for it read us.
// Every 500 ms each breaker is told as a HystrixCommand with all fields of the format. What Hystrix does not know is
// turned into what it knows: HALF_OPEN is an open circuit; a percentile that is not kept is told as the next higher one that is.
// Threads: the board: any. A stream: as StreamBody.
// Limits: rolling counts go back ten seconds, as far as someone has followed since then.
// Source: the serialisation of hystrix-serialization 1.5, by its fields.

#include <fusebox/base/mutex.h>
#include <fusebox/domain/frame.h>
#include <fusebox/server/broadcast.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

namespace fusebox::server {

/// Makes the text once for all who follow.
class HystrixBoard {
public:
    [[nodiscard]] SharedText textOf(const domain::Frame& frame);

private:
    struct Past {
        base::Time at{};
        domain::Totals totals;
    };

    [[nodiscard]] domain::Totals rolling(const domain::Snapshot& snapshot, base::Time at) FUSEBOX_REQUIRES(m_mutex);

    base::Mutex m_mutex;
    std::uint64_t m_frame FUSEBOX_GUARDED_BY(m_mutex) = 0;
    SharedText m_text FUSEBOX_GUARDED_BY(m_mutex);
    std::unordered_map<domain::BreakerId, std::deque<Past>> m_past FUSEBOX_GUARDED_BY(m_mutex);
};

class HystrixStream final : public StreamBody {
public:
    /// REQUIRES: both outlive it.
    HystrixStream(Broadcast& broadcast, HystrixBoard& board) : m_broadcast(broadcast), m_board(board) {}

    [[nodiscard]] std::size_t read(char* into, std::size_t most) override;
    [[nodiscard]] bool isOver() const override { return m_broadcast.isClosed(); }

private:
    [[nodiscard]] bool takeNext();

    Broadcast& m_broadcast;
    HystrixBoard& m_board;
    SharedText m_text;
    std::size_t m_offset = 0;
    base::Duration::rep m_interval = -1;
};

}  // namespace fusebox::server
