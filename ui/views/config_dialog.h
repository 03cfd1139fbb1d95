#pragma once
// Changes the configuration of one breaker, or sets the candidate that runs beside it: all options, checked while they
// are typed, what would change, and a reason. It stays open until the command was applied; when it is refused, nothing
// that was typed is lost. When the live configuration changes meanwhile it says so and keeps what was typed.
// Threads: GUI thread only.
// Lifetime: the models outlive the dialog; it deletes itself when it is closed.

#include <fusebox/models/config_draft.h>
#include <fusebox/models/differences_model.h>
#include <fusebox/views/live_models.h>

#include <QDialog>

#include <optional>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace fusebox::format {
class SafeLabel;
}

namespace fusebox::views {

class ConfigForm;
class PlainTable;

enum class ConfigPurpose { configure, shadow };

class ConfigDialog : public QDialog {
    Q_OBJECT
public:
    /// Begins with the live configuration and these options on top. REQUIRES: snapshot has identity and detail.
    ConfigDialog(LiveModels& models, ConfigPurpose purpose, const domain::Snapshot& snapshot,
                 const std::vector<domain::ConfigEntry>& begin, QWidget* parent = nullptr);

    [[nodiscard]] const domain::BreakerId& breaker() const { return m_breaker; }
    [[nodiscard]] ConfigForm& form() { return *m_form; }
    [[nodiscard]] const models::ConfigDraft& draft() const { return m_draft; }

    /// Asks once more where something would be lost.
    void reject() override;

private:
    enum class Voice { plain, good, bad };

    void addHeading(const domain::Snapshot& snapshot, QVBoxLayout& layout);
    void addSummary(QVBoxLayout& layout);
    void addButtons(QVBoxLayout& layout);
    void onFrame();
    void onEdit();
    void onErrand(const domain::CommandId& id);
    void refresh();
    void submit();
    void say(const QString& text, Voice voice);
    [[nodiscard]] intent::Wish wish() const;
    /// Why it cannot be sent now; empty: it can.
    [[nodiscard]] QString obstacle() const;

    LiveModels& m_models;
    const ConfigPurpose m_purpose;
    const domain::BreakerId m_breaker;
    models::ConfigDraft m_draft;
    std::shared_ptr<const domain::Detail> m_detail;
    models::DifferencesModel m_differences;
    std::optional<domain::CommandId> m_sent;
    bool m_pending = false;
    bool m_lossSaid = false;
    ConfigForm* m_form;
    QLabel* m_summary = nullptr;
    PlainTable* m_table = nullptr;
    QLineEdit* m_reason = nullptr;
    QLabel* m_status = nullptr;
    QPushButton* m_confirm = nullptr;
    QPushButton* m_cancel = nullptr;
};

}  // namespace fusebox::views
