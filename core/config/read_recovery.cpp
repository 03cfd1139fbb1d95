#include <fusebox/config/read_recovery.h>

#include <fusebox/base/text.h>
#include <fusebox/config/secret.h>
#include <fusebox/recovery/restart_service.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fusebox::config {

namespace {

using domain::ActionMode;
using domain::Category;
using domain::RecoveryAction;
using Folder = std::filesystem::path;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::array kModes{ActionMode::manual, ActionMode::proposed, ActionMode::automatic};
constexpr std::string_view kArgumentsAllowed =
    "a list of arguments such as [\"/usr/bin/systemctl\", \"restart\", \"shop\"]; no shell reads it";

std::vector<std::string_view> actionWords() {
    std::vector<std::string_view> words;
    for (const RecoveryAction action : domain::kRecoveryActions) words.push_back(domain::toWord(action));
    words.erase(words.begin());  // NONE is no action
    return words;
}

std::vector<std::string> readTexts(TableReader& in, std::string_view key, std::string_view allowed) {
    std::vector<std::string> texts;
    const toml::node* given = in.node(key);
    if (given == nullptr) return texts;
    const toml::array* list = given->as_array();
    if (list == nullptr || list->empty()) {
        in.refuse(key, *given, allowed);
        return texts;
    }
    for (const toml::node& node : *list) {
        if (!node.is_string()) in.refuse(key, node, allowed);
        texts.push_back(node.value_or(std::string()));
    }
    return texts;
}

bool hasNul(const std::string& text) {
    return text.find('\0') != std::string::npos;
}

std::map<std::string, std::string> readEnvironment(TableReader& in) {
    std::map<std::string, std::string> variables;
    const toml::table* table = in.table("environment");
    if (table == nullptr) return variables;
    for (const auto& [name, value] : *table) {
        const auto* text = value.as_string();
        if (text == nullptr || name.str().empty() || name.str().find('=') != std::string_view::npos ||
            hasNul(text->get())) {
            in.refuse("environment", value, "names with texts, such as { LANG = \"C\" }");
        } else {
            variables.emplace(name.str(), text->get());
        }
    }
    return variables;
}

recovery::Program readCommand(TableReader& in, const Folder& folder) {
    recovery::Program program;
    program.arguments = readTexts(in, "command", kArgumentsAllowed);
    const bool isTooLong = program.arguments.size() > kMostArguments ||
                           std::any_of(program.arguments.begin(), program.arguments.end(),
                                       [](const std::string& one) { return one.size() > kLongestArgument; });
    const bool isBroken = std::any_of(program.arguments.begin(), program.arguments.end(), hasNul);
    if (isTooLong || isBroken) {
        in.complain("command", fmt::format("is too long or holds a NUL; allowed: up to {} arguments of {} bytes",
                                           kMostArguments, kLongestArgument));
    }
    if (!program.arguments.empty()) {
        std::string& name = program.arguments.front();
        if (name.empty()) in.complain("command", "names no program");
        if (name.find('/') != std::string::npos) name = (folder / name).string();
    }
    program.folder = (folder / in.text("folder").value_or(".")).lexically_normal().string();
    program.environment = readEnvironment(in);
    return program;
}

std::optional<recovery::Program> readProgram(TableReader& in, const Folder& folder) {
    const auto unit = in.text("unit");
    const auto scope = in.choice("unit_scope", {"system", "user"}).value_or(0);
    recovery::Program command = readCommand(in, folder);
    if (in.has("unit") == in.has("command")) {
        in.complain(in.has("unit") ? "command" : "kind",
                    in.has("unit") ? "cannot stand beside unit; allowed: one of them"
                                   : "RESTART_SERVICE needs unit = \"NAME.service\", or command = [\"PROGRAM\", ...]");
        return std::nullopt;
    }
    if (!unit) return command;
    auto program = recovery::restartOfUnit(*unit, scope == 0 ? recovery::UnitScope::system : recovery::UnitScope::user);
    if (program) return *program;
    in.refuse("unit", *in.node("unit"), "the name of a systemd unit, such as \"shop.service\"");
    return std::nullopt;
}

std::vector<Category> readCauses(TableReader& in, RecoveryAction action) {
    constexpr std::string_view kAllowed = "a list of categories such as [\"TRANSIENT\", \"UNKNOWN\"]";
    const std::vector<std::string> words = readTexts(in, "on", kAllowed);
    if (words.empty()) return recovery::usualCauses(action);
    std::vector<Category> causes;
    for (const std::string& word : words) {
        if (const auto category = domain::categoryFromWord(word)) {
            causes.push_back(*category);
        } else {
            in.complain("on", fmt::format("names {}, which is no category; allowed: TRANSIENT, PERMANENT, RATE_LIMIT, "
                                          "AUTHENTICATION, DATA_VALIDATION, UNKNOWN",
                                          inQuotes(word)));
        }
    }
    return causes;
}

recovery::ActionLimits readLimits(TableReader& in) {
    recovery::ActionLimits limits;
    limits.timeout = in.duration("timeout", milliseconds(100), hours(1)).value_or(limits.timeout);
    limits.coolDown = in.duration("cool_down", seconds(0), hours(24)).value_or(limits.coolDown);
    limits.budgetPerHour =
        static_cast<std::uint32_t>(in.whole("budget_per_hour", 1, 60).value_or(limits.budgetPerHour));
    limits.verdictWithin = in.duration("verdict_within", seconds(1), hours(1)).value_or(limits.verdictWithin);
    return limits;
}

void readOwnKeys(TableReader& in, const Folder& folder, Backups backups, ActionSettings& settings) {
    switch (settings.action) {
        case RecoveryAction::restartService:
            settings.program = readProgram(in, folder);
            break;
        case RecoveryAction::reduceLoad:
            settings.share = in.number("share", 0.01, 0.99).value_or(settings.share);
            break;
        case RecoveryAction::switchEndpoint:
            settings.returning.checkPause =
                in.duration("check_pause", milliseconds(100), hours(1)).value_or(settings.returning.checkPause);
            settings.returning.goodToReturn = static_cast<std::uint32_t>(
                in.whole("good_to_return", 1, 1000).value_or(settings.returning.goodToReturn));
            if (backups == Backups::none) {
                in.complain("kind", "SWITCH_ENDPOINT needs backup_urls = [\"...\"] at its dependency");
            }
            break;
        default:
            break;
    }
}

ActionSettings readAction(const toml::table& table, const std::string& scope, Backups backups, const Folder& folder,
                          Notes& notes) {
    TableReader in(table, scope + "action: ", notes);
    ActionSettings settings;
    settings.line = table.source().begin.line;
    settings.mode = kModes.at(in.choice("mode", {"manual", "proposed", "automatic"}).value_or(0));
    settings.limits = readLimits(in);
    settings.errorText = in.text("error_contains").value_or("");
    const auto kind = in.choice("kind", actionWords(), Need::required);
    if (!kind) return settings;  // which further keys are known depends on it
    settings.action = domain::kRecoveryActions.at(*kind + 1);
    settings.causes = readCauses(in, settings.action);
    readOwnKeys(in, folder, backups, settings);
    if (settings.mode != ActionMode::manual && settings.causes.empty() && !in.has("on")) {
        in.complain("mode", fmt::format("is {}, which needs on = [\"CATEGORY\", ...]: what calls for {}",
                                        domain::toWord(settings.mode), domain::toWord(settings.action)));
    }
    in.finish();
    return settings;
}

bool isLabelName(std::string_view name) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !name.empty() && isLetter(name.front()) &&
           std::all_of(name.begin(), name.end(), [&](char c) { return isLetter(c) || (c >= '0' && c <= '9'); });
}

std::map<std::string, std::string> readLabels(TableReader& in) {
    std::map<std::string, std::string> labels;
    const toml::table* table = in.table("labels");
    if (table == nullptr) return labels;
    for (const auto& [name, value] : *table) {
        const auto* text = value.as_string();
        const bool isOurs = name.str() == "alertname" || name.str() == "breaker" || name.str() == "category";
        if (text == nullptr || !isLabelName(name.str()) || isOurs) {
            in.refuse("labels", value,
                      "names of letters, digits and _ with texts, such as { team = \"shop\" }; not alertname, "
                      "breaker, category");
        } else {
            labels.emplace(name.str(), text->get());
        }
    }
    return labels;
}

void checkUrl(TableReader& in, std::string_view key, const adapters::HttpSettings& settings) {
    static const base::SteadyClock clock;
    const auto adapter = adapters::HttpAdapter::create(settings, clock);
    if (!adapter) in.complain(key, adapter.error().text());
}

std::optional<adapters::HttpSettings> readAlertmanager(TableReader& in, const Folder& folder) {
    std::optional<adapters::HttpSettings> server(std::in_place);
    const auto url = in.text("alertmanager_url");
    server->user = in.text("user").value_or("");
    server->password = readSecret(in, kPassword, folder).value_or("");
    server->bearerToken = readSecret(in, kBearerToken, folder).value_or("");
    const auto caFile = in.text("ca_file");
    if (caFile && !caFile->empty()) server->caFile = (folder / *caFile).string();
    if (!url) return std::nullopt;
    server->url = *url;
    checkUrl(in, "alertmanager_url", *server);
    return server;
}

/// Its URL is often a secret by itself.
std::optional<adapters::HttpSettings> readWebhook(TableReader& in, const Folder& folder) {
    constexpr SecretKeys kWebhookUrl{"webhook", "webhook_url_file", "webhook_url_env"};
    const auto plain = in.text("webhook_url");
    const auto secret = readSecret(in, kWebhookUrl, folder);
    if (plain && secret) in.complain("webhook_url", "stands twice; allowed: one of its forms");
    if (!plain && !secret) return std::nullopt;
    std::optional<adapters::HttpSettings> hook(std::in_place);
    hook->url = plain ? *plain : *secret;
    checkUrl(in, plain ? "webhook_url" : (in.has("webhook_url_env") ? "webhook_url_env" : "webhook_url_file"), *hook);
    return hook;
}

}  // namespace

std::vector<ActionSettings> readActions(TableReader& dependency, const std::string& scope, Backups backups,
                                        const Folder& folder, Notes& notes) {
    std::vector<ActionSettings> actions;
    const toml::node* given = dependency.node("action");
    if (given == nullptr) return actions;
    const toml::array* tables = given->as_array();
    if (tables == nullptr || tables->empty() || !tables->is_array_of_tables()) {
        dependency.refuse("action", *given, "one [[dependency.action]] (two brackets) for each");
        return actions;
    }
    for (const toml::node& node : *tables) {
        ActionSettings next = readAction(*node.as_table(), scope, backups, folder, notes);
        const auto twin = std::find_if(actions.begin(), actions.end(),
                                       [&](const ActionSettings& one) { return one.action == next.action; });
        if (twin != actions.end() && next.action != RecoveryAction::none) {
            notes.add(node.source(), scope + "action",
                      fmt::format("{} stands twice; the first is in line {}", domain::toWord(next.action), twin->line));
        }
        actions.push_back(std::move(next));
    }
    return actions;
}

recovery::AlertSettings readAlert(const toml::table& table, const Folder& folder, Notes& notes) {
    TableReader in(table, "alert: ", notes);
    recovery::AlertSettings alerts;
    alerts.alertmanager = readAlertmanager(in, folder);
    alerts.webhook = readWebhook(in, folder);
    if (const auto timeout = in.duration("total_timeout", milliseconds(1), hours(1))) {
        for (auto* place : {&alerts.alertmanager, &alerts.webhook}) {
            if (*place) (*place)->limits.totalTimeout = *timeout;
        }
    }
    alerts.labels = readLabels(in);
    alerts.repeatAfter = in.duration("repeat_after", seconds(10), hours(24)).value_or(alerts.repeatAfter);
    in.finish();
    return alerts;
}

void addUsualActions(std::vector<ActionSettings>& actions, Backups backups, const recovery::AlertSettings& alerts) {
    const auto add = [&](RecoveryAction action, ActionMode mode, std::vector<Category> causes) {
        const bool isThere = std::any_of(actions.begin(), actions.end(),
                                         [&](const ActionSettings& one) { return one.action == action; });
        if (isThere) return;
        ActionSettings settings;
        settings.action = action;
        settings.mode = mode;
        settings.causes = std::move(causes);
        actions.push_back(std::move(settings));
    };
    if (backups == Backups::some) {
        add(RecoveryAction::switchEndpoint, ActionMode::proposed,
            {Category::transient, Category::permanent, Category::unknown});
    }
    add(RecoveryAction::resetConnection, ActionMode::manual, {});
    add(RecoveryAction::reduceLoad, ActionMode::proposed, recovery::usualCauses(RecoveryAction::reduceLoad));
    add(RecoveryAction::alertAdmin, alerts.leadsAnywhere() ? ActionMode::automatic : ActionMode::manual,
        recovery::usualCauses(RecoveryAction::alertAdmin));
}

}  // namespace fusebox::config
