#pragma once
// The buttons that turn the window's pages; always in sight.
// Threads: GUI thread only.

#include <fusebox/shell/window_pages.h>

#include <QWidget>

class QButtonGroup;

namespace fusebox::shell {

class PageSwitch : public QWidget {
    Q_OBJECT
public:
    explicit PageSwitch(QWidget* parent = nullptr);

    void setPage(Page page);
    /// "Errors (3)": how many things on the page want to be looked at; 0: none.
    void setCount(Page page, int count);

signals:
    void chosen(fusebox::shell::Page page);

private:
    QButtonGroup* m_buttons;
};

}  // namespace fusebox::shell
