#pragma once
// How near each trip rule was to firing: one bar per rule with a mark at its limit; the rule that fired stands out.
// Threads: GUI thread.

#include <fusebox/domain/rule_standing.h>

#include <QWidget>

#include <optional>
#include <vector>

namespace fusebox::widgets {

class RuleBars : public QWidget {
    Q_OBJECT

public:
    explicit RuleBars(QWidget* parent = nullptr);

    void setStandings(const std::vector<domain::RuleStanding>& standings, std::optional<domain::TripRule> fired = {});

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int rowHeight() const;
    void paintRow(QPainter& painter, const QRectF& row, const domain::RuleStanding& standing) const;

    std::vector<domain::RuleStanding> m_standings;
    std::optional<domain::TripRule> m_fired;
};

}  // namespace fusebox::widgets
