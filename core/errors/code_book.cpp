#include <fusebox/errors/code_book.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace fusebox::errors {

namespace {

using domain::CodeSystem;

/// Longer codes are none; keeps a look-up short whatever stands there.
constexpr std::size_t kLongestCode = 128;
constexpr std::size_t kLongestBeginning = 64;

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
class Key {
public:
    explicit Key(CodeSystem system) : m_hash(0xcbf29ce484222325ULL ^ (static_cast<std::uint64_t>(system) * kStep)) {}

    /// True when the sign counts.
    bool take(char c) {
        if (!isLetter(c) && !isDigit(c) && c != '.') return false;
        mix(lowered(c));
        return true;
    }
    void takeAll(std::string_view code) {
        if (code.size() > 1 && code[0] == '-' && isDigit(code[1])) mix('-');
        for (const char c : code) take(c);
    }
    void mix(char c) { m_hash = (m_hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL; }

    [[nodiscard]] std::uint64_t exact() const { return m_hash == 0 ? 1 : m_hash; }
    [[nodiscard]] std::uint64_t beginning() const { return (m_hash ^ kStep) == 0 ? 1 : m_hash ^ kStep; }

private:
    static constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15ULL;

    std::uint64_t m_hash;
};

std::uint64_t keyOf(CodeSystem system, std::string_view code) {
    Key key(system);
    key.takeAll(code);
    return key.exact();
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

bool sameLetters(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lowered(x) == lowered(y); });
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
        if (name.size() > ending.size() && sameLetters(name.substr(name.size() - ending.size()), ending)) {
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
    for (Wide& wide : m_wide) {
        std::stable_sort(wide.ranges.begin(), wide.ranges.end(),
                         [](const Range& a, const Range& b) { return a.high - a.low < b.high - b.low; });
    }
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
    Wide& wide = m_wide[static_cast<std::size_t>(table.system)];
    if (code == "*") {
        wide.rest = meaning;
        return;
    }
    if (code.ends_with('*')) {
        addBeginning(table.system, code.substr(0, code.size() - 1), meaning);
        return;
    }
    if (const std::size_t dash = code.find('-', 1); dash != std::string_view::npos) {
        const auto low = numberOf(code.substr(0, dash));
        const auto high = numberOf(code.substr(dash + 1));
        if (low && high) {
            wide.ranges.push_back({*low, *high, meaning});
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

void CodeBook::addBeginning(CodeSystem system, std::string_view text, Meaning meaning) {
    Key key(system);
    key.takeAll(text);
    const auto signs = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return isLetter(c) || isDigit(c) || c == '.'; }));
    if (signs >= kLongestBeginning) return;
    m_wide[static_cast<std::size_t>(system)].beginningsByLength |= std::uint64_t{1} << signs;
    addKey(key.beginning(), meaning, Replace::yes);
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
    const auto& ranges = m_wide[static_cast<std::size_t>(system)].ranges;
    if (ranges.empty()) return std::nullopt;
    const auto number = numberOf(code);
    if (!number) return std::nullopt;
    const auto found = std::find_if(ranges.begin(), ranges.end(),
                                    [&](const Range& range) { return *number >= range.low && *number <= range.high; });
    return found == ranges.end() ? std::nullopt : std::optional(found->meaning);
}

/// The longest beginning that is known; each further sign makes one more key.
std::optional<Meaning> CodeBook::findBeginning(CodeSystem system, std::string_view code) const {
    const std::uint64_t lengths = m_wide[static_cast<std::size_t>(system)].beginningsByLength;
    if (lengths == 0) return std::nullopt;
    Key key(system);
    if (code.size() > 1 && code[0] == '-' && isDigit(code[1])) key.mix('-');
    std::optional<Meaning> longest;
    std::size_t signs = 0;
    for (const char c : code) {
        if (!key.take(c)) continue;
        if (++signs >= kLongestBeginning) break;
        if ((lengths >> signs & 1) == 0) continue;
        if (auto meaning = findKey(key.beginning())) longest = meaning;
    }
    return longest;
}

std::optional<Meaning> CodeBook::find(CodeSystem system, std::string_view code) const {
    code = essence(system, code);
    if (code.empty() || code.size() > kLongestCode) return std::nullopt;
    if (auto meaning = findExact(system, code)) return meaning;
    if (auto meaning = findRange(system, code)) return meaning;
    if (auto meaning = findBeginning(system, code)) return meaning;
    const std::string_view last = lastPart(code);
    if (last.size() != code.size() && isName(last)) {
        if (auto meaning = findBeginning(system, last)) return meaning;
    }
    if (const CodeSystem kin = kinOf(system); kin != CodeSystem::none) {
        if (auto meaning = find(kin, code)) return meaning;
    }
    return m_wide[static_cast<std::size_t>(system)].rest;
}

std::optional<Meaning> CodeBook::findType(CodeSystem system, std::string_view type) const {
    type = essence(system, type);
    return type.size() > kLongestCode ? std::nullopt : findExact(system, type);
}

}  // namespace fusebox::errors
