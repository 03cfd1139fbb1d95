#pragma once
// Asks where an agent is and how it is to be trusted, tries the connection, and attaches it.
// Threads: GUI thread only. Closes itself; deletes itself when closed.
// Lifetime: the control outlives it.

#include <fusebox/views/agents_control.h>

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace fusebox::views {

class AttachDialog : public QDialog {
    Q_OBJECT
public:
    /// `known`: one that is saved and is to be changed; else a new one is asked for.
    AttachDialog(AgentsControl& control, const AgentPlace& known, QWidget* parent = nullptr);

    [[nodiscard]] AgentPlace place() const;
    [[nodiscard]] QLineEdit& name() { return *m_name; }
    [[nodiscard]] QLineEdit& url() { return *m_url; }
    [[nodiscard]] QLineEdit& token() { return *m_token; }
    [[nodiscard]] QLineEdit& fingerprint() { return *m_fingerprint; }
    [[nodiscard]] QPushButton& testButton() { return *m_test; }
    [[nodiscard]] QPushButton& attachButton() { return *m_attach; }
    [[nodiscard]] QPushButton& trustButton() { return *m_trust; }
    /// What the test or the attaching said.
    [[nodiscard]] QString said() const;

public slots:
    void accept() override;

private:
    void addTexts(QFormLayout& form);
    void addFiles(QFormLayout& form);
    void addAnswer();
    [[nodiscard]] QLineEdit* addLine(QFormLayout& form, const QString& label, const QString& hint);
    [[nodiscard]] QLineEdit* addFile(QFormLayout& form, const QString& label, const QString& hint);
    void fill(const AgentPlace& place);
    void showSaved(int index);
    void test();
    void onChecked(const ConnectionCheck& check);
    void trustShown();
    void say(const QString& text, bool isBad);
    void enableButtons();

    AgentsControl& m_control;
    QString m_former;  ///< the name of the saved one that is changed
    QList<AgentPlace> m_savedPlaces;
    QComboBox* m_saved = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_url = nullptr;
    QLineEdit* m_token = nullptr;
    QLineEdit* m_tokenFile = nullptr;
    QLineEdit* m_caFile = nullptr;
    QLineEdit* m_fingerprint = nullptr;
    QCheckBox* m_atStart = nullptr;
    QLabel* m_note = nullptr;
    QPlainTextEdit* m_answer = nullptr;
    QPushButton* m_trust = nullptr;
    QPushButton* m_test = nullptr;
    QPushButton* m_attach = nullptr;
    QString m_shownFingerprint;
};

}  // namespace fusebox::views
