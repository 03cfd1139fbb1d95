#include <fusebox/lab/resp_service.h>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace fusebox::lab {
namespace {

constexpr std::size_t kMostWords = 64;
constexpr std::size_t kMostValues = 1024;

struct Parsed {
    std::vector<std::string> words;
    std::size_t length = 0;
};

enum class Trouble : std::uint8_t { incomplete, garbled };

// Reads "*2\r\n$3\r\nGET\r\n$1\r\na\r\n" piece by piece.
class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    tl::expected<std::size_t, Trouble> number(char mark) {
        const std::size_t end = m_text.find("\r\n", m_at);
        if (end == std::string_view::npos) return tl::unexpected(Trouble::incomplete);
        if (m_text[m_at] != mark) return tl::unexpected(Trouble::garbled);
        std::size_t value = 0;
        const char* last = m_text.data() + end;
        const auto [stop, error] = std::from_chars(m_text.data() + m_at + 1, last, value);
        if (error != std::errc() || stop != last) return tl::unexpected(Trouble::garbled);
        m_at = end + 2;
        return value;
    }

    tl::expected<std::string, Trouble> word() {
        const auto size = number('$');
        if (!size) return tl::unexpected(size.error());
        if (*size > m_text.size() || m_text.size() - *size < m_at + 2) return tl::unexpected(Trouble::incomplete);
        std::string value(m_text.substr(m_at, *size));
        m_at += *size + 2;
        return value;
    }

    [[nodiscard]] std::size_t at() const { return m_at; }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

tl::expected<Parsed, Trouble> parse(std::string_view received) {
    Reader reader(received);
    const auto count = reader.number('*');
    if (!count) return tl::unexpected(count.error());
    if (*count == 0 || *count > kMostWords) return tl::unexpected(Trouble::garbled);
    Parsed parsed;
    for (std::size_t i = 0; i < *count; ++i) {
        auto word = reader.word();
        if (!word) return tl::unexpected(word.error());
        parsed.words.push_back(std::move(*word));
    }
    parsed.length = reader.at();
    return parsed;
}

std::string bulk(std::string_view text) {
    return fmt::format("${}\r\n{}\r\n", text.size(), text);
}

}  // namespace

RespService::RespService(EventLoop& loop, RespTraits traits, std::uint64_t seed)
    : StreamService(loop, traits.temper, Opening::byClient, seed), m_traits(std::move(traits)) {}

ServiceCard RespService::card() const {
    ServiceCard card;
    card.name = m_traits.name;
    card.kind = "redis";
    card.address = fmt::format("redis://127.0.0.1:{}", port());
    card.port = port();
    card.goodAnswer = "PONG";
    card.answers = {Answer::healthy, Answer::unauthorized, Answer::wrongBody, Answer::refuse, Answer::hang};
    card.callsPerSecond = m_traits.callsPerSecond;
    return card;
}

std::size_t RespService::requestLength(std::string_view received) const {
    if (received.empty()) return 0;
    const auto parsed = parse(received);
    if (parsed) return parsed->length;
    return parsed.error() == Trouble::incomplete ? 0 : kGarbled;
}

StreamService::Reply RespService::reply(std::string_view request, const Verdict& verdict) {
    switch (verdict.fate) {
        case Fate::serve:
            if (const auto parsed = parse(request)) return {serve(parsed->words)};
            break;
        case Fate::error:
            return {"-LOADING Redis is loading the dataset in memory\r\n"};
        case Fate::tooMany:
        case Fate::overloaded:
            return {"-BUSY Redis is busy running a script\r\n"};
        case Fate::unauthorized:
            return {"-NOAUTH Authentication required.\r\n"};
        case Fate::wrongBody:
            return {"-WRONGTYPE Operation against a key holding the wrong kind of value\r\n"};
        case Fate::never:
            break;
    }
    return {{}, Then::hangUp};
}

std::string RespService::serve(const std::vector<std::string>& words) {
    std::string command = words.front();
    std::transform(command.begin(), command.end(), command.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (command == "PING" && words.size() == 1) return "+PONG\r\n";
    if ((command == "PING" || command == "ECHO") && words.size() == 2) return bulk(words[1]);
    if ((command == "AUTH" || command == "SELECT") && words.size() >= 2) return "+OK\r\n";
    if (command == "GET" && words.size() == 2) {
        const auto found = m_values.find(words[1]);
        return found == m_values.end() ? "$-1\r\n" : bulk(found->second);
    }
    if (command == "SET" && words.size() == 3) {
        if (m_values.size() >= kMostValues && !m_values.contains(words[1])) {
            return "-OOM command not allowed when used memory > 'maxmemory'\r\n";
        }
        m_values[words[1]] = words[2];
        return "+OK\r\n";
    }
    return "-ERR unknown command or wrong number of arguments\r\n";
}

}  // namespace fusebox::lab
