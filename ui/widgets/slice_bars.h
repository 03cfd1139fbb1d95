#pragma once
// What lay in a window, slice by slice: calls as a column, the failed ones from below, the slow ones as a mark.
// Threads: GUI thread.

#include <fusebox/domain/dossier.h>

#include <QWidget>

#include <cstdint>
#include <vector>

namespace fusebox::widgets {

class SliceBars : public QWidget {
    Q_OBJECT

public:
    explicit SliceBars(QWidget* parent = nullptr);

    void setSlices(const std::vector<domain::WindowSlice>& slices);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF plot() const;
    void paintLegend(QPainter& painter, std::uint64_t most) const;

    std::vector<domain::WindowSlice> m_slices;
};

}  // namespace fusebox::widgets
