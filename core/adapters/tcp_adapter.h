#pragma once
// Connects to a TCP service, optionally says a line and waits for a banner. Each call is a connection of its own: that is the test.
// Limits: the banner is looked for in the first 64 KiB.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>

#include <cstdint>
#include <memory>
#include <string>

namespace fusebox::adapters {

struct TcpSettings {
    std::string host;
    std::uint16_t port = 0;
    std::string sendLine;  ///< said right after connecting, with CR LF behind it; empty: nothing
    std::string banner;    ///< must occur in what the peer says; empty: connecting is enough
    CallLimits limits;

    bool operator==(const TcpSettings&) const = default;
};

class TcpAdapter final : public DataAdapter {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<DataAdapter>> create(TcpSettings settings,
                                                                           const base::Clock& clock);

    [[nodiscard]] std::string_view kind() const noexcept override { return "tcp"; }
    [[nodiscard]] std::string target() const override;
    [[nodiscard]] CallResult call(std::stop_token stop) override;
    void resetConnections() override {}  // none is kept

private:
    TcpAdapter(TcpSettings settings, const base::Clock& clock) : m_settings(std::move(settings)), m_clock(clock) {}

    const TcpSettings m_settings;
    const base::Clock& m_clock;
};

}  // namespace fusebox::adapters
