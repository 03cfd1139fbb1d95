// The console as somebody gets it who starts it with a configuration file or attaches an agent: real calls, the real window, no display.
// What is read here is what stands in the window; what is done is done by mouse and keys.
// Lifetime: close(), also by the destructor, ends all of it.
#pragma once

#include <fusebox/config/settings.h>
#include <fusebox/console/console.h>
#include <fusebox/domain/state.h>
#include <fusebox/models/fleet_model.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/views/agents_control.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/widgets/diagram_content.h>
#include <fusebox/wiring/wiring.h>

#include <QSettings>
#include <QString>
#include <QStringList>
#include <QTest>

#include <memory>
#include <optional>
#include <string>

namespace fusebox::e2e {

class ShownServices {
public:
    // Reads the text as a configuration file that lies in the folder. trouble() tells when it could not.
    ShownServices(const support::TempDir& folder, const std::string& toml);
    // Guards nothing itself and watches this agent.
    ShownServices(const support::TempDir& folder, const views::AgentPlace& agent);
    ~ShownServices();
    ShownServices(const ShownServices&) = delete;
    ShownServices& operator=(const ShownServices&) = delete;

    [[nodiscard]] const std::string& trouble() const { return m_trouble; }
    [[nodiscard]] shell::MainWindow& window() const { return m_console->window(); }
    void close();

    // The table of breakers.
    [[nodiscard]] QString cell(const QString& breaker, models::FleetModel::Column column) const;
    [[nodiscard]] bool isClosedAndBusy(const QString& breaker) const;
    [[nodiscard]] domain::Totals totals(const QString& breaker) const;
    // Clicks on the breaker's row.
    void lookAt(const QString& breaker);

    // The detail of the breaker that is looked at.
    [[nodiscard]] std::optional<widgets::DiagramContent> diagram() const;
    [[nodiscard]] bool diagramLights(domain::State state) const;
    // Brings the list of this name to the front, as a click on its tab does; nullptr when there is none.
    [[nodiscard]] views::PlainTable* openList(const QString& name);
    // What became of the last command on this breaker, in the words of its head.
    [[nodiscard]] QString errand() const;

    // Whether a row of the table holds all these texts, in whatever columns; line ends stand between the cells.
    [[nodiscard]] static bool hasRow(const views::PlainTable& table, const QStringList& texts);
    [[nodiscard]] bool hasEvent(const QStringList& texts) const;

    // Presses the button of that name in the head of the detail; the dialog that it opens, or nullptr.
    [[nodiscard]] views::CommandDialog* press(const QString& button);
    // Types the reason into the dialog and presses the button that acts.
    static void confirm(views::CommandDialog& dialog, const QString& reason);

    // For messages: the row, the diagram, the newest events.
    [[nodiscard]] std::string describe(const QString& breaker) const;

private:
    explicit ShownServices(const support::TempDir& folder);
    void begin(const config::Settings& settings, const views::AgentPlace* agent);
    [[nodiscard]] const models::FleetModel& fleet() const;
    [[nodiscard]] int rowOf(const QString& breaker) const;

    const std::string m_journal;
    QSettings m_settings;
    std::unique_ptr<wiring::Wiring> m_wiring;
    std::unique_ptr<console::Console> m_console;
    std::string m_trouble;
};

// Whether it comes to be seen in time, on a machine that has much else to do.
template <typename Predicate>
bool soon(Predicate isSo) {
    return QTest::qWaitFor(isSo, 30'000);
}

}  // namespace fusebox::e2e
