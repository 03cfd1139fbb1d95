#include <fusebox/errors/error_classifier.h>

#include <fusebox/errors/code_mentions.h>
#include <fusebox/errors/code_tables.h>
#include <fusebox/errors/delay.h>
#include <fusebox/errors/pieces.h>
#include <fusebox/errors/scoreboard.h>
#include <fusebox/errors/word_reader.h>

#include <algorithm>
#include <utility>

namespace fusebox::errors {

namespace {

using domain::Category;
using domain::CodeSystem;

constexpr double kCode = 100;
constexpr double kGenericCode = 3;
/// Of two codes along the cause chain the inner one decides.
constexpr double kDeeper = 40;
/// A code that means "unknown" is believed before faint words.
constexpr double kSaysUnknown = 5;
/// Where the code is a class (gRPC's in etcd) and the type the error itself, the type knows better.
constexpr double kTypeInSystem = 140;
constexpr double kKnownType = 30;
constexpr double kGenericType = 5;
constexpr double kMention = 14;
constexpr double kGenericMention = 3.5;
constexpr double kNameFactor = 3;
/// A wrapper knows less than what it wraps.
constexpr double kWrapperShare = 0.6;
/// From this weight on a phrase proves throttling whatever the code says.
constexpr std::uint8_t kProof = 10;
constexpr double kForeignShare = 0.3;

/// "retry after 30" counts seconds, "wait for 3" says nothing.
PlainNumber plainNumberAfter(std::string_view announcement) {
    if (announcement.ends_with("ms")) return PlainNumber::milliseconds;
    return announcement.starts_with('r') || announcement.starts_with('R') ? PlainNumber::seconds : PlainNumber::nothing;
}

/// Systems whose codes stay what they are although the text speaks of throttling: nobody throttles with them.
bool mayHideThrottling(CodeSystem system) {
    switch (system) {
        case CodeSystem::posix:
        case CodeSystem::dns:
        case CodeSystem::tls:
        case CodeSystem::curl:
        case CodeSystem::exitStatus:
        case CodeSystem::sqlState:
        case CodeSystem::sqlite:
            return false;
        default:
            return true;
    }
}

}  // namespace

ErrorClassifier::ErrorClassifier(std::vector<ClassifierRule> rules) : ErrorClassifier(std::move(rules), allPhrases()) {}

ErrorClassifier::ErrorClassifier(std::vector<ClassifierRule> rules, PhraseList phrases)
    : m_rules(std::move(rules)),
      m_codes(allCodeTables()),
      m_phrases(std::move(phrases.phrases)),
      m_scanner(phrases.texts) {}

Classification ErrorClassifier::classify(const domain::Error& error) const {
    Scoreboard board;
    const ClassifierRule* rule = nullptr;
    const domain::Error* own = nullptr;
    const domain::Error* link = &error;
    for (std::size_t depth = 0; link != nullptr && depth < kMostCauses; ++depth, link = link->cause.get()) {
        if (link->retryAfter) board.announce(*link->retryAfter);
        if (const auto delay = delayInAttributes(link->context)) board.announce(*delay);
        for (auto it = m_rules.begin(); rule == nullptr && it != m_rules.end(); ++it) {
            if (it->matches(*link)) rule = &*it;
        }
        if (own == nullptr && link->category && *link->category != Category::unknown) own = link;
        readCode(*link, static_cast<double>(depth), board);
        readType(*link, board);
        readMessage(*link, board);
    }
    Classification found = board.result();
    if (rule != nullptr) {
        found.category = rule->category;
        found.confidence = 1;
        found.evidence = std::string(inWords(rule->category)) + ": rule" +
                         (rule->name.empty() ? std::string() : " '" + quoted(rule->name) + "'");
    } else if (own != nullptr) {
        found.category = *own->category;
        found.confidence = 1;
        found.evidence = std::string(inWords(found.category)) + ": set where the error arose";
    }
    return found;
}

void ErrorClassifier::readCode(const domain::Error& error, double depth, Scoreboard& board) const {
    if (error.code.empty()) return;
    const std::string_view code = error.code;
    Reason reason{Reason::Kind::code, kCode + kDeeper * depth, error.codeSystem, code};
    const auto meaning =
        error.codeSystem == CodeSystem::none ? m_codes.findName(code) : m_codes.find(error.codeSystem, code);
    if (meaning) {
        if (meaning->weight == Weight::generic) reason.points = kGenericCode;
        if (meaning->category == Category::unknown) reason.points = kSaysUnknown;
        board.add(meaning->category, reason);
        if (meaning->weight == Weight::specific && !mayHideThrottling(error.codeSystem)) board.excludeThrottling();
    }
    readPhrases(code.substr(0, kLongestName), Place::name, board);
}

void ErrorClassifier::readType(const domain::Error& error, Scoreboard& board) const {
    const std::string_view type = std::string_view(error.type).substr(0, kLongestName);
    if (type.empty()) return;
    const double share = error.cause ? kWrapperShare : 1;
    Reason reason{Reason::Kind::type, 0, CodeSystem::none, type};
    if (error.codeSystem != CodeSystem::none) {
        if (const auto meaning = m_codes.findType(error.codeSystem, type);
            meaning && meaning->category != Category::unknown) {
            reason.points = meaning->weight == Weight::specific ? kTypeInSystem * share : kGenericCode;
            board.add(meaning->category, reason);
            return;
        }
    }
    const auto meaning = m_codes.findName(type);
    if (meaning && meaning->category == Category::unknown) return;  // known to say nothing
    if (meaning) {
        reason.points = (meaning->weight == Weight::specific ? kKnownType : kGenericType) * share;
        // In a system with codes of its own another system's word for it is a hint only.
        if (error.codeSystem == CodeSystem::none) return board.add(meaning->category, reason);
        reason.points *= kForeignShare;
        board.add(meaning->category, reason);
        if (board.isSettled()) return;
    }
    if (type != error.code) readPhrases(type, Place::name, board);
}

std::optional<Meaning> ErrorClassifier::meaningOf(const CodeMention& mention) const {
    // A first word in capitals is Redis' only if it is one of Redis' words.
    return mention.system == CodeSystem::none || mention.system == CodeSystem::redis
               ? m_codes.findType(mention.system, mention.code)
               : m_codes.find(mention.system, mention.code);
}

void ErrorClassifier::readMessage(const domain::Error& error, Scoreboard& board) const {
    const Pieces pieces = piecesOf(error.message);
    for (const std::string_view piece : {pieces.head, pieces.tail}) {
        if (piece.empty()) continue;
        if (!board.isSettled()) readMentions(piece, board);
        readPhrases(piece, Place::text, board);
    }
}

void ErrorClassifier::readMentions(std::string_view text, Scoreboard& board) const {
    for (const CodeMention& mention : CodeMentions(text)) {
        const auto meaning = meaningOf(mention);
        if (!meaning || meaning->category == Category::unknown) continue;
        const double points = meaning->weight == Weight::specific ? kMention : kGenericMention;
        board.add(meaning->category, {Reason::Kind::mention, points, mention.system, mention.code});
    }
}

void ErrorClassifier::readDelay(std::string_view text, const PhraseHit& hit, Scoreboard& board) {
    const std::string_view announcement = hit.in(text);
    const auto end = static_cast<std::size_t>(announcement.data() - text.data()) + announcement.size();
    if (const auto delay = delayAt(text.substr(end), plainNumberAfter(announcement))) board.announce(*delay);
}

void ErrorClassifier::readPhrases(std::string_view text, Place place, Scoreboard& board) const {
    for (const PhraseHit& hit : m_scanner.scan(text)) {
        const Phrase& phrase = m_phrases[hit.phrase];
        const std::uint8_t weight = place == Place::name ? phrase.inNames : phrase.inText;
        if (weight == 0) continue;
        if (phrase.announcesDelay && board.mayAnnounce()) readDelay(text, hit, board);
        const double points = place == Place::name ? weight * kNameFactor : weight;
        const auto kind = place == Place::name ? Reason::Kind::name : Reason::Kind::text;
        board.add(phrase.category, {kind, points, CodeSystem::none, place == Place::name ? text : hit.in(text)});
        if (phrase.category == Category::rateLimit && weight >= kProof) board.proveThrottling();
    }
}

}  // namespace fusebox::errors
