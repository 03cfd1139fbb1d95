#include <fusebox/errors/code_book.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace fusebox::errors {

namespace {

using domain::CodeSystem;

/// Longer codes are none; keeps a look-up short whatever stands there.
constexpr std::size_t kLongestCode = 128;

constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// FNV-1a of the code's letters, digits and dots, and of a sign in front of a number.
std::uint64_t keyOf(CodeSystem system, std::string_view code) {
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ (static_cast<std::uint64_t>(system) * 0x9e3779b97f4a7c15ULL);
    const auto take = [&](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL; };
    if (code.size() > 1 && code[0] == '-' && isDigit(code[1])) take('-');
    for (const char c : code) {
        if (isLetter(c) || isDigit(c) || c == '.') take(lowered(c));
    }
    return hash == 0 ? 1 : hash;
}

std::optional<std::int64_t> numberOf(std::string_view code) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(code.data(), code.data() + code.size(), number);
    if (code.empty() || failed != std::errc() || end != code.data() + code.size()) return std::nullopt;
    return number;
}

bool isName(std::string_view code) {
    return std::any_of(code.begin(), code.end(), isLetter);
}

bool beginsWith(std::string_view code, std::string_view lowerCase) {
    return code.size() >= lowerCase.size() &&
           std::equal(lowerCase.begin(), lowerCase.end(), code.begin(),
                      [](char lower, char c) { return lowered(lower) == lowered(c); });
}

/// Whose codes a system also speaks.
CodeSystem kinOf(CodeSystem system) {
    switch (system) {
        case CodeSystem::derby:
        case CodeSystem::h2:
        case CodeSystem::hsqldb:
            return CodeSystem::sqlState;
        case CodeSystem::github:
        case CodeSystem::openai:
        case CodeSystem::stripe:
        case CodeSystem::azure:
        case CodeSystem::aws:
        case CodeSystem::elasticsearch:
        case CodeSystem::kubernetes:
        case CodeSystem::containerRegistry:
        case CodeSystem::oauth:
            return CodeSystem::http;
        case CodeSystem::google:
        case CodeSystem::firebase:
        case CodeSystem::etcd:
            return CodeSystem::grpc;
        case CodeSystem::node:
        case CodeSystem::windows:
            return CodeSystem::posix;
        default:
            return CodeSystem::none;
    }
}

/// "1017" of ORA-01017, "NoLeader" of ErrGRPCNoLeader, "503" of "503 Service Unavailable".
std::string_view essence(CodeSystem system, std::string_view code) {
    if (system == CodeSystem::oracle) {
        const std::size_t digit = code.find_first_of("123456789");
        if (digit != std::string_view::npos) code.remove_prefix(digit);
    }
    if (system == CodeSystem::etcd) {
        for (const std::string_view before : {"ErrGRPC", "Err"}) {
            if (code.starts_with(before)) return code.substr(before.size());
        }
    }
    return code.substr(0, code.find(' '));
}

}  // namespace

std::string_view lastPart(std::string_view name) {
    while (!name.empty() && !isLetter(name.back()) && !isDigit(name.back())) name.remove_suffix(1);
    const std::size_t cut = name.find_last_of("./:#$\\");
    return cut == std::string_view::npos ? name : name.substr(cut + 1);
}

std::string_view withoutEnding(std::string_view name) {
    constexpr std::array<std::string_view, 4> kEndings{"exception", "error", "fault", "failure"};
    for (const std::string_view ending : kEndings) {
        if (name.size() > ending.size() && beginsWith(name.substr(name.size() - ending.size()), ending)) {
            name.remove_suffix(ending.size());
            if (name.ends_with('_')) name.remove_suffix(1);
            break;
        }
    }
    return name;
}

CodeBook::CodeBook(std::span<const CodeTable> tables) : m_entries(1024) {
    for (const CodeTable& table : tables) {
        for (const CodeLine& line : table.lines) addLine(table, line);
    }
    std::stable_sort(m_beginnings.begin(), m_beginnings.end(),
                     [](const Beginning& a, const Beginning& b) { return a.text.size() > b.text.size(); });
    std::stable_sort(m_ranges.begin(), m_ranges.end(),
                     [](const Range& a, const Range& b) { return a.high - a.low < b.high - b.low; });
}

void CodeBook::addLine(const CodeTable& table, const CodeLine& line) {
    std::string_view rest = line.codes;
    while (!rest.empty()) {
        const std::size_t length = std::min(rest.find_first_of(" \n"), rest.size());
        if (length > 0) addCode(table, rest.substr(0, length), {line.category, line.weight});
        rest.remove_prefix(std::min(length + 1, rest.size()));
    }
}

void CodeBook::addCode(const CodeTable& table, std::string_view code, Meaning meaning) {
    if (code.ends_with('*')) {
        auto& list = code.size() == 1 ? m_rests : m_beginnings;
        list.push_back({table.system, code.substr(0, code.size() - 1), meaning});
        return;
    }
    if (const std::size_t dash = code.find('-', 1); dash != std::string_view::npos) {
        const auto low = numberOf(code.substr(0, dash));
        const auto high = numberOf(code.substr(dash + 1));
        if (low && high) {
            m_ranges.push_back({table.system, *low, *high, meaning});
            return;
        }
    }
    addKey(keyOf(table.system, code), meaning, Replace::yes);
    if (!isName(code)) return;
    const std::string_view stem = withoutEnding(code);
    addKey(keyOf(table.system, stem), meaning, Replace::no);
    if (table.names == Names::everywhere) {
        addKey(keyOf(CodeSystem::none, code), meaning, Replace::no);
        addKey(keyOf(CodeSystem::none, stem), meaning, Replace::no);
    }
}

void CodeBook::addKey(std::uint64_t key, Meaning meaning, Replace replace) {
    if (m_used * 2 >= m_entries.size()) grow();
    const std::size_t mask = m_entries.size() - 1;
    std::size_t at = key & mask;
    while (m_entries[at].key != 0 && m_entries[at].key != key) at = (at + 1) & mask;
    if (m_entries[at].key == 0) {
        ++m_used;
    } else if (replace == Replace::no) {
        return;
    }
    m_entries[at] = {key, meaning};
}

void CodeBook::grow() {
    std::vector<Entry> old(m_entries.size() * 2);
    old.swap(m_entries);
    m_used = 0;
    for (const Entry& entry : old) {
        if (entry.key != 0) addKey(entry.key, entry.meaning, Replace::yes);
    }
}

std::optional<Meaning> CodeBook::findKey(std::uint64_t key) const {
    const std::size_t mask = m_entries.size() - 1;
    for (std::size_t at = key & mask; m_entries[at].key != 0; at = (at + 1) & mask) {
        if (m_entries[at].key == key) return m_entries[at].meaning;
    }
    return std::nullopt;
}

std::optional<Meaning> CodeBook::findExact(CodeSystem system, std::string_view code) const {
    if (auto meaning = findKey(keyOf(system, code))) return meaning;
    const std::string_view last = lastPart(code);
    if (last.size() != code.size() && isName(last)) {
        if (auto meaning = findKey(keyOf(system, last))) return meaning;
    }
    const std::string_view stem = withoutEnding(last);
    return stem.size() == last.size() ? std::nullopt : findKey(keyOf(system, stem));
}

std::optional<Meaning> CodeBook::findRange(CodeSystem system, std::string_view code) const {
    const auto number = numberOf(code);
    if (!number) return std::nullopt;
    for (const Range& range : m_ranges) {
        if (range.system == system && *number >= range.low && *number <= range.high) return range.meaning;
    }
    return std::nullopt;
}

std::optional<Meaning> CodeBook::findBeginning(CodeSystem system, std::string_view code) const {
    const std::string_view last = lastPart(code);
    for (const Beginning& beginning : m_beginnings) {
        if (beginning.system != system) continue;
        if (beginsWith(code, beginning.text) || (isName(last) && beginsWith(last, beginning.text))) {
            return beginning.meaning;
        }
    }
    return std::nullopt;
}

std::optional<Meaning> CodeBook::find(CodeSystem system, std::string_view code) const {
    code = essence(system, code);
    if (code.empty() || code.size() > kLongestCode) return std::nullopt;
    if (auto meaning = findExact(system, code)) return meaning;
    if (auto meaning = findRange(system, code)) return meaning;
    if (auto meaning = findBeginning(system, code)) return meaning;
    if (const CodeSystem kin = kinOf(system); kin != CodeSystem::none) {
        if (auto meaning = find(kin, code)) return meaning;
    }
    const auto rest =
        std::find_if(m_rests.begin(), m_rests.end(), [&](const Beginning& r) { return r.system == system; });
    return rest == m_rests.end() ? std::nullopt : std::optional(rest->meaning);
}

std::optional<Meaning> CodeBook::findType(CodeSystem system, std::string_view type) const {
    type = essence(system, type);
    return type.size() > kLongestCode ? std::nullopt : findExact(system, type);
}

}  // namespace fusebox::errors
