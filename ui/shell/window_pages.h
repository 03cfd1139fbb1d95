#pragma once
// The pages in the middle of the window. Each has its own arrangement of panes around it: the breakers are seen with
// detail and events, errors, recovery and history have the window for themselves until a pane is wanted.
// Threads: GUI thread only.
// Lifetime: the window outlives it.

#include <QByteArray>
#include <QStackedWidget>

#include <array>

class QMainWindow;

namespace fusebox::shell {

enum class Page { breakers, errors, recovery, history };

inline constexpr std::array kPages{Page::breakers, Page::errors, Page::recovery, Page::history};

class WindowPages : public QStackedWidget {
    Q_OBJECT
public:
    explicit WindowPages(QMainWindow& window) : m_window(window) {}

    /// REQUIRES: in the order of kPages.
    void add(QWidget* page) { addWidget(page); }

    void turnTo(Page page);
    [[nodiscard]] Page page() const { return m_page; }
    /// Back to the breakers, and no page remembers its panes.
    void reset();

    /// Of the page that is seen: the others must not hold the window open.
    [[nodiscard]] QSize sizeHint() const override { return currentWidget()->sizeHint(); }
    [[nodiscard]] QSize minimumSizeHint() const override { return currentWidget()->minimumSizeHint(); }

signals:
    void pageChanged(fusebox::shell::Page page);

private:
    QMainWindow& m_window;
    Page m_page = Page::breakers;
    std::array<QByteArray, kPages.size()> m_panes;
};

}  // namespace fusebox::shell
