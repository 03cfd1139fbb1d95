#pragma once
// Asks for a note about a moment: what, about which breaker, and whether it stands on the bands of states.
// Threads: GUI thread only.
// Lifetime: it deletes itself when it is closed.

#include <fusebox/journal/query.h>

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QPushButton;

namespace fusebox::views {

class NoteDialog : public QDialog {
    Q_OBJECT
public:
    /// `breaker`: offered beside all breakers; may be empty.
    NoteDialog(base::WallTime at, const domain::BreakerId& breaker, QString actor, QWidget* parent = nullptr);

signals:
    void written(const fusebox::journal::Note& note);

private:
    void write();

    const domain::BreakerId m_breaker;
    const QString m_actor;
    QLineEdit* m_text;
    QDateTimeEdit* m_at;
    QComboBox* m_about;
    QCheckBox* m_pinned;
    QPushButton* m_confirm;
};

}  // namespace fusebox::views
