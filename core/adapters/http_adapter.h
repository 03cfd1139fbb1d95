#pragma once
// Makes one HTTP request and judges status and body. Built on libcurl; certificates are always verified.
// Errors: an unwanted status has code system http, with the reason and the start of the body; transport trouble has curl's number,
// and the errno or the resolver's word as its cause. Retry-After is read in both of its forms.
// Limits: the first 1 MiB of a body is read and looked at. Proxies of the environment are not used, cookies are not kept.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/adapters/pool.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/base/result.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::adapters {

class CallWatch;
class HttpLane;
struct HttpAnswer;

struct StatusRange {
    std::uint16_t first = 200;
    std::uint16_t last = 299;

    bool operator==(const StatusRange&) const = default;
};

struct HttpSettings {
    std::string url;  ///< http or https, without user and password
    std::string method = "GET";
    std::vector<std::pair<std::string, std::string>>
        headers;  ///< their values are secrets, save those of Accept, Content-Type, ...
    std::string body;
    std::vector<StatusRange> expectedStatus{StatusRange{}};
    std::string bodyContains;  ///< must occur in the body; empty: any body will do
    std::string caFile;        ///< whom to trust; empty: whom the system trusts
    std::string user;          ///< for HTTP basic authentication
    std::string password;
    std::string bearerToken;
    std::uint16_t mostRedirects = 0;  ///< followed at most; on another host only user, password and token are held back
    CallLimits limits;

    bool operator==(const HttpSettings&) const = default;
};

class HttpAdapter final : public DataAdapter {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<DataAdapter>> create(HttpSettings settings,
                                                                           const base::Clock& clock);
    ~HttpAdapter() override;

    [[nodiscard]] std::string_view kind() const noexcept override { return "http"; }
    /// The URL without its query, which may hold a key.
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] CallResult call(std::stop_token stop) override;
    void resetConnections() override;

private:
    /// Where the URL leads to, taken apart once.
    struct Place {
        std::string host;
        std::uint16_t port = 0;
        std::string shown;
    };
    /// The addresses of the host, kept for a while: a lookup for each request would be waste.
    struct KnownAddresses {
        std::vector<std::string> texts;
        base::Time since{};
    };

    HttpAdapter(HttpSettings settings, Place place, const base::Clock& clock);

    [[nodiscard]] static base::Result<Place> place(const std::string& url);
    [[nodiscard]] tl::expected<std::vector<std::string>, domain::Error> addresses(CallWatch& watch);
    [[nodiscard]] CallResult exchange(CallWatch& watch);
    [[nodiscard]] CallResult judge(const HttpAnswer& answer, const CallWatch& watch) const;

    const HttpSettings m_settings;
    const std::string m_host;
    const std::uint16_t m_port;
    const std::string m_target;
    const std::vector<std::string> m_secrets;
    const base::Clock& m_clock;
    Pool<HttpLane> m_lanes;
    base::Mutex m_mutex;
    KnownAddresses m_known FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::adapters
