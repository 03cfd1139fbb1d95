#include <fusebox/errors/template_table.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace fusebox::errors {

namespace {

constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15U;
constexpr std::uint64_t kOther = 0xc2b2ae3d27d4eb4fU;

std::uint64_t spread(std::uint64_t x) {
    x ^= x >> 32U;
    x *= 0xd6e8feb86659fd93U;
    x ^= x >> 32U;
    return x;
}

std::uint64_t word(const char* p) {
    std::uint64_t value = 0;
    std::memcpy(&value, p, sizeof value);
    return value;
}

}  // namespace

std::uint64_t textHash(std::string_view text) {
    const char* p = text.data();
    std::size_t left = text.size();
    // Two lanes, since each step must wait for the one before.
    std::uint64_t a = (left + 1) * kOdd;
    std::uint64_t b = kOdd;
    for (; left >= 2 * sizeof(std::uint64_t); left -= 2 * sizeof(std::uint64_t), p += 2 * sizeof(std::uint64_t)) {
        a = (a ^ word(p)) * kOdd;
        b = (b ^ word(p + sizeof(std::uint64_t))) * kOther;
        a ^= a >> 29U;
        b ^= b >> 31U;
    }
    if (left >= sizeof(std::uint64_t)) {
        a = (a ^ word(p)) * kOdd;
        a ^= a >> 29U;
        left -= sizeof(std::uint64_t);
        p += sizeof(std::uint64_t);
    }
    std::uint64_t last = 0;
    std::memcpy(&last, p, left);
    return spread((spread(a) + b) ^ last * kOther);
}

void TemplateEntry::take(const TemplateEntry& other, std::size_t maxSamples) {
    firstSeen = count == 0 ? other.firstSeen : std::min(firstSeen, other.firstSeen);
    lastSeen = count == 0 ? other.lastSeen : std::max(lastSeen, other.lastSeen);
    count += other.count;
    for (const PatternSample& sample : other.samples) {
        if (samples.size() >= maxSamples) break;
        samples.push_back(sample);
    }
}

TemplateEntry* TemplateTable::find(std::string_view text, std::uint64_t hash) {
    const std::size_t mask = m_cells.size() - 1;
    const auto tag = static_cast<std::uint32_t>(hash >> 32U);
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const Cell cell = m_cells[at];
        if (cell.entry == kFree) return nullptr;
        if (cell.tag == tag && m_entries[cell.entry].text == text) return &m_entries[cell.entry];
    }
}

TemplateEntry& TemplateTable::insert(TemplateEntry entry) {
    if (m_entries.size() * 2 >= m_cells.size()) {
        rehash(m_cells.size() * 2);
    }
    place(entry.hash, static_cast<std::uint32_t>(m_entries.size()));
    return m_entries.emplace_back(std::move(entry));
}

void TemplateTable::place(std::uint64_t hash, std::uint32_t entry) {
    const std::size_t mask = m_cells.size() - 1;
    std::size_t at = hash & mask;
    while (m_cells[at].entry != kFree) {
        at = (at + 1) & mask;
    }
    m_cells[at] = {static_cast<std::uint32_t>(hash >> 32U), entry};
}

void TemplateTable::rehash(std::size_t cells) {
    m_cells.assign(cells, Cell{});
    for (std::uint32_t i = 0; i < m_entries.size(); ++i) {
        place(m_entries[i].hash, i);
    }
}

void TemplateTable::removeIf(const std::function<bool(const TemplateEntry&)>& unwanted) {
    std::erase_if(m_entries, unwanted);
    rehash(m_cells.size());
}

void TemplateTable::clear() {
    m_entries.clear();
    rehash(kFewest);
}

}  // namespace fusebox::errors
