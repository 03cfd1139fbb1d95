#pragma once
// Steers the lab: makes single services ill, sets their traffic, and plays short outage stories.
// Threads: GUI thread only.
// Lifetime: the LabControl outlives the panel.

#include <fusebox/views/lab_control.h>

#include <QTimer>
#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace fusebox::views {

class LabServiceRow;

class LabPanel : public QWidget {
    Q_OBJECT
public:
    explicit LabPanel(LabControl& control, QWidget* parent = nullptr);

    /// Reads what is in force now; also runs twice a second while the panel is seen.
    void refresh();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeStories();
    QPushButton* makeStory(const LabStory& story);
    QWidget* makeServices();
    void addService(const LabService& service);

    LabControl& m_control;
    QGridLayout* m_grid = nullptr;
    QLabel* m_caption = nullptr;
    QPushButton* m_stop = nullptr;
    std::vector<std::pair<std::string, QPushButton*>> m_storyButtons;
    std::vector<LabServiceRow*> m_rows;
    QTimer m_timer;
};

}  // namespace fusebox::views
