// fusebox: the desktop console.

#include <fusebox/config/load.h>
#include <fusebox/config/state_place.h>
#include <fusebox/console/console.h>
#include <fusebox/console/options.h>
#include <fusebox/console/quit_on_signal.h>
#include <fusebox/console/start_trouble.h>

#include <QApplication>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>
#include <exception>
#include <filesystem>

namespace fusebox::console {
namespace {

constexpr int kCannotStart = 1;
constexpr int kBadConfiguration = 2;

// Pictures are taken on build machines, too, where there is no display.
void allowScreenshotsWithoutDisplay() {
    const bool hasDisplay = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (!hasDisplay && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
}

wiring::JournalPlan journalPlan(const config::JournalSettings& settings, const std::filesystem::path& folder) {
    if (!settings.enabled) return std::nullopt;
    journal::JournalSettings plan;
    plan.file = settings.file.empty() ? (folder / "journal.db").string() : settings.file;
    plan.retention.eventAge = settings.age;
    plan.retention.bytes = settings.size;
    return plan;
}

/// False when one that the command line names cannot be used.
bool attachAgents(Console& console, const Options& options) {
    for (const ConnectOption& agent : options.connect) {
        views::AgentPlace place;
        place.name = QString::fromStdString(agent.name);
        place.url = QString::fromStdString(agent.url);
        place.tokenFile = QString::fromStdString(agent.tokenFile);
        place.caFile = QString::fromStdString(agent.caFile);
        place.fingerprint = QString::fromStdString(agent.fingerprint);
        const QString whyNot = console.agents().attachOnce(place);
        if (!whyNot.isEmpty()) {
            tellStartTrouble("an agent cannot be attached", agent.url + ": " + whyNot.toStdString());
            return false;
        }
    }
    console.agents().attachSaved();
    // Where the person has named what to watch, or pictures are taken, nothing else comes in by itself.
    const auto place = config::agentStateDir();
    if (place && options.connect.empty() && !options.screenshots) {
        console.agents().attachLocal(*place);
    }
    return true;
}

int runWindow(wiring::Wiring& wiring, const Options& options) {
    const QString source = options.config            ? QFileInfo(QString::fromStdString(*options.config)).fileName()
                           : wiring.lab() != nullptr ? QObject::tr("Built-in lab")
                                                     : QObject::tr("Agents");
    // Pictures show the layout as designed and leave the person's own settings alone.
    const QTemporaryDir scratch;
    QSettings own;
    QSettings none(scratch.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    Console console(
        wiring, options.screenshots ? none : own, source,
        options.screenshots ? desk::TokenKeyring::Backing::sessionOnly : desk::TokenKeyring::Backing::system);
    if (!attachAgents(console, options)) return kBadConfiguration;
    QuitOnSignal quit;
    QObject::connect(&quit, &QuitOnSignal::asked, &console.window(), &QWidget::close);
    QObject::connect(&quit, &QuitOnSignal::asked, qApp, &QCoreApplication::quit);
    if (options.screenshots) {
        console.takeScreenshots(QString::fromStdString(*options.screenshots));
    } else {
        console.show();
    }
    wiring.start();
    const int code = QApplication::exec();
    wiring.stop();
    return code;
}

int run(int argc, char** argv, const Options& options) {
    if (options.screenshots) allowScreenshotsWithoutDisplay();
    const QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Fusebox"));
    QCoreApplication::setApplicationName(QStringLiteral("fusebox"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FUSEBOX_VERSION));
    config::Settings settings;
    if (options.config) {
        config::Loaded loaded = config::load(*options.config, config::overlaysFromEnvironment(options.profile));
        if (!loaded) {
            tellStartTrouble("the configuration cannot be used", config::textOf(loaded.error()));
            return kBadConfiguration;
        }
        settings = std::move(*loaded);
    }
    // Pictures leave nothing behind; the lab is a new world each time, and its journal goes with it.
    const bool isKept = options.config && !options.screenshots;
    const auto place = isKept ? config::stateDir() : std::nullopt;
    const QTemporaryDir passing;
    const auto journal = journalPlan(isKept ? settings.journal : config::JournalSettings{},
                                     place ? *place : std::filesystem::path(passing.path().toStdString()));
    const bool isLab = !options.config && (options.lab || options.connect.empty());
    auto wiring = isLab ? wiring::Wiring::withLab(wiring::LabOpening::tour, journal)
                        : wiring::Wiring::withSettings(settings, journal);
    if (!wiring) {
        tellStartTrouble("cannot start", wiring.error().text());
        return kCannotStart;
    }
    if (place) {
        (*wiring)->keepState(*place, options.fresh ? wiring::StateStart::fresh : wiring::StateStart::restored);
    }
    return runWindow(**wiring, options);
}

}  // namespace
}  // namespace fusebox::console

int main(int argc, char** argv) {
    try {
        const auto parsed = fusebox::console::parseCommandLine(argc, argv);
        if (const auto* exit = std::get_if<fusebox::console::Exit>(&parsed)) return exit->code;
        return fusebox::console::run(argc, argv, std::get<fusebox::console::Options>(parsed));
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "fusebox: ended by an error: %s\n", problem.what());
        return 1;
    }
}
