#pragma once
// A cache that speaks Redis' protocol (RESP2): PING, ECHO, GET, SET, AUTH, SELECT; faults become its well-known error
// replies.

#include <fusebox/lab/stream_service.h>

#include <map>
#include <vector>

namespace fusebox::lab {

struct RespTraits {
    std::string name;
    Temper temper;
    double callsPerSecond = 0;
};

class RespService final : public StreamService {
public:
    RespService(EventLoop& loop, RespTraits traits, std::uint64_t seed);

    [[nodiscard]] ServiceCard card() const override;

protected:
    [[nodiscard]] std::size_t requestLength(std::string_view received) const override;
    [[nodiscard]] Reply reply(std::string_view request, const Verdict& verdict) override;

private:
    [[nodiscard]] std::string serve(const std::vector<std::string>& words);

    const RespTraits m_traits;
    std::map<std::string, std::string, std::less<>> m_values;
};

}  // namespace fusebox::lab
