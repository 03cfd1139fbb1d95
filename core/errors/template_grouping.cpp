#include <fusebox/errors/template_grouping.h>

#include <fusebox/errors/char_class.h>
#include <fusebox/errors/known_words.h>
#include <fusebox/errors/place_evidence.h>
#include <fusebox/errors/template_item.h>
#include <fusebox/errors/template_tokens.h>
#include <fusebox/errors/word_pool.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace fusebox::errors {

namespace {

constexpr std::size_t kRounds = 5;           ///< values found one after the other in one statement
constexpr std::size_t kPairPlaces = 12;      ///< places that are looked at two by two
constexpr std::size_t kLongestValue = 4;     ///< words of a value of several words
constexpr std::size_t kMostForPairs = 4096;  ///< items; each has up to 66 pairs of places
constexpr std::size_t kEnoughPairs = 6;      ///< different words, in each of two places
constexpr std::size_t kEnoughFields = 3;     ///< different words, in each of two places behind "="
constexpr std::size_t kPairConstants = 3;
constexpr std::size_t kEnoughLong = 5;  ///< different values of several words
constexpr std::size_t kLongConstants = 3;

/// An item's claim to a place: items with equal keys agree in all but that place.
struct Claim {
    std::uint64_t key;
    std::uint32_t item;
    std::uint16_t place;
    std::uint16_t extent;  ///< a pair's second place; the number of words of a long value

    auto operator<=>(const Claim&) const = default;
};

using Slot = std::span<const Claim>;

class Grouping {
public:
    explicit Grouping(std::span<const std::string_view> templates);
    TemplateGroups run();

private:
    std::uint32_t root(std::uint32_t member);
    bool join(const TemplateItem& a, const TemplateItem& b);
    bool joinAll(Slot slot);
    template <typename Judge>
    bool joinSlots(std::vector<Claim> claims, Judge judge);

    bool joinSinglePlaces();
    bool joinPairs();
    bool joinLongValues();
    bool joinWithKnown();
    void generalise();

    [[nodiscard]] bool isSinglePlace(Slot slot) const;
    [[nodiscard]] bool isPair(Slot slot) const;
    [[nodiscard]] bool isLongValue(Slot slot) const;
    [[nodiscard]] std::size_t constantsOf(const TemplateItem& item) const;
    [[nodiscard]] bool isConstant(WordId word) const;
    [[nodiscard]] bool isPlain(WordId word) const;
    [[nodiscard]] bool isAssigned(const TemplateItem& item, std::size_t place) const;
    [[nodiscard]] bool mayBePaired(const TemplateItem& item, std::size_t place) const;
    [[nodiscard]] bool isPartOfValue(WordId word) const;
    [[nodiscard]] PlaceContext contextOf(const TemplateItem& item, std::size_t place) const;

    WordPool m_pool;
    std::vector<TemplateItem> m_items;
    std::vector<std::uint32_t> m_parents;
};

Grouping::Grouping(std::span<const std::string_view> templates) : m_parents(templates.size()) {
    std::iota(m_parents.begin(), m_parents.end(), 0U);
    m_items.reserve(templates.size());
    for (const std::string_view text : templates) {
        const TemplateWords split = splitTemplate(text);
        TemplateItem item;
        item.member = static_cast<std::uint32_t>(m_items.size());
        for (const TemplateWord& word : split.words) {
            item.gaps.push_back(m_pool.idOf(word.gap, WordKind::sign));
            item.words.push_back(m_pool.idOf(word.text, word.kind));
        }
        item.gaps.push_back(m_pool.idOf(split.tail, WordKind::sign));
        m_items.push_back(std::move(item));
    }
}

std::uint32_t Grouping::root(std::uint32_t member) {
    while (m_parents[member] != member) {
        m_parents[member] = m_parents[m_parents[member]];
        member = m_parents[member];
    }
    return member;
}

bool Grouping::join(const TemplateItem& a, const TemplateItem& b) {
    const std::uint32_t rootA = root(a.member);
    const std::uint32_t rootB = root(b.member);
    m_parents[std::max(rootA, rootB)] = std::min(rootA, rootB);
    return rootA != rootB;
}

bool Grouping::joinAll(Slot slot) {
    bool joined = false;
    for (const Claim& claim : slot) {
        joined = join(m_items[slot.front().item], m_items[claim.item]) || joined;
    }
    return joined;
}

/// Joins the items of each slot with two or more claims that the judge takes for one.
template <typename Judge>
bool Grouping::joinSlots(std::vector<Claim> claims, Judge judge) {
    std::sort(claims.begin(), claims.end());
    bool joined = false;
    for (auto first = claims.begin(); first != claims.end();) {
        const auto last = std::find_if(first, claims.end(), [first](const Claim& c) { return c.key != first->key; });
        const Slot slot(first, last);
        if (slot.size() > 1 && judge(slot)) {
            joined = joinAll(slot) || joined;
        }
        first = last;
    }
    return joined;
}

bool Grouping::isPlain(WordId word) const {
    const WordKind kind = m_pool.kind(word);
    return kind == WordKind::prose || kind == WordKind::name || kind == WordKind::caps || kind == WordKind::letter;
}

bool Grouping::isConstant(WordId word) const {
    const WordKind kind = m_pool.kind(word);
    return kind == WordKind::prose || kind == WordKind::name || kind == WordKind::caps || kind == WordKind::state;
}

std::size_t Grouping::constantsOf(const TemplateItem& item) const {
    const auto count = std::count_if(item.words.begin(), item.words.end(), [this](WordId w) { return isConstant(w); });
    return static_cast<std::size_t>(count);
}

PlaceContext Grouping::contextOf(const TemplateItem& item, std::size_t place) const {
    PlaceContext context;
    const bool headed = m_pool.kind(item.words.front()) == WordKind::head;
    context.first = place == (headed ? 1U : 0U);
    const std::string_view gap = m_pool.text(item.gaps[place]);
    context.assigned = gap.ends_with('=');
    context.user = place > 0 && isUserLabel(m_pool.text(item.words[place - 1]));
    // "process 4711 (httpd)"
    context.process = place > 1 && gap == " (" && m_pool.kind(item.words[place - 1]) == WordKind::value &&
                      isProcessLabel(m_pool.text(item.words[place - 2]));
    context.constants = constantsOf(item) - (isConstant(item.words[place]) ? 1U : 0U);
    return context;
}

bool Grouping::isSinglePlace(Slot slot) const {
    PlaceEvidence evidence;
    for (const Claim& claim : slot) {
        evidence.add(m_pool.kind(m_items[claim.item].words[claim.place]));
    }
    return isValuePlace(evidence, contextOf(m_items[slot.front().item], slot.front().place));
}

bool Grouping::joinSinglePlaces() {
    std::vector<Claim> claims;
    for (std::uint32_t i = 0; i < m_items.size(); ++i) {
        const TemplateItem& item = m_items[i];
        const std::uint64_t whole = wholeHash(item);
        for (std::size_t place = 0; place < item.words.size(); ++place) {
            const WordKind kind = m_pool.kind(item.words[place]);
            if (kind == WordKind::head || kind == WordKind::sign) continue;
            claims.push_back({whole - wordHash(item, place) + mix(place), i, static_cast<std::uint16_t>(place), 0});
        }
    }
    return joinSlots(std::move(claims), [this](Slot slot) { return isSinglePlace(slot); });
}

bool Grouping::isAssigned(const TemplateItem& item, std::size_t place) const {
    return m_pool.text(item.gaps[place]).ends_with('=');
}

bool Grouping::mayBePaired(const TemplateItem& item, std::size_t place) const {
    const WordKind kind = m_pool.kind(item.words[place]);
    return isPlain(item.words[place]) || kind == WordKind::any || (kind == WordKind::value && isAssigned(item, place));
}

/// Two places with many words each, in templates that are long enough to be known by the rest. Two words side by side
/// are more likely a phrase than two values.
bool Grouping::isPair(Slot slot) const {
    const Claim& claim = slot.front();
    std::unordered_set<WordId> first;
    std::unordered_set<WordId> second;
    std::size_t caps = 0;
    for (const Claim& each : slot) {
        const TemplateItem& item = m_items[each.item];
        first.insert(item.words[each.place]);
        second.insert(item.words[each.extent]);
        caps += m_pool.kind(item.words[each.place]) == WordKind::caps ? 1U : 0U;
        caps += m_pool.kind(item.words[each.extent]) == WordKind::caps ? 1U : 0U;
    }
    const bool leading = contextOf(m_items[claim.item], claim.place).first;
    const bool fields = isAssigned(m_items[claim.item], claim.place) && isAssigned(m_items[claim.item], claim.extent);
    const bool doubtful = leading || (claim.extent == claim.place + 1 && !fields) || caps > slot.size();
    const std::size_t enough = doubtful ? 2 * kEnoughPairs : fields ? kEnoughFields : kEnoughPairs;
    const auto isEnough = [this, enough](const auto& words) {
        return words.size() >= enough || std::any_of(words.begin(), words.end(), [this](WordId word) {
                   return m_pool.kind(word) == WordKind::any || m_pool.kind(word) == WordKind::value;
               });
    };
    return isEnough(first) && isEnough(second) && first.size() + second.size() >= enough;
}

bool Grouping::joinPairs() {
    std::vector<Claim> claims;
    if (m_items.size() > kMostForPairs) return false;
    for (std::uint32_t i = 0; i < m_items.size(); ++i) {
        const TemplateItem& item = m_items[i];
        if (constantsOf(item) < kPairConstants + 1) continue;
        const std::uint64_t whole = wholeHash(item);
        const std::size_t places = std::min(item.words.size(), kPairPlaces);
        for (std::size_t a = 0; a < places; ++a) {
            if (!mayBePaired(item, a)) continue;
            for (std::size_t b = a + 1; b < places; ++b) {
                if (!mayBePaired(item, b)) continue;
                const std::uint64_t key = whole - wordHash(item, a) - wordHash(item, b) + mix(a * 257 + b + 7);
                claims.push_back({key, i, static_cast<std::uint16_t>(a), static_cast<std::uint16_t>(b)});
            }
        }
    }
    return joinSlots(std::move(claims), [this](Slot slot) { return isPair(slot); });
}

/// Values of one to several words, of different lengths, between words that agree.
bool Grouping::isLongValue(Slot slot) const {
    std::size_t shortest = kLongestValue;
    std::size_t longest = 0;
    std::size_t states = 0;
    for (const Claim& claim : slot) {
        shortest = std::min<std::size_t>(shortest, claim.extent);
        longest = std::max<std::size_t>(longest, claim.extent);
        states += m_pool.kind(m_items[claim.item].words[claim.place]) == WordKind::state ? 1U : 0U;
    }
    const Claim& claim = slot.front();
    const TemplateItem& item = m_items[claim.item];
    std::size_t constants = 0;
    for (std::size_t place = 0; place < item.words.size(); ++place) {
        const bool inside = place >= claim.place && place < std::size_t{claim.place} + claim.extent;
        constants += !inside && isConstant(item.words[place]) ? 1U : 0U;
    }
    return shortest != longest && slot.size() >= kEnoughLong && states * 2 < slot.size() && constants >= kLongConstants;
}

/// A plain word with nothing on its end: punctuation there closes a phrase.
bool Grouping::isPartOfValue(WordId word) const {
    if (m_pool.kind(word) == WordKind::any) return true;
    return isPlain(word) && isAlnum(m_pool.text(word).back());
}

bool Grouping::joinLongValues() {
    std::vector<Claim> claims;
    for (std::uint32_t i = 0; i < m_items.size(); ++i) {
        const TemplateItem& item = m_items[i];
        const std::size_t count = item.words.size();
        std::vector<std::uint64_t> before(count + 1);
        std::vector<std::uint64_t> behind(count + 1);
        behind[count] = mix(item.gaps[count] + 1);
        for (std::size_t place = 0; place < count; ++place) {
            before[place + 1] = mix(mix(before[place] + item.gaps[place]) + item.words[place]);
            const std::size_t back = count - 1 - place;
            behind[back] = mix(mix(behind[back + 1] + item.words[back]) + (back > 0 ? item.gaps[back] : 0));
        }
        for (std::size_t place = 1; place + 1 < count; ++place) {
            for (std::size_t length = 1; length <= kLongestValue && place + length < count; ++length) {
                const std::size_t last = place + length - 1;
                const bool blank = length == 1 || m_pool.text(item.gaps[last]) == " ";
                if (!blank || !isPartOfValue(item.words[last])) break;
                const std::uint64_t key = mix(before[place] + item.gaps[place]) + behind[last + 1];
                claims.push_back({key, i, static_cast<std::uint16_t>(place), static_cast<std::uint16_t>(length)});
            }
        }
    }
    return joinSlots(std::move(claims), [this](Slot slot) { return isLongValue(slot); });
}

/// Joins what fits a template in which two or more places are known to be values.
bool Grouping::joinWithKnown() {
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> shapes;
    std::map<std::pair<std::uint64_t, std::vector<std::size_t>>, bool> masks;
    for (std::uint32_t i = 0; i < m_items.size(); ++i) {
        std::vector<std::size_t> known;
        for (std::size_t place = 0; place < m_items[i].words.size(); ++place) {
            if (m_pool.kind(m_items[i].words[place]) == WordKind::any) known.push_back(place);
        }
        const std::uint64_t shape = shapeHash(m_items[i]);
        shapes[shape].push_back(i);
        if (known.size() > 1) masks[{shape, std::move(known)}] = true;
    }
    std::vector<Claim> claims;
    std::unordered_set<std::uint64_t> open;
    for (const auto& [mask, unused] : masks) {
        const auto& [shape, known] = mask;
        for (const std::uint32_t i : shapes[shape]) {
            std::uint64_t key = wholeHash(m_items[i]) + mix(known.size() * 31 + known.front());
            bool all = true;
            for (const std::size_t place : known) {
                key -= wordHash(m_items[i], place);
                all = all && m_pool.kind(m_items[i].words[place]) == WordKind::any;
            }
            if (all) open.insert(key);
            claims.push_back({key, i, 0, 0});
        }
    }
    return joinSlots(std::move(claims), [&open](Slot slot) { return open.contains(slot.front().key); });
}

/// Makes one item of each group.
void Grouping::generalise() {
    std::map<std::uint32_t, std::vector<const TemplateItem*>> groups;
    for (const TemplateItem& item : m_items) {
        groups[root(item.member)].push_back(&item);
    }
    std::vector<TemplateItem> items;
    items.reserve(groups.size());
    for (const auto& [group, members] : groups) {
        items.push_back(merged(members, m_pool));
        items.back().member = group;
    }
    m_items = std::move(items);
}

TemplateGroups Grouping::run() {
    for (std::size_t round = 0; round < kRounds && joinSinglePlaces(); ++round) {
        generalise();
    }
    bool pairs = joinPairs();
    for (std::size_t round = 0; round < kRounds && pairs; ++round) {
        generalise();
        pairs = joinSinglePlaces();
        pairs = joinWithKnown() || pairs;
    }
    if (joinLongValues()) generalise();

    TemplateGroups groups;
    groups.groupOf.resize(m_parents.size());
    std::map<std::uint32_t, std::uint32_t> numbers;
    generalise();
    for (const TemplateItem& item : m_items) {
        numbers[root(item.member)] = static_cast<std::uint32_t>(groups.texts.size());
        groups.texts.push_back(textOf(item, m_pool));
    }
    for (std::uint32_t i = 0; i < m_parents.size(); ++i) {
        groups.groupOf[i] = numbers[root(i)];
    }
    return groups;
}

}  // namespace

TemplateGroups groupTemplates(std::span<const std::string_view> templates) {
    return Grouping(templates).run();
}

}  // namespace fusebox::errors
