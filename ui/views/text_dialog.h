#pragma once
// Shows a longer text whole, as plain text that can be selected and copied. Deletes itself when it is closed.

#include <QDialog>

namespace fusebox::views {

class TextDialog : public QDialog {
    Q_OBJECT
public:
    /// REQUIRES: foreign parts of the text were made safe.
    TextDialog(const QString& title, const QString& text, QWidget* parent);
};

}  // namespace fusebox::views
