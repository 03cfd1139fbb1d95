#include <fusebox/views/facts_strip.h>

#include <fusebox/format/serving_text.h>
#include <fusebox/views/fact_chip.h>

#include <QHBoxLayout>

#include <utility>

namespace fusebox::views {
namespace {

constexpr int kGap = 18;

}  // namespace

FactsStrip::FactsStrip(QWidget* parent)
    : QWidget(parent),
      m_proof(new FactChip(tr("What the last command did"), QStringLiteral("check"))),
      m_serving(new FactChip(tr("How failing calls are answered"), QStringLiteral("info"))),
      m_hold(new FactChip(tr("Hold"), QStringLiteral("lock"))),
      m_ramp(new FactChip(tr("Ramp"), {}, widgets::GaugeSense::progress)),
      m_inFlight(new FactChip(tr("Calls in flight"), {})),
      m_limit(new FactChip(tr("Concurrency limit"), {}, widgets::GaugeSense::load)),
      m_wouldRefuse(new FactChip(tr("Would have refused"), {})),
      m_preset(new FactChip(tr("Preset"), QStringLiteral("settings"))) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(kGap);
    for (FactChip* chip : {m_proof, m_serving, m_hold, m_ramp, m_inFlight, m_limit, m_wouldRefuse, m_preset})
        line->addWidget(chip);
    setMinimumHeight(fontMetrics().height() + 2);  // the header keeps its height, whatever is to be said
}

void FactsStrip::apply(const domain::Snapshot& snapshot, const domain::HandlingStanding* handling, models::Fact proof) {
    models::BreakerFacts facts = models::factsOf(snapshot);
    facts.proof = std::move(proof);
    if (handling != nullptr) facts.serving = {format::servingText(*handling), format::servingDetails(*handling)};
    if (facts == m_facts) return;
    m_facts = std::move(facts);
    m_proof->setFact(m_facts.proof);
    m_serving->setFact(m_facts.serving);
    m_hold->setFact(m_facts.hold);
    m_ramp->setFact(m_facts.ramp, m_facts.rampShare);
    m_inFlight->setFact(m_facts.inFlight);
    m_limit->setFact(m_facts.limit, m_facts.limitUse);
    m_wouldRefuse->setFact(m_facts.wouldRefuse);
    m_preset->setFact(m_facts.preset);
}

void FactsStrip::clear() {
    m_facts = {};
    for (FactChip* chip : {m_proof, m_serving, m_hold, m_ramp, m_inFlight, m_limit, m_wouldRefuse, m_preset})
        chip->setFact({});
}

}  // namespace fusebox::views
