#include <fusebox/config/nearest.h>

#include <algorithm>
#include <cstddef>

namespace fusebox::config {

namespace {

constexpr std::size_t kLongestWord = 64;

/// Optimal string alignment: insert, remove, replace, swap neighbours.
std::size_t editsBetween(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> edits(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                edits[i][j] = i + j;
                continue;
            }
            const std::size_t replaced = edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            edits[i][j] = std::min({edits[i - 1][j] + 1, edits[i][j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                edits[i][j] = std::min(edits[i][j], edits[i - 2][j - 2] + 1);
            }
        }
    }
    return edits[a.size()][b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
    if (word.empty() || word.size() > kLongestWord) {
        return std::nullopt;
    }
    std::optional<std::string_view> best;
    std::size_t fewest = std::max<std::size_t>(word.size() / 3, 1) + 1;
    for (const std::string_view candidate : candidates) {
        // A forgotten or added part ("expected_status" for "status") is a slip too, however long.
        const bool within =
            word.size() >= 4 && (candidate.find(word) != std::string_view::npos ||
                                 (candidate.size() >= 4 && word.find(candidate) != std::string_view::npos));
        const std::size_t edits = within ? 1 : editsBetween(word, candidate);
        if (edits < fewest) {
            fewest = edits;
            best = candidate;
        }
    }
    return best;
}

}  // namespace fusebox::config
