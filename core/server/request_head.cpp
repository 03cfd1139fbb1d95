#include <fusebox/server/request_head.h>

#include <fusebox/server/limits.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace fusebox::server {

namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> kMethods{{{"GET", Method::get},
                                                                       {"HEAD", Method::head},
                                                                       {"POST", Method::post},
                                                                       {"OPTIONS", Method::options},
                                                                       {"PUT", Method::put},
                                                                       {"PATCH", Method::patch},
                                                                       {"DELETE", Method::del}}};

constexpr std::string_view kHeadEnd = "\r\n\r\n";

bool isTokenCharacter(char c) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kMarks.find(c) != std::string_view::npos;
}

bool isToken(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool sameName(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view withoutBlanks(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::size_t countOf(const std::vector<Field>& fields, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(fields.begin(), fields.end(), [&](const Field& field) { return sameName(field.first, name); }));
}

/// A line break that is none (LF alone, CR alone) or a character that steers: what came is no head of a request.
bool hasForeignByte(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte == '\r') {
            if (i + 1 == bytes.size()) return false;  // what follows has not come yet
            if (bytes[i + 1] != '\n') return true;
            ++i;
        } else if ((byte < 0x20 && byte != '\t') || byte == 0x7f) {
            return true;
        }
    }
    return false;
}

std::optional<Refusal> objectionToVersion(std::string_view version) {
    if (version == "HTTP/1.1" || version == "HTTP/1.0") return std::nullopt;
    const bool isOther = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.';
    return Refusal{isOther ? 505U : 400U};
}

std::optional<Refusal> objectionToTarget(std::string_view target) {
    if (target.size() > kLongestTarget) return Refusal{414};
    // Neither a whole URL nor an authority: the server speaks for itself alone.
    if (!target.starts_with('/')) return Refusal{400};
    const bool isPrintable = std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    return isPrintable ? std::nullopt : std::optional(Refusal{400});
}

/// How long the body is, and whether that is said in one way only.
std::optional<Refusal> objectionToLength(Method method, const std::vector<Field>& fields) {
    const std::size_t lengths = countOf(fields, "Content-Length");
    const std::size_t encodings = countOf(fields, "Transfer-Encoding");
    if (lengths > 1 || encodings > 1 || (lengths == 1 && encodings == 1)) return Refusal{400};
    if (encodings == 1) return Refusal{sameName(*fieldOf(fields, "Transfer-Encoding"), "chunked") ? 411U : 400U};
    if (lengths == 0) return method == Method::post ? std::optional(Refusal{411}) : std::nullopt;
    const std::string_view text = *fieldOf(fields, "Content-Length");
    const bool isNumber = !text.empty() && text.size() <= 19 &&
                          std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber) return Refusal{400};
    std::uint64_t length = 0;
    for (const char c : text) length = length * 10 + static_cast<std::uint64_t>(c - '0');
    if (length > kLongestBody) return Refusal{413};
    return length > 0 && method != Method::post ? std::optional(Refusal{400}) : std::nullopt;
}

/// The fields of a complete head, without its request line; nothing when one is malformed.
std::optional<std::vector<Field>> fieldsOf(std::string_view lines) {
    std::vector<Field> fields;
    while (!lines.empty()) {
        const std::size_t end = lines.find("\r\n");
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end + 2);
        const std::size_t colon = line.find(':');
        // A line that begins with a blank continues the one before it, in the eyes of some.
        if (colon == std::string_view::npos || !isToken(line.substr(0, colon))) return std::nullopt;
        fields.emplace_back(line.substr(0, colon), withoutBlanks(line.substr(colon + 1)));
    }
    return fields;
}

HeadLook refused(unsigned status) {
    return {std::nullopt, Refusal{status}};
}

HeadLook lookAtIncomplete(std::string_view bytes) {
    if (bytes.find("\r\n") == std::string_view::npos && bytes.size() > kLongestTarget + 64) return refused(414);
    return bytes.size() > kLongestHead ? refused(431) : HeadLook{};
}

}  // namespace

std::optional<Method> methodFromWord(std::string_view word) {
    const auto found = std::find_if(kMethods.begin(), kMethods.end(), [&](const auto& it) { return it.first == word; });
    return found == kMethods.end() ? std::nullopt : std::optional(found->second);
}

std::string_view toWord(Method method) {
    return std::find_if(kMethods.begin(), kMethods.end(), [&](const auto& it) { return it.second == method; })->first;
}

std::optional<std::string_view> fieldOf(const std::vector<Field>& fields, std::string_view name) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return sameName(field.first, name); });
    return found == fields.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Refusal> objectionTo(std::string_view method, std::string_view version, std::string_view target,
                                   const std::vector<Field>& fields) {
    if (!isToken(method)) return Refusal{400};
    if (auto objection = objectionToVersion(version)) return objection;
    const std::optional<Method> known = methodFromWord(method);
    if (!known) return Refusal{501};
    if (auto objection = objectionToTarget(target)) return objection;
    if (fields.size() > kMostFields) return Refusal{431};
    for (const std::string_view once : {"Host", "Authorization", "Origin", "Content-Type", "Last-Event-ID"}) {
        if (countOf(fields, once) > 1) return Refusal{400};
    }
    if (!fieldOf(fields, "Host")) return Refusal{400};
    return objectionToLength(*known, fields);
}

HeadLook lookAtHead(std::string_view bytes) {
    const std::size_t end = bytes.find(kHeadEnd);
    const std::string_view known = end == std::string_view::npos ? bytes : bytes.substr(0, end + kHeadEnd.size());
    if (hasForeignByte(known)) return refused(400);
    if (end == std::string_view::npos) return lookAtIncomplete(bytes);
    if (known.size() > kLongestHead) return refused(431);

    const std::size_t lineEnd = known.find("\r\n");
    const std::string_view line = known.substr(0, lineEnd);
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return refused(400);
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);

    const auto fields = fieldsOf(known.substr(lineEnd + 2, end - lineEnd));
    if (!fields) return refused(400);
    if (const auto objection = objectionTo(method, line.substr(last + 1), target, *fields)) return {{}, objection};
    return {RequestHead{*methodFromWord(method), target, *fields, known.size()}, std::nullopt};
}

}  // namespace fusebox::server
