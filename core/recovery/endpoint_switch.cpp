#include <fusebox/recovery/endpoint_switch.h>

#include <utility>

namespace fusebox::recovery {

adapters::CallResult EndpointSwitch::call(std::stop_token stop) {
    const std::size_t endpoint = current();
    adapters::CallResult result = m_endpoints[endpoint]->call(std::move(stop));
    if (endpoint == 0) return result;
    if (result) {
        result->summary += " from the backup";
    } else {
        result.error().context.attributes.emplace_back("endpoint", targetOf(endpoint));
    }
    return result;
}

void EndpointSwitch::resetConnections() {
    for (const auto& endpoint : m_endpoints) endpoint->resetConnections();
}

void EndpointSwitch::switchTo(std::size_t endpoint) {
    m_current.store(endpoint, std::memory_order_relaxed);
    // What was kept to the others would be old when it is wanted again.
    for (std::size_t i = 0; i < m_endpoints.size(); ++i) {
        if (i != endpoint) m_endpoints[i]->resetConnections();
    }
}

adapters::CallResult EndpointSwitch::check(std::size_t endpoint, std::stop_token stop) {
    return m_endpoints.at(endpoint)->call(std::move(stop));
}

}  // namespace fusebox::recovery
