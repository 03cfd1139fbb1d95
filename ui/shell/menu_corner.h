#pragma once
// What stands at the right end of the menu bar. A menu bar gives its corner a size once; this one asks again whenever
// what is in it grows or shrinks.
// Threads: GUI thread only.

#include <QWidget>

namespace fusebox::shell {

class MenuCorner : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

protected:
    bool event(QEvent* event) override;
};

}  // namespace fusebox::shell
