// What the agent tells systemd: the words of sd_notify(3) in datagrams.
#include <fusebox/agent/readiness.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace fusebox::agent {
namespace {

// The socket on which systemd would listen.
class Listener {
public:
    Listener() : m_path((m_folder.path() / "notify").string()), m_socket(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, m_path.c_str(), sizeof address.sun_path - 1);
        QCOMPARE(::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    }
    ~Listener() { ::close(m_socket); }

    [[nodiscard]] const std::string& path() const { return m_path; }
    // The next datagram; empty when none waits.
    [[nodiscard]] QString next() const {
        std::array<char, 512> buffer{};
        const ssize_t got = ::recv(m_socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
        return got < 0 ? QString() : QString::fromUtf8(buffer.data(), static_cast<qsizetype>(got));
    }

private:
    support::TempDir m_folder;
    const std::string m_path;
    const int m_socket;
};

}  // namespace

class ReadinessTest : public QObject {
    Q_OBJECT
private slots:
    void cleanup() {
        for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) qunsetenv(name);
    }

    void it_says_that_it_is_ready_reloads_and_stops() {
        const Listener listener;
        qputenv("NOTIFY_SOCKET", listener.path().c_str());
        Readiness readiness;
        readiness.ready("listens at http://127.0.0.1:1");
        QVERIFY(listener.next().startsWith("READY=1\nSTATUS=listens at http://127.0.0.1:1\nMAINPID="));
        readiness.reloading();
        QVERIFY(listener.next().startsWith("RELOADING=1\nMONOTONIC_USEC="));
        readiness.alive();
        QCOMPARE(listener.next(), QString("WATCHDOG=1"));
        readiness.stopping();
        QCOMPARE(listener.next(), QString("STOPPING=1"));
    }

    void programs_that_are_started_later_do_not_speak_for_it() {
        const Listener listener;
        qputenv("NOTIFY_SOCKET", listener.path().c_str());
        const Readiness readiness;
        QVERIFY(!qEnvironmentVariableIsSet("NOTIFY_SOCKET"));
    }

    void a_watchdog_is_told_twice_in_its_time() {
        qputenv("WATCHDOG_USEC", "3000000");
        QVERIFY(Readiness().watchdog() == base::Duration(std::chrono::milliseconds(1500)));
        qputenv("WATCHDOG_USEC", "3000000");
        qputenv("WATCHDOG_PID", "1");
        QVERIFY(!Readiness().watchdog());
        qputenv("WATCHDOG_USEC", "soon");
        QVERIFY(!Readiness().watchdog());
    }

    void where_nobody_listens_it_says_nothing() {
        Readiness().ready("x");
        qputenv("NOTIFY_SOCKET", "/nowhere/socket");
        Readiness().ready("x");
        qputenv("NOTIFY_SOCKET", QByteArray(300, 'x'));
        Readiness().ready("x");
    }
};

FUSEBOX_TEST(ReadinessTest)

}  // namespace fusebox::agent

#include "readiness_test.moc"
