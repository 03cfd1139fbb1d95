#pragma once
// A mail relay that greets whoever connects ("220 ...") and knows QUIT and NOOP; faults become 421, 554 or a cut
// connection.

#include <fusebox/lab/stream_service.h>

namespace fusebox::lab {

struct BannerTraits {
    std::string name;
    Temper temper;
    double callsPerSecond = 0;
};

class BannerService final : public StreamService {
public:
    BannerService(EventLoop& loop, BannerTraits traits, std::uint64_t seed);

    [[nodiscard]] ServiceCard card() const override;

protected:
    [[nodiscard]] std::size_t requestLength(std::string_view received) const override;
    [[nodiscard]] Reply reply(std::string_view request, const Verdict& verdict) override;

private:
    const BannerTraits m_traits;
};

}  // namespace fusebox::lab
