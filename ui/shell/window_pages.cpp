#include <fusebox/shell/window_pages.h>

#include <QDockWidget>
#include <QMainWindow>

namespace fusebox::shell {

void WindowPages::turnTo(Page page) {
    if (page == m_page) return;
    m_panes[static_cast<std::size_t>(m_page)] = m_window.saveState();
    m_page = page;
    const QByteArray& panes = m_panes[static_cast<std::size_t>(page)];
    if (panes.isEmpty()) {
        for (QDockWidget* dock : m_window.findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly)) {
            if (!dock->isFloating()) dock->hide();
        }
    }
    setCurrentIndex(static_cast<int>(page));
    updateGeometry();
    if (!panes.isEmpty()) m_window.restoreState(panes);
    emit pageChanged(page);
}

void WindowPages::reset() {
    turnTo(Page::breakers);
    m_panes.fill({});
}

}  // namespace fusebox::shell
