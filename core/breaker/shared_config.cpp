#include <fusebox/breaker/shared_config.h>

#include <fusebox/base/mutex.h>
#include <fusebox/breaker/config_change.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace fusebox::breaker {

namespace {

constexpr std::size_t kMostKnown = 64;

struct Known {
    base::Mutex mutex;
    std::vector<std::weak_ptr<const SharedConfig>> configs FUSEBOX_GUARDED_BY(mutex);  ///< newest last
};

// One for the process: it holds nothing alive, and breakers that know nothing of each other may share.
Known& known() {
    static Known all;
    return all;
}

}  // namespace

SharedConfig::SharedConfig(CircuitBreakerConfig config)
    : m_config(std::move(config)), m_errorRules(std::make_shared<const ErrorRules>(m_config)) {}

std::shared_ptr<const SharedConfig> SharedConfig::of(CircuitBreakerConfig config) {
    Known& all = known();
    const base::Lock lock(all.mutex);
    for (auto at = all.configs.rbegin(); at != all.configs.rend(); ++at) {
        if (auto shared = at->lock(); shared && shared->config() == config) {
            return shared;
        }
    }
    auto fresh = std::make_shared<const SharedConfig>(std::move(config));
    std::erase_if(all.configs, [](const auto& old) { return old.expired(); });
    if (all.configs.size() == kMostKnown) {
        all.configs.erase(all.configs.begin());
    }
    all.configs.push_back(fresh);
    return fresh;
}

std::shared_ptr<const domain::ConfigSheet> SharedConfig::sheet() const {
    std::call_once(m_once, [this] {
        m_sheet = std::make_shared<const domain::ConfigSheet>(
            domain::ConfigSheet{m_config.entries(), nearestPreset(m_config)});
    });
    return m_sheet;
}

}  // namespace fusebox::breaker
