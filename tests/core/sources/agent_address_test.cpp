// Which addresses are used, which are refused, and to whom a token belongs. Attacks D1, D3, D13; rule B12.
#include <fusebox/base/clock.h>
#include <fusebox/sources/agent_address.h>
#include <fusebox/sources/agent_backoff.h>
#include <fusebox/sources/agent_client.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using sources::AgentAddress;
using sources::CheckedAddress;

namespace {

AgentAddress at(const std::string& url) {
    AgentAddress address;
    address.url = url;
    return address;
}

std::string whyNot(const AgentAddress& address) {
    const auto checked = CheckedAddress::check(address);
    return checked ? std::string() : checked.error().text();
}

}  // namespace

class AgentAddressTest : public QObject {
    Q_OBJECT

private slots:
    void a_good_address_is_taken_apart() {
        const auto checked = CheckedAddress::check(at("https://Shop.example:8443/fusebox/"));
        QVERIFY(checked.has_value());
        QCOMPARE(checked->origin(), std::string("https://shop.example:8443"));
        QCOMPARE(checked->urlOf("/api/v1/about"), std::string("https://shop.example:8443/fusebox/api/v1/about"));
        QVERIFY(checked->usesTls());
        QCOMPARE(CheckedAddress::check(at("http://[::1]"))->origin(), std::string("http://[::1]:80"));
        QCOMPARE(CheckedAddress::check(at("https://127.0.0.1"))->origin(), std::string("https://127.0.0.1:443"));
    }

    // Attack D1.
    void only_http_and_https_without_a_user_are_taken() {
        for (const char* url :
             {"file:///etc/passwd", "gopher://a/", "ftp://a/", "http://a@b/", "http://a:b@c/", "", "a", "http://",
              "http://a b/", "javascript:alert(1)", "http://a/?token=x", "http://a/#x", "http://a:99999/"}) {
            QVERIFY2(!whyNot(at(url)).empty(), url);
        }
        QVERIFY(!whyNot(at("http://" + std::string(3000, 'a'))).empty());
    }

    // Attack D1: addresses of the local link, in every spelling; this machine only where it is typed.
    void addresses_of_the_local_link_are_refused() {
        for (const char* url :
             {"http://169.254.169.254/", "http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/",
              "http://[fe80::1]/", "http://[::ffff:169.254.169.254]/", "https://[::ffff:a9fe:a9fe]/"}) {
            QVERIFY2(whyNot(at(url)).find("local link") != std::string::npos,
                     (std::string(url) + " " + whyNot(at(url))).c_str());
        }
        for (const char* url :
             {"http://127.0.0.1/", "http://2130706433/", "http://[::ffff:127.0.0.1]/", "http://localhost/"}) {
            QVERIFY2(whyNot(at(url)).empty(), url);
        }
    }

    // Attack D3.
    void a_token_belongs_to_the_origin_that_it_was_given_for() {
        AgentAddress address = at("https://shop.example");
        address.token = "secret-token";
        address.tokenOrigin = "https://shop.example:443";
        QCOMPARE(whyNot(address), std::string());
        for (const char* moved : {"http://shop.example:443", "https://shop.example:444", "https://evil.example"}) {
            address.url = moved;
            const std::string why = whyNot(address);
            QVERIFY2(why.find("was given for") != std::string::npos, moved);
            QVERIFY(why.find("secret-token") == std::string::npos);
        }
    }

    void tokens_and_names_that_could_break_a_line_are_refused() {
        AgentAddress address = at("https://shop.example");
        for (const char* token : {"a b", "a\r\nX: y", "\x01", "t\u00f6ken"}) {
            address.token = token;
            QVERIFY2(!whyNot(address).empty(), token);
        }
        address.token.clear();
        for (const char* name : {"", "a/b", " a", "a\nb", "\xff"}) {
            address.name = name;
            QVERIFY2(!whyNot(address).empty(), name);
        }
        address.name = "Sh\u00f6p 1";
        QCOMPARE(whyNot(address), std::string());
    }

    void a_fingerprint_is_read_as_people_write_it() {
        AgentAddress address = at("https://shop.example");
        std::string spelled;
        for (int i = 0; i < 32; ++i) spelled += i == 0 ? "AB" : ":0c";
        address.fingerprint = spelled;
        QCOMPARE(CheckedAddress::check(address)->fingerprint().substr(0, 6), std::string("ab0c0c"));
        address.fingerprint = "AB:CD";
        QVERIFY(!whyNot(address).empty());
        address.fingerprint = spelled;
        address.url = "http://shop.example";
        QVERIFY(!whyNot(address).empty());
    }

    // Attack D13: a proxy only where it was chosen, and only for what it cannot read.
    void a_proxy_is_given_no_token() {
        AgentAddress address = at("http://shop.example");
        address.proxy = "http://proxy:3128";
        QVERIFY(!whyNot(address).empty());
        address.url = "https://shop.example";
        QCOMPARE(whyNot(address), std::string());
    }

    void an_id_is_one_segment_of_a_path() {
        QCOMPARE(sources::pathSegment("a/../b c?%\u00e4"), std::string("a%2F..%2Fb%20c%3F%25%C3%A4"));
    }

    // Attack D5: back-off 1 to 60 s with jitter.
    void waits_double_to_a_minute_and_begin_anew_after_a_proof() {
        sources::AgentBackoff backoff({}, 1);
        base::Duration whole = 1s;
        for (int i = 0; i < 12; ++i) {
            const base::Duration wait = backoff.next();
            QVERIFY(wait >= whole / 2 && wait <= whole);
            whole = std::min<base::Duration>(whole * 2, 60s);
        }
        backoff.lasted(9s);
        QVERIFY(backoff.next() >= 30s);
        backoff.lasted(10s);
        QVERIFY(backoff.next() <= 1s);
    }

    // Attack D10: 200 agents that come and go.
    void all_agents_together_connect_ten_times_a_second() {
        sources::ConnectBudget budget;
        base::ManualClock clock;
        int connected = 0;
        const auto connectAll = [&] {
            for (int agent = 0; agent < 200; ++agent)
                connected += budget.waitFor(clock.now()) == base::Duration::zero() ? 1 : 0;
        };
        connectAll();
        QVERIFY(connected >= 1 && connected <= 10);
        const int burst = connected;
        for (int i = 0; i < 50; ++i) {
            clock.advance(100ms);
            connectAll();
        }
        QCOMPARE(connected, burst + 50);
    }
};

FUSEBOX_TEST(AgentAddressTest)

#include "agent_address_test.moc"
