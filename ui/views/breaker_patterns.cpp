#include <fusebox/views/breaker_patterns.h>

#include <fusebox/views/pattern_table.h>

#include <QVBoxLayout>

namespace fusebox::views {

BreakerPatterns::BreakerPatterns(QWidget* parent) : QWidget(parent) {
    m_table = new PatternTable(m_patterns, PatternTable::Scope::oneBreaker);
    m_table->setToolTip(tr("Enter shows the pattern with its samples"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
    connect(m_table, &PlainTable::rowOpened, this,
            [this](const QModelIndex& index) { emit patternWanted(m_patterns.row(index.row()).pattern->id); });
}

void BreakerPatterns::apply(const domain::Frame& frame, const domain::BreakerId& breaker) {
    if (!isVisible()) return;
    models::PatternFilter filter;
    filter.breaker = breaker;
    m_patterns.setFilter(filter);
    m_patterns.apply(frame.errors, frame.wall);
    m_table->setEmptyText(frame.errors == nullptr ? tr("Nobody looks at the errors of these breakers.")
                                                  : tr("It had no error of late."));
}

}  // namespace fusebox::views
