#include <fusebox/adapters/resolver.h>
#include <fusebox/adapters/settings_check.h>
#include <fusebox/adapters/stream_socket.h>
#include <fusebox/adapters/tcp_adapter.h>

#include <fmt/format.h>

#include <array>

namespace fusebox::adapters {

namespace {

constexpr std::size_t kBannerLimit = 64 * 1024;

domain::Error bannerMissing(const std::string& peer, const std::string& banner, const std::string& heard,
                            std::string_view why) {
    return failure("UnexpectedAnswer",
                   heard.empty() ? fmt::format("{} said nothing; expected '{}' ({})", peer, banner, why)
                                 : fmt::format("{} did not say '{}' ({}); it said: {}", peer, banner, why, heard));
}

CallResult hearBanner(StreamSocket& socket, const std::string& banner, CallWatch& watch) {
    std::string heard;
    std::array<char, 4096> buffer{};
    while (heard.find(banner) == std::string::npos) {
        if (heard.size() >= kBannerLimit) {
            return tl::unexpected(bannerMissing(socket.peer(), banner, heard, "in its first 64 KiB"));
        }
        const auto count = socket.receive(buffer, watch);
        if (!count) return tl::unexpected(count.error());
        if (*count == 0) return tl::unexpected(bannerMissing(socket.peer(), banner, heard, "before it closed"));
        heard.append(buffer.data(), *count);
    }
    const std::string firstLine = heard.substr(0, heard.find_first_of("\r\n"));
    return Answer{cleanText(firstLine, 200), heard.size(), false};
}

CallResult talk(const TcpSettings& settings, CallWatch& watch) {
    auto socket = StreamSocket::connect(settings.host, settings.port, watch);
    if (!socket) return tl::unexpected(socket.error());
    if (!settings.sendLine.empty()) {
        const auto sent = socket->send(settings.sendLine + "\r\n", watch);
        if (!sent) return tl::unexpected(sent.error());
    }
    if (!settings.banner.empty()) return hearBanner(*socket, settings.banner, watch);
    return Answer{"connected to " + socket->peer(), 0, false};
}

}  // namespace

base::Result<std::unique_ptr<DataAdapter>> TcpAdapter::create(TcpSettings settings, const base::Clock& clock) {
    SettingsCheck check;
    check.host("host", settings.host);
    check.port("port", settings.port);
    check.line("send_line", settings.sendLine);
    check.require(settings.banner.size() <= 4096, "banner", "is longer than 4096 bytes");
    check.limits(settings.limits);
    if (check.trouble()) return tl::unexpected(*check.trouble());
    return std::unique_ptr<DataAdapter>(new TcpAdapter(std::move(settings), clock));
}

std::string TcpAdapter::target() const {
    return "tcp://" + hostAndPort(m_settings.host, m_settings.port);
}

CallResult TcpAdapter::call(std::stop_token stop) {
    CallWatch watch(m_settings.limits, m_clock, std::move(stop));
    return talk(m_settings, watch).map_error([&](domain::Error error) {
        return sealed(std::move(error), kind(), "connect " + target());
    });
}

}  // namespace fusebox::adapters
