#pragma once
// A small horizontal bar from empty to full.
// Threads: GUI thread.

#include <QWidget>

namespace fusebox::widgets {

/// What being full means.
enum class GaugeSense { progress, load };

class Gauge : public QWidget {
    Q_OBJECT

public:
    explicit Gauge(GaugeSense sense, QWidget* parent = nullptr);

    /// REQUIRES: 0 <= share <= 1.
    void setShare(double share);
    [[nodiscard]] double share() const { return m_share; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const GaugeSense m_sense;
    double m_share = 0;
};

}  // namespace fusebox::widgets
