#pragma once
// All code tables in one dictionary.
// Threads: immutable once built. Time: a look-up is a few hashes of the code, no allocation.

#include <fusebox/errors/code_table.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace fusebox::errors {

struct Meaning {
    domain::Category category = domain::Category::unknown;
    Weight weight = Weight::specific;

    bool operator==(const Meaning&) const = default;
};

inline constexpr std::size_t kSystems = static_cast<std::size_t>(domain::CodeSystem::openai) + 1;

class CodeBook {
public:
    explicit CodeBook(std::span<const CodeTable> tables);

    /// What the code means in its system; a path before it ("auth/", "com.x.", "urn:...:") and an ending like "Exception" do not
    /// matter.
    [[nodiscard]] std::optional<Meaning> find(domain::CodeSystem system, std::string_view code) const;

    /// As find(), but neither ranges nor beginnings count: for type names, which are no codes.
    [[nodiscard]] std::optional<Meaning> findType(domain::CodeSystem system, std::string_view type) const;

    /// What a name means that some system knows and that is told apart everywhere ("ECONNREFUSED", "SlowDown").
    [[nodiscard]] std::optional<Meaning> findName(std::string_view name) const {
        return find(domain::CodeSystem::none, name);
    }

private:
    struct Entry {
        std::uint64_t key = 0;  ///< zero: free
        Meaning meaning;
    };
    struct Range {
        std::int64_t low;
        std::int64_t high;
        Meaning meaning;
    };
    /// What a system has besides its exact codes.
    struct Wide {
        std::vector<Range> ranges;             ///< the narrowest first
        std::uint64_t beginningsByLength = 0;  ///< bit n: there are beginnings of n signs
        std::optional<Meaning> rest;           ///< what every other code means
    };
    enum class Replace : std::uint8_t { no, yes };

    void addLine(const CodeTable& table, const CodeLine& line);
    void addCode(const CodeTable& table, std::string_view code, Meaning meaning);
    void addBeginning(domain::CodeSystem system, std::string_view text, Meaning meaning);
    void addKey(std::uint64_t key, Meaning meaning, Replace replace);
    void grow();
    [[nodiscard]] std::optional<Meaning> findKey(std::uint64_t key) const;
    [[nodiscard]] std::optional<Meaning> findExact(domain::CodeSystem system, std::string_view code) const;
    [[nodiscard]] std::optional<Meaning> findRange(domain::CodeSystem system, std::string_view code) const;
    [[nodiscard]] std::optional<Meaning> findBeginning(domain::CodeSystem system, std::string_view code) const;

    std::vector<Entry> m_entries;  ///< a power of two of them, at most half in use
    std::size_t m_used = 0;
    std::array<Wide, kSystems> m_wide;
};

/// The part of a name behind its path: "ThrottlingException" of "com.amazonaws.x#ThrottlingException".
[[nodiscard]] std::string_view lastPart(std::string_view name);

/// Without "Exception", "Error", "Fault" at the end.
[[nodiscard]] std::string_view withoutEnding(std::string_view name);

}  // namespace fusebox::errors
