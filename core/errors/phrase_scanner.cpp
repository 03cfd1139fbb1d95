#include <fusebox/errors/phrase_scanner.h>

#include <fusebox/errors/word_reader.h>

#include <algorithm>
#include <limits>

namespace fusebox::errors {

/// Backward from the end: as many letters as the phrase has, whatever stands between them.
std::string_view PhraseHit::in(std::string_view text) const {
    const auto isLetterAt = [text](std::size_t at) {
        const ByteKind kind = kByteKinds[static_cast<unsigned char>(text[at])];
        return kind != ByteKind::space && kind != ByteKind::apostrophe;
    };
    std::size_t to = textEnd;
    while (to > 0 && !isLetterAt(to - 1)) --to;
    std::size_t from = to;
    for (std::size_t left = letters; left > 0 && from > 0;) {
        left -= isLetterAt(--from) ? 1U : 0U;
    }
    return text.substr(from, to - from);
}

void PhraseHits::add(PhraseHit hit) {
    while (m_count > 0 && m_hits[m_count - 1].begin >= hit.begin) {
        --m_count;  // it lies within the new one, which ends later
    }
    if (m_count > 0 && m_hits[m_count - 1].end >= hit.end) {
        return;
    }
    if (m_count < m_hits.size()) {
        m_hits[m_count++] = hit;
    }
}

PhraseScanner::PhraseScanner(std::span<const std::string_view> phrases)
    : m_steps(kSymbols, 0), m_ends(1, End{0, 0, 0}) {
    for (std::size_t i = 0; i < phrases.size() && i <= std::numeric_limits<std::uint16_t>::max(); ++i) {
        addPhrase(phrases[i], static_cast<std::uint16_t>(i));
    }
    resolveFailures();
}

void PhraseScanner::addPhrase(std::string_view phrase, std::uint16_t index) {
    const bool isOpen = phrase.ends_with('*');
    if (isOpen) phrase.remove_suffix(1);
    std::vector<std::uint8_t> symbols;
    readWords(phrase, [&](std::uint8_t symbol, std::size_t) {
        symbols.push_back(symbol);
        return true;
    });
    if (isOpen) symbols.pop_back();
    if (symbols.size() < 3 || m_steps.size() / kSymbols + symbols.size() > std::numeric_limits<Node>::max()) {
        return;
    }
    Node node = 0;
    for (const std::uint8_t symbol : symbols) {
        if (step(node, symbol) == 0) {
            const auto fresh = static_cast<Node>(m_steps.size() / kSymbols);
            m_steps.resize(m_steps.size() + kSymbols, 0);
            step(node, symbol) = fresh;
        }
        node = step(node, symbol);
    }
    if (step(node, kEndSlot) == 0) {
        step(node, kEndSlot) = static_cast<Node>(m_ends.size());
        m_ends.push_back({});
    }
    const auto letters =
        symbols.size() - static_cast<std::size_t>(std::count(symbols.begin(), symbols.end(), kSpaceSymbol));
    m_ends[step(node, kEndSlot)] = {index, static_cast<std::uint16_t>(symbols.size()),
                                    static_cast<std::uint16_t>(letters)};
}

/// Breadth first: a node's failure node is nearer to the root, so its steps are complete already.
void PhraseScanner::resolveFailures() {
    std::vector<Node> failure(m_steps.size() / kSymbols, 0);
    std::vector<Node> queue;
    for (std::uint8_t symbol = 0; symbol < kLetters; ++symbol) {
        if (const Node next = step(0, symbol); next != 0) queue.push_back(next);
    }
    for (std::size_t i = 0; i < queue.size(); ++i) {
        const Node node = queue[i];
        if (step(node, kEndSlot) == 0) step(node, kEndSlot) = step(failure[node], kEndSlot);
        for (std::uint8_t symbol = 0; symbol < kLetters; ++symbol) {
            const Node fallen = step(failure[node], symbol);
            Node& next = step(node, symbol);
            if (next == 0) {
                next = fallen;
            } else {
                failure[next] = fallen;
                queue.push_back(next);
            }
        }
    }
}

PhraseHits PhraseScanner::scan(std::string_view text) const {
    PhraseHits hits;
    const Node* row = m_steps.data();
    std::uint32_t at = 0;
    readWords(text, [&](std::uint8_t symbol, std::size_t place) {
        row = m_steps.data() + row[symbol] * kSymbols;
        ++at;
        if (const Node end = row[kEndSlot]; end != 0) {
            const End& found = m_ends[end];
            const std::size_t textEnd = symbol == kSpaceSymbol ? place : place + 1;
            hits.add({found.phrase, at - found.length, at, static_cast<std::uint32_t>(textEnd), found.letters});
        }
        return true;
    });
    return hits;
}

}  // namespace fusebox::errors
