#pragma once
// One option in the editor: name, field, a button to take the live value back, and beside it what it is for, or what is
// wrong with what was typed.
// Threads: GUI thread only.

#include <fusebox/models/config_draft.h>

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace fusebox::format {
class SafeLabel;
}

namespace fusebox::views {

class ConfigRow : public QWidget {
    Q_OBJECT
public:
    explicit ConfigRow(const models::DraftOption& option, int nameWidth);

    /// Follows the draft; what is being typed is not touched.
    void show(const models::DraftOption& option);
    /// Whether a word of the filter occurs in name or help.
    [[nodiscard]] bool matches(const QString& words) const;

    [[nodiscard]] bool isChanged() const { return m_shown.changed; }
    [[nodiscard]] QWidget* field() const;

signals:
    void typed(const QString& text);
    void reverted();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* makeField();
    [[nodiscard]] QString note() const;
    void tint();

    models::DraftOption m_shown;
    QLabel* m_name;
    QLineEdit* m_line = nullptr;
    QComboBox* m_choice = nullptr;
    QToolButton* m_revert;
    format::SafeLabel* m_note;
};

}  // namespace fusebox::views
