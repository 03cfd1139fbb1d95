#include <fusebox/journal/latency_blob.h>

#include <cstdint>
#include <optional>

namespace fusebox::journal {

namespace {

/// Seven bits to a byte, the lowest first; the highest bit says that more follow.
void putNumber(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) {
        out += static_cast<char>((value & 0x7fU) | 0x80U);
    }
    out += static_cast<char>(value);
}

std::optional<std::uint64_t> takeNumber(std::string_view& bytes) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if (byte < 0x80) {
            return value;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string blobOf(const latency::Histogram& histogram) {
    std::string blob;
    if (histogram.count() == 0) {
        return blob;
    }
    putNumber(blob, static_cast<std::uint64_t>(histogram.scale().precision()));
    std::size_t before = 0;
    histogram.forEachCell([&](std::size_t cell, std::uint64_t count) {
        putNumber(blob, cell - before);
        putNumber(blob, count);
        before = cell;
    });
    return blob;
}

void addBlob(latency::Histogram& sum, std::string_view blob) {
    const auto precision = takeNumber(blob);
    if (!precision || *precision > static_cast<std::uint64_t>(latency::Precision::fine)) {
        return;
    }
    const latency::Scale scale(static_cast<latency::Precision>(*precision));
    const bool isSame = scale == sum.scale();
    std::uint64_t cell = 0;
    while (!blob.empty()) {
        const auto step = takeNumber(blob);
        const auto count = takeNumber(blob);
        if (!step || !count || *step >= scale.cells() || cell + *step >= scale.cells()) {
            return;
        }
        cell += *step;
        sum.add(isSame ? cell : sum.scale().cellOf(scale.valueOf(cell)), *count);
    }
}

}  // namespace fusebox::journal
