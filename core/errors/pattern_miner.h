#pragma once
// Sorts messages into patterns as they come: each message is masked (MessageScanner) and counted under its template; templates
// that differ only in values are found to be one pattern (groupTemplates). Many messages, few templates: the first is one
// hash look-up a message, the second is done anew only when new templates have come.
// Which messages make a pattern does not depend on their order. A pattern's id is made of its text and is the same in every
// run; when a pattern grows wider its text and id change, and current() leads from the old id to the new one.
// Threads: one at a time; ErrorAggregator guards the one it feeds.
// Time: as given; the stamps only say when.
// Limits: see PatternMinerLimits; what they leave no room for is counted in the pattern with id 0, so the counts add up.
// Errors: any bytes are fine as a message.

#include <fusebox/errors/known_templates.h>
#include <fusebox/errors/message_scanner.h>
#include <fusebox/errors/pattern.h>
#include <fusebox/errors/sighting_filter.h>
#include <fusebox/errors/template_table.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fusebox::errors {

struct PatternMinerLimits {
    /// A program has hundreds of statements that log; with the words that they are given, a few thousand templates. At about
    /// 1 KB each, all are 8 MB.
    std::size_t templates = 8192;
    /// Kept as examples: the first message of a template and one of the later ones.
    std::size_t samplesPerTemplate = 2;
    std::size_t samplesPerPattern = 3;
    /// Long enough to read, short enough that samples do not outweigh the templates.
    std::size_t sampleBytes = 512;
};

class PatternMiner {
public:
    explicit PatternMiner(PatternMinerLimits limits = {}) : m_limits(limits) {}

    /// The message's pattern, as far as is known by now. With an error, its type and code belong to the pattern: the same
    /// text from another type of error is another pattern.
    domain::PatternId add(std::string_view message, base::WallTime at, const domain::ErrorRef& error = nullptr);

    /// All patterns, most frequent first (the text decides ties); last the one of all others, if there are any.
    [[nodiscard]] std::vector<Pattern> patterns();

    /// What a pattern given earlier is called now.
    [[nodiscard]] domain::PatternId current(domain::PatternId earlier);

    /// Grows when patterns may have got other ids and texts.
    [[nodiscard]] std::uint64_t groupings() const { return m_groupings; }

    /// Counts another miner's messages as if they had been added here.
    void merge(const PatternMiner& other) { restore(other.save()); }

    [[nodiscard]] SavedPatterns save() const;
    /// Adds what was saved to what is here.
    void restore(const SavedPatterns& saved);

    [[nodiscard]] std::uint64_t total() const { return m_total; }
    [[nodiscard]] std::size_t templates() const { return m_table.size(); }

private:
    /// Messages without a place before room is made for new templates again; the first time it is made at once.
    static constexpr std::uint64_t kPatience = 1U << 20U;

    using Members = std::map<domain::PatternId, std::vector<TemplateEntry*>>;

    [[nodiscard]] std::string_view masked(std::string_view message, const domain::Error* error);
    domain::PatternId addNew(std::string_view text, std::uint64_t hash, std::string_view message, base::WallTime at,
                             const domain::ErrorRef& error);
    TemplateEntry* countKnown(std::string_view text, base::WallTime at);
    void put(TemplateEntry entry);
    void sample(TemplateEntry& entry, std::string_view message, base::WallTime at, const domain::ErrorRef& error) const;
    [[nodiscard]] bool isDue() const;
    [[nodiscard]] Members members();
    [[nodiscard]] std::string sharedText(domain::PatternId id, const std::vector<TemplateEntry*>& entries) const;
    void group();
    void compact();
    void foldColdTemplates();
    void dropRareTemplates();

    const PatternMinerLimits m_limits;
    MessageScanner m_scanner;
    TemplateTable m_table;
    KnownTemplates m_known;
    SightingFilter m_sightings;
    std::unordered_map<domain::PatternId, domain::PatternId> m_renamed;
    std::unordered_map<domain::PatternId, std::string> m_texts;  ///< of the patterns, as of the last grouping
    std::uint64_t m_others = 0;
    std::uint64_t m_total = 0;
    std::size_t m_grouped = 0;  ///< templates at the last grouping
    std::uint64_t m_missesSinceCompaction = kPatience;
    std::uint64_t m_groupings = 0;
    bool m_stale = false;  ///< templates have come since the last grouping
};

}  // namespace fusebox::errors
