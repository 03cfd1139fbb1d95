#include <fusebox/errors/template_item.h>

#include <algorithm>
#include <cstddef>

namespace fusebox::errors {

std::uint64_t wordHash(const TemplateItem& item, std::size_t place) {
    return mix((std::uint64_t{item.words[place]} << 20U) + place + 1);
}

std::uint64_t shapeHash(const TemplateItem& item) {
    std::uint64_t hash = item.words.size();
    for (const WordId gap : item.gaps) {
        hash = mix(hash + gap);
    }
    return hash;
}

std::uint64_t wholeHash(const TemplateItem& item) {
    std::uint64_t hash = shapeHash(item);
    for (std::size_t place = 0; place < item.words.size(); ++place) {
        hash += wordHash(item, place);
    }
    return hash;
}

namespace {

using Words = std::vector<WordId>;

/// How many words all members begin with alike; in reverse, end with alike.
template <typename Begin>
std::size_t sharedWords(const std::vector<const TemplateItem*>& members, Begin begin) {
    const Words& first = members.front()->words;
    std::size_t shared = first.size();
    for (const TemplateItem* member : members) {
        shared = std::min(shared, member->words.size());
        const auto from = begin(first);
        shared = static_cast<std::size_t>(
            std::mismatch(from, from + static_cast<std::ptrdiff_t>(shared), begin(member->words)).first - from);
    }
    return shared;
}

/// Members with as many words each.
TemplateItem mergedByPlace(const std::vector<const TemplateItem*>& members, const WordPool& pool) {
    TemplateItem item = *members.front();
    for (const TemplateItem* other : members) {
        for (std::size_t place = 0; place < item.words.size(); ++place) {
            const bool differs = item.words[place] != other->words[place];
            if (differs) item.words[place] = pool.any(pool.kind(item.words[place]), pool.kind(other->words[place]));
        }
    }
    return item;
}

}  // namespace

TemplateItem merged(const std::vector<const TemplateItem*>& members, const WordPool& pool) {
    const auto [shortest, longest] = std::minmax_element(
        members.begin(), members.end(),
        [](const TemplateItem* a, const TemplateItem* b) { return a->words.size() < b->words.size(); });
    const std::size_t length = (*shortest)->words.size();
    if (length == (*longest)->words.size()) {
        return mergedByPlace(members, pool);
    }
    if (length == 0) {
        return **shortest;
    }
    // One place for all that lies between what is shared at both ends.
    const std::size_t prefix =
        std::min(sharedWords(members, [](const Words& words) { return words.begin(); }), length - 1);
    const std::size_t suffix =
        std::min(sharedWords(members, [](const Words& words) { return words.rbegin(); }), length - 1 - prefix);
    TemplateItem item = **shortest;
    const auto from = static_cast<std::ptrdiff_t>(prefix + 1);
    const auto to = static_cast<std::ptrdiff_t>(length - suffix);
    item.words.erase(item.words.begin() + from, item.words.begin() + to);
    item.gaps.erase(item.gaps.begin() + from, item.gaps.begin() + to);
    item.words[prefix] = pool.anyWord();
    return item;
}

std::string textOf(const TemplateItem& item, const WordPool& pool) {
    std::string text;
    for (std::size_t place = 0; place < item.words.size(); ++place) {
        text += pool.text(item.gaps[place]);
        text += pool.text(item.words[place]);
    }
    return text += pool.text(item.gaps.back());
}

}  // namespace fusebox::errors
