#pragma once
// What the state diagram says of a snapshot, as plain values: the words are decided here, the drawing elsewhere.

#include <fusebox/domain/snapshot.h>

#include <QString>

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace fusebox::widgets {

enum class DiagramNode { closed, halfOpen, open };
inline constexpr std::array kDiagramNodes{DiagramNode::closed, DiagramNode::halfOpen, DiagramNode::open};

/// The arrows, named by what takes the automaton along them.
enum class DiagramArrow { trip, waitOver, probeFailed, probesSucceeded, reset };
inline constexpr std::size_t kDiagramArrowCount = 5;

/// How one probe of a half-open breaker stands.
enum class ProbeMark { open, inFlight, succeeded, failed };

struct ArrowContent {
    QString label;
    bool possible = false;  ///< the automaton may take it from where it is
    bool operator==(const ArrowContent&) const = default;
};

struct DiagramContent {
    QString name;
    std::optional<DiagramNode> ruling;      ///< the node that is lit; none while the state is not known
    std::optional<DiagramNode> underneath;  ///< where the automaton stands below a hold that says otherwise
    domain::State state = domain::State::unknown;
    std::optional<domain::HoldMode> heldAs;

    QString figure;                 ///< inside the lit node: "0:07", "1/2", "62 %"
    QString figureCaption;          ///< below the figure: "to probe", "successes", "failing"
    std::optional<double> ring;     ///< 0..1 around the lit node
    std::vector<ProbeMark> probes;  ///< segments of the ring instead, one per probe

    std::array<ArrowContent, kDiagramArrowCount> arrows;
    QString headline;  ///< what happens to calls now
    QString sentence;  ///< what happens next, and what it takes
    QString banner;    ///< the hold that rules: who, why, how long; empty without one

    [[nodiscard]] const ArrowContent& arrow(DiagramArrow which) const {
        return arrows[static_cast<std::size_t>(which)];
    }
    [[nodiscard]] ArrowContent& arrow(DiagramArrow which) { return arrows[static_cast<std::size_t>(which)]; }
    bool operator==(const DiagramContent&) const = default;
};

/// The node of an automaton's state; none while the state is not known.
[[nodiscard]] std::optional<DiagramNode> nodeOf(domain::State state);

[[nodiscard]] domain::State stateOf(DiagramNode node);
/// Where an arrow leads.
[[nodiscard]] DiagramNode targetOf(DiagramArrow arrow);

[[nodiscard]] DiagramContent describe(const domain::Snapshot& snapshot);

}  // namespace fusebox::widgets
