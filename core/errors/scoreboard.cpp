#include <fusebox/errors/scoreboard.h>

#include <algorithm>

namespace fusebox::errors {

namespace {

using domain::Category;

/// Who wins when two have the same points.
constexpr std::array kByRank{Category::rateLimit, Category::authentication, Category::dataValidation,
                             Category::transient, Category::permanent,      Category::unknown};
constexpr double kLeastPoints = 2;
constexpr double kRestShare = 0.25;
constexpr double kMostRest = 0.5;
constexpr double kProofOfThrottling = 130;
constexpr std::size_t kLongestQuote = 60;

std::string_view systemInWords(domain::CodeSystem system) {
    switch (system) {
        case domain::CodeSystem::http:
            return "HTTP";
        case domain::CodeSystem::grpc:
            return "gRPC";
        case domain::CodeSystem::sqlState:
            return "SQLSTATE";
        case domain::CodeSystem::none:
            return "code";
        default:
            return domain::toWord(system);
    }
}

}  // namespace

std::string_view inWords(Category category) {
    switch (category) {
        case Category::transient:
            return "transient";
        case Category::permanent:
            return "permanent";
        case Category::rateLimit:
            return "rate limit";
        case Category::authentication:
            return "authentication";
        case Category::dataValidation:
            return "data validation";
        case Category::unknown:
            break;
    }
    return "unknown";
}

std::string quoted(std::string_view foreign) {
    std::string plain(foreign.substr(0, kLongestQuote));
    for (char& c : plain) {
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = ' ';
    }
    if (foreign.size() > kLongestQuote) plain += "...";
    return plain;
}

void Scoreboard::Side::add(const Reason& reason) {
    if (reason.points > best) {
        rest += best;
        best = reason.points;
    } else {
        rest += reason.points;
    }
    const auto place = std::find_if(reasons.begin(), reasons.begin() + static_cast<std::ptrdiff_t>(count),
                                    [&](const Reason& other) { return other.points < reason.points; });
    const auto index = static_cast<std::size_t>(place - reasons.begin());
    if (index >= reasons.size()) return;
    count = std::min(count + 1, reasons.size());
    for (std::size_t i = count - 1; i > index; --i) reasons[i] = reasons[i - 1];
    reasons[index] = reason;
}

double Scoreboard::Side::points() const {
    return best + std::min(rest * kRestShare, best * kMostRest);
}

void Scoreboard::add(Category category, const Reason& reason) {
    m_sides[static_cast<std::size_t>(category)].add(reason);
    if (reason.kind != Reason::Kind::code) return;
    if (!m_code) m_code = reason;
    m_settled = m_settled || reason.points >= kSettled;
}

void Scoreboard::announce(std::chrono::milliseconds delay) {
    if (!m_delay) m_delay = delay;
}

double Scoreboard::pointsOf(Category category) const {
    const double points = m_sides[static_cast<std::size_t>(category)].points();
    return category == Category::rateLimit && m_throttled && !m_cannotThrottle ? points + kProofOfThrottling : points;
}

void Scoreboard::append(const Reason& reason, std::string& evidence) const {
    const bool isCode = reason.kind == Reason::Kind::code || reason.kind == Reason::Kind::mention;
    if (reason.kind == Reason::Kind::type) evidence += "type '";
    if (reason.kind == Reason::Kind::name) evidence += "name '";
    if (reason.kind == Reason::Kind::text || reason.kind == Reason::Kind::mention) {
        evidence += m_code && m_code->system == domain::CodeSystem::http ? "body '" : "text '";
    }
    if (isCode && !(reason.kind == Reason::Kind::mention && reason.system == domain::CodeSystem::none)) {
        evidence += systemInWords(reason.system);
        evidence += ' ';
    }
    evidence += quoted(reason.what);
    if (reason.kind != Reason::Kind::code) evidence += '\'';
}

/// The strongest reasons, each once; a code that was overruled by proof of throttling goes ahead of them.
std::string Scoreboard::evidenceFor(Category winner) const {
    constexpr std::size_t kUsualLength = 120;
    const Side& side = m_sides[static_cast<std::size_t>(winner)];
    std::string evidence;
    evidence.reserve(kUsualLength);
    evidence += inWords(winner);
    std::string_view joint = ": ";
    const auto appendOnce = [&](const Reason& reason) {
        const std::size_t before = evidence.size();
        evidence += joint;
        append(reason, evidence);
        const std::string_view fresh = std::string_view(evidence).substr(before + joint.size());
        if (std::string_view(evidence).substr(0, before).find(fresh) != std::string_view::npos) {
            evidence.resize(before);
        } else {
            joint = " + ";
        }
    };
    if (winner == Category::rateLimit && m_throttled && m_code) appendOnce(*m_code);
    std::for_each(side.reasons.begin(), side.reasons.begin() + static_cast<std::ptrdiff_t>(side.count), appendOnce);
    if (joint == ": ") evidence += ": nothing that tells";
    return evidence;
}

Classification Scoreboard::result() const {
    Category winner = Category::unknown;
    double most = kLeastPoints;
    double second = 0;
    for (const Category category : kByRank) {
        const double points = pointsOf(category);
        if (points > most) {
            second = winner == Category::unknown ? 0 : most;
            most = points;
            winner = category;
        } else {
            second = std::max(second, points);
        }
    }
    Classification result;
    result.retryAfter = m_delay;
    result.category = winner;
    result.evidence = evidenceFor(winner);
    if (winner == Category::unknown) return result;
    // How much there is, and how far it is ahead of the next best.
    const double amount = most / (most + 8);
    result.confidence = amount * (0.5 + 0.5 * (most - second) / most);
    return result;
}

}  // namespace fusebox::errors
