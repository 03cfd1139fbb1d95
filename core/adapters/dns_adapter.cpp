#include <fusebox/adapters/dns_adapter.h>
#include <fusebox/adapters/resolver.h>
#include <fusebox/adapters/settings_check.h>

#include <fmt/format.h>

#include <algorithm>

namespace fusebox::adapters {

namespace {

std::string listed(const std::vector<std::string>& addresses) {
    return fmt::format("{}", fmt::join(addresses, ", "));
}

/// A timeout of the call is, in the words of the DNS, a TIMEOUT.
domain::Error inDnsWords(domain::Error error) {
    if (error.codeSystem == domain::CodeSystem::posix && error.code == "ETIMEDOUT") {
        error.type = "NameLookupTimeout";
        error.codeSystem = domain::CodeSystem::dns;
        error.code = "TIMEOUT";
    }
    return error;
}

}  // namespace

base::Result<std::unique_ptr<DataAdapter>> DnsAdapter::create(DnsSettings settings, const base::Clock& clock) {
    const bool v4 = settings.record == DnsSettings::Record::a;
    SettingsCheck check;
    check.host("name", settings.name);
    check.require(!addressFromText(settings.name), "name", "is an address; a name to look up is needed");
    check.require(settings.server.empty() || addressFromText(settings.server), "server",
                  "must be an address such as 127.0.0.1 or ::1");
    check.port("server_port", settings.serverPort);
    if (!settings.expectedAddress.empty()) {
        const auto expected = addressFromText(settings.expectedAddress);
        check.require(expected && (expected->storage.ss_family == AF_INET) == v4, "expected_address",
                      v4 ? "must be an IPv4 address for an A record" : "must be an IPv6 address for an AAAA record");
        if (expected) settings.expectedAddress = expected->text();  // ::0:1 and ::1 are the same
    }
    check.limits(settings.limits);
    if (check.trouble()) return tl::unexpected(*check.trouble());
    return std::unique_ptr<DataAdapter>(new DnsAdapter(std::move(settings), clock));
}

std::string DnsAdapter::target() const {
    const std::string_view record = m_settings.record == DnsSettings::Record::a ? "A" : "AAAA";
    if (m_settings.server.empty()) return fmt::format("{} {}", record, m_settings.name);
    return fmt::format("{} {} at {}", record, m_settings.name, hostAndPort(m_settings.server, m_settings.serverPort));
}

CallResult DnsAdapter::lookUp(CallWatch& watch) const {
    const bool v4 = m_settings.record == DnsSettings::Record::a;
    const std::string server =
        m_settings.server.empty() ? std::string() : hostAndPort(m_settings.server, m_settings.serverPort);
    const auto found = resolve(
        {m_settings.name, v4 ? NameQuery::Family::v4 : NameQuery::Family::v6, NameQuery::Scope::dnsOnly, server}, watch,
        Phase::answering);
    if (!found) return tl::unexpected(inDnsWords(found.error()));
    std::vector<std::string> texts;
    for (const Address& address : *found) texts.push_back(address.text());
    const std::string& expected = m_settings.expectedAddress;
    if (!expected.empty() && std::find(texts.begin(), texts.end(), expected) == texts.end()) {
        return tl::unexpected(failure("UnexpectedAnswer",
                                      fmt::format("{} is {}; expected {}", m_settings.name, listed(texts), expected)));
    }
    return Answer{listed(texts), 0, false};
}

CallResult DnsAdapter::call(std::stop_token stop) {
    // A lookup has no connection: the connect timeout has no say here.
    CallWatch watch(m_settings.limits, m_clock, std::move(stop));
    return lookUp(watch).map_error(
        [&](domain::Error error) { return sealed(std::move(error), kind(), "look up " + target()); });
}

}  // namespace fusebox::adapters
