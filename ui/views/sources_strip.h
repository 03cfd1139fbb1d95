#pragma once
// One chip for each agent that is watched: its name and how it stands, its clock where it is off. Hidden while there are
// none. A click opens what can be done with it.
// Threads: GUI thread only.
// Lifetime: models and control outlive it.

#include <fusebox/domain/source_standing.h>
#include <fusebox/views/agents_control.h>
#include <fusebox/views/live_models.h>

#include <QFrame>

#include <vector>

class QHBoxLayout;
class QToolButton;

namespace fusebox::views {

class SourcesStrip : public QFrame {
    Q_OBJECT
public:
    SourcesStrip(LiveModels& models, AgentsControl& control, QWidget* parent = nullptr);

    [[nodiscard]] QList<QToolButton*> chips() const { return m_chips; }

    /// "shop", "shop  STALE", "shop  reconnecting in 0:03", "shop  clock +4.2 s"
    [[nodiscard]] static QString textOf(const domain::SourceStanding& standing);
    /// All that is known of it, line by line.
    [[nodiscard]] static QString detailOf(const domain::SourceStanding& standing);

signals:
    /// Its place is to be changed.
    void changeWanted(const QString& agent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void showChip(QToolButton& chip, const domain::SourceStanding& standing);
    QToolButton* addChip();
    void fillMenu(QToolButton& chip);

    LiveModels& m_models;
    AgentsControl& m_control;
    QHBoxLayout* m_line;
    QList<QToolButton*> m_chips;
    std::vector<domain::SourceStanding> m_shown;
};

}  // namespace fusebox::views
