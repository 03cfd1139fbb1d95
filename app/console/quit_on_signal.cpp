#include <fusebox/console/quit_on_signal.h>

#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

namespace fusebox::console {
namespace {

// A signal handler can reach nothing but what is global and may do nothing but write.
std::array<int, 2> s_sockets{-1, -1};

void onSignal(int) {
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(s_sockets[0], &byte, sizeof byte);
}

}  // namespace

QuitOnSignal::QuitOnSignal(QObject* parent) : QObject(parent) {
    // Without sockets the signals keep their usual effect.
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, s_sockets.data()) != 0) return;
    m_notifier = std::make_unique<QSocketNotifier>(s_sockets[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        emit asked();
    });
    for (const int each : {SIGINT, SIGTERM}) std::signal(each, onSignal);
}

QuitOnSignal::~QuitOnSignal() {
    if (m_notifier == nullptr) return;
    for (const int each : {SIGINT, SIGTERM}) std::signal(each, SIG_DFL);
    m_notifier.reset();
    for (int& socket : s_sockets) ::close(std::exchange(socket, -1));
}

}  // namespace fusebox::console
