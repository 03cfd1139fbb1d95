#pragma once
// An HTTP/1.1 server with one resource, JSON and kept connections; faults become 500, 429, 401, a wrong body or a cut
// connection.

#include <fusebox/lab/stream_service.h>

namespace fusebox::lab {

struct HttpTraits {
    std::string name;
    std::string path;        ///< "/orders"
    std::string body;        ///< of a good answer; JSON
    std::string token;       ///< wanted as bearer when not empty
    std::string goodAnswer;  ///< a part of the body that tells a right one from a wrong one
    Temper temper;
    double callsPerSecond = 0;
};

class HttpService final : public StreamService {
public:
    HttpService(EventLoop& loop, HttpTraits traits, std::uint64_t seed);

    [[nodiscard]] ServiceCard card() const override;

protected:
    [[nodiscard]] std::size_t requestLength(std::string_view received) const override;
    [[nodiscard]] Reply reply(std::string_view request, const Verdict& verdict) override;

private:
    [[nodiscard]] std::string answer(std::string_view request, const Verdict& verdict) const;
    [[nodiscard]] std::string serve(std::string_view request) const;

    const HttpTraits m_traits;
    std::uint64_t m_errors = 0;
};

}  // namespace fusebox::lab
