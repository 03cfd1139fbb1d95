// Telling cases of each code system.

#include <fusebox/errors/code_tables.h>
#include <fusebox/errors/error_classifier.h>
#include <fusebox/errors/system_names.h>
#include <fusebox/support/test_case.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

using namespace fusebox;
using domain::Category;
using domain::CodeSystem;

namespace {

struct Case {
    CodeSystem system;
    Category category;
    const char* codes;  ///< separated by blanks
};

const Case kCases[] = {
    {CodeSystem::http, Category::authentication, "401 403 407 511 498"},
    {CodeSystem::http, Category::dataValidation, "400 413 422 431"},
    {CodeSystem::http, Category::permanent, "404 405 409 410 302 501 505 451 499"},
    {CodeSystem::http, Category::transient, "408 425 500 502 503 504 520 522 599"},
    {CodeSystem::http, Category::rateLimit, "429 420"},
    {CodeSystem::http, Category::unknown, "200 abc 99999999999 5x 0"},
    {CodeSystem::grpc, Category::transient, "UNAVAILABLE 14 DeadlineExceeded ABORTED"},
    {CodeSystem::grpc, Category::rateLimit, "RESOURCE_EXHAUSTED 8"},
    {CodeSystem::grpc, Category::unknown, "UNKNOWN 2 99"},
    {CodeSystem::posix, Category::transient, "ECONNREFUSED 111 ECONNRESET ETIMEDOUT EPIPE EAGAIN EMFILE"},
    {CodeSystem::posix, Category::permanent, "ENOENT EEXIST ENOSPC EROFS ENOSYS EAFNOSUPPORT"},
    {CodeSystem::posix, Category::authentication, "EACCES EPERM EKEYEXPIRED"},
    {CodeSystem::posix, Category::dataValidation, "EINVAL EMSGSIZE EILSEQ"},
    {CodeSystem::curl, Category::transient, "6 7 28 52 56 CURLE_OPERATION_TIMEDOUT"},
    {CodeSystem::curl, Category::permanent, "60 47 1 77"},
    {CodeSystem::curl, Category::authentication, "67 94"},
    {CodeSystem::sqlState, Category::authentication, "28000 28P01 42501"},
    {CodeSystem::sqlState, Category::transient, "08006 57P01 53300 40P01 40001 55P03 08004"},
    {CodeSystem::sqlState, Category::dataValidation, "23505 22P02 22003 21000"},
    {CodeSystem::sqlState, Category::permanent, "42P01 3D000 0A000 26000 08P01 XX001"},
    {CodeSystem::sqlState, Category::unknown, "HY000 01000"},
    {CodeSystem::mysql, Category::transient, "1205 1213 2006 2013 1040"},
    {CodeSystem::mysql, Category::dataValidation, "1062 1406 1452 1048"},
    {CodeSystem::mysql, Category::authentication, "1045 1044 1142"},
    {CodeSystem::mysql, Category::permanent, "1146 1064 1054"},
    {CodeSystem::sqlServer, Category::transient, "1205 40613 10054 4221"},
    {CodeSystem::sqlServer, Category::rateLimit, "40501 49920"},
    {CodeSystem::sqlServer, Category::authentication, "18456 229"},
    {CodeSystem::sqlServer, Category::dataValidation, "2627 547 8152"},
    {CodeSystem::oracle, Category::transient, "ORA-12541 ORA-00060 3113 54"},
    {CodeSystem::oracle, Category::authentication, "ORA-01017 28000"},
    {CodeSystem::oracle, Category::dataValidation, "ORA-00001 1400"},
    {CodeSystem::oracle, Category::permanent, "ORA-00942 904"},
    {CodeSystem::sqlite, Category::transient, "SQLITE_BUSY SQLITE_BUSY_SNAPSHOT 5 SQLITE_IOERR_READ"},
    {CodeSystem::sqlite, Category::dataValidation, "SQLITE_CONSTRAINT_UNIQUE 19 2067"},
    {CodeSystem::sqlite, Category::permanent, "SQLITE_CORRUPT_INDEX SQLITE_NOTADB 14"},
    {CodeSystem::redis, Category::authentication, "NOAUTH WRONGPASS NOPERM"},
    {CodeSystem::redis, Category::transient, "LOADING MOVED CLUSTERDOWN READONLY TRYAGAIN"},
    {CodeSystem::redis, Category::permanent, "ERR CROSSSLOT NOSCRIPT"},
    {CodeSystem::mongodb, Category::transient, "10107 189 112 91"},
    {CodeSystem::mongodb, Category::authentication, "18 13"},
    {CodeSystem::mongodb, Category::dataValidation, "11000 121"},
    {CodeSystem::kafka, Category::transient, "7 NOT_LEADER_OR_FOLLOWER 6 COORDINATOR_NOT_AVAILABLE"},
    {CodeSystem::kafka, Category::rateLimit, "THROTTLING_QUOTA_EXCEEDED 89"},
    {CodeSystem::kafka, Category::authentication, "58 TOPIC_AUTHORIZATION_FAILED"},
    {CodeSystem::cassandra, Category::transient, "0x1000 OverloadedException 0x1200"},
    {CodeSystem::elasticsearch, Category::rateLimit, "es_rejected_execution_exception"},
    {CodeSystem::etcd, Category::transient, "ErrGRPCNoLeader ErrTimeout Unavailable"},
    {CodeSystem::zookeeper, Category::transient, "CONNECTIONLOSS -4"},
    {CodeSystem::amqp, Category::authentication, "403 ACCESS_REFUSED"},
    {CodeSystem::mqtt, Category::rateLimit, "0x97 151"},
    {CodeSystem::nats, Category::authentication, "Authorization_Violation"},
    {CodeSystem::aws, Category::rateLimit,
     "ThrottlingException Throttling SlowDown com.amazonaws.x#TooManyRequestsException"},
    {CodeSystem::aws, Category::authentication,
     "ExpiredToken SignatureDoesNotMatch AccessDenied UnrecognizedClientException"},
    {CodeSystem::aws, Category::permanent, "NoSuchBucket QueueDoesNotExist SnapshotNotFoundFault"},
    {CodeSystem::aws, Category::dataValidation, "ValidationException MalformedXML InvalidParameterValue"},
    {CodeSystem::azure, Category::transient, "ServerBusy OperationTimedOut"},
    {CodeSystem::google, Category::rateLimit, "RATE_LIMIT_EXCEEDED rateLimitExceeded 8"},
    {CodeSystem::firebase, Category::dataValidation, "auth/invalid-email messaging/invalid-argument"},
    {CodeSystem::kubernetes, Category::transient, "ServerTimeout Conflict ImagePullBackOff"},
    {CodeSystem::kubernetes, Category::permanent, "AlreadyExists NotFound 404"},
    {CodeSystem::containerRegistry, Category::rateLimit, "TOOMANYREQUESTS"},
    {CodeSystem::oauth, Category::authentication, "invalid_grant access_denied"},
    {CodeSystem::stripe, Category::permanent, "card_declined resource_missing"},
    {CodeSystem::acme, Category::rateLimit, "urn:ietf:params:acme:error:rateLimited"},
    {CodeSystem::acme, Category::transient, "badNonce"},
    {CodeSystem::openai, Category::dataValidation, "context_length_exceeded"},
    {CodeSystem::dns, Category::permanent, "NXDOMAIN REFUSED EAI_NONAME"},
    {CodeSystem::dns, Category::transient, "SERVFAIL TIMEOUT EAI_AGAIN"},
    {CodeSystem::tls, Category::permanent, "CERT_HAS_EXPIRED handshake_failure 48"},
    {CodeSystem::tls, Category::authentication, "certificate_required 49"},
    {CodeSystem::smtp, Category::transient, "421 450 4.2.2 4.9.9"},
    {CodeSystem::smtp, Category::authentication, "535 5.7.8"},
    {CodeSystem::smtp, Category::permanent, "550 5.1.1 599"},
    {CodeSystem::ftp, Category::authentication, "530"},
    {CodeSystem::sip, Category::transient, "503 486"},
    {CodeSystem::ldap, Category::authentication, "49 invalidCredentials"},
    {CodeSystem::webSocket, Category::transient, "1006 1012 1013"},
    {CodeSystem::http2, Category::rateLimit, "ENHANCE_YOUR_CALM 0xb"},
    {CodeSystem::quic, Category::transient, "NO_VIABLE_PATH H3_REQUEST_REJECTED"},
    {CodeSystem::windows, Category::transient, "WSAECONNRESET 10060"},
    {CodeSystem::node, Category::permanent, "ERR_TLS_CERT_ALTNAME_INVALID ERR_FR_TOO_MANY_REDIRECTS"},
    {CodeSystem::node, Category::transient, "ECONNRESET UND_ERR_CONNECT_TIMEOUT"},
    {CodeSystem::qt, Category::authentication, "204 ProxyAuthenticationRequiredError"},
    {CodeSystem::db2, Category::dataValidation, "-803"},
    {CodeSystem::db2, Category::transient, "-911 -30081"},
    {CodeSystem::hana, Category::transient, "131 133"},
    {CodeSystem::h2, Category::dataValidation, "23505"},
    {CodeSystem::hsqldb, Category::dataValidation, "-104"},
    {CodeSystem::derby, Category::transient, "40XL1"},
    {CodeSystem::sybase, Category::transient, "1205"},
    {CodeSystem::informix, Category::dataValidation, "-239"},
    {CodeSystem::exitStatus, Category::permanent, "127"},
    {CodeSystem::exitStatus, Category::unknown, "1"},
};

}  // namespace

class CodeSystemsTest : public QObject {
    Q_OBJECT
private slots:
    void codes_mean_their_category() {
        const errors::ErrorClassifier classifier;
        for (const Case& line : kCases) {
            std::istringstream codes(line.codes);
            for (std::string code; codes >> code;) {
                domain::Error error;
                error.codeSystem = line.system;
                error.code = code;
                const errors::Classification found = classifier.classify(error);
                const std::string what = std::string(toWord(line.system)) + " " + code + ": " + found.evidence;
                QVERIFY2(found.category == line.category, what.c_str());
            }
        }
    }

    void a_code_stands_once_in_its_table() {
        for (const errors::CodeTable& table : errors::allCodeTables()) {
            std::set<std::string> seen;
            for (const errors::CodeLine& line : table.lines) {
                std::istringstream codes{std::string(line.codes)};
                for (std::string code; codes >> code;) {
                    const std::string what = std::string(toWord(table.system)) + " " + code;
                    QVERIFY2(seen.insert(code).second, what.c_str());
                }
            }
        }
    }

    void a_phrase_stands_once() {
        std::set<std::string_view> seen;
        for (const std::string_view phrase : errors::allPhrases().texts) {
            QVERIFY2(seen.insert(phrase).second, std::string(phrase).c_str());
        }
    }

    void every_code_system_has_a_case() {
        for (int i = 1; i <= static_cast<int>(CodeSystem::openai); ++i) {
            const auto system = static_cast<CodeSystem>(i);
            const bool known =
                system == CodeSystem::github || std::any_of(std::begin(kCases), std::end(kCases),
                                                            [&](const Case& line) { return line.system == system; });
            QVERIFY2(known, toWord(system).data());
        }
    }

    void systems_are_known_by_many_names() {
        const auto named = [](const char* name) { return std::string(toWord(errors::systemNamed(name))); };
        QCOMPARE(named("PostgreSQL"), std::string("sqlstate"));
        QCOMPARE(named("aws-service-model"), std::string("aws"));
        QCOMPARE(named("msg-redis"), std::string("none"));
        QCOMPARE(named("MS-SQL"), std::string("sqlserver"));
        QCOMPARE(named("http2-error"), std::string("http2"));
        QCOMPARE(named("errno"), std::string("errno"));
        QCOMPARE(named("oracle"), std::string("oracle"));
        QCOMPARE(named("spring-sql-hsql"), std::string("hsqldb"));
        QCOMPARE(named("shttpd"), std::string("none"));
        QCOMPARE(named(""), std::string("none"));
    }
};

FUSEBOX_TEST(CodeSystemsTest)
#include "code_systems_test.moc"
