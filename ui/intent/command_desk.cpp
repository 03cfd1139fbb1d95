#include <fusebox/intent/command_desk.h>

#include <fusebox/format/safe_text.h>

#include <QUuid>

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace fusebox::intent {

namespace {

constexpr const char* kOrigin = "console";

}  // namespace

CommandDesk::CommandDesk(const base::Clock& clock, QString actor, Submit submit, QObject* parent)
    : QObject(parent), m_clock(clock), m_actor(std::move(actor)), m_submit(std::move(submit)) {
    m_watch.setInterval(std::chrono::milliseconds(500));
    connect(&m_watch, &QTimer::timeout, this, &CommandDesk::expireOverdue);
}

Possibility CommandDesk::possible(const Wish& wish, const domain::Snapshot& snapshot) const {
    return intent::possible(wish, snapshot, m_actor);
}

domain::CommandId CommandDesk::submit(const Wish& wish, const domain::Snapshot& snapshot) {
    domain::Command command;
    command.breaker = snapshot.identity->id;
    command.seenRevision = snapshot.revision;
    return send(wish, std::move(command));
}

domain::CommandId CommandDesk::submit(const Wish& wish, const std::string& group) {
    domain::Command command;
    command.group = group;
    return send(wish, std::move(command));
}

domain::CommandId CommandDesk::submit(const Wish& wish) {
    return send(wish, {});
}

domain::CommandId CommandDesk::send(const Wish& wish, domain::Command command) {
    command.id = domain::CommandId(QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
    command.kind = wish.kind;
    command.actor = m_actor.toStdString();
    command.origin = kOrigin;
    command.reason = wish.reason.trimmed().toStdString();
    command.holdMode = wish.holdMode;
    command.duration = wish.duration;
    command.hold = wish.hold;
    command.options = wish.options;
    command.action = wish.action;
    command.mode = wish.mode;

    const domain::CommandId id = command.id;
    m_errands.push_front(Errand{command, domain::CommandStatus::pending, {}, m_clock.now(), 1});
    forgetOld();
    m_watch.start();
    m_submit(std::move(command));
    emit changed(id);
    return id;
}

bool CommandDesk::tryAgain(const domain::CommandId& id) {
    const auto errand = errandOf(id);
    if (errand == m_errands.end() || errand->status != domain::CommandStatus::unknown) return false;
    errand->status = domain::CommandStatus::pending;
    errand->message.clear();
    errand->submitted = m_clock.now();
    ++errand->tries;
    m_watch.start();
    m_submit(errand->command);
    emit changed(id);
    return true;
}

void CommandDesk::apply(const domain::Frame& frame) {
    for (const domain::Event& event : frame.events) {
        if (const auto* report = std::get_if<domain::CommandReport>(&event.body)) settle(*report);
    }
    expireOverdue();
}

void CommandDesk::settle(const domain::CommandReport& report) {
    const auto errand = errandOf(report.command.id);
    if (errand == m_errands.end() || errand->isSettled() || report.status == domain::CommandStatus::pending) return;
    errand->status = report.status;
    errand->message = format::SafeText::oneLine(report.message);
    emit changed(report.command.id);
}

void CommandDesk::expireOverdue() {
    std::vector<domain::CommandId> overdue;
    for (Errand& errand : m_errands) {
        if (errand.status != domain::CommandStatus::pending || m_clock.now() - errand.submitted < kDeadline) continue;
        errand.status = domain::CommandStatus::unknown;
        errand.message = QStringLiteral("No answer in %1 s. It may still be carried out.").arg(kDeadline.count());
        overdue.push_back(errand.command.id);
    }
    if (pendingCount() == 0) m_watch.stop();
    for (const domain::CommandId& id : overdue) emit changed(id);
}

void CommandDesk::forgetOld() {
    for (auto errand = std::prev(m_errands.end()); m_errands.size() > kRemembered && errand != m_errands.begin();) {
        const auto older = errand--;
        if (older->status != domain::CommandStatus::pending) m_errands.erase(older);
    }
}

std::list<Errand>::iterator CommandDesk::errandOf(const domain::CommandId& id) {
    return std::find_if(m_errands.begin(), m_errands.end(),
                        [&](const Errand& errand) { return errand.command.id == id; });
}

const Errand* CommandDesk::find(const domain::CommandId& id) const {
    const auto found =
        std::find_if(m_errands.begin(), m_errands.end(), [&](const Errand& errand) { return errand.command.id == id; });
    return found == m_errands.end() ? nullptr : &*found;
}

const Errand* CommandDesk::lastFor(const domain::BreakerId& breaker, const std::string& group) const {
    const auto found = std::find_if(m_errands.begin(), m_errands.end(), [&](const Errand& errand) {
        if (!errand.command.group.empty()) return errand.command.group == group;
        return errand.command.breaker == breaker;
    });
    return found == m_errands.end() ? nullptr : &*found;
}

const Errand* CommandDesk::lastFor(const domain::BreakerId& breaker, domain::RecoveryAction action) const {
    const auto found = std::find_if(m_errands.begin(), m_errands.end(), [&](const Errand& errand) {
        const domain::Command& command = errand.command;
        const bool isAbout =
            command.kind == domain::CommandKind::action || command.kind == domain::CommandKind::actionMode;
        return isAbout && command.breaker == breaker && command.action == action;
    });
    return found == m_errands.end() ? nullptr : &*found;
}

const Errand* CommandDesk::lastOf(std::initializer_list<domain::CommandKind> kinds) const {
    const auto found = std::find_if(m_errands.begin(), m_errands.end(), [&](const Errand& errand) {
        return std::find(kinds.begin(), kinds.end(), errand.command.kind) != kinds.end();
    });
    return found == m_errands.end() ? nullptr : &*found;
}

std::size_t CommandDesk::pendingCount() const {
    return static_cast<std::size_t>(std::count_if(m_errands.begin(), m_errands.end(), [](const Errand& errand) {
        return errand.status == domain::CommandStatus::pending;
    }));
}

QString systemUser() {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    const uid_t uid = ::geteuid();
    if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
        return QString::fromLocal8Bit(found->pw_name);
    }
    return QStringLiteral("uid-%1").arg(uid);
}

}  // namespace fusebox::intent
