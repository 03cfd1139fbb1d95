#include <fusebox/errors/error_classifier.h>
#include <fusebox/support/test_case.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::Category;
using domain::CodeSystem;
using domain::Error;

namespace {

const errors::ErrorClassifier& classifier() {
    static const errors::ErrorClassifier built;
    return built;
}

Error errorOf(CodeSystem system, std::string code, std::string message = {}, std::string type = {}) {
    Error error;
    error.type = std::move(type);
    error.message = std::move(message);
    error.codeSystem = system;
    error.code = std::move(code);
    return error;
}

Category categoryOf(const Error& error) {
    return classifier().classify(error).category;
}

Category ofText(std::string message) {
    return categoryOf(errorOf(CodeSystem::none, "", std::move(message)));
}

Category ofType(std::string type) {
    return categoryOf(errorOf(CodeSystem::none, "", "", std::move(type)));
}

Error wrapping(Error outer, Error cause) {
    outer.cause = std::make_shared<const Error>(std::move(cause));
    return outer;
}

#define COMPARE_CATEGORY(actual, expected)                                        \
    do {                                                                          \
        const Category found = (actual);                                          \
        QVERIFY2(found == (expected), std::string(domain::toWord(found)).data()); \
    } while (false)

}  // namespace

class ErrorClassifierTest : public QObject {
    Q_OBJECT
private slots:
    void a_generic_code_yields_to_the_message() {
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::http, "500")), Category::transient);
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::http, "500", "Duplicate entry '7' for key 'id'")),
                         Category::dataValidation);
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::sqlState, "HY000", "Access denied for user 'x'")),
                         Category::authentication);
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::none, "-1", "connection reset by peer")), Category::transient);
        COMPARE_CATEGORY(
            categoryOf(errorOf(CodeSystem::redis, "ERR", "ERR max number of clients, too many connections")),
            Category::transient);
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::grpc, "UNKNOWN", "permission denied")),
                         Category::authentication);
    }

    void a_code_of_its_own_meaning_beats_the_message() {
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::http, "404", "connection refused, try again")),
                         Category::permanent);
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::sqlState, "40001", "invalid value not found")),
                         Category::transient);
    }

    void a_message_that_proves_throttling_beats_the_code() {
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::http, "403", "API rate limit exceeded for user 7")),
                         Category::rateLimit);
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::http, "503", "<Code>SlowDown</Code>")), Category::rateLimit);
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::http, "400", "ThrottlingException: Rate exceeded")),
                         Category::rateLimit);
        COMPARE_CATEGORY(categoryOf(errorOf(CodeSystem::posix, "ENOENT", "/var/lib/rate limit.conf")),
                         Category::permanent);
    }

    void equal_evidence_goes_by_rank() {
        COMPARE_CATEGORY(ofText("connection refused: authentication failed"), Category::authentication);
        COMPARE_CATEGORY(ofText("Too many failed login attempts"), Category::rateLimit);
        COMPARE_CATEGORY(ofText("too many requests: access denied"), Category::rateLimit);
    }

    void the_cause_is_trusted_before_its_wrappers() {
        const Error refused = errorOf(CodeSystem::posix, "ECONNREFUSED");
        COMPARE_CATEGORY(categoryOf(wrapping(errorOf(CodeSystem::none, "", "query failed", "SQLException"), refused)),
                         Category::transient);
        const Error login = errorOf(CodeSystem::sqlState, "28P01", "no");
        COMPARE_CATEGORY(
            categoryOf(wrapping(errorOf(CodeSystem::none, "", "gave up: timed out", "OperationalError"), login)),
            Category::authentication);
        Error deep = refused;
        for (int i = 0; i < 100; ++i) deep = wrapping(errorOf(CodeSystem::none, "", "outer"), deep);
        COMPARE_CATEGORY(categoryOf(deep), Category::unknown);  // too deep to look for
    }

    void a_type_tells_by_itself_and_by_its_words() {
        COMPARE_CATEGORY(ofType("java.net.SocketTimeoutException"), Category::transient);
        COMPARE_CATEGORY(ofType("org.springframework.dao.DataIntegrityViolationException"), Category::dataValidation);
        COMPARE_CATEGORY(ofType("com.acme.billing.OrderNotFoundException"), Category::permanent);
        COMPARE_CATEGORY(ofType("TooManyRequestsError"), Category::rateLimit);
        COMPARE_CATEGORY(ofType("InvalidTokenError"), Category::authentication);
        COMPARE_CATEGORY(ofType("std::runtime_error"), Category::unknown);
        COMPARE_CATEGORY(ofType(""), Category::unknown);
    }

    void codes_are_found_in_messages() {
        COMPARE_CATEGORY(ofText("GET https://x/y returned status code 404"), Category::permanent);
        COMPARE_CATEGORY(ofText("SQLSTATE[40P01]: something"), Category::transient);
        COMPARE_CATEGORY(ofText("SQLSTATE[HY000] [1045] no"), Category::authentication);
        COMPARE_CATEGORY(ofText("ORA-01017: no"), Category::authentication);
        COMPARE_CATEGORY(ofText("rpc error: code = ResourceExhausted desc = x"), Category::rateLimit);
        COMPARE_CATEGORY(ofText("connect ECONNREFUSED 127.0.0.1:5432"), Category::transient);
        COMPARE_CATEGORY(ofText("[Errno 111] x"), Category::transient);
        COMPARE_CATEGORY(ofText("550 5.1.1 who"), Category::permanent);
        COMPARE_CATEGORY(ofText("WRONGTYPE Operation against a key"), Category::dataValidation);
    }

    void the_evidence_says_why() {
        const auto why = [](const Error& error) { return classifier().classify(error).evidence; };
        QCOMPARE(why(errorOf(CodeSystem::http, "429")), std::string("rate limit: HTTP 429"));
        QCOMPARE(why(errorOf(CodeSystem::sqlState, "40001")), std::string("transient: SQLSTATE 40001"));
        QCOMPARE(why(errorOf(CodeSystem::http, "503", "<Code>SlowDown</Code>")),
                 std::string("rate limit: HTTP 503 + body 'SlowDown'"));
        QCOMPARE(why(errorOf(CodeSystem::none, "", "Connection reset by peer", "ConnectionResetError")),
                 std::string("transient: type 'ConnectionResetError' + text 'Connection reset by peer'"));
        QCOMPARE(why(errorOf(CodeSystem::none, "", "hm")), std::string("unknown: nothing that tells"));
    }

    void evidence_of_foreign_text_is_one_short_line_of_ascii() {
        const Error error = errorOf(CodeSystem::http, "4\x1b[31m29\n" + std::string(100, 'x'),
                                    "rate\xff\xfe\n\x07limit", "\xe2\x82\xac" + std::string(300, 'T'));
        const std::string evidence = classifier().classify(error).evidence;
        QVERIFY(evidence.size() < 400);
        for (const char c : evidence) QVERIFY(c >= 0x20 && c < 0x7f);
    }

    void a_category_that_is_set_stays() {
        Error error = errorOf(CodeSystem::http, "500");
        error.category = Category::rateLimit;
        COMPARE_CATEGORY(categoryOf(error), Category::rateLimit);
        error.category = Category::unknown;
        COMPARE_CATEGORY(categoryOf(error), Category::transient);
    }

    void confidence_is_near_one_for_codes_and_small_for_single_words() {
        const double code = classifier().classify(errorOf(CodeSystem::http, "429")).confidence;
        const double phrase = classifier().classify(errorOf(CodeSystem::none, "", "connection refused")).confidence;
        const double word = classifier().classify(errorOf(CodeSystem::none, "", "certificate")).confidence;
        QVERIFY(code > 0.9 && code <= 1);
        QVERIFY(code > phrase && phrase > word && word > 0);
        QCOMPARE(classifier().classify(errorOf(CodeSystem::none, "", "hm")).confidence, 0.0);
    }

    void huge_messages_take_no_longer_than_their_first_and_last_part() {
        std::string message(1024 * 1024, 'x');
        COMPARE_CATEGORY(ofText(message), Category::unknown);
        COMPARE_CATEGORY(ofText("connection refused " + message), Category::transient);
        COMPARE_CATEGORY(ofText(message + " caused by: connection refused"), Category::transient);
        COMPARE_CATEGORY(ofText(message + " connection refused " + message), Category::unknown);
    }

    void any_bytes_are_fine() {
        std::string all;
        for (int i = 0; i < 100'000; ++i) all += static_cast<char>(i * 7919 % 256);
        for (const std::string& bytes :
             {all, std::string(5000, '\0'), std::string(5000, '\xff'), std::string(5000, '['), std::string(5000, '9'),
              std::string(5000, '_'), std::string("\xf0\x9f"),
              std::string("retry after 99999999999999999999999999999999 seconds")}) {
            const Error error = errorOf(CodeSystem::http, bytes, bytes, bytes);
            for (const CodeSystem system : {CodeSystem::http, CodeSystem::oracle, CodeSystem::etcd, CodeSystem::none}) {
                Error inSystem = error;
                inSystem.codeSystem = system;
                QVERIFY(classifier().classify(inSystem).evidence.size() < 400);
            }
        }
    }

    void threads_may_share_one() {
        std::vector<std::jthread> threads;
        std::atomic<int> wrong = 0;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int k = 0; k < 500; ++k) {
                    if (ofText("too many requests") != Category::rateLimit) ++wrong;
                    if (ofText("no such table") != Category::permanent) ++wrong;
                }
            });
        }
        threads.clear();
        QCOMPARE(wrong.load(), 0);
    }
};

FUSEBOX_TEST(ErrorClassifierTest)
#include "error_classifier_test.moc"
