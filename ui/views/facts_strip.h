#pragma once
// One line of facts below the breaker's name: what the last command did to its calls, how failing calls are answered, hold, ramp, calls in flight, limit, what it
// would have refused, preset.
// A fact that does not apply takes no room; one that does keeps the width it once had, so that the line does not dance.
// Threads: GUI thread only.

#include <fusebox/domain/handling_standing.h>
#include <fusebox/models/breaker_facts.h>

#include <QWidget>

namespace fusebox::views {

class FactChip;

class FactsStrip : public QWidget {
    Q_OBJECT
public:
    explicit FactsStrip(QWidget* parent = nullptr);

    /// `handling`: how its calls are answered; nullptr: nobody handles them. `proof`: see models::ProofBook.
    void apply(const domain::Snapshot& snapshot, const domain::HandlingStanding* handling = nullptr,
               models::Fact proof = {});
    /// Another breaker comes, or none.
    void clear();

private:
    FactChip* m_proof;
    FactChip* m_serving;
    FactChip* m_hold;
    FactChip* m_ramp;
    FactChip* m_inFlight;
    FactChip* m_limit;
    FactChip* m_wouldRefuse;
    FactChip* m_preset;
    models::BreakerFacts m_facts;
};

}  // namespace fusebox::views
