// Attaching agents, and how they stand: the dialog and the strip.
#include <fusebox/support/test_case.h>
#include <fusebox/views/attach_dialog.h>
#include <fusebox/views/fleet_cells.h>
#include <fusebox/views/sources_strip.h>

#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>

#include "stage.h"

namespace fusebox::views {
namespace {

using domain::SourceState;
using namespace std::chrono_literals;

class FakeAgents final : public AgentsControl {
public:
    QList<AgentPlace> saved() const override { return places; }
    QString attach(const AgentPlace& place, const QString& former) override {
        attached << place;
        formers << former;
        return objection;
    }
    void forget(const QString& name) override { forgotten << name; }
    void retryNow(const QString& name) override { retried << name; }
    void check(const AgentPlace& place) override { tried << place; }
    QString tokenNote() const override { return QStringLiteral("The token is kept for this session only."); }

    QList<AgentPlace> places;
    QList<AgentPlace> attached;
    QList<AgentPlace> tried;
    QStringList formers;
    QStringList forgotten;
    QStringList retried;
    QString objection;
};

domain::SourceStanding standing(SourceState state, const std::string& name = "shop") {
    domain::SourceStanding made;
    made.name = name;
    made.url = "https://shop.example:7420";
    made.state = state;
    made.role = "operator";
    made.actor = "ann";
    return made;
}

// As of an agent that stands so.
void makeRemote(domain::Snapshot& snapshot, const domain::SourceStanding& from) {
    snapshot.from = std::make_shared<const domain::SourceStanding>(from);
    if (from.state != SourceState::connected) snapshot.state = domain::State::stale;
}

intent::Wish wishFor(domain::CommandKind kind) {
    intent::Wish wish;
    wish.kind = kind;
    wish.reason = QStringLiteral("a test of it");
    return wish;
}

}  // namespace

class AgentsTest : public QObject {
    Q_OBJECT

private slots:
    void the_strip_is_hidden_until_there_is_an_agent() {
        Stage stage(2);
        FakeAgents agents;
        SourcesStrip strip(stage.models, agents);
        stage.tick();
        QVERIFY(strip.isHidden());
        stage.fleet.sources = {standing(SourceState::connected), standing(SourceState::bad, "other")};
        stage.tick();
        QVERIFY(!strip.isHidden());
        QCOMPARE(strip.chips().size(), 2);
        stage.fleet.sources.clear();
        stage.tick();
        QVERIFY(strip.isHidden());
    }

    void a_chip_says_how_its_agent_stands() {
        QCOMPARE(SourcesStrip::textOf(standing(SourceState::connected)), QStringLiteral("shop"));
        QCOMPARE(SourcesStrip::textOf(standing(SourceState::stale)), QStringLiteral("shop  STALE"));
        auto gone = standing(SourceState::reconnecting);
        gone.retryIn = 2500ms;
        QCOMPARE(SourcesStrip::textOf(gone), QStringLiteral("shop  STALE, again in 0:03"));
        auto off = standing(SourceState::connected);
        off.clockOffset = -4200ms;
        off.gaps = 1;
        QCOMPARE(SourcesStrip::textOf(off), QStringLiteral("shop  clock \u22124.2 s  1 gap"));
        off.clockOffset = 900ms;
        off.gaps = 0;
        QCOMPARE(SourcesStrip::textOf(off), QStringLiteral("shop"));
        auto viewer = standing(SourceState::connected);
        viewer.role = "viewer";
        QCOMPARE(SourcesStrip::textOf(viewer), QStringLiteral("shop  only looks"));
    }

    void the_names_of_agents_are_no_markup() {
        Stage stage(1);
        FakeAgents agents;
        SourcesStrip strip(stage.models, agents);
        stage.fleet.sources = {standing(SourceState::bad, "<img src='/dev/zero'>&x")};
        stage.fleet.sources.front().why = "<b>bold</b>";
        stage.tick();
        QVERIFY(!strip.chips().front()->toolTip().contains(QStringLiteral("<img")));
        QVERIFY(!strip.chips().front()->toolTip().contains(QStringLiteral("<b>")));
    }

    void a_chips_menu_connects_changes_and_lets_go() {
        Stage stage(1);
        FakeAgents agents;
        SourcesStrip strip(stage.models, agents);
        stage.fleet.sources = {standing(SourceState::reconnecting)};
        stage.tick();
        QString changed;
        connect(&strip, &SourcesStrip::changeWanted, this, [&](const QString& agent) { changed = agent; });
        QMenu* menu = strip.chips().front()->menu();
        emit menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 3);
        for (QAction* action : menu->actions()) action->trigger();
        QCOMPARE(agents.retried, QStringList{QStringLiteral("shop")});
        QCOMPARE(changed, QStringLiteral("shop"));
        QCOMPARE(agents.forgotten, QStringList{QStringLiteral("shop")});
    }

    // Rule R21.
    void a_stale_row_is_hatched_and_its_controls_are_off() {
        Stage stage(3);
        makeRemote(stage.fleet.snapshot(0), standing(SourceState::reconnecting));
        stage.tick();
        FleetCells cells(stage.models.fleet());
        int stale = 0;
        for (int row = 0; row < 3; ++row) stale += cells.isStale(stage.models.fleet().index(row, 0)) ? 1 : 0;
        QCOMPARE(stale, 1);
        const auto can = stage.desk.possible(wishFor(domain::CommandKind::hold), stage.fleet.snapshot(0));
        QVERIFY(!can.enabled);
        QVERIFY(can.whyNot.contains(QStringLiteral("not connected")));
    }

    void what_a_role_forbids_is_off_with_the_reason() {
        Stage stage(1);
        auto from = standing(SourceState::connected);
        makeRemote(stage.fleet.snapshot(0), from);
        QVERIFY(stage.desk.possible(wishFor(domain::CommandKind::hold), stage.fleet.snapshot(0)).enabled);
        auto force = wishFor(domain::CommandKind::hold);
        force.holdMode = domain::HoldMode::forceClosed;
        QVERIFY(stage.desk.possible(force, stage.fleet.snapshot(0)).whyNot.contains(QStringLiteral("role admin")));
        QVERIFY(!stage.desk.possible(wishFor(domain::CommandKind::configure), stage.fleet.snapshot(0)).enabled);
        from.role = "viewer";
        makeRemote(stage.fleet.snapshot(0), from);
        QVERIFY(stage.desk.possible(wishFor(domain::CommandKind::hold), stage.fleet.snapshot(0))
                    .whyNot.contains(QStringLiteral("only allows to look")));
        from.role = "admin";
        makeRemote(stage.fleet.snapshot(0), from);
        QVERIFY(stage.desk.possible(force, stage.fleet.snapshot(0)).enabled);
    }

    void an_own_hold_at_an_agent_is_that_of_the_tokens_owner() {
        Stage stage(1);
        auto from = standing(SourceState::connected);
        from.actor = "token-owner";
        stage.fleet.hold(0, domain::HoldMode::forceOpen, "token-owner", "why");
        makeRemote(stage.fleet.snapshot(0), from);
        QVERIFY(stage.desk.possible(wishFor(domain::CommandKind::release), stage.fleet.snapshot(0)).enabled);
    }

    void the_dialog_gives_what_was_typed_and_closes() {
        FakeAgents agents;
        QPointer<AttachDialog> dialog = new AttachDialog(agents, {});
        dialog->open();
        QVERIFY(!dialog->attachButton().isEnabled());
        QCOMPARE(dialog->token().echoMode(), QLineEdit::Password);
        dialog->url().setText(QStringLiteral(" https://shop.example "));
        dialog->name().setText(QStringLiteral("shop"));
        dialog->token().setText(QStringLiteral("secret-token-1234"));
        QVERIFY(dialog->attachButton().isEnabled());
        dialog->attachButton().click();
        QCOMPARE(agents.attached.size(), 1);
        QCOMPARE(agents.attached.front().url, QStringLiteral("https://shop.example"));
        QCOMPARE(agents.attached.front().token, QStringLiteral("secret-token-1234"));
        QVERIFY(agents.attached.front().atStart);
        QTRY_VERIFY(dialog.isNull());
    }

    void what_speaks_against_it_is_said_in_the_dialog() {
        FakeAgents agents;
        agents.objection = QStringLiteral("The URL must be like https://host:port.");
        AttachDialog* dialog = new AttachDialog(agents, {});
        dialog->open();
        dialog->url().setText(QStringLiteral("ftp://x"));
        dialog->name().setText(QStringLiteral("x"));
        dialog->attachButton().click();
        QCOMPARE(dialog->said(), agents.objection);
        QVERIFY(dialog->isVisible());
        delete dialog;
    }

    // Rule B12: no "accept anyway", only the whole fingerprint to be compared.
    void a_certificate_is_trusted_only_by_its_whole_fingerprint() {
        FakeAgents agents;
        AttachDialog* dialog = new AttachDialog(agents, {});
        dialog->open();
        dialog->url().setText(QStringLiteral("https://shop.example"));
        dialog->testButton().click();
        QCOMPARE(agents.tried.size(), 1);
        QVERIFY(!dialog->testButton().isEnabled());
        QVERIFY(!dialog->trustButton().isVisible());
        const QString fingerprint = QStringList(32, QStringLiteral("AB")).join(QLatin1Char(':'));
        emit agents.checked({false, QStringLiteral("It fails at the step TLS\n") + fingerprint, fingerprint});
        QVERIFY(dialog->testButton().isEnabled());
        QVERIFY(dialog->said().contains(fingerprint));
        QVERIFY(dialog->trustButton().isVisible());
        dialog->trustButton().click();
        QCOMPARE(dialog->fingerprint().text(), fingerprint);
        QCOMPARE(agents.tried.size(), 2);
        emit agents.checked({true, QStringLiteral("It works."), {}});
        QCOMPARE(dialog->said(), QStringLiteral("It works."));
        delete dialog;
    }

    void a_saved_agent_is_changed_in_its_place() {
        FakeAgents agents;
        AgentPlace place;
        place.name = QStringLiteral("shop");
        place.url = QStringLiteral("https://shop.example");
        agents.places << place;
        AttachDialog* dialog = new AttachDialog(agents, place);
        dialog->open();
        QCOMPARE(dialog->place(), place);
        dialog->url().setText(QStringLiteral("https://shop.example:7421"));
        dialog->attachButton().click();
        QCOMPARE(agents.formers, QStringList{QStringLiteral("shop")});
    }
};

FUSEBOX_TEST(AgentsTest)

}  // namespace fusebox::views

#include "agents_test.moc"
