#include <fusebox/server/engine.h>

#include <fusebox/base/log.h>
#include <fusebox/server/open_stream.h>

#include <microhttpd.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::server {

namespace {

constexpr std::size_t kConnectionMemory = 64 * 1024;
constexpr const char* kStreamType = "text/event-stream; charset=utf-8";
// GnuTLS's words for: TLS 1.2 and later, no renegotiation, nothing that is known to be weak.
constexpr const char* kTlsPriorities = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SAFE_RENEGOTIATION";

/// Lives as long as the connection; made when its request line has come.
struct Seat {
    std::shared_ptr<const Guest> guest;
    std::string uri;
    std::shared_ptr<Exchange> exchange;
    bool isHanded = false;    ///< to the handler
    bool isAnswered = false;  ///< the answer is on its way
};

Seat* seatOf(MHD_Connection* connection) {
    const MHD_ConnectionInfo* known = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return known == nullptr ? nullptr : static_cast<Seat*>(known->socket_context);
}

void addHeaders(MHD_Response* response, const char* contentType) {
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, contentType);
    for (const auto& [name, value] : kSafeHeaders) MHD_add_response_header(response, name, value);
}

MHD_Response* responseOf(const Reply& reply) {
    static const auto nothing = std::make_shared<const std::string>();
    // The library keeps a share of the text until it is sent: no copy.
    auto* body = new std::shared_ptr<const std::string>(reply.body ? reply.body : nothing);
    MHD_Response* response = MHD_create_response_from_buffer_with_free_callback_cls(
        (*body)->size(), const_cast<char*>((*body)->data()),
        [](void* cls) { delete static_cast<std::shared_ptr<const std::string>*>(cls); }, body);
    addHeaders(response, reply.contentType);
    if (reply.status == MHD_HTTP_UNAUTHORIZED) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
    }
    if (reply.allow != nullptr) MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, reply.allow);
    if (reply.retryAfter != nullptr) MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, reply.retryAfter);
    return response;
}

MHD_Response* responseOf(MHD_Connection* connection, std::shared_ptr<StreamBody> body) {
    constexpr std::size_t kBlock = 32 * 1024;
    auto* stream = new std::shared_ptr<OpenStream>(OpenStream::open(connection, std::move(body)));
    MHD_Response* response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, kBlock,
        [](void* cls, std::uint64_t, char* into, std::size_t most) -> ssize_t {
            return (*static_cast<std::shared_ptr<OpenStream>*>(cls))->read(into, most);
        },
        stream,
        [](void* cls) {
            auto* own = static_cast<std::shared_ptr<OpenStream>*>(cls);
            (*own)->detach();
            delete own;
        });
    addHeaders(response, kStreamType);
    return response;
}

MHD_Result noteField(void* cls, MHD_ValueKind, const char* key, std::size_t keySize, const char* value,
                     std::size_t valueSize) {
    static_cast<std::vector<Field>*>(cls)->emplace_back(
        std::string_view(key, keySize), value == nullptr ? std::string_view() : std::string_view(value, valueSize));
    return MHD_YES;
}

Request requestOf(Method method, const Seat& seat, const std::vector<Field>& fields) {
    const auto text = [&](std::string_view name) { return std::string(fieldOf(fields, name).value_or("")); };
    const auto optional = [&](std::string_view name) {
        const auto value = fieldOf(fields, name);
        return value ? std::optional(std::string(*value)) : std::nullopt;
    };
    Request request;
    request.method = method;
    const std::size_t mark = std::min(seat.uri.find('?'), seat.uri.size());
    request.path = seat.uri.substr(0, mark);
    if (mark < seat.uri.size()) request.query = seat.uri.substr(mark + 1);
    request.host = text("Host");
    request.origin = optional("Origin");
    request.fetchSite = text("Sec-Fetch-Site");
    request.authorization = text("Authorization");
    request.contentType = text("Content-Type");
    request.contentEncoding = text("Content-Encoding");
    request.lastEventId = optional("Last-Event-ID");
    request.peer = seat.guest->peer;
    request.port = seat.guest->port;
    return request;
}

/// Who is kept out, and what the server cannot do, is for who looks after the machine; not the query, which may hold a secret.
void logRefusal(const Seat& seat, unsigned status, const std::string& id) {
    const bool isTold = status == 401 || status == 403 || status == 421 || status == 429 || status >= 500;
    if (!isTold) return;
    const base::LogScope scope(0, id);
    base::logger("server")->warn("{} for {} from {}", status, base::logText(seat.uri.substr(0, seat.uri.find('?'))),
                                 seat.guest->peer);
}

void logLine(void*, const char* format, std::va_list arguments) {
    std::array<char, 512> line{};
    if (std::vsnprintf(line.data(), line.size(), format, arguments) > 0) {
        base::logger("server")->debug("{}", base::logText(line.data()));
    }
}

}  // namespace

/// Each gets the Engine as `cls`.
struct Engine::Callbacks {
    static void connection(void* cls, MHD_Connection* connection, void** context, MHD_ConnectionNotificationCode code) {
        auto& engine = *static_cast<Engine*>(cls);
        if (code == MHD_CONNECTION_NOTIFY_STARTED) {
            const MHD_ConnectionInfo* known = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
            *context = new Seat{engine.m_guests.find(known->connect_fd), {}, nullptr};
            return;
        }
        auto* seat = static_cast<Seat*>(*context);
        if (seat != nullptr && seat->guest != nullptr) engine.m_guests.leave(*seat->guest);
        delete seat;
        *context = nullptr;
    }

    /// The request line as it came, before the library takes escapes away.
    static void* uri(void*, const char* uri, MHD_Connection* connection) {
        if (Seat* seat = seatOf(connection)) seat->uri = uri;
        return nullptr;
    }

    static std::size_t keepEscapes(void*, MHD_Connection*, char* text) { return std::char_traits<char>::length(text); }

    static MHD_Result request(void* cls, MHD_Connection* connection, const char*, const char* method,
                              const char* version, const char* data, std::size_t* size, void** context) {
        auto& engine = *static_cast<Engine*>(cls);
        Seat* seat = seatOf(connection);
        if (seat == nullptr || seat->guest == nullptr) return MHD_NO;
        if (*context == nullptr) {
            *context = seat;
            engine.m_guests.noteHead(*seat->guest);
            return head(engine, connection, *seat, method, version);
        }
        if (*size > 0) {
            std::string& body = seat->exchange->request().body;
            if (body.size() + *size > kLongestBody) return MHD_NO;  // longer than it said: nothing to be said to that
            body.append(data, *size);
            *size = 0;
            return MHD_YES;
        }
        if (seat->isAnswered) return MHD_YES;
        return complete(engine, connection, *seat);
    }

    static MHD_Result head(Engine& engine, MHD_Connection* connection, Seat& seat, const char* method,
                           const char* version) {
        std::vector<Field> fields;
        MHD_get_connection_values_n(connection, MHD_HEADER_KIND, noteField, &fields);
        const MHD_ConnectionInfo* size = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
        if (size != nullptr && size->header_size > kLongestHead) return send(engine, connection, seat, errorReply(431));
        if (const auto objection = objectionTo(method, version, seat.uri, fields)) {
            return send(engine, connection, seat, errorReply(objection->status));
        }
        seat.exchange = std::make_shared<Exchange>(connection, requestOf(*methodFromWord(method), seat, fields));
        if (const auto reply = engine.m_handlers.onHead(seat.exchange->request())) {
            return send(engine, connection, seat, *reply);
        }
        engine.m_guests.setDeadline(*seat.guest, engine.m_clock.now() + engine.m_limits.bodyTime);
        return MHD_YES;
    }

    static MHD_Result complete(Engine& engine, MHD_Connection* connection, Seat& seat) {
        if (!std::exchange(seat.isHanded, true)) engine.m_handlers.onRequest(seat.exchange);
        const std::optional<Outcome> outcome = seat.exchange->takeOrWait();
        if (!outcome) {
            engine.m_guests.setDeadline(*seat.guest, std::nullopt);
            return MHD_YES;
        }
        const bool isStream = std::holds_alternative<std::shared_ptr<StreamBody>>(*outcome);
        engine.m_guests.setDeadline(
            *seat.guest, isStream ? std::nullopt : std::optional(engine.m_clock.now() + engine.m_limits.answerTime));
        return send(engine, connection, seat, *outcome);
    }

    static MHD_Result send(Engine& engine, MHD_Connection* connection, Seat& seat, const Outcome& outcome) {
        seat.isAnswered = true;
        MHD_Response* response = nullptr;
        unsigned status = MHD_HTTP_OK;
        if (const auto* reply = std::get_if<Reply>(&outcome)) {
            response = responseOf(*reply);
            status = reply->status;
        } else {
            response = responseOf(connection, std::get<std::shared_ptr<StreamBody>>(outcome));
        }
        engine.m_tally.answered(status);
        const std::string id = requestId(engine.m_tally.nextRequest());
        MHD_add_response_header(response, kRequestId, id.c_str());
        logRefusal(seat, status, id);
        const MHD_Result queued = MHD_queue_response(connection, status, response);
        MHD_destroy_response(response);
        return queued;
    }

    static void completed(void*, MHD_Connection* connection, void**, MHD_RequestTerminationCode) {
        Seat* seat = seatOf(connection);
        if (seat != nullptr && seat->exchange != nullptr) seat->exchange->detach();
    }
};

Engine::Engine(const base::Clock& clock, Guests& guests, Tally& tally, const Limits& limits, Handlers handlers)
    : m_clock(clock), m_guests(guests), m_tally(tally), m_limits(limits), m_handlers(std::move(handlers)) {}

Engine::~Engine() {
    stop();
}

base::Result<void> Engine::start(const TlsFiles& tls) {
    const auto stall = std::chrono::duration_cast<std::chrono::seconds>(m_limits.stallTime).count();
    const auto callback = [](auto* function) { return reinterpret_cast<std::intptr_t>(function); };
    std::vector<MHD_OptionItem> options{
        {MHD_OPTION_EXTERNAL_LOGGER, callback(&logLine), nullptr},
        {MHD_OPTION_NOTIFY_CONNECTION, callback(&Callbacks::connection), this},
        {MHD_OPTION_NOTIFY_COMPLETED, callback(&Callbacks::completed), this},
        {MHD_OPTION_URI_LOG_CALLBACK, callback(&Callbacks::uri), this},
        {MHD_OPTION_UNESCAPE_CALLBACK, callback(&Callbacks::keepEscapes), this},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, kConnectionMemory, nullptr},
        // More than Guests lets in: the library stands still when it has to refuse one itself.
        {MHD_OPTION_CONNECTION_LIMIT, std::intptr_t{kMostSeats} * (m_limits.connections + m_limits.waitingForHead) + 1,
         nullptr},
        {MHD_OPTION_CONNECTION_TIMEOUT, stall, nullptr},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, nullptr},
    };
    unsigned flags =
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    if (tls.isSet()) {
        flags |= MHD_USE_TLS;
        options.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, const_cast<char*>(tls.certificate.c_str())});
        options.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, const_cast<char*>(tls.key.c_str())});
        options.push_back({MHD_OPTION_HTTPS_PRIORITIES, 0, const_cast<char*>(kTlsPriorities)});
        options.push_back({MHD_OPTION_TLS_NO_ALPN, 1, nullptr});
    }
    options.push_back({MHD_OPTION_END, 0, nullptr});
    m_daemon = MHD_start_daemon(flags, 0, nullptr, nullptr, &Callbacks::request, this, MHD_OPTION_ARRAY, options.data(),
                                MHD_OPTION_END);
    if (m_daemon != nullptr) return {};
    if (tls.isSet()) {
        return base::trouble(base::TroubleCode::invalidInput,
                             "The certificate and its key cannot be used: both must be PEM and belong together.",
                             "tls");
    }
    return base::trouble(base::TroubleCode::unavailable, "The HTTP library cannot start.", "server");
}

void Engine::stop() {
    if (m_daemon != nullptr) MHD_stop_daemon(std::exchange(m_daemon, nullptr));
}

bool Engine::add(int fd, const sockaddr_storage& peer, socklen_t length) {
    return MHD_add_connection(m_daemon, fd, reinterpret_cast<const sockaddr*>(&peer), length) == MHD_YES;
}

}  // namespace fusebox::server
