#pragma once
// Sends one command to a Redis server and judges the reply. The protocol is hiredis, the socket our own, so that the deadlines hold.
// Errors: error replies carry code system redis with their first word (NOAUTH, LOADING, READONLY, MOVED); the socket's carry errno.
// Limits: replies of more than 1 MiB are refused.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/adapters/pool.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::adapters {

class CallWatch;
class StreamSocket;

struct RedisSettings {
    std::string host;
    std::uint16_t port = 6379;
    std::string user;      ///< empty: the default user
    std::string password;  ///< empty: no AUTH
    std::vector<std::string> command{"PING"};
    std::optional<std::string> expectedReply;  ///< a status, text or integer; nothing: any reply that is no error
    CallLimits limits;

    bool operator==(const RedisSettings&) const = default;
};

class RedisAdapter final : public DataAdapter {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<DataAdapter>> create(RedisSettings settings,
                                                                           const base::Clock& clock);
    ~RedisAdapter() override;

    [[nodiscard]] std::string_view kind() const noexcept override { return "redis"; }
    [[nodiscard]] std::string target() const override;
    [[nodiscard]] CallResult call(std::stop_token stop) override;
    void resetConnections() override;

private:
    RedisAdapter(RedisSettings settings, const base::Clock& clock);

    [[nodiscard]] CallResult talk(CallWatch& watch);

    const RedisSettings m_settings;
    const base::Clock& m_clock;
    Pool<StreamSocket> m_pool;
};

}  // namespace fusebox::adapters
