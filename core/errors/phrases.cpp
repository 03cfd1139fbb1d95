#include <fusebox/errors/phrases.h>

#include <algorithm>

namespace fusebox::errors {

namespace {

template <typename Take>
void eachPhrase(std::string_view list, Take&& take) {
    while (!list.empty()) {
        const std::size_t length = std::min(list.find('|'), list.size());
        std::string_view phrase = list.substr(0, length);
        while (phrase.starts_with(' ')) phrase.remove_prefix(1);
        while (phrase.ends_with(' ')) phrase.remove_suffix(1);
        if (!phrase.empty()) take(phrase);
        list.remove_prefix(std::min(length + 1, list.size()));
    }
}

}  // namespace

PhraseList allPhrases() {
    PhraseList all;
    const auto add = [&](std::string_view text, Phrase phrase) {
        all.texts.push_back(text);
        all.phrases.push_back(phrase);
    };
    for (const auto& lines : {transientPhrases(), permanentPhrases(), dataValidationPhrases(), authenticationPhrases(),
                              rateLimitPhrases()}) {
        for (const PhraseLine& line : lines) {
            eachPhrase(line.phrases, [&](std::string_view text) {
                add(text, {line.category, line.inNames, line.inText, false});
            });
        }
    }
    eachPhrase(delayPhrases(), [&](std::string_view text) {
        const auto known = std::find(all.texts.begin(), all.texts.end(), text);
        if (known != all.texts.end()) {
            all.phrases[static_cast<std::size_t>(known - all.texts.begin())].announcesDelay = true;
        } else {
            add(text, {domain::Category::transient, 0, 4, true});
        }
    });
    return all;
}

}  // namespace fusebox::errors
