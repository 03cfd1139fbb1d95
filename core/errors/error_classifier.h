#pragma once
// Tells what kind of trouble an error is: users' rules first, then what its code means in its code system, then the types along the
// cause chain, the codes that the texts mention and the phrases in them. Codes that say little (500, HY000, -1) yield to the rest.
// What speaks equally for several: RATE_LIMIT before AUTHENTICATION before DATA_VALIDATION before TRANSIENT before PERMANENT.
// Threads: immutable once built; any thread may ask. Build it once: its tables take milliseconds and about 1 MB.
// Errors: none; it looks at any bytes. Limits: kMostText bytes of a message (pieces.h), kMostCauses causes.

#include <fusebox/errors/classification.h>
#include <fusebox/errors/classifier_rule.h>
#include <fusebox/errors/code_book.h>
#include <fusebox/errors/code_mentions.h>
#include <fusebox/errors/phrase_scanner.h>
#include <fusebox/errors/phrases.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace fusebox::errors {

inline constexpr std::size_t kMostCauses = 8;

class Scoreboard;

class ErrorClassifier {
public:
    explicit ErrorClassifier(std::vector<ClassifierRule> rules = {});

    /// An error that has a category keeps it, unless a rule says otherwise.
    [[nodiscard]] Classification classify(const domain::Error& error) const;

private:
    ErrorClassifier(std::vector<ClassifierRule> rules, PhraseList phrases);

    enum class Place : std::uint8_t { name, text };

    void readCode(const domain::Error& error, double depth, Scoreboard& board) const;
    void readType(const domain::Error& error, Scoreboard& board) const;
    void readMessage(const domain::Error& error, Scoreboard& board) const;
    [[nodiscard]] std::optional<Meaning> meaningOf(const CodeMention& mention) const;
    void readMentions(std::string_view text, Scoreboard& board) const;
    static void readDelay(std::string_view text, const PhraseHit& hit, Scoreboard& board);
    void readPhrases(std::string_view text, Place place, Scoreboard& board) const;

    std::vector<ClassifierRule> m_rules;
    CodeBook m_codes;
    std::vector<Phrase> m_phrases;
    PhraseScanner m_scanner;
};

}  // namespace fusebox::errors
