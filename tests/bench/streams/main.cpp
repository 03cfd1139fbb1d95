// streams [FOLLOWERS [EVENTS_PER_SECOND [SECONDS]]]: how many followers of the event stream a server carries, on this
// machine, with the followers in the same process. Prints one line a second and a summary.

#include <fusebox/bench_streams/followers.h>

#include <fusebox/base/clock.h>
#include <fusebox/command/gate.h>
#include <fusebox/server/agent_server.h>

#include <poll.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

using namespace fusebox;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kChecked = 5;
constexpr std::uint64_t kFirst = 1'764'000'000'000'000;

void pause(base::Duration span) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
    if (ms > 0) ::poll(nullptr, 0, static_cast<int>(ms));
}

double cpuSeconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

long residentMiB() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::atol(line.c_str() + 6) / 1024;
    }
    return 0;
}

domain::FrameRef frameOf(const base::Clock& clock, std::uint64_t number, std::uint64_t& last, std::size_t events) {
    auto frame = std::make_shared<domain::Frame>();
    frame->number = number;
    frame->at = clock.now();
    frame->wall = clock.wallNow();
    for (std::size_t i = 0; i < events; ++i) {
        domain::Event event;
        event.id = domain::EventId(++last);
        event.kind = domain::EventKind::notice;
        event.at = frame->wall;
        event.breaker = domain::BreakerId("orders");
        event.text = "failure rate 62 % of 21 calls, limit 50 %";
        frame->events.push_back(std::move(event));
    }
    return frame;
}

server::AgentServer::Options optionsFor(std::size_t followers) {
    server::AgentServer::Options options;
    options.tokens = {{"bench", domain::Role::viewer, server::TokenBook::hashOf("bench-token-0123456789"), {}, {}}};
    options.limits.streams = static_cast<std::uint32_t>(followers + 10);
    options.limits.connections = static_cast<std::uint32_t>(followers + 64);
    options.limits.connectionsPerPeer = static_cast<std::uint32_t>(followers + 64);
    options.limits.requestsPerSecond = 1e6;
    options.limits.requestBurst = 1e6;
    options.lastEvent = kFirst;
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t followers = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 500;
    const std::size_t rate = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 10'000;
    const int seconds = argc > 3 ? std::atoi(argv[3]) : 10;

    const base::SteadyClock clock;
    command::Gate gate(clock);
    server::AgentServer server(clock, gate, optionsFor(followers));
    if (const auto started = server.start(); !started) {
        std::fprintf(stderr, "%s\n", started.error().text().c_str());
        return 1;
    }
    bench::Followers crowd(server.port(), "bench-token-0123456789", followers, kChecked);
    std::thread reader([&] { crowd.run(); });
    pause(1s);

    const long before = residentMiB();
    const double cpuBefore = cpuSeconds();
    std::uint64_t last = kFirst;
    std::uint64_t worstLag = 0;
    const base::Time began = clock.now();
    base::Time next = began;
    for (int frame = 1; frame <= seconds * 10; ++frame) {
        server.accept(frameOf(clock, static_cast<std::uint64_t>(frame), last, rate / 10));
        next += 100ms;
        pause(next - clock.now());
        const std::uint64_t seen = crowd.lastSeenByAll();
        const std::uint64_t lag = seen == 0 ? 0 : last - seen;
        worstLag = std::max(worstLag, lag);
        if (frame % 10 == 0) {
            std::printf("%3d s  %7.1f MB received  %6llu events behind  %ld MiB resident\n", frame / 10,
                        static_cast<double>(crowd.bytes()) / 1e6, static_cast<unsigned long long>(lag), residentMiB());
        }
    }
    for (int i = 0; i < 100 && crowd.lastSeenByAll() < last; ++i) pause(100ms);
    const double took = std::chrono::duration<double>(clock.now() - began).count();
    std::printf("%zu followers, %zu events/s for %d s: %.0f deliveries/s, %.0f MB/s, %.1f of 2 processors\n",
                crowd.connected(), rate, seconds,
                static_cast<double>(last - kFirst) * static_cast<double>(crowd.connected()) / took,
                static_cast<double>(crowd.bytes()) / took / 1e6, (cpuSeconds() - cpuBefore) / took);
    std::printf(
        "checked followers: %llu events each as expected: %s, %llu gaps, %llu out of order, worst lag %.0f ms\n",
        static_cast<unsigned long long>(crowd.seen() / kChecked), crowd.lastSeenByAll() == last ? "yes" : "NO",
        static_cast<unsigned long long>(crowd.gaps()), static_cast<unsigned long long>(crowd.disorder()),
        static_cast<double>(worstLag) * 1000 / static_cast<double>(rate));
    std::printf("memory: %ld MiB more than before the events, %.0f KiB a follower\n", residentMiB() - before,
                static_cast<double>(residentMiB() - before) * 1024 / static_cast<double>(followers));
    crowd.stop();
    reader.join();
    server.stop();
    return crowd.disorder() == 0 ? 0 : 1;
}
