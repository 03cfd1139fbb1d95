#include <fusebox/adapters/resolver.h>

#include <ares.h>
#include <fmt/format.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace fusebox::adapters {

namespace {

struct LookupEnd {
    int status;
    std::string_view type;
    std::string_view code;
    std::string_view says;
};

constexpr std::array kLookupEnds{
    LookupEnd{ARES_ENOTFOUND, "NameNotFound", "NXDOMAIN", "does not exist"},
    LookupEnd{ARES_ENODATA, "NameNotFound", "NODATA", "has no address of this kind"},
    LookupEnd{ARES_ESERVFAIL, "NameServerFailed", "SERVFAIL", "cannot be looked up: the name server failed"},
    LookupEnd{ARES_EREFUSED, "NameServerRefused", "REFUSED", "cannot be looked up: the name server refuses to answer"},
    LookupEnd{ARES_ENOTIMP, "NameServerFailed", "NOTIMP", "cannot be looked up: the name server does not know how"},
    LookupEnd{ARES_EFORMERR, "NameServerFailed", "FORMERR",
              "cannot be looked up: the name server finds the query malformed"},
    LookupEnd{ARES_EBADRESP, "NameServerFailed", "BADRESP",
              "cannot be looked up: the name server's answer is malformed"},
    LookupEnd{ARES_EBADNAME, "InvalidName", "BADNAME", "is no valid host name"},
    LookupEnd{ARES_EBADSTR, "InvalidName", "BADNAME", "is no valid host name"},
    LookupEnd{ARES_ECONNREFUSED, "NameServerUnreachable", "CONNREFUSED",
              "cannot be looked up: no name server can be reached"},
    LookupEnd{ARES_ETIMEOUT, "NameLookupTimeout", "TIMEOUT", "cannot be looked up: no name server answered"},
};

domain::Error lookupFailure(int status, const std::string& name) {
    const auto* known = std::find_if(kLookupEnds.begin(), kLookupEnds.end(),
                                     [&](const LookupEnd& end) { return end.status == status; });
    if (known == kLookupEnds.end()) {
        return failure("NameLookupFailed", fmt::format("{} cannot be looked up: {}", name, ::ares_strerror(status)),
                       domain::CodeSystem::dns, fmt::format("ARES_{}", status));
    }
    return failure(std::string(known->type), fmt::format("{} {}", name, known->says), domain::CodeSystem::dns,
                   std::string(known->code));
}

/// What the callback of c-ares leaves behind.
struct Lookup {
    bool done = false;
    int status = ARES_SUCCESS;
    std::vector<Address> addresses;
};

void takeAnswer(void* into, int status, int /*timeouts*/, ares_addrinfo* answer) {
    auto& lookup = *static_cast<Lookup*>(into);
    lookup.done = true;
    lookup.status = status;
    if (answer == nullptr) return;
    for (const auto* node = answer->nodes; node != nullptr; node = node->ai_next) {
        Address address;
        address.length = std::min<socklen_t>(node->ai_addrlen, sizeof address.storage);
        std::memcpy(&address.storage, node->ai_addr, address.length);
        lookup.addresses.push_back(address);
    }
    ::ares_freeaddrinfo(answer);
}

struct DestroyChannel {
    void operator()(ares_channel channel) const { ::ares_destroy(channel); }
};
using Channel = std::unique_ptr<std::remove_pointer_t<ares_channel>, DestroyChannel>;

/// Whether a server that says SERVFAIL, NOTIMP or REFUSED is passed over for the next one, or its word is taken.
enum class OnRefusal : std::uint8_t { askNextServer, takeItsWord };

Attempt<Channel> openChannel(const NameQuery& query, OnRefusal onRefusal, base::Duration limit) {
    // c-ares does nothing here but on Windows and with its own allocators; the guard makes the call happen once.
    [[maybe_unused]] static const int ready = ::ares_library_init(ARES_LIB_INIT_ALL);
    constexpr int kTries = 3;
    char dnsOnly[] = "b";
    ares_options options{};
    // Each server is asked again while there is time; c-ares doubles the wait from round to round.
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(limit).count();
    options.timeout = static_cast<int>(std::clamp<std::int64_t>(milliseconds / 4, 50, 5'000));
    options.tries = kTries;
    int mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_FLAGS;
    if (onRefusal == OnRefusal::takeItsWord) options.flags |= ARES_FLAG_NOCHECKRESP;
    if (query.scope == NameQuery::Scope::dnsOnly) {
        options.lookups = dnsOnly;
        options.flags |= ARES_FLAG_NOSEARCH;
        mask |= ARES_OPT_LOOKUPS;
    }
    ares_channel raw = nullptr;
    if (const int status = ::ares_init_options(&raw, &options, mask); status != ARES_SUCCESS) {
        return tl::unexpected(lookupFailure(status, query.name));
    }
    Channel channel(raw);
    if (!query.server.empty()) {
        if (const int status = ::ares_set_servers_ports_csv(raw, query.server.c_str()); status != ARES_SUCCESS) {
            return tl::unexpected(lookupFailure(status, query.name));
        }
    }
    return channel;
}

/// Lets c-ares work on what is ready; also with nothing ready, for its own timeouts.
void process(ares_channel channel, std::span<const pollfd> polled) {
    bool any = false;
    for (const pollfd& one : polled) {
        if (one.revents == 0) continue;
        any = true;
        const bool readable = (one.revents & (POLLIN | POLLERR | POLLHUP)) != 0;
        const bool writable = (one.revents & (POLLOUT | POLLERR | POLLHUP)) != 0;
        ::ares_process_fd(channel, readable ? one.fd : ARES_SOCKET_BAD, writable ? one.fd : ARES_SOCKET_BAD);
    }
    if (!any) ::ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

WaitEnd waitForLookup(ares_channel channel, const Lookup& lookup, CallWatch& watch, Phase phase) {
    while (!lookup.done) {
        std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
        const auto bits = static_cast<unsigned>(::ares_getsock(channel, sockets.data(), ARES_GETSOCK_MAXNUM));
        std::vector<pollfd> polled;
        for (std::size_t i = 0; i < sockets.size(); ++i) {
            const int events =
                (ARES_GETSOCK_READABLE(bits, i) ? POLLIN : 0) | (ARES_GETSOCK_WRITABLE(bits, i) ? POLLOUT : 0);
            if (events != 0) polled.push_back({sockets[i], static_cast<short>(events), 0});
        }
        timeval own{};
        const timeval* next = ::ares_timeout(channel, nullptr, &own);
        std::optional<base::Duration> atMost;
        if (next != nullptr) atMost = std::chrono::seconds(next->tv_sec) + std::chrono::microseconds(next->tv_usec);
        if (const WaitEnd end = watch.wait(polled, phase, atMost); end != WaitEnd::ready) return end;
        process(channel, polled);
    }
    return WaitEnd::ready;
}

int familyOf(NameQuery::Family family) {
    switch (family) {
        case NameQuery::Family::v4:
            return AF_INET;
        case NameQuery::Family::v6:
            return AF_INET6;
        case NameQuery::Family::any:
            break;
    }
    return AF_UNSPEC;
}

Attempt<Lookup> lookUp(const NameQuery& query, OnRefusal onRefusal, CallWatch& watch, Phase phase) {
    const auto channel = openChannel(query, onRefusal, watch.left(phase));
    if (!channel) return tl::unexpected(channel.error());
    Lookup lookup;
    ares_addrinfo_hints hints{};
    hints.ai_family = familyOf(query.family);
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = ARES_AI_NOSORT;  // sorting would open a socket towards each address
    ::ares_getaddrinfo(channel->get(), query.name.c_str(), nullptr, &hints, takeAnswer, &lookup);
    if (const WaitEnd end = waitForLookup(channel->get(), lookup, watch, phase); end != WaitEnd::ready) {
        ::ares_cancel(channel->get());  // calls back a last time, while the lookup is still there
        return tl::unexpected(watch.ended(end, phase, fmt::format("looking up {}", query.name)));
    }
    return lookup;
}

}  // namespace

std::string Address::text() const {
    char host[NI_MAXHOST] = {};
    const auto* address = reinterpret_cast<const sockaddr*>(&storage);
    if (::getnameinfo(address, length, host, sizeof host, nullptr, 0, NI_NUMERICHOST) != 0) return "?";
    return host;
}

void Address::setPort(std::uint16_t port) {
    if (storage.ss_family == AF_INET) reinterpret_cast<sockaddr_in*>(&storage)->sin_port = htons(port);
    if (storage.ss_family == AF_INET6) reinterpret_cast<sockaddr_in6*>(&storage)->sin6_port = htons(port);
}

std::optional<Address> addressFromText(const std::string& text) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST;  // never asks anyone
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(text.c_str(), nullptr, &hints, &found) != 0) return std::nullopt;
    Address address;
    address.length = std::min<socklen_t>(found->ai_addrlen, sizeof address.storage);
    std::memcpy(&address.storage, found->ai_addr, address.length);
    ::freeaddrinfo(found);
    return address;
}

std::string hostAndPort(const std::string& host, std::uint16_t port) {
    const bool isV6 = host.find(':') != std::string::npos;
    return isV6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

Attempt<std::vector<Address>> resolve(const NameQuery& query, CallWatch& watch, Phase phase) {
    if (const auto literal = addressFromText(query.name)) return std::vector{*literal};
    auto lookup = lookUp(query, OnRefusal::askNextServer, watch, phase);
    // c-ares says so as well when servers were there but all refused: only their word tells which it was.
    if (lookup && lookup->status == ARES_ECONNREFUSED) lookup = lookUp(query, OnRefusal::takeItsWord, watch, phase);
    if (!lookup) return tl::unexpected(lookup.error());
    if (lookup->status != ARES_SUCCESS) return tl::unexpected(lookupFailure(lookup->status, query.name));
    if (lookup->addresses.empty()) return tl::unexpected(lookupFailure(ARES_ENODATA, query.name));
    return std::move(lookup->addresses);
}

}  // namespace fusebox::adapters
