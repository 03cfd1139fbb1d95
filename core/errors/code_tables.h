#pragma once
// The code tables, one function for each family of systems. How a code finds its category: core/errors/README.md.

#include <fusebox/errors/code_table.h>

#include <span>
#include <vector>

namespace fusebox::errors {

[[nodiscard]] std::span<const CodeTable> httpCodes();    ///< HTTP, HTTP/2, QUIC, WebSocket, gRPC
[[nodiscard]] std::span<const CodeTable> systemCodes();  ///< errno, getaddrinfo and DNS, Windows, Node.js, exit status
[[nodiscard]] std::span<const CodeTable> transportCodes();  ///< curl, TLS, Qt
[[nodiscard]] std::span<const CodeTable> mailCodes();       ///< SMTP, FTP, SIP, LDAP
[[nodiscard]] std::span<const CodeTable> sqlStateCodes();
[[nodiscard]] std::span<const CodeTable> mysqlCodes();
[[nodiscard]] std::span<const CodeTable> sqlServerCodes();
[[nodiscard]] std::span<const CodeTable>
databaseCodes();  ///< Oracle, DB2, HANA, H2, HSQLDB, Derby, Sybase, Informix, SQLite
[[nodiscard]] std::span<const CodeTable> storeCodes();  ///< Redis, Cassandra, Elasticsearch, etcd, ZooKeeper
[[nodiscard]] std::span<const CodeTable> mongoCodes();
[[nodiscard]] std::span<const CodeTable> brokerCodes();  ///< Kafka, MQTT, AMQP, NATS
[[nodiscard]] std::span<const CodeTable> awsCodes();
[[nodiscard]] std::span<const CodeTable> cloudCodes();    ///< Azure, Google, Firebase, Kubernetes, container registries
[[nodiscard]] std::span<const CodeTable> serviceCodes();  ///< OAuth, Stripe, ACME, GitHub, OpenAI
[[nodiscard]] std::span<const CodeTable> typeNames();     ///< exception types of languages and their libraries

[[nodiscard]] std::vector<CodeTable> allCodeTables();

}  // namespace fusebox::errors
