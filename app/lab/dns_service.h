#pragma once
// A name server over UDP that knows one name; faults become SERVFAIL, NXDOMAIN, REFUSED, silence or a closed port.
// Limits: questions of 512 bytes; only A records, class IN.

#include <fusebox/lab/descriptor.h>
#include <fusebox/lab/event_loop.h>
#include <fusebox/lab/service.h>

#include <netinet/in.h>

#include <string>
#include <string_view>

namespace fusebox::lab {

struct DnsTraits {
    std::string name;
    std::string knownName;  ///< "orders.lab.test"
    Temper temper;
    double callsPerSecond = 0;
};

class DnsService final : public Service {
public:
    DnsService(EventLoop& loop, DnsTraits traits, std::uint64_t seed);

    [[nodiscard]] base::Result<void> open() override;
    void close() override;
    void apply(const Faults& faults) override;
    [[nodiscard]] ServiceCard card() const override;

private:
    void receiveAll();
    void treat(std::string question, const sockaddr_in& from);
    [[nodiscard]] std::string reply(std::string_view question, Fate fate) const;

    EventLoop& m_loop;
    const DnsTraits m_traits;
    FaultPlan m_plan;
    Descriptor m_socket;
    std::uint16_t m_port = 0;
};

}  // namespace fusebox::lab
