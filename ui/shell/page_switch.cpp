#include <fusebox/shell/page_switch.h>

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace fusebox::shell {
namespace {

QString nameOf(Page page) {
    switch (page) {
        case Page::breakers:
            return PageSwitch::tr("Breakers");
        case Page::errors:
            return PageSwitch::tr("Errors");
        case Page::recovery:
            return PageSwitch::tr("Recovery");
        case Page::history:
            return PageSwitch::tr("History");
    }
    return {};
}

}  // namespace

PageSwitch::PageSwitch(QWidget* parent) : QWidget(parent), m_buttons(new QButtonGroup(this)) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2);
    setAccessibleName(tr("Pages"));
    for (const Page page : kPages) {
        auto* button = new QToolButton;
        button->setText(nameOf(page));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setObjectName(QStringLiteral("page-") + nameOf(page).toLower());
        button->setFixedHeight(fontMetrics().height() + 4);  // the menu bar must not grow for it
        m_buttons->addButton(button, static_cast<int>(page));
        line->addWidget(button);
    }
    setPage(Page::breakers);
    connect(m_buttons, &QButtonGroup::idClicked, this, [this](int id) { emit chosen(static_cast<Page>(id)); });
}

void PageSwitch::setPage(Page page) {
    m_buttons->button(static_cast<int>(page))->setChecked(true);
}

void PageSwitch::setCount(Page page, int count) {
    const QString text = count == 0 ? nameOf(page) : QStringLiteral("%1 (%2)").arg(nameOf(page)).arg(count);
    QAbstractButton* button = m_buttons->button(static_cast<int>(page));
    if (button->text() != text) button->setText(text);
}

}  // namespace fusebox::shell
