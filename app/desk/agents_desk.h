#pragma once
// The agents that the window attaches: where they are is remembered in the settings, their tokens in the keyring.
// Threads: GUI thread only; a test of a connection runs on a thread of its own.
// Lifetime: wiring and settings outlive it; the destructor ends a test that is under way.

#include <fusebox/desk/token_keyring.h>
#include <fusebox/sources/agent_address.h>
#include <fusebox/views/agents_control.h>
#include <fusebox/wiring/wiring.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <thread>

class QSettings;

namespace fusebox::desk {

class AgentsDesk final : public views::AgentsControl {
    Q_OBJECT
public:
    AgentsDesk(wiring::Wiring& wiring, QSettings& settings, TokenKeyring::Backing backing);
    ~AgentsDesk() override;

    /// Attaches those that are to be connected at the start.
    void attachSaved();
    /// Attaches the agent of this user whose state directory this is, unless it is saved under a name of its own. Does
    /// nothing where there is none.
    void attachLocal(const std::filesystem::path& stateDir);
    /// For this run alone, as the command line says. Errors: as attach().
    [[nodiscard]] QString attachOnce(const views::AgentPlace& place);

    [[nodiscard]] QList<views::AgentPlace> saved() const override;
    [[nodiscard]] views::AgentPlace found() const override { return m_found; }
    [[nodiscard]] QString attach(const views::AgentPlace& place, const QString& former) override;
    void forget(const QString& name) override;
    void retryNow(const QString& name) override;
    void check(const views::AgentPlace& place) override;
    [[nodiscard]] QString tokenNote() const override { return m_keyring.note(); }

private:
    /// The address without its token, and the key under which the token is kept.
    struct Prepared {
        sources::AgentAddress address;
        QString key;
    };
    [[nodiscard]] static sources::AgentResult<Prepared> prepared(const views::AgentPlace& place);
    /// Calls `with` once the token is known; gives a trouble at once where a file does not hold it.
    [[nodiscard]] QString withToken(const views::AgentPlace& place, const QString& key, TokenKeyring::Found with);
    [[nodiscard]] QString attachWithToken(const views::AgentPlace& place, const Prepared& made);
    void tryOut(sources::AgentAddress address);
    void save(const QList<views::AgentPlace>& places);

    wiring::Wiring& m_wiring;
    QSettings& m_settings;
    TokenKeyring m_keyring;
    views::AgentPlace m_found;
    std::uint64_t m_check = 0;  ///< the number of the last one
    std::jthread m_trying;
};

}  // namespace fusebox::desk
