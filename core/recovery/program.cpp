#include <fusebox/recovery/child_process.h>
#include <fusebox/recovery/kept_output.h>
#include <fusebox/recovery/program.h>

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

namespace fusebox::recovery {

namespace {

constexpr int kSliceMs = 20;
constexpr int kGraceSlices = 50;              ///< after SIGTERM: 1 s
constexpr int kLateOutputSlices = 5;          ///< what was printed just before the end
constexpr std::size_t kReadAtOnce = 1 << 20;  ///< then look again whether it has ended

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./:=@%+,").find(c) != std::string_view::npos;
}

std::string quoted(const std::string& argument) {
    if (!argument.empty() && std::all_of(argument.begin(), argument.end(), isPlain)) return argument;
    std::string text = "'";
    for (const char c : argument) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

/// Takes what is there; closes the output at its end.
void takeOutput(ChildProcess& child, KeptOutput& kept) {
    std::array<char, 65536> buffer{};
    for (std::size_t taken = 0; child.output() >= 0 && taken < kReadAtOnce;) {
        const ssize_t got = ::read(child.output(), buffer.data(), buffer.size());
        if (got > 0) {
            kept.add({buffer.data(), static_cast<std::size_t>(got)});
            taken += static_cast<std::size_t>(got);
        } else if (got < 0 && errno == EINTR) {
            continue;
        } else {
            if (got == 0 || errno != EAGAIN) child.closeOutput();
            return;
        }
    }
}

/// One look: waits for output a moment, takes it.
void lookOnce(ChildProcess& child, KeptOutput& kept) {
    pollfd descriptor{child.output(), POLLIN, 0};  // a negative one is passed over: then it only waits
    ::poll(&descriptor, 1, kSliceMs);
    takeOutput(child, kept);
}

void stopAll(ChildProcess& child, KeptOutput& kept) {
    child.terminate();
    for (int slice = 0; slice < kGraceSlices && !child.ended(); ++slice) lookOnce(child, kept);
    child.killAll();
    takeOutput(child, kept);
}

ProgramEnd endOf(const ChildProcess::Exit& exit, const KeptOutput& kept) {
    return {exit.bySignal ? ProgramEnd::How::bySignal : ProgramEnd::How::exited, exit.code, "", kept.text()};
}

}  // namespace

std::string Program::text() const {
    std::string joined;
    for (const std::string& argument : arguments) joined += (joined.empty() ? "" : " ") + quoted(argument);
    return joined;
}

ProgramEnd runProgram(const Program& program, const std::stop_token& stop, const Progress& progress) {
    ProgramEnd end;
    ChildProcess child;
    if (const auto started = child.start(program); !started) {
        end.how = ProgramEnd::How::notStarted;
        end.trouble = started.error().text();
        return end;
    }
    KeptOutput kept;
    std::uint64_t told = 0;
    while (!child.ended()) {
        lookOnce(child, kept);
        if (stop.stop_requested()) {
            stopAll(child, kept);
            end.how = ProgramEnd::How::stopped;
            end.output = kept.text();
            return end;
        }
        if (kept.bytes() != told) {
            told = kept.bytes();
            progress(kept.lastLine());
        }
    }
    // What it left in the background may hold the output open for ever.
    for (int slice = 0; slice < kLateOutputSlices && child.output() >= 0; ++slice) lookOnce(child, kept);
    return endOf(*child.ended(), kept);
}

}  // namespace fusebox::recovery
