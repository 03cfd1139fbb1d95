// Whom the server counts as one.
#include <fusebox/server/listener.h>
#include <fusebox/support/test_case.h>

#include <arpa/inet.h>

using namespace fusebox;

class ListenerTest : public QObject {
    Q_OBJECT
private slots:
    void who_has_one_address_of_IPv6_has_its_network_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("peer");
        QTest::newRow("IPv4") << "192.0.2.7"
                              << "192.0.2.7";
        QTest::newRow("IPv4 in IPv6 clothes") << "::ffff:192.0.2.7"
                                              << "192.0.2.7";
        QTest::newRow("IPv6") << "2001:db8:1:2:3:4:5:6"
                              << "2001:db8:1:2::/64";
        QTest::newRow("its neighbour") << "2001:db8:1:2:ffff::1"
                                       << "2001:db8:1:2::/64";
        QTest::newRow("another network") << "2001:db8:1:3::1"
                                         << "2001:db8:1:3::/64";
        QTest::newRow("this machine") << "::1"
                                      << "::1";
    }
    void who_has_one_address_of_IPv6_has_its_network() {
        QFETCH(const QString, address);
        QFETCH(const QString, peer);
        sockaddr_storage storage{};
        auto& four = reinterpret_cast<sockaddr_in&>(storage);
        auto& six = reinterpret_cast<sockaddr_in6&>(storage);
        const std::string text = address.toStdString();
        if (::inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1) {
            storage.ss_family = AF_INET;
        } else {
            QCOMPARE(::inet_pton(AF_INET6, text.c_str(), &six.sin6_addr), 1);
            storage.ss_family = AF_INET6;
        }
        QCOMPARE(QString::fromStdString(server::addressOf(storage)), peer);
    }
};

FUSEBOX_TEST(ListenerTest)

#include "listener_test.moc"
