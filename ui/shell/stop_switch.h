#pragma once
// The emergency stop of all automatic recovery actions, in sight whatever the page. One press stops; to let them go on a
// reason is asked for. Hidden where there are no recovery actions.
// Threads: GUI thread only.
// Lifetime: the models outlive it.

#include <fusebox/views/live_models.h>

#include <QToolButton>

namespace fusebox::shell {

class StopSwitch : public QToolButton {
    Q_OBJECT
public:
    explicit StopSwitch(views::LiveModels& models, QWidget* parent = nullptr);

    [[nodiscard]] bool isStopped() const { return m_stopped; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void press();
    void askToResume(const QString& lack);
    void send(domain::CommandKind kind, const QString& reason);
    void restyle();

    views::LiveModels& m_models;
    bool m_stopped = false;
};

}  // namespace fusebox::shell
