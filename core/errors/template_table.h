#pragma once
// The templates seen so far, found by their masked text: the miner's hot path.
// Threads: one at a time.
// Lifetime: references to entries hold until the next insertion or removal.
// Limits: grows with what is put in; PatternMiner keeps it bounded.

#include <fusebox/base/time.h>
#include <fusebox/errors/pattern.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::errors {

/// The same for the same text in every run: ids are made of it.
[[nodiscard]] std::uint64_t textHash(std::string_view text);

struct TemplateEntry {
    std::string text;  ///< masked; with Mask::word where a place is known to vary
    std::uint64_t hash = 0;
    bool general = false;  ///< stands for all messages that fit it, not for those with just this text
    std::uint64_t count = 0;
    base::WallTime firstSeen{};
    base::WallTime lastSeen{};
    domain::PatternId pattern;  ///< as of the last grouping
    std::vector<PatternSample> samples;

    /// Adds another's counts; its samples as far as there is room.
    void take(const TemplateEntry& other, std::size_t maxSamples);
};

class TemplateTable {
public:
    TemplateTable() { rehash(kFewest); }

    [[nodiscard]] TemplateEntry* find(std::string_view text, std::uint64_t hash);
    /// REQUIRES: no entry has this text.
    TemplateEntry& insert(TemplateEntry entry);
    /// Removes the entries for which `unwanted` holds.
    void removeIf(const std::function<bool(const TemplateEntry&)>& unwanted);
    void clear();

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] std::vector<TemplateEntry>& entries() { return m_entries; }
    [[nodiscard]] const std::vector<TemplateEntry>& entries() const { return m_entries; }

private:
    static constexpr std::size_t kFewest = 1024;
    static constexpr std::uint32_t kFree = UINT32_MAX;

    struct Cell {
        std::uint32_t tag = 0;  ///< the hash's upper half
        std::uint32_t entry = kFree;
    };

    void place(std::uint64_t hash, std::uint32_t entry);
    void rehash(std::size_t cells);

    std::vector<Cell> m_cells;  ///< open addressing, a power of two, at most half full
    std::vector<TemplateEntry> m_entries;
};

}  // namespace fusebox::errors
