#include <fusebox/ctl/terminal.h>

#include <fusebox/base/text.h>

#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace fusebox::ctl {

namespace {

constexpr std::size_t kNarrowest = 40;

bool isSet(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

std::string_view codeOf(Colour colour) {
    switch (colour) {
        case Colour::red:
            return "1;31";
        case Colour::yellow:
            return "33";
        case Colour::green:
            return "32";
        case Colour::blue:
            return "34";
        case Colour::faint:
            return "2";
        case Colour::bold:
            return "1";
        case Colour::none:
            break;
    }
    return "";
}

}  // namespace

Look lookOf(std::FILE* stream) {
    Look look;
    const int fd = ::fileno(stream);
    if (::isatty(fd) == 0) return look;
    const char* terminal = std::getenv("TERM");
    look.colours = !isSet("NO_COLOR") && terminal != nullptr && std::string_view(terminal) != "dumb";
    winsize size{};
    const bool isKnown = ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    look.columns = isKnown ? std::max<std::size_t>(size.ws_col, kNarrowest) : 80;
    return look;
}

std::string painted(std::string_view text, Colour colour, const Look& look) {
    if (!look.colours || colour == Colour::none) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", codeOf(colour), text);
}

bool canAsk() {
    return ::isatty(STDIN_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0;
}

std::optional<std::string> ask(const std::string& question) {
    std::fflush(stdout);
    fmt::print(stderr, "{} ", question);
    std::fflush(stderr);
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    return std::string(base::trimmed(line));
}

}  // namespace fusebox::ctl
