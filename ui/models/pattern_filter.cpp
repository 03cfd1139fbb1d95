#include <fusebox/models/pattern_filter.h>

#include <fusebox/format/words.h>

#include <algorithm>

namespace fusebox::models {

namespace {

bool occursIn(const std::string& text, const QString& word) {
    return QString::fromStdString(text).contains(word, Qt::CaseInsensitive);
}

bool saysWord(const PatternRow& row, const QString& word) {
    const domain::ErrorPattern& pattern = *row.pattern;
    return row.text.contains(word, Qt::CaseInsensitive) ||
           format::word(pattern.category).contains(word, Qt::CaseInsensitive) || occursIn(pattern.component, word) ||
           std::any_of(pattern.breakers.begin(), pattern.breakers.end(),
                       [&](const domain::BreakerShare& share) { return occursIn(share.breaker.value, word); });
}

}  // namespace

bool PatternFilter::passes(const PatternRow& row) const {
    const domain::ErrorPattern& pattern = *row.pattern;
    if (categories.any() && !categories.test(static_cast<std::size_t>(pattern.category))) return false;
    if (least && pattern.severity < *least) return false;
    if (trend && pattern.trend != *trend) return false;
    const auto isMeant = [this](const domain::BreakerShare& share) { return share.breaker == breaker; };
    if (!breaker.value.empty() && std::none_of(pattern.breakers.begin(), pattern.breakers.end(), isMeant)) return false;
    return std::all_of(words.begin(), words.end(), [&row](const QString& word) { return saysWord(row, word); });
}

}  // namespace fusebox::models
