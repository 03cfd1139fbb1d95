#pragma once
// The error patterns of one breaker, the most frequent first: a tab of its detail.
// Threads: GUI thread only.

#include <fusebox/domain/frame.h>
#include <fusebox/models/patterns_model.h>

#include <QWidget>

namespace fusebox::views {

class PatternTable;

class BreakerPatterns : public QWidget {
    Q_OBJECT
public:
    explicit BreakerPatterns(QWidget* parent = nullptr);

    /// Costs nothing while it is hidden; then count() stays as it was.
    void apply(const domain::Frame& frame, const domain::BreakerId& breaker);
    [[nodiscard]] PatternTable& table() { return *m_table; }

signals:
    /// All about this pattern.
    void patternWanted(fusebox::domain::PatternId pattern);

private:
    models::PatternsModel m_patterns;
    PatternTable* m_table;
};

}  // namespace fusebox::views
