#include <fusebox/ctl/order_command.h>

#include <fusebox/ctl/order.h>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace fusebox::ctl {

namespace {

using domain::CommandKind;

constexpr const char* kCodes =
    "\nExit codes: 0 applied; 1 refused or failed; 2 wrong arguments; 3 no agent was reached, nothing was sent; "
    "4 not allowed;\n5 sent, and what became of it is not known: it may be sent again with the same --id.\n"
    "Of several breakers the highest.";

using Arguments = std::shared_ptr<OrderArguments>;

/// What all of them take.
CLI::App* addOrder(CLI::App& app, const Arguments& arguments, CommandKind kind, ExitCode& exit, std::string name,
                   std::string what, const std::string& examples) {
    CLI::App* command = app.add_subcommand(std::move(name), std::move(what));
    command->add_option("--reason", arguments->reason, "why; asked for on a terminal, else needed")->type_name("TEXT");
    command->add_option("--id", arguments->id, "of the command: the same id is never carried out twice")
        ->type_name("ID");
    command->add_option("--wait", arguments->patience, "for the answer at most so long")
        ->capture_default_str()
        ->type_name("SPAN");
    command->add_flag("--json", arguments->json, "what became of it as JSON, one line a breaker");
    addConnectionOptions(*command, arguments->connection);
    command->footer("Examples:\n" + examples + kCodes);
    command->callback([arguments, kind, &exit] { exit = carryOut(kind, *arguments); });
    return command;
}

/// What those take that are for some breakers. `before`: options whose places come before the breakers'.
void addAim(CLI::App& command, const Arguments& arguments) {
    command.add_option("BREAKER", arguments->breakers, "one or more");
    command.add_option("--group", arguments->group, "all breakers of a group instead")->type_name("NAME");
    command
        .add_option("--revision", arguments->revision,
                    "as show tells it: refuse the command if somebody else acted since")
        ->type_name("N");
    command.add_flag("--yes,-y", arguments->yes, "do not ask, however many breakers are meant");
}

void addHold(CLI::App& app, ExitCode& exit) {
    const auto arguments = std::make_shared<OrderArguments>();
    CLI::App* command = addOrder(app, arguments, CommandKind::hold, exit, "hold",
                                 "Lay a hold on breakers; it ends by itself after 30 minutes, or --for",
                                 "  fuseboxctl hold orders --for 15m --reason 'database moves, CHG-17'\n"
                                 "  fuseboxctl hold orders --mode force-closed --reason 'false alarm'   (admins)\n");
    addAim(*command, arguments);
    command->add_option("--mode", arguments->mode, "force-open, force-closed, metrics-only or disabled")
        ->capture_default_str()
        ->type_name("MODE");
    command->add_option("--for", arguments->duration, "how long, such as 15m or 2h")->type_name("SPAN");
}

void addRelease(CLI::App& app, ExitCode& exit) {
    const auto arguments = std::make_shared<OrderArguments>();
    CLI::App* command =
        addOrder(app, arguments, CommandKind::release, exit, "release", "Take your holds off breakers",
                 "  fuseboxctl release orders --reason 'the database is back'\n"
                 "  fuseboxctl release orders --hold 3 --reason 'ann is on leave'   (another's: admins)\n");
    addAim(*command, arguments);
    command->add_option("--hold", arguments->hold, "this hold, by the number that show tells")->type_name("N");
}

void addTrip(CLI::App& app, ExitCode& exit) {
    const auto arguments = std::make_shared<OrderArguments>();
    CLI::App* command =
        addOrder(app, arguments, CommandKind::trip, exit, "trip", "Open breakers; their automata go on from there",
                 "  fuseboxctl trip orders --reason 'it returns wrong prices'\n"
                 "  fuseboxctl trip --group payments --for 10m --reason 'bank is down'\n");
    addAim(*command, arguments);
    command->add_option("--for", arguments->duration, "how long it waits before it probes")->type_name("SPAN");
}

void addAction(CLI::App& app, ExitCode& exit) {
    const auto arguments = std::make_shared<OrderArguments>();
    CLI::App* command = addOrder(app, arguments, CommandKind::action, exit, "action", "Run a recovery action",
                                 "  fuseboxctl action restart-service search --reason 'it hangs'\n"
                                 "  fuseboxctl actions                     what can be run, and what came of it\n");
    command
        ->add_option("ACTION", arguments->action,
                     "restart-service, clear-cache, reset-connection, switch-endpoint, reduce-load, alert-admin")
        ->required();
    addAim(*command, arguments);
}

}  // namespace

void addOrderCommands(CLI::App& app, ExitCode& exit) {
    addTrip(app, exit);
    const auto reset = std::make_shared<OrderArguments>();
    addAim(*addOrder(app, reset, CommandKind::reset, exit, "reset", "Close breakers and begin their counts anew",
                     "  fuseboxctl reset orders --reason 'fixed by deployment 4711'\n"),
           reset);
    addHold(app, exit);
    addRelease(app, exit);
    const auto probe = std::make_shared<OrderArguments>();
    addAim(*addOrder(app, probe, CommandKind::probe, exit, "probe", "Let OPEN breakers probe now",
                     "  fuseboxctl probe orders --reason 'the network is back'\n"),
           probe);
    addAction(app, exit);
    addOrder(app, std::make_shared<OrderArguments>(), CommandKind::stopActions, exit, "stop-actions",
             "The emergency stop: no recovery action starts by itself",
             "  fuseboxctl stop-actions --reason 'they make it worse'\n");
    addOrder(app, std::make_shared<OrderArguments>(), CommandKind::resumeActions, exit, "resume-actions",
             "End the emergency stop", "  fuseboxctl resume-actions --reason 'understood and fixed'\n");
}

}  // namespace fusebox::ctl
