#pragma once
// The mark that says that these are the lab's services and not real ones. A click brings the lab panel up.

#include <QAbstractButton>

namespace fusebox::shell {

class LabBadge : public QAbstractButton {
    Q_OBJECT
public:
    explicit LabBadge(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QFont badgeFont() const;
};

}  // namespace fusebox::shell
