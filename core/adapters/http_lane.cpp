#include <fusebox/adapters/failure.h>
#include <fusebox/adapters/http_lane.h>
#include <fusebox/adapters/signal_guard.h>

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fusebox::adapters {

namespace {

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

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::size_t onHeader(char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& answer = *static_cast<HttpAnswer*>(into);
    const std::string_view line(bytes, size * count);
    if (line.starts_with("HTTP/")) {  // a new head: what an earlier one said (100, a redirect) is void
        answer.retryAfter.reset();
        const auto status = line.find(' ');
        const auto reason = status == std::string_view::npos ? status : line.find(' ', status + 1);
        answer.reason = reason == std::string_view::npos ? std::string() : std::string(trimmed(line.substr(reason)));
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
        if (equalsIgnoringCase(line.substr(0, colon), "retry-after"))
            answer.retryAfter = trimmed(line.substr(colon + 1));
    }
    return size * count;
}

std::size_t onBody(char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& answer = *static_cast<HttpAnswer*>(into);
    const std::size_t room = kAnswerLimit - answer.body.size();
    answer.body.append(bytes, std::min(size * count, room));
    if (size * count <= room) return size * count;
    answer.bodyWasCut = true;
    return 0;  // ends the transfer
}

List headerLines(const HttpSettings& settings) {
    List lines;
    bool namesType = false;
    for (const auto& [name, value] : settings.headers) {
        append(lines, value.empty() ? name + ";" : name + ": " + value);  // curl's spelling of an empty header
        namesType = namesType || equalsIgnoringCase(name, "content-type");
    }
    if (!namesType) append(lines, "Content-Type:");  // else curl would call every body a form
    append(lines, "Expect:");
    return lines;
}

void setRequest(CURL* easy, const HttpSettings& settings) {
    const bool needsBody = settings.method == "POST" || settings.method == "PUT" || settings.method == "PATCH";
    ::curl_easy_setopt(easy, CURLOPT_URL, settings.url.c_str());
    if (settings.method == "HEAD") {
        ::curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (needsBody || !settings.body.empty()) {
        ::curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(settings.body.size()));
        ::curl_easy_setopt(easy, CURLOPT_POSTFIELDS, settings.body.data());
    }
    ::curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, settings.method.c_str());
    ::curl_easy_setopt(easy, CURLOPT_USERAGENT, "fusebox");
    if (!settings.user.empty() || !settings.password.empty()) {
        ::curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        ::curl_easy_setopt(easy, CURLOPT_USERNAME, settings.user.c_str());
        ::curl_easy_setopt(easy, CURLOPT_PASSWORD, settings.password.c_str());
    } else if (!settings.bearerToken.empty()) {
        ::curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
        ::curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, settings.bearerToken.c_str());
    }
}

void setFences(CURL* easy, const HttpSettings& settings) {
    ::curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    ::curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    ::curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, settings.mostRedirects > 0 ? 1L : 0L);
    ::curl_easy_setopt(easy, CURLOPT_MAXREDIRS, static_cast<long>(settings.mostRedirects));
    ::curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    ::curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings.caFile.empty()) ::curl_easy_setopt(easy, CURLOPT_CAINFO, settings.caFile.c_str());
    ::curl_easy_setopt(easy, CURLOPT_PROXY, "");
    ::curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // A redirect to another name makes curl look it up on a thread; without this it would wait for that thread's end.
    ::curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

long curlMilliseconds(base::Duration duration) {  // to curl zero means no limit
    return static_cast<long>(std::max<std::int64_t>(std::chrono::ceil<std::chrono::milliseconds>(duration).count(), 1));
}

void readOutcome(CURL* easy, HttpAnswer& answer) {
    long status = 0;
    long systemError = 0;
    long connects = 0;
    curl_off_t connectedAfter = 0;
    const char* redirect = nullptr;
    ::curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    ::curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &systemError);
    ::curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects);
    ::curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &connectedAfter);
    ::curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &redirect);
    answer.status = static_cast<int>(status);
    answer.systemError = static_cast<int>(systemError);
    answer.reusedConnection = connects == 0;
    answer.phase = connectedAfter > 0 ? Phase::answering : Phase::connecting;
    if (redirect != nullptr) answer.redirect = redirect;
}

/// Until curl is done or the call is ended; nothing when it is curl that ended it.
WaitEnd drive(CURLM* multi, CallWatch& watch) {
    constexpr base::Duration kLongest = std::chrono::seconds(1);
    for (;;) {
        int running = 0;
        if (::curl_multi_perform(multi, &running) != CURLM_OK || running == 0) return WaitEnd::ready;
        if (const WaitEnd end = watch.now(Phase::answering); end != WaitEnd::ready) return end;
        curl_waitfd stop{watch.stopDescriptor(), CURL_WAIT_POLLIN, 0};
        const bool hears = watch.stopDescriptor() >= 0;
        const base::Duration slice = std::min(watch.left(Phase::answering), hears ? kLongest : CallWatch::kBlindSlice);
        ::curl_multi_poll(multi, hears ? &stop : nullptr, hears ? 1U : 0U, static_cast<int>(curlMilliseconds(slice)),
                          nullptr);
    }
}

}  // namespace

struct HttpLane::Handles {
    // curl wants to be set up once per process; its own guard makes that safe among threads.
    CURLcode ready = ::curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM* multi = ::curl_multi_init();
    CURL* easy = ::curl_easy_init();

    ~Handles() {
        const SignalGuard guard;
        if (easy != nullptr) ::curl_easy_cleanup(easy);
        if (multi != nullptr) ::curl_multi_cleanup(multi);
        if (ready == CURLE_OK) ::curl_global_cleanup();
    }
};

HttpLane::HttpLane() : m_handles(std::make_unique<Handles>()) {}

HttpLane::~HttpLane() = default;

HttpAnswer HttpLane::exchange(const HttpSettings& settings, const std::string& resolveEntry, CallWatch& watch) {
    const SignalGuard guard;
    HttpAnswer answer;
    CURL* easy = m_handles->easy;
    CURLM* multi = m_handles->multi;
    if (easy == nullptr || multi == nullptr) {
        answer.curlCode = CURLE_FAILED_INIT;
        answer.curlText = "libcurl could not be set up";
        return answer;
    }
    std::array<char, CURL_ERROR_SIZE> text{};
    const List headers = headerLines(settings);
    List resolved;
    if (!resolveEntry.empty()) append(resolved, resolveEntry);
    ::curl_easy_reset(easy);  // connections live in the multi handle and stay
    setRequest(easy, settings);
    setFences(easy, settings);
    ::curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    ::curl_easy_setopt(easy, CURLOPT_RESOLVE, resolved.get());
    ::curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, text.data());
    ::curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeader);
    ::curl_easy_setopt(easy, CURLOPT_HEADERDATA, &answer);
    ::curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
    ::curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer);
    ::curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, curlMilliseconds(watch.left(Phase::connecting)));
    ::curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, curlMilliseconds(watch.left(Phase::answering)));

    ::curl_multi_add_handle(multi, easy);
    answer.end = drive(multi, watch);
    int waiting = 0;
    while (const CURLMsg* message = ::curl_multi_info_read(multi, &waiting)) {
        if (message->msg == CURLMSG_DONE) answer.curlCode = message->data.result;
    }
    readOutcome(easy, answer);
    ::curl_multi_remove_handle(multi, easy);  // closes the connection of a request that was not finished
    answer.curlText = text[0] != '\0' ? text.data() : ::curl_easy_strerror(static_cast<CURLcode>(answer.curlCode));
    if (answer.curlCode == CURLE_OPERATION_TIMEDOUT) answer.end = WaitEnd::timedOut;
    if (answer.curlCode == CURLE_WRITE_ERROR && answer.bodyWasCut) answer.curlCode = CURLE_OK;
    ::curl_easy_reset(easy);  // lets go of what lies on this stack
    return answer;
}

}  // namespace fusebox::adapters
