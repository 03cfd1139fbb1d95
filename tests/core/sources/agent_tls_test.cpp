// Whose certificate is trusted. Rule B12 and requirement T38: each refusal says its own reason, and no token was sent.
#include "agent_peer.h"
#include "agent_story.h"
#include "tls_peer.h"

#include <fusebox/sources/agent_about.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using sources::AgentStep;
using tls::Certificate;
using tls::TlsPeer;

namespace {

struct World {
    Certificate authority = tls::makeCertificate({"Test authority", -1h, 1h, nullptr, true});
    Certificate other = tls::makeCertificate({"Another authority", -1h, 1h, nullptr, true});
    support::TempDir directory;
    std::string authorityFile = directory.write("authority.pem", authority.certificate);

    Certificate good(const std::string& host = "127.0.0.1") const {
        return tls::makeCertificate({host, -1h, 1h, &authority, false});
    }
    sources::AgentAddress address(const TlsPeer& peer) const {
        sources::AgentAddress made;
        made.url = "https://127.0.0.1:" + std::to_string(peer.port());
        made.token = "canary-token-4711";
        made.caFile = authorityFile;
        return made;
    }
};

std::string answer() {
    return story::answer("200 OK", story::about(), "application/json", "Connection: close\r\n");
}

sources::AgentResult<sources::AgentAbout> introduced(const sources::AgentAddress& address) {
    return sources::introduce(**sources::AgentClient::create(address, {2s, 3s, 2s}));
}

// Gives the reason.
std::string refused(const sources::AgentAddress& address, const TlsPeer& peer) {
    const auto about = introduced(address);
    if (about) return "it was trusted";
    if (about.error().step != AgentStep::tls) return "another step: " + about.error().text();
    if (peer.requests() != 0) return "a token was sent";
    return about.error().text();
}

}  // namespace

class AgentTlsTest : public QObject {
    Q_OBJECT

private slots:
    void an_agent_that_the_authority_vouches_for_is_trusted() {
        const World world;
        const TlsPeer peer(world.good(), answer());
        const auto about = introduced(world.address(peer));
        QVERIFY2(about.has_value(), about ? "" : about.error().text().c_str());
    }

    void all_others_are_refused_each_with_its_reason() {
        const World world;
        const TlsPeer expired(tls::makeCertificate({"127.0.0.1", -2h, -1h, &world.authority, false}), answer());
        QVERIFY(refused(world.address(expired), expired).find("expired") != std::string::npos);
        const TlsPeer early(tls::makeCertificate({"127.0.0.1", 1h, 2h, &world.authority, false}), answer());
        QVERIFY(refused(world.address(early), early).find("not yet valid") != std::string::npos);
        const TlsPeer otherName(world.good("shop.example"), answer());
        const std::string name = refused(world.address(otherName), otherName);
        QVERIFY2(name.find("127.0.0.1") != std::string::npos && name.find("name") != std::string::npos, name.c_str());
        const TlsPeer self(tls::makeCertificate({}), answer());
        QVERIFY(refused(world.address(self), self).find("self") != std::string::npos);
        const TlsPeer stranger(tls::makeCertificate({"127.0.0.1", -1h, 1h, &world.other, false}), answer());
        const std::string issuer = refused(world.address(stranger), stranger);
        QVERIFY2(issuer.find("issuer") != std::string::npos, issuer.c_str());
        const TlsPeer old(world.good(), answer(), tls::Versions::old);
        const std::string version = refused(world.address(old), old);
        QVERIFY2(version.find("TLS 1.2") != std::string::npos, version.c_str());
    }

    void a_refused_certificate_shows_its_whole_fingerprint_to_be_pinned() {
        const World world;
        const Certificate self = tls::makeCertificate({});
        const TlsPeer peer(self, answer());
        sources::AgentAddress address = world.address(peer);
        const auto about = introduced(address);
        QVERIFY(!about);
        QCOMPARE(about.error().fingerprint, self.fingerprint);
        address.fingerprint = about.error().fingerprint;
        address.caFile.clear();
        QVERIFY(introduced(address).has_value());
    }

    // Requirement T38: the certificate is exchanged during the session; another one with the same name is no better.
    void a_pinned_certificate_may_not_be_exchanged() {
        const World world;
        const Certificate first = world.good();
        TlsPeer peer(first, answer());
        sources::AgentAddress address = world.address(peer);
        address.fingerprint = first.fingerprint;
        const auto client = std::move(*sources::AgentClient::create(address, {2s, 3s, 2s}));
        QVERIFY(sources::introduce(*client).has_value());
        const int before = peer.requests();
        peer.show(world.good());
        const auto again = sources::introduce(*client);
        QVERIFY(!again);
        QCOMPARE(again.error().step, AgentStep::tls);
        QVERIFY2(again.error().text().find("another certificate") != std::string::npos, again.error().text().c_str());
        QCOMPARE(peer.requests(), before);
    }

    void a_file_of_authorities_that_is_none_says_so() {
        World world;
        const TlsPeer peer(world.good(), answer());
        sources::AgentAddress address = world.address(peer);
        address.caFile = "/no/such/file.pem";
        QVERIFY(refused(address, peer).find("authorities") != std::string::npos);
    }

    void plain_http_is_no_tls_and_tls_is_no_http() {
        const World world;
        const story::ScriptedPeer plain(story::serving(
            [](const story::Asked&, story::PeerConnection& to) { to.write(story::answer("200 OK", story::about())); }));
        sources::AgentAddress address;
        address.url = "https://127.0.0.1:" + std::to_string(plain.port());
        const auto about = introduced(address);
        QVERIFY2(about.error().step == AgentStep::tls, about.error().text().c_str());
        const TlsPeer peer(world.good(), answer());
        address.url = "http://127.0.0.1:" + std::to_string(peer.port());
        QCOMPARE(introduced(address).error().step, AgentStep::http);
    }
};

FUSEBOX_TEST(AgentTlsTest)

#include "agent_tls_test.moc"
