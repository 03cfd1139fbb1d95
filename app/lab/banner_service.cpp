#include <fusebox/lab/banner_service.h>

#include <fmt/format.h>

namespace fusebox::lab {

BannerService::BannerService(EventLoop& loop, BannerTraits traits, std::uint64_t seed)
    : StreamService(loop, traits.temper, Opening::byServer, seed), m_traits(std::move(traits)) {}

ServiceCard BannerService::card() const {
    ServiceCard card;
    card.name = m_traits.name;
    card.kind = "tcp";
    card.address = fmt::format("tcp://127.0.0.1:{}", port());
    card.port = port();
    card.goodAnswer = "220 ";
    card.answers = {Answer::healthy, Answer::rateLimited, Answer::wrongBody, Answer::refuse, Answer::hang};
    card.callsPerSecond = m_traits.callsPerSecond;
    return card;
}

std::size_t BannerService::requestLength(std::string_view received) const {
    const std::size_t end = received.find('\n');
    return end == std::string_view::npos ? 0 : end + 1;
}

StreamService::Reply BannerService::reply(std::string_view request, const Verdict& verdict) {
    if (request.starts_with("QUIT")) return {"221 bye\r\n", Then::hangUp};
    if (!request.empty()) return {"250 OK\r\n"};
    switch (verdict.fate) {
        case Fate::serve:
            return {fmt::format("220 {} ESMTP fusebox lab\r\n", m_traits.name)};
        case Fate::tooMany:
            return {"421 too many connections, try again later\r\n", Then::hangUp};
        case Fate::overloaded:
            return {"421 warming up, try again later\r\n", Then::hangUp};
        case Fate::wrongBody:
            return {"SSH-2.0-OpenSSH_9.2\r\n"};
        case Fate::error:
        case Fate::unauthorized:
        case Fate::never:
            break;
    }
    return {{}, Then::hangUp};
}

}  // namespace fusebox::lab
