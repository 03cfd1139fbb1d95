#include <fusebox/base/log.h>
#include <fusebox/domain/json_document.h>
#include <fusebox/sources/agent_client.h>
#include <fusebox/sources/agent_exchange.h>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace fusebox::sources {

namespace {

constexpr base::Duration kTurn = std::chrono::seconds(1);

std::string textAt(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? base::logText(found->get_ref<const std::string&>())
                                                       : std::string();
}

base::TroubleCode codeOf(int status) {
    switch (status) {
        case 400:
        case 413:
        case 415:
            return base::TroubleCode::invalidInput;
        case 404:
            return base::TroubleCode::notFound;
        case 409:
            return base::TroubleCode::conflict;
        case 429:
            return base::TroubleCode::limitReached;
        default:
            return status >= 500 ? base::TroubleCode::unavailable : base::TroubleCode::refused;
    }
}

}  // namespace

AgentTrouble AgentAnswer::objection() const {
    AgentTrouble trouble;
    trouble.step = status == 401 ? AgentStep::token : AgentStep::http;
    trouble.status = status;
    trouble.trouble = {codeOf(status), fmt::format("it answers with status {}", status), {}, {}};
    constexpr std::size_t kLargestObjection = 64U << 10U;
    const auto json = domain::parseJson(body, {kLargestObjection, 100, 4});
    if (json && json->is_object() && json->contains("error") && (*json)["error"].is_object()) {
        const nlohmann::json& error = (*json)["error"];
        if (std::string what = textAt(error, "what"); !what.empty()) trouble.trouble.what = std::move(what);
        trouble.trouble.where = textAt(error, "where");
    }
    return trouble;
}

class AgentClient::Line {
public:
    Line(CheckedAddress checked, Options chosen)
        : address(std::move(checked)), options(chosen), trust(address.fingerprint()) {}

    /// Until the exchange ends or a stop is asked for.
    [[nodiscard]] std::optional<int> carry(AgentExchange& exchange, const std::stop_token& stop) {
        const std::stop_callback waking(stop, [this] { line.wake(); });
        line.add(exchange);
        std::optional<int> code;
        while (!code && !stop.stop_requested()) {
            for (const AgentLine::Ended& ended : line.turn(kTurn)) code = ended.curlCode;
        }
        line.remove(exchange);
        return code;
    }

    [[nodiscard]] AgentTrouble stopped() const {
        AgentTrouble trouble;
        trouble.step = AgentStep::stream;
        trouble.trouble = {base::TroubleCode::refused, "it was stopped here", address.origin(), {}};
        return trouble;
    }

    const CheckedAddress address;
    const Options options;
    AgentTrust trust;  // before the line, whose connections use it
    AgentLine line;
};

AgentClient::AgentClient(std::unique_ptr<Line> line) : m_line(std::move(line)) {}

AgentClient::~AgentClient() = default;

AgentResult<std::unique_ptr<AgentClient>> AgentClient::create(AgentAddress address, Options options) {
    auto checked = CheckedAddress::check(std::move(address));
    if (!checked) return tl::unexpected(checked.error());
    return std::unique_ptr<AgentClient>(new AgentClient(std::make_unique<Line>(std::move(*checked), options)));
}

const CheckedAddress& AgentClient::address() const {
    return m_line->address;
}

AgentResult<AgentAnswer> AgentClient::request(std::string_view method, std::string_view path, std::string_view body,
                                              std::stop_token stop) {
    AgentRequest wish;
    wish.method = method;
    wish.path = path;
    wish.body = body;
    wish.connect = m_line->options.connect;
    wish.answer = m_line->options.answer;
    AgentExchange exchange(m_line->address, m_line->trust, std::move(wish));
    const std::optional<int> code = m_line->carry(exchange, stop);
    return code ? exchange.finish(*code) : tl::unexpected(m_line->stopped());
}

AgentResult<std::string> AgentClient::get(std::string_view path, std::stop_token stop) {
    AgentResult<AgentAnswer> answer = request("GET", path, {}, std::move(stop));
    if (!answer) return tl::unexpected(answer.error());
    AgentTrouble trouble;
    if (!answer->isGood()) {
        trouble = answer->objection();
    } else if (answer->contentType != "application/json") {
        trouble.step = AgentStep::http;
        trouble.status = answer->status;
        trouble.trouble = {base::TroubleCode::invalidInput,
                           "it answers, but not as an agent: this is no JSON",
                           {},
                           base::logText(answer->contentType)};
    } else {
        return std::move(answer->body);
    }
    if (trouble.trouble.where.empty()) trouble.trouble.where = m_line->address.urlOf(path);
    return tl::unexpected(std::move(trouble));
}

AgentTrouble AgentClient::follow(std::string_view path, std::optional<std::uint64_t> lastEvent,
                                 const std::function<bool(SseEvent&&)>& onEvent, std::stop_token stop) {
    SseReader reader;
    std::optional<base::Trouble> broken;
    AgentRequest wish;
    wish.path = path;
    wish.lastEvent = lastEvent;
    wish.isStream = true;
    wish.connect = m_line->options.connect;
    wish.silence = m_line->options.silence;
    AgentExchange exchange(m_line->address, m_line->trust, std::move(wish), [&](std::string_view bytes) {
        bool goesOn = true;
        const auto fed = reader.feed(bytes, [&](SseEvent&& event) { goesOn = goesOn && onEvent(std::move(event)); });
        if (!fed) broken = fed.error();
        return goesOn && fed.has_value();
    });
    const std::optional<int> code = m_line->carry(exchange, stop);
    if (!code) return m_line->stopped();
    AgentResult<AgentAnswer> end = exchange.finish(*code);
    if (broken) {
        AgentTrouble trouble = m_line->stopped();
        trouble.trouble = *broken;
        trouble.trouble.where = m_line->address.origin();
        return trouble;
    }
    return end ? streamRefusal(*end, m_line->address) : end.error();
}

AgentTrouble streamRefusal(const AgentAnswer& answer, const CheckedAddress& address) {
    AgentTrouble trouble = answer.objection();
    if (answer.isGood()) {
        trouble.trouble = {base::TroubleCode::invalidInput,
                           "it answers, but not as an agent: this is no stream of events",
                           {},
                           base::logText(answer.contentType)};
    }
    if (trouble.trouble.where.empty()) trouble.trouble.where = address.origin();
    return trouble;
}

std::string pathSegment(std::string_view text) {
    constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string segment;
    for (const char c : text) {
        if (kPlain.find(c) != std::string_view::npos) {
            segment += c;
        } else {
            segment += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return segment;
}

}  // namespace fusebox::sources
