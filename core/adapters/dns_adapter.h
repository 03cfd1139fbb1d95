#pragma once
// Asks the DNS for the address of a name: the name servers themselves, not the hosts file.
// Errors: code system dns with NXDOMAIN, NODATA, SERVFAIL, REFUSED, TIMEOUT, ...; CONNREFUSED when no server is there.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>

#include <cstdint>
#include <memory>
#include <string>

namespace fusebox::adapters {

class CallWatch;

struct DnsSettings {
    enum class Record : std::uint8_t { a, aaaa };

    std::string name;
    Record record = Record::a;
    std::string server;  ///< address of a name server; empty: those of the system
    std::uint16_t serverPort = 53;
    std::string expectedAddress;  ///< must be among the answers; empty: any will do
    CallLimits limits;

    bool operator==(const DnsSettings&) const = default;
};

class DnsAdapter final : public DataAdapter {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<DataAdapter>> create(DnsSettings settings,
                                                                           const base::Clock& clock);

    [[nodiscard]] std::string_view kind() const noexcept override { return "dns"; }
    [[nodiscard]] std::string target() const override;
    [[nodiscard]] CallResult call(std::stop_token stop) override;
    void resetConnections() override {}  // none is kept

private:
    DnsAdapter(DnsSettings settings, const base::Clock& clock) : m_settings(std::move(settings)), m_clock(clock) {}

    [[nodiscard]] CallResult lookUp(CallWatch& watch) const;

    const DnsSettings m_settings;
    const base::Clock& m_clock;
};

}  // namespace fusebox::adapters
