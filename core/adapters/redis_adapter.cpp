#include <fusebox/adapters/redis_adapter.h>
#include <fusebox/adapters/redis_protocol.h>
#include <fusebox/adapters/resolver.h>
#include <fusebox/adapters/settings_check.h>
#include <fusebox/adapters/stream_socket.h>

#include <fmt/format.h>

#include <array>

namespace fusebox::adapters {

namespace {

struct Heard {
    RedisReply reply;
    std::size_t bytes = 0;
};

Attempt<Heard> ask(StreamSocket& socket, const std::string& command, CallWatch& watch) {
    if (const auto sent = socket.send(command, watch); !sent) return tl::unexpected(sent.error());
    RedisReplyReader reader;
    std::array<char, 16 * 1024> buffer{};
    for (std::size_t heard = 0;;) {
        const auto count = socket.receive(buffer, watch);
        if (!count) return tl::unexpected(count.error());
        if (*count == 0) return tl::unexpected(closedFailure("waiting for the reply of " + socket.peer()));
        heard += *count;
        auto reply = reader.feed({buffer.data(), *count});
        if (!reply) return tl::unexpected(reply.error());
        if (*reply) return Heard{std::move(**reply), heard};
        if (heard > kAnswerLimit) {
            return tl::unexpected(failure("AnswerTooLarge", "the reply of " + socket.peer() + " is larger than 1 MiB"));
        }
    }
}

domain::Error replyFailure(const std::string& text) {
    std::string code = text.substr(0, text.find(' '));
    const bool isLogin = code == "NOAUTH" || code == "WRONGPASS" || text.find("invalid password") != std::string::npos;
    return failure(isLogin ? "AuthenticationFailed" : "RedisError", text, domain::CodeSystem::redis,
                   cleanText(code, 64));
}

std::string inWords(const RedisReply& reply) {
    switch (reply.kind) {
        case RedisReply::Kind::nil:
            return "(nil)";
        case RedisReply::Kind::array:
            return fmt::format("({} elements)", reply.elements);
        case RedisReply::Kind::status:
        case RedisReply::Kind::error:
        case RedisReply::Kind::text:
        case RedisReply::Kind::integer:
            break;
    }
    return reply.text;
}

Attempt<StreamSocket> connectAndLogIn(const RedisSettings& settings, CallWatch& watch) {
    auto socket = StreamSocket::connect(settings.host, settings.port, watch);
    if (!socket || settings.password.empty()) return socket;
    std::vector<std::string> login{"AUTH"};
    if (!settings.user.empty()) login.push_back(settings.user);
    login.push_back(settings.password);
    const auto heard = ask(*socket, redisCommand(login), watch);
    if (!heard) return tl::unexpected(heard.error());
    if (heard->reply.kind == RedisReply::Kind::error) return tl::unexpected(replyFailure(heard->reply.text));
    return socket;
}

CallResult judge(const RedisSettings& settings, const Heard& heard, bool reused) {
    const RedisReply& reply = heard.reply;
    if (reply.kind == RedisReply::Kind::error) return tl::unexpected(replyFailure(reply.text));
    const std::string said = inWords(reply);
    if (settings.expectedReply && said != *settings.expectedReply) {
        return tl::unexpected(failure(
            "UnexpectedAnswer",
            fmt::format("{} answered '{}'; expected '{}'", settings.command.front(), said, *settings.expectedReply)));
    }
    return Answer{cleanText(said, 200), heard.bytes, reused};
}

}  // namespace

RedisAdapter::RedisAdapter(RedisSettings settings, const base::Clock& clock)
    : m_settings(std::move(settings)), m_clock(clock), m_pool(clock) {}

RedisAdapter::~RedisAdapter() = default;

void RedisAdapter::resetConnections() {
    m_pool.drop();
}

base::Result<std::unique_ptr<DataAdapter>> RedisAdapter::create(RedisSettings settings, const base::Clock& clock) {
    SettingsCheck check;
    check.host("host", settings.host);
    check.port("port", settings.port);
    check.require(settings.user.empty() || !settings.password.empty(), "user", "needs a password beside it");
    check.require(!settings.command.empty() && !settings.command.front().empty(), "command",
                  "is empty; PING is the usual one");
    std::size_t size = 0;
    for (const std::string& word : settings.command) size += word.size();
    check.require(settings.command.size() <= 1024 && size <= kAnswerLimit, "command",
                  "is larger than 1 MiB or 1024 words");
    check.limits(settings.limits);
    if (check.trouble()) return tl::unexpected(*check.trouble());
    return std::unique_ptr<DataAdapter>(new RedisAdapter(std::move(settings), clock));
}

std::string RedisAdapter::target() const {
    return "redis://" + hostAndPort(m_settings.host, m_settings.port);
}

CallResult RedisAdapter::talk(CallWatch& watch) {
    Loan<StreamSocket> loan = m_pool.take();
    while (loan.connection && !isQuiet(loan.connection->descriptor())) loan = m_pool.take();
    const bool reused = loan.connection != nullptr;
    if (!reused) {
        auto socket = connectAndLogIn(m_settings, watch);
        if (!socket) return tl::unexpected(socket.error());
        loan.connection = std::make_unique<StreamSocket>(std::move(*socket));
    }
    const auto heard = ask(*loan.connection, redisCommand(m_settings.command), watch);
    if (!heard) {
        if (!isCancelled(heard.error())) m_pool.drop();  // what else is kept leads to the same place
        return tl::unexpected(heard.error());
    }
    m_pool.keep(std::move(loan));
    return judge(m_settings, *heard, reused);
}

CallResult RedisAdapter::call(std::stop_token stop) {
    CallWatch watch(m_settings.limits, m_clock, std::move(stop));
    return talk(watch).map_error([&](domain::Error error) {
        return sealed(std::move(error), kind(), m_settings.command.front() + " at " + target(),
                      std::span(&m_settings.password, 1));
    });
}

}  // namespace fusebox::adapters
