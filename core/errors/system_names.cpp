#include <fusebox/errors/system_names.h>

#include <algorithm>
#include <string>

namespace fusebox::errors {

namespace {

using domain::CodeSystem;

struct Alias {
    std::string_view word;  ///< lower case
    CodeSystem system;
};

/// Of several that fit, the first: what is special stands before what is general.
constexpr Alias kAliases[] = {
    {"msg", CodeSystem::none},
    {"message", CodeSystem::none},
    {"postgres", CodeSystem::sqlState},
    {"sqlstate", CodeSystem::sqlState},
    {"odbc", CodeSystem::sqlState},
    {"jdbc", CodeSystem::sqlState},
    {"mssql", CodeSystem::sqlServer},
    {"ms-sql", CodeSystem::sqlServer},
    {"sqlserver", CodeSystem::sqlServer},
    {"sql-server", CodeSystem::sqlServer},
    {"mysql", CodeSystem::mysql},
    {"mariadb", CodeSystem::mysql},
    {"sqlite", CodeSystem::sqlite},
    {"oracle", CodeSystem::oracle},
    {"ora", CodeSystem::oracle},
    {"db2", CodeSystem::db2},
    {"hana", CodeSystem::hana},
    {"hdb", CodeSystem::hana},
    {"hsql", CodeSystem::hsqldb},
    {"h2", CodeSystem::h2},
    {"derby", CodeSystem::derby},
    {"sybase", CodeSystem::sybase},
    {"informix", CodeSystem::informix},
    {"cassandra", CodeSystem::cassandra},
    {"scylla", CodeSystem::cassandra},
    {"elastic", CodeSystem::elasticsearch},
    {"opensearch", CodeSystem::elasticsearch},
    {"etcd", CodeSystem::etcd},
    {"zookeeper", CodeSystem::zookeeper},
    {"redis", CodeSystem::redis},
    {"valkey", CodeSystem::redis},
    {"kafka", CodeSystem::kafka},
    {"mongo", CodeSystem::mongodb},
    {"amqp", CodeSystem::amqp},
    {"rabbit", CodeSystem::amqp},
    {"mqtt", CodeSystem::mqtt},
    {"nats", CodeSystem::nats},
    {"aws", CodeSystem::aws},
    {"boto", CodeSystem::aws},
    {"s3", CodeSystem::aws},
    {"minio", CodeSystem::aws},
    {"dynamodb", CodeSystem::aws},
    {"azure", CodeSystem::azure},
    {"cosmos", CodeSystem::azure},
    {"firebase", CodeSystem::firebase},
    {"google", CodeSystem::google},
    {"gcp", CodeSystem::google},
    {"kubernetes", CodeSystem::kubernetes},
    {"k8s", CodeSystem::kubernetes},
    {"oci", CodeSystem::containerRegistry},
    {"docker", CodeSystem::containerRegistry},
    {"registry", CodeSystem::containerRegistry},
    {"oauth", CodeSystem::oauth},
    {"oidc", CodeSystem::oauth},
    {"stripe", CodeSystem::stripe},
    {"acme", CodeSystem::acme},
    {"letsencrypt", CodeSystem::acme},
    {"github", CodeSystem::github},
    {"openai", CodeSystem::openai},
    {"anthropic", CodeSystem::openai},
    {"grpc", CodeSystem::grpc},
    {"http2", CodeSystem::http2},
    {"http3", CodeSystem::quic},
    {"quic", CodeSystem::quic},
    {"websocket", CodeSystem::webSocket},
    {"http", CodeSystem::http},
    {"curl", CodeSystem::curl},
    {"dns", CodeSystem::dns},
    {"getaddrinfo", CodeSystem::dns},
    {"resolver", CodeSystem::dns},
    {"node", CodeSystem::node},
    {"qt", CodeSystem::qt},
    {"qnetwork", CodeSystem::qt},
    {"tls", CodeSystem::tls},
    {"ssl", CodeSystem::tls},
    {"x509", CodeSystem::tls},
    {"smtp", CodeSystem::smtp},
    {"ftp", CodeSystem::ftp},
    {"ldap", CodeSystem::ldap},
    {"sip", CodeSystem::sip},
    {"windows", CodeSystem::windows},
    {"win32", CodeSystem::windows},
    {"winsock", CodeSystem::windows},
    {"wsa", CodeSystem::windows},
    {"posix", CodeSystem::posix},
    {"errno", CodeSystem::posix},
    {"syscall", CodeSystem::posix},
    {"exit", CodeSystem::exitStatus},
};

bool isWordByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// The alias stands at the beginning of a word of the name.
bool begins(std::string_view name, std::string_view alias) {
    for (std::size_t at = name.find(alias); at != std::string_view::npos; at = name.find(alias, at + 1)) {
        if (at == 0 || !isWordByte(name[at - 1])) return true;
    }
    return false;
}

}  // namespace

domain::CodeSystem systemNamed(std::string_view name) {
    constexpr std::size_t kLongestName = 64;
    std::string lower(name.substr(0, kLongestName));
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (const auto exact = domain::codeSystemFromWord(lower)) return *exact;
    const auto* found = std::find_if(std::begin(kAliases), std::end(kAliases),
                                     [&](const Alias& alias) { return begins(lower, alias.word); });
    return found == std::end(kAliases) ? CodeSystem::none : found->system;
}

}  // namespace fusebox::errors
