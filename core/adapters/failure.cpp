#include <fusebox/adapters/failure.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace fusebox::adapters {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";
constexpr std::string_view kMasked = "***";

bool isTail(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

bool inRange(unsigned char byte, unsigned char low, unsigned char high) {
    return byte >= low && byte <= high;
}

/// Bytes of the character that begins the text; zero when it is none (Unicode 15, table 3-7).
std::size_t characterLength(std::string_view text) {
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto tails = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            if (i >= text.size() || !isTail(text[i])) return false;
        }
        return true;
    };
    const auto lead = static_cast<unsigned char>(text.front());
    const auto second = static_cast<unsigned char>(at(1));
    if (inRange(lead, 0x01, 0x7f)) return 1;
    if (inRange(lead, 0xc2, 0xdf)) return tails(1, 2) ? 2 : 0;
    if (inRange(lead, 0xe0, 0xef)) {
        const unsigned char low = lead == 0xe0 ? 0xa0 : 0x80;
        const unsigned char high = lead == 0xed ? 0x9f : 0xbf;
        return inRange(second, low, high) && tails(2, 3) ? 3 : 0;
    }
    if (inRange(lead, 0xf0, 0xf4)) {
        const unsigned char low = lead == 0xf0 ? 0x90 : 0x80;
        const unsigned char high = lead == 0xf4 ? 0x8f : 0xbf;
        return inRange(second, low, high) && tails(2, 4) ? 4 : 0;
    }
    return 0;
}

std::string_view typeOf(int number) {
    switch (number) {
        case ECONNREFUSED:
            return "ConnectionRefused";
        case ECONNRESET:
            return "ConnectionReset";
        case EPIPE:
            return "ConnectionClosed";
        case ETIMEDOUT:
            return "ConnectTimeout";
        case EHOSTUNREACH:
        case ENETUNREACH:
        case EHOSTDOWN:
        case ENETDOWN:
            return "HostUnreachable";
        case ENOENT:
            return "NotFound";
        case EACCES:
        case EPERM:
            return "PermissionDenied";
        case EMFILE:
        case ENFILE:
            return "TooManyOpenFiles";
        default:
            return "SystemError";
    }
}

void maskIn(std::string& text, std::string_view secret) {
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + kMasked.size())) {
        text.replace(at, secret.size(), kMasked);
    }
}

}  // namespace

std::string cleanText(std::string_view foreign, std::size_t limit) {
    constexpr std::string_view kCut = "...";
    while (!foreign.empty() && std::string_view(" \t\r\n\v\f\0", 7).find(foreign.back()) != std::string_view::npos) {
        foreign.remove_suffix(1);
    }
    std::string clean;
    clean.reserve(std::min(foreign.size(), limit));
    while (!foreign.empty()) {
        const std::size_t length = characterLength(foreign);
        const std::string_view piece = length > 0 ? foreign.substr(0, length) : kReplacement;
        if (clean.size() + piece.size() > limit) {
            while (!clean.empty() && clean.size() + kCut.size() > limit) {
                while (clean.size() > 1 && isTail(clean.back())) clean.pop_back();
                clean.pop_back();
            }
            return clean.append(kCut.substr(0, limit));
        }
        clean += piece;
        foreign.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return clean;
}

std::string errnoName(int number) {
    const char* name = ::strerrorname_np(number);
    return name != nullptr ? name : std::to_string(number);
}

std::string errnoText(int number) {
    const char* text = ::strerrordesc_np(number);
    return text != nullptr ? text : fmt::format("error {}", number);
}

domain::Error failure(std::string type, std::string_view message, domain::CodeSystem system, std::string code) {
    domain::Error error;
    error.type = std::move(type);
    error.message = cleanText(message);
    error.codeSystem = system;
    error.code = std::move(code);
    return error;
}

domain::Error systemFailure(int number, std::string_view doing) {
    return failure(std::string(typeOf(number)), fmt::format("{}: {}", doing, errnoText(number)),
                   domain::CodeSystem::posix, errnoName(number));
}

domain::Error closedFailure(std::string_view doing) {
    return failure("ConnectionClosed", fmt::format("{}: the peer closed the connection", doing));
}

bool isCancelled(const domain::Error& error) {
    return error.codeSystem == domain::CodeSystem::posix && error.code == errnoName(ECANCELED);
}

domain::Error sealed(domain::Error error, std::string_view kind, std::string operation,
                     std::span<const std::string> secrets) {
    for (const std::string& secret : secrets) {
        if (!secret.empty()) maskIn(error.message, secret);
    }
    // Masking may lengthen a text whose secret is shorter than its mask.
    if (error.message.size() > kMessageLimit) error.message = cleanText(error.message);
    if (error.cause)
        error.cause = std::make_shared<const domain::Error>(sealed(*error.cause, kind, operation, secrets));
    error.context.component = kind;
    error.context.operation = std::move(operation);
    return error;
}

}  // namespace fusebox::adapters
