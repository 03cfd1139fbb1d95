#include <fusebox/shell/menu_corner.h>

#include <QCoreApplication>
#include <QResizeEvent>

namespace fusebox::shell {

bool MenuCorner::event(QEvent* event) {
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest && parentWidget() != nullptr) {
        const QSize same = parentWidget()->size();
        QCoreApplication::postEvent(parentWidget(), new QResizeEvent(same, same));
    }
    return done;
}

}  // namespace fusebox::shell
