#pragma once
// The breaker's state machine as a picture: three nodes and the arrows between them, each arrow with its condition in
// words. The node that rules is lit and carries the figure that matters now: how near to tripping, the countdown to
// the probe, or the probes done. A hold lies over it as a banner with a lock.
// Threads: GUI thread.
// Time: reads no clock; figures move with the snapshots. A change of state is animated for 1.2 s and only while
// visible.

#include <fusebox/domain/snapshot.h>
#include <fusebox/widgets/diagram_content.h>

#include <QVariantAnimation>
#include <QWidget>

#include <optional>

namespace fusebox::widgets {

class StateDiagram : public QWidget {
    Q_OBJECT

public:
    explicit StateDiagram(QWidget* parent = nullptr);

    void setSnapshot(const domain::Snapshot& snapshot);

    /// Shows that no breaker is chosen.
    void clear();

    /// 1: as designed; 0: no motion, changes show at once (reduced motion, tests, pictures). REQUIRES: scale >= 0.
    void setMotionScale(double scale);

    [[nodiscard]] bool isAnimating() const;
    [[nodiscard]] const std::optional<DiagramContent>& content() const { return m_content; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void animate(std::optional<DiagramNode> before, std::optional<DiagramNode> after, const domain::Snapshot& snapshot);

    std::optional<DiagramContent> m_content;
    domain::BreakerId m_shown;
    QVariantAnimation m_motion;
    double m_motionScale = 1.0;
    DiagramNode m_from = DiagramNode::closed;
    DiagramNode m_to = DiagramNode::closed;
};

}  // namespace fusebox::widgets
