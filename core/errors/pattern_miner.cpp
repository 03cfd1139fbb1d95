#include <fusebox/errors/pattern_miner.h>

#include <fusebox/errors/error_sample.h>
#include <fusebox/errors/pattern_text.h>
#include <fusebox/errors/template_grouping.h>
#include <fusebox/errors/template_tokens.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>

namespace fusebox::errors {

namespace {

constexpr std::size_t kFewNew = 64;        ///< new templates before they are grouped unasked
constexpr std::size_t kHotPerPattern = 8;  ///< templates of a pattern that keep their short way when room is needed
constexpr std::size_t kRenamedPerTemplate = 8;

const domain::PatternId kOthers{0};

bool isPowerOfTwo(std::uint64_t x) {
    return (x & (x - 1)) == 0;
}

domain::PatternId idOf(std::string_view text) {
    const std::uint64_t hash = textHash(text);
    return domain::PatternId(hash == kOthers.value ? 1 : hash);
}

}  // namespace

std::string_view PatternMiner::masked(std::string_view message, const domain::Error* error) {
    if (error == nullptr || (error->type.empty() && error->code.empty())) {
        return m_scanner.scan(message);
    }
    return m_scanner.scan(message, error->type, error->code);
}

domain::PatternId PatternMiner::add(std::string_view message, base::WallTime at, const domain::ErrorRef& error) {
    ++m_total;
    const std::string_view text = masked(message, error.get());
    const std::uint64_t hash = textHash(text);
    TemplateEntry* const entry = m_table.find(text, hash);
    if (entry == nullptr) {
        return addNew(text, hash, message, at, error);
    }
    ++entry->count;
    entry->lastSeen = std::max(entry->lastSeen, at);
    if (isPowerOfTwo(entry->count)) {
        sample(*entry, message, at, error);
    }
    return entry->pattern;
}

/// Counts the message under a general template that it fits.
TemplateEntry* PatternMiner::countKnown(std::string_view text, base::WallTime at) {
    const auto known = m_known.find(text);
    if (!known) return nullptr;
    TemplateEntry& entry = m_table.entries()[*known];
    ++entry.count;
    entry.lastSeen = std::max(entry.lastSeen, at);
    return &entry;
}

domain::PatternId PatternMiner::addNew(std::string_view text, std::uint64_t hash, std::string_view message,
                                       base::WallTime at, const domain::ErrorRef& error) {
    if (const TemplateEntry* known = countKnown(text, at)) {
        return known->pattern;
    }
    if (m_table.size() + m_limits.templates / 8 >= m_limits.templates) {
        const bool patient = ++m_missesSinceCompaction < kPatience;
        if (patient && !m_sightings.seenBefore(hash)) {
            ++m_others;
            return kOthers;
        }
        if (!patient || m_table.size() >= m_limits.templates) {
            compact();
            // What has been folded just now may be what this message fits.
            if (const TemplateEntry* known = countKnown(text, at)) return known->pattern;
        }
    }
    TemplateEntry entry;
    entry.text = text;
    entry.hash = hash;
    entry.count = 1;
    entry.firstSeen = entry.lastSeen = at;
    entry.pattern = idOf(normalised(text));
    sample(entry, message, at, error);
    m_table.insert(std::move(entry));
    m_stale = true;
    if (isDue()) group();
    return m_table.find(text, hash)->pattern;
}

/// The first message stays; the other places go to later ones, ever more seldom.
void PatternMiner::sample(TemplateEntry& entry, std::string_view message, base::WallTime at,
                          const domain::ErrorRef& error) const {
    if (m_limits.samplesPerTemplate == 0) return;
    PatternSample kept{std::string(firstBytes(message, m_limits.sampleBytes)), at, error};
    if (entry.samples.size() < m_limits.samplesPerTemplate) {
        entry.samples.push_back(std::move(kept));
    } else if (m_limits.samplesPerTemplate > 1) {
        entry.samples.back() = std::move(kept);
    }
}

bool PatternMiner::isDue() const {
    return m_table.size() >= m_grouped + std::max(kFewNew, m_grouped / 4);
}

void PatternMiner::group() {
    std::map<std::string, std::uint32_t> bases;
    std::vector<const std::string*> baseOf;
    for (const TemplateEntry& entry : m_table.entries()) {
        const auto base = bases.try_emplace(normalised(entry.text), 0).first;
        baseOf.push_back(&base->first);
    }
    std::vector<std::string_view> texts;
    for (auto& [text, number] : bases) {
        number = static_cast<std::uint32_t>(texts.size());
        texts.emplace_back(text);
    }
    const TemplateGroups groups = groupTemplates(texts);
    std::vector<domain::PatternId> ids;
    ids.reserve(groups.texts.size());
    std::transform(groups.texts.begin(), groups.texts.end(), std::back_inserter(ids), idOf);
    if (m_renamed.size() > kRenamedPerTemplate * m_limits.templates) {
        m_renamed.clear();
    }
    m_known.clear();
    m_texts.clear();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        m_texts[ids[i]] = groups.texts[i];
    }
    for (std::uint32_t i = 0; i < baseOf.size(); ++i) {
        TemplateEntry& entry = m_table.entries()[i];
        const std::uint32_t group = groups.groupOf[bases[*baseOf[i]]];
        m_renamed.erase(ids[group]);  // what is a pattern's name leads nowhere else
        if (entry.pattern != ids[group]) m_renamed[entry.pattern] = ids[group];
        entry.pattern = ids[group];
        if (entry.general) m_known.add(entry.text, i);
    }
    m_grouped = m_table.size();
    m_stale = false;
    ++m_groupings;
}

domain::PatternId PatternMiner::current(domain::PatternId earlier) {
    if (m_stale) group();
    // Each step leads to a wider pattern; a pattern that was dropped has no further name.
    for (std::size_t step = 0; step < m_limits.templates; ++step) {
        const auto found = m_renamed.find(earlier);
        if (found == m_renamed.end()) break;
        earlier = found->second;
    }
    return earlier;
}

std::vector<Pattern> PatternMiner::patterns() {
    if (m_stale) group();
    std::vector<Pattern> patterns;
    for (auto& [id, entries] : members()) {
        // The order in which messages came must not show.
        std::sort(entries.begin(), entries.end(), [](const TemplateEntry* a, const TemplateEntry* b) {
            return std::tie(a->firstSeen, a->text) < std::tie(b->firstSeen, b->text);
        });
        TemplateEntry sum;
        for (const TemplateEntry* entry : entries) {
            sum.take(*entry, m_limits.samplesPerPattern);
        }
        patterns.push_back(
            {id, readable(sharedText(id, entries)), sum.count, sum.firstSeen, sum.lastSeen, std::move(sum.samples)});
    }
    std::sort(patterns.begin(), patterns.end(),
              [](const Pattern& a, const Pattern& b) { return std::tie(b.count, a.text) < std::tie(a.count, b.text); });
    if (m_others > 0) {
        patterns.push_back({kOthers, "(other messages)", m_others, {}, {}, {}});
    }
    return patterns;
}

PatternMiner::Members PatternMiner::members() {
    Members members;
    for (TemplateEntry& entry : m_table.entries()) {
        members[entry.pattern].push_back(&entry);
    }
    return members;
}

std::string PatternMiner::sharedText(domain::PatternId id, const std::vector<TemplateEntry*>& entries) const {
    PatternText text(m_texts.at(id));
    for (const TemplateEntry* entry : entries) {
        text.add(entry->text);
    }
    return text.text();
}

/// Makes room: first where it costs no knowledge.
void PatternMiner::compact() {
    group();
    foldColdTemplates();
    dropRareTemplates();
    group();
    m_missesSinceCompaction = 0;
}

/// Of a pattern with many templates the most frequent stay; one general template stands for all others.
void PatternMiner::foldColdTemplates() {
    std::vector<TemplateEntry> folded;
    for (auto& [id, entries] : members()) {
        if (entries.size() <= kHotPerPattern) continue;
        std::sort(entries.begin(), entries.end(), [](const TemplateEntry* a, const TemplateEntry* b) {
            return std::tie(b->general, b->count, a->text) < std::tie(a->general, a->count, b->text);
        });
        TemplateEntry general;
        general.text = sharedText(id, entries);
        general.hash = textHash(general.text);
        general.general = true;
        general.pattern = id;
        for (std::size_t i = kHotPerPattern; i < entries.size(); ++i) {
            general.take(*entries[i], m_limits.samplesPerTemplate);
            entries[i]->count = 0;
        }
        folded.push_back(std::move(general));
    }
    m_table.removeIf([](const TemplateEntry& entry) { return entry.count == 0; });
    for (TemplateEntry& general : folded) {
        put(std::move(general));
    }
}

void PatternMiner::dropRareTemplates() {
    const std::size_t room = m_limits.templates - m_limits.templates / 4;
    if (m_table.size() <= room) {
        return;
    }
    std::vector<TemplateEntry*> entries;
    for (TemplateEntry& entry : m_table.entries()) {
        entries.push_back(&entry);
    }
    std::sort(entries.begin(), entries.end(), [](const TemplateEntry* a, const TemplateEntry* b) {
        return std::tie(a->general, a->count, a->lastSeen, a->text) <
               std::tie(b->general, b->count, b->lastSeen, b->text);
    });
    for (std::size_t i = 0; i < entries.size() - room; ++i) {
        m_others += entries[i]->count;
        entries[i]->count = 0;
    }
    m_table.removeIf([](const TemplateEntry& entry) { return entry.count == 0; });
}

/// Adds to the template with this text, or makes it.
void PatternMiner::put(TemplateEntry entry) {
    if (TemplateEntry* const found = m_table.find(entry.text, entry.hash)) {
        found->general = found->general || entry.general;
        found->take(entry, m_limits.samplesPerTemplate);
    } else {
        m_table.insert(std::move(entry));
    }
}

SavedPatterns PatternMiner::save() const {
    SavedPatterns saved;
    saved.others = m_others;
    for (const TemplateEntry& entry : m_table.entries()) {
        saved.templates.push_back(
            {entry.text, entry.general, entry.count, entry.firstSeen, entry.lastSeen, entry.samples});
    }
    return saved;
}

void PatternMiner::restore(const SavedPatterns& saved) {
    m_others += saved.others;
    m_total += saved.others;
    for (const SavedTemplate& from : saved.templates) {
        if (m_table.size() >= m_limits.templates) compact();
        TemplateEntry entry;
        entry.text = from.text;
        entry.hash = textHash(from.text);
        entry.general = from.general;
        entry.count = from.count;
        entry.firstSeen = from.firstSeen;
        entry.lastSeen = from.lastSeen;
        entry.samples = from.samples;
        entry.pattern = idOf(normalised(from.text));
        m_total += from.count;
        m_stale = true;
        put(std::move(entry));
    }
}

}  // namespace fusebox::errors
