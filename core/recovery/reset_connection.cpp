#include <fusebox/recovery/reset_connection.h>

#include <fmt/format.h>

namespace fusebox::recovery {

std::string ResetConnection::effect() const {
    return fmt::format(
        "Drops the kept connections to {} and its known addresses; the next call looks it up and connects anew.",
        m_adapter->target());
}

ActionResult ResetConnection::run(const Occasion&, std::stop_token, const Progress&) {
    m_adapter->resetConnections();
    return {domain::RecoveryResult::succeeded, "Its connections and known addresses are dropped.", {}};
}

}  // namespace fusebox::recovery
