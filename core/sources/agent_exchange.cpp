#include <fusebox/adapters/signal_guard.h>
#include <fusebox/base/log.h>
#include <fusebox/sources/agent_exchange.h>
#include <fusebox/sources/socket_place.h>

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace fusebox::sources {

namespace {

constexpr std::size_t kLargestHead = 64U << 10U;

struct FreeList {
    void operator()(curl_slist* list) const { ::curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

void append(List& list, const std::string& line) {
    if (curl_slist* longer = ::curl_slist_append(list.get(), line.c_str())) {
        (void)list.release();  // the head of the longer list owns it now
        list.reset(longer);
    }
}

std::string lower(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return small;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

long milliseconds(base::Duration duration) {  // to curl zero means no limit
    return static_cast<long>(std::max<std::int64_t>(std::chrono::ceil<std::chrono::milliseconds>(duration).count(), 1));
}

bool isTlsCode(int code) {
    constexpr std::array kCodes{CURLE_SSL_CONNECT_ERROR,        CURLE_SSL_ENGINE_NOTFOUND,
                                CURLE_SSL_CERTPROBLEM,          CURLE_SSL_CIPHER,
                                CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED,
                                CURLE_SSL_SHUTDOWN_FAILED,      CURLE_SSL_CRL_BADFILE,
                                CURLE_SSL_ISSUER_ERROR,         CURLE_SSL_PINNEDPUBKEYNOTMATCH,
                                CURLE_SSL_INVALIDCERTSTATUS};
    return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

}  // namespace

struct AgentExchange::Handles {
    CURL* easy = ::curl_easy_init();
    List headers;
    std::array<char, CURL_ERROR_SIZE> text{};

    ~Handles() {
        const adapters::SignalGuard guard;
        if (easy != nullptr) ::curl_easy_cleanup(easy);
    }
};

struct AgentExchange::Callbacks {
    static std::size_t onHeader(char* bytes, std::size_t size, std::size_t count, void* into) {
        auto& self = *static_cast<AgentExchange*>(into);
        const std::string_view line(bytes, size * count);
        self.m_headBytes += line.size();
        if (self.m_headBytes > kLargestHead) {
            self.m_objection = Objection::head;
            return 0;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return line.size();
        const std::string name = lower(line.substr(0, colon));
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (name == "content-type") self.m_answer.contentType = lower(value.substr(0, value.find(';')));
        if (name == "location") self.m_location = value;
        const bool isEncoding = name == "content-encoding" && lower(value) != "identity";
        const bool isTransfer = name == "transfer-encoding" && lower(value) != "chunked" && lower(value) != "identity";
        if (isEncoding || isTransfer) {
            self.m_objection = Objection::compressed;
            return 0;
        }
        return line.size();
    }

    static std::size_t onBody(char* bytes, std::size_t size, std::size_t count, void* into) {
        auto& self = *static_cast<AgentExchange*>(into);
        const std::string_view piece(bytes, size * count);
        if (self.m_request.isStream && (self.m_isStreaming || self.acceptHead())) {
            self.m_isStreaming = true;
            if (self.m_onBytes(piece)) return piece.size();
            self.m_objection = Objection::unwanted;
            return 0;
        }
        if (piece.size() > kLargestAnswer - self.m_answer.body.size()) {
            self.m_objection = Objection::tooLarge;
            return 0;
        }
        self.m_answer.body.append(piece);
        return piece.size();
    }

    static curl_socket_t onSocket(void* into, curlsocktype, curl_sockaddr* to) {
        auto& self = *static_cast<AgentExchange*>(into);
        // To a proxy only an encrypted stream is given.
        if (self.m_address.given().proxy.empty()) {
            if (isLinkLocal(to->addr)) self.m_objection = Objection::localLink;
            if (!self.m_address.usesTls() && !isLoopback(to->addr)) self.m_objection = Objection::inTheClear;
            if (self.m_objection != Objection::none) return CURL_SOCKET_BAD;
        }
        return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
    }
};

AgentExchange::AgentExchange(const CheckedAddress& address, AgentTrust& trust, AgentRequest request, OnBytes onBytes)
    : m_address(address),
      m_trust(trust),
      m_request(std::move(request)),
      m_onBytes(std::move(onBytes)),
      m_handles(std::make_unique<Handles>()) {
    setUp();
}

AgentExchange::~AgentExchange() = default;

void AgentExchange::setUp() {
    CURL* easy = m_handles->easy;
    const AgentAddress& given = m_address.given();
    const std::string url = m_address.urlOf(m_request.path);
    List& headers = m_handles->headers;
    append(headers, std::string("Accept: ") + (m_request.isStream ? "text/event-stream" : "application/json, */*"));
    append(headers, "Expect:");
    if (m_request.lastEvent) append(headers, "Last-Event-ID: " + std::to_string(*m_request.lastEvent));
    if (m_request.method != "GET") {
        append(headers, "Content-Type: application/json");
        ::curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_request.body.size()));
        ::curl_easy_setopt(easy, CURLOPT_POSTFIELDS, m_request.body.data());
    }
    ::curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    ::curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, m_request.method.c_str());
    ::curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    ::curl_easy_setopt(easy, CURLOPT_USERAGENT, "fusebox");
    if (!given.token.empty()) {
        ::curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
        ::curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, given.token.c_str());
    }
    ::curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    ::curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    ::curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    ::curl_easy_setopt(easy, CURLOPT_PROXY, given.proxy.c_str());  // an empty one: none of the environment either
    ::curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    ::curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    ::curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // does not wait for the end of a lookup
    ::curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(m_request.connect));
    if (!m_request.isStream) ::curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds(m_request.answer));
    if (m_request.isStream && m_request.silence > base::Duration::zero()) {
        ::curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
        ::curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME,
                           static_cast<long>(std::chrono::ceil<std::chrono::seconds>(m_request.silence).count()));
    }
    ::curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_handles->text.data());
    ::curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Callbacks::onHeader);
    ::curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    ::curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Callbacks::onBody);
    ::curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    ::curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Callbacks::onSocket);
    ::curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    ::curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    if (!m_trust.install(easy, given.caFile)) m_objection = Objection::setUp;
}

/// Only a good answer of the right kind is a stream; any other is read as an answer, for its words.
bool AgentExchange::acceptHead() {
    long status = 0;
    ::curl_easy_getinfo(m_handles->easy, CURLINFO_RESPONSE_CODE, &status);
    return status == 200 && m_answer.contentType == "text/event-stream";
}

AgentTrouble AgentExchange::trouble(AgentStep step, base::TroubleCode code, std::string what, std::string cause) const {
    AgentTrouble result;
    result.step = step;
    result.status = m_answer.status;
    result.trouble = {code, std::move(what), m_address.origin(), std::move(cause)};
    return result;
}

AgentResult<AgentAnswer> AgentExchange::finish(int curlCode) {
    long status = 0;
    ::curl_easy_getinfo(m_handles->easy, CURLINFO_RESPONSE_CODE, &status);
    m_answer.status = static_cast<int>(status);
    if (m_objection != Objection::none) return tl::unexpected(objectionTrouble());
    if (curlCode != CURLE_OK) return tl::unexpected(transportTrouble(curlCode));
    if (status == 401) {
        return tl::unexpected(
            trouble(AgentStep::token, base::TroubleCode::refused,
                    m_address.given().token.empty() ? "it asks for a token" : "it does not know this token"));
    }
    if (status >= 300 && status < 400) {
        std::string to = base::logText(m_location.substr(0, m_location.find_first_of("?#")));
        return tl::unexpected(trouble(AgentStep::http, base::TroubleCode::refused,
                                      "it points elsewhere, and redirects are not followed", std::move(to)));
    }
    if (m_isStreaming) {
        return tl::unexpected(trouble(AgentStep::stream, base::TroubleCode::unavailable, "it ended its stream"));
    }
    return std::move(m_answer);
}

AgentTrouble AgentExchange::objectionTrouble() const {
    switch (m_objection) {
        case Objection::localLink:
            return trouble(AgentStep::address, base::TroubleCode::refused,
                           "its name leads to an address of the local link, where machines keep secrets of their own");
        case Objection::inTheClear:
            return trouble(AgentStep::address, base::TroubleCode::refused,
                           "the token would travel in the clear to another machine; use https");
        case Objection::head:
            return trouble(AgentStep::http, base::TroubleCode::limitReached, "the head of its answer is beyond 64 KiB");
        case Objection::compressed:
            return trouble(AgentStep::http, base::TroubleCode::refused,
                           "it sends compressed data that nobody asked for");
        case Objection::tooLarge:
            return trouble(AgentStep::http, base::TroubleCode::limitReached, "its answer is beyond 8 MiB");
        case Objection::setUp:
            return trouble(AgentStep::tls, base::TroubleCode::internal,
                           "this machine's curl cannot trust a certificate by its fingerprint");
        case Objection::unwanted:
        case Objection::none:
            break;
    }
    return trouble(AgentStep::stream, base::TroubleCode::refused, "listening was ended here");
}

AgentTrouble AgentExchange::transportTrouble(int curlCode) const {
    curl_off_t named = 0;
    curl_off_t connected = 0;
    curl_off_t secured = 0;
    curl_off_t asked = 0;
    ::curl_easy_getinfo(m_handles->easy, CURLINFO_NAMELOOKUP_TIME_T, &named);
    ::curl_easy_getinfo(m_handles->easy, CURLINFO_CONNECT_TIME_T, &connected);
    ::curl_easy_getinfo(m_handles->easy, CURLINFO_APPCONNECT_TIME_T, &secured);
    ::curl_easy_getinfo(m_handles->easy, CURLINFO_PRETRANSFER_TIME_T, &asked);
    const char* peer = nullptr;
    ::curl_easy_getinfo(m_handles->easy, CURLINFO_PRIMARY_IP, &peer);
    const bool isConnected = connected > 0 || (peer != nullptr && *peer != '\0');
    const bool isAsked = asked > 0;  // a connection that was kept has no other times
    const bool isTimeout = curlCode == CURLE_OPERATION_TIMEDOUT;
    const base::TroubleCode code = isTimeout ? base::TroubleCode::timedOut : base::TroubleCode::unavailable;
    std::string cause = base::logText(
        m_handles->text[0] != '\0' ? m_handles->text.data() : ::curl_easy_strerror(static_cast<CURLcode>(curlCode)));
    if (curlCode == CURLE_COULDNT_RESOLVE_HOST || curlCode == CURLE_COULDNT_RESOLVE_PROXY ||
        (isTimeout && !isAsked && named == 0)) {
        return trouble(AgentStep::name, code, "the name of the host cannot be looked up", std::move(cause));
    }
    if (curlCode == CURLE_COULDNT_CONNECT || (isTimeout && !isAsked && !isConnected)) {
        return trouble(AgentStep::tcp, code, isTimeout ? "nobody answers there" : "nobody listens there",
                       std::move(cause));
    }
    if (curlCode == CURLE_SSL_CACERT_BADFILE) {
        return trouble(AgentStep::tls, base::TroubleCode::invalidInput,
                       "the file of trusted authorities cannot be read", std::move(cause));
    }
    if (isTlsCode(curlCode) || (m_address.usesTls() && !isAsked && secured == 0)) {
        const bool isUntrusted = !m_trust.shown().empty();
        AgentTrouble result =
            trouble(AgentStep::tls, isUntrusted ? base::TroubleCode::refused : code,
                    m_trust.isOther() ? "it shows another certificate than the one to trust"
                    : isUntrusted     ? "its certificate is not trusted"
                                      : "no encrypted connection comes about; does it speak TLS 1.2 or 1.3 there?",
                    std::move(cause));
        result.fingerprint = m_trust.shown();
        return result;
    }
    if (m_isStreaming) {
        return trouble(AgentStep::stream, code, isTimeout ? "its stream fell silent" : "its stream broke off",
                       std::move(cause));
    }
    return trouble(AgentStep::http, code, isTimeout ? "it does not answer in time" : "it does not answer as HTTP does",
                   std::move(cause));
}

struct AgentLine::Multi {
    // curl wants to be set up once per process; its own guard makes that safe among threads.
    CURLcode ready = ::curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM* multi = ::curl_multi_init();

    ~Multi() {
        const adapters::SignalGuard guard;
        if (multi != nullptr) ::curl_multi_cleanup(multi);
        if (ready == CURLE_OK) ::curl_global_cleanup();
    }
};

AgentLine::AgentLine() : m_multi(std::make_unique<Multi>()) {}

AgentLine::~AgentLine() = default;

void AgentLine::add(AgentExchange& exchange) {
    exchange.m_trust.forget();
    ::curl_multi_add_handle(m_multi->multi, exchange.m_handles->easy);
}

void AgentLine::remove(AgentExchange& exchange) {
    const adapters::SignalGuard guard;
    ::curl_multi_remove_handle(m_multi->multi, exchange.m_handles->easy);
}

std::vector<AgentLine::Ended> AgentLine::turn(base::Duration atMost) {
    const adapters::SignalGuard guard;
    int running = 0;
    ::curl_multi_perform(m_multi->multi, &running);
    std::vector<Ended> ended;
    const auto collect = [&] {
        int waiting = 0;
        while (const CURLMsg* message = ::curl_multi_info_read(m_multi->multi, &waiting)) {
            if (message->msg != CURLMSG_DONE) continue;
            void* exchange = nullptr;
            ::curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
            ended.push_back({static_cast<AgentExchange*>(exchange), static_cast<int>(message->data.result)});
        }
    };
    collect();
    if (!ended.empty()) return ended;
    ::curl_multi_poll(m_multi->multi, nullptr, 0, static_cast<int>(milliseconds(atMost)), nullptr);
    ::curl_multi_perform(m_multi->multi, &running);
    collect();
    return ended;
}

void AgentLine::wake() noexcept {
    ::curl_multi_wakeup(m_multi->multi);
}

}  // namespace fusebox::sources
