#include <fusebox/views/lab_panel.h>
#include <fusebox/views/lab_service_row.h>

#include <fusebox/format/safe_text.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <chrono>

namespace fusebox::views {
namespace {

constexpr int kStoryColumns = 2;

}  // namespace

LabPanel::LabPanel(LabControl& control, QWidget* parent) : QWidget(parent), m_control(control) {
    auto* inner = new QWidget;
    auto* line = new QHBoxLayout(inner);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(makeServices());
    line->addWidget(makeStories(), 1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(inner);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll);
    m_timer.setInterval(std::chrono::milliseconds(500));
    connect(&m_timer, &QTimer::timeout, this, &LabPanel::refresh);
    refresh();
}

QWidget* LabPanel::makeStories() {
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(8, 4, 8, 4);
    column->setSpacing(6);
    auto* title = new QLabel(tr("Play an outage"));
    title->setForegroundRole(QPalette::PlaceholderText);
    auto* healAll = new QPushButton(tr("Heal all"));
    healAll->setToolTip(tr("End the story, take all faults away and set the traffic as at the start"));
    connect(healAll, &QPushButton::clicked, this, [this] {
        m_control.healAll();
        refresh();
    });
    auto* head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(healAll);
    column->addLayout(head);
    auto* buttons = new QGridLayout;
    buttons->setSpacing(4);
    for (const LabStory& story : m_control.stories()) {
        const int place = static_cast<int>(m_storyButtons.size());
        buttons->addWidget(makeStory(story), place / kStoryColumns, place % kStoryColumns);
    }
    column->addLayout(buttons);
    m_caption = new QLabel;
    m_caption->setTextFormat(Qt::PlainText);
    m_caption->setWordWrap(true);
    m_caption->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_caption->setAccessibleName(tr("What happens now"));
    column->addWidget(m_caption, 1);
    return side;
}

QPushButton* LabPanel::makeStory(const LabStory& story) {
    auto* button = new QPushButton(format::SafeText::caption(story.name));
    button->setCheckable(true);
    button->setToolTip(format::SafeText::toolTip(story.description));
    button->setAccessibleDescription(format::SafeText::oneLine(story.description));
    connect(button, &QPushButton::clicked, this, [this, name = story.name](bool play) {
        if (play) {
            m_control.playStory(name);
        } else {
            m_control.stopStory();
        }
        refresh();
    });
    m_storyButtons.emplace_back(story.name, button);
    return button;
}

QWidget* LabPanel::makeServices() {
    auto* inner = new QWidget;
    m_grid = new QGridLayout(inner);
    m_grid->setContentsMargins(8, 0, 8, 6);
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(1);
    const QStringList titles = LabServiceRow::columnTitles();
    for (int column = 0; column < titles.size(); ++column) {
        auto* title = new QLabel;
        title->setTextFormat(Qt::PlainText);
        title->setText(titles.at(column));
        title->setTextFormat(Qt::PlainText);
        title->setForegroundRole(QPalette::PlaceholderText);
        m_grid->addWidget(title, 0, column);
    }
    return inner;
}

void LabPanel::refresh() {
    const std::vector<LabService> services = m_control.services();
    for (std::size_t i = 0; i < services.size(); ++i) {
        if (i < m_rows.size()) {
            m_rows[i]->show(services[i]);
        } else {
            addService(services[i]);
        }
    }
    const std::optional<LabScene> scene = m_control.scene();
    for (const auto& [name, button] : m_storyButtons) button->setChecked(scene && scene->story == name);
    QString caption = scene ? format::SafeText::oneLine(scene->caption) : QString();
    if (scene && scene->left) caption += tr("  (%1 s left)").arg(scene->left->count());
    m_caption->setText(caption);
}

void LabPanel::addService(const LabService& service) {
    const int line = static_cast<int>(m_rows.size()) + 1;
    m_rows.push_back(new LabServiceRow(m_control, service, *m_grid, line));
    m_grid->setRowStretch(line, 0);
    m_grid->setRowStretch(line + 1, 1);
}

void LabPanel::showEvent(QShowEvent* event) {
    refresh();
    m_timer.start();
    QWidget::showEvent(event);
}

void LabPanel::hideEvent(QHideEvent* event) {
    m_timer.stop();
    QWidget::hideEvent(event);
}

}  // namespace fusebox::views
