#include <fusebox/console/console.h>

#include <fusebox/desk/history_stores.h>
#include <fusebox/desk/lab_desk.h>

#include <QApplication>

#include <utility>

namespace fusebox::console {
namespace {

std::unique_ptr<views::LabControl> labOf(wiring::Wiring& wiring) {
    return wiring.lab() == nullptr ? nullptr : std::make_unique<desk::LabDesk>(*wiring.lab());
}

std::unique_ptr<feed::HistoryFeed> historyOf(wiring::Wiring& wiring) {
    journal::Journal* kept = wiring.journal();
    if (kept == nullptr) return nullptr;
    return std::make_unique<feed::HistoryFeed>(desk::historyStoreOf(wiring)({}),
                                               [kept](journal::Note note) { kept->putNote(std::move(note)); });
}

views::HistoryParts partsOf(feed::HistoryFeed* history, wiring::Wiring& wiring) {
    journal::Journal* kept = wiring.journal();
    if (kept == nullptr) return {};
    return {history, [kept] { return kept->health().text; }, desk::historyStoreOf(wiring)};
}

}  // namespace

Console::Console(wiring::Wiring& wiring, QSettings& settings, const QString& source, desk::TokenKeyring::Backing tokens)
    : m_lab(labOf(wiring)),
      m_agents(wiring, settings, tokens),
      m_feed(std::make_shared<feed::FrameFeed>(wiring.clock())),
      m_desk(wiring.clock(), intent::systemUser(),
             [&wiring](domain::Command command) { wiring.submit(std::move(command)); }),
      m_models(m_desk),
      m_appearance(settings),
      m_history(historyOf(wiring)) {
    m_window = std::make_unique<shell::MainWindow>(shell::WindowParts{
        m_models, m_appearance, settings, m_lab.get(), source, &m_agents, partsOf(m_history.get(), wiring)});
    QObject::connect(m_feed.get(), &feed::FrameFeed::frameReady, &m_models, &views::LiveModels::apply);
    QObject::connect(m_feed.get(), &feed::FrameFeed::stale, m_window.get(), &shell::MainWindow::setStale);
    wiring.addSink(m_feed);
    m_feed->start();
}

Console::~Console() = default;

void Console::show() {
    m_window->show();
}

void Console::takeScreenshots(const QString& directory) {
    m_screenshots = std::make_unique<shell::ScreenshotRun>(*m_window, m_models, m_appearance, directory);
    QObject::connect(m_screenshots.get(), &shell::ScreenshotRun::finished, qApp, &QCoreApplication::exit);
    m_screenshots->start(m_lab.get());
}

}  // namespace fusebox::console
