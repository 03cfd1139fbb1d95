#pragma once
// A dependency with a backup: all calls go to the first endpoint, or to one of its backups while it is ill.
// Threads: as DataAdapter; switchTo() from any thread. Calls that run go on where they began.
// Errors: those of a backup say in their context ("endpoint") where they come from.
// Lifetime: as DataAdapter.

#include <fusebox/adapters/data_adapter.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

namespace fusebox::recovery {

class EndpointSwitch final : public adapters::DataAdapter {
public:
    /// REQUIRES: the first endpoint and at least one backup, none null, all of the same kind.
    explicit EndpointSwitch(std::vector<std::unique_ptr<adapters::DataAdapter>> endpoints)
        : m_endpoints(std::move(endpoints)) {}

    [[nodiscard]] std::string_view kind() const noexcept override { return m_endpoints.front()->kind(); }
    /// Of the first endpoint: who a dependency is does not change with who answers for it.
    [[nodiscard]] std::string target() const override { return m_endpoints.front()->target(); }
    [[nodiscard]] adapters::CallResult call(std::stop_token stop) override;
    void resetConnections() override;

    [[nodiscard]] std::size_t count() const { return m_endpoints.size(); }
    /// 0: the first.
    [[nodiscard]] std::size_t current() const { return m_current.load(std::memory_order_relaxed); }
    void switchTo(std::size_t endpoint);
    [[nodiscard]] std::string targetOf(std::size_t endpoint) const { return m_endpoints.at(endpoint)->target(); }

    /// A call to that endpoint for nobody, whoever is current.
    [[nodiscard]] adapters::CallResult check(std::size_t endpoint, std::stop_token stop);

private:
    const std::vector<std::unique_ptr<adapters::DataAdapter>> m_endpoints;
    // relaxed: it stands for itself; a call that reads the old one goes where calls went until now.
    std::atomic<std::size_t> m_current{0};
};

}  // namespace fusebox::recovery
