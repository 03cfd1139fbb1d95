#include <fusebox/views/choice_box.h>

#include <QComboBox>

namespace fusebox::views {

QComboBox* makeChoiceBox(const QString& name, const QStringList& entries, int width) {
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->addItems(entries);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setFixedWidth(width);
    box->setMaxVisibleItems(24);
    return box;
}

}  // namespace fusebox::views
