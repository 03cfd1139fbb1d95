#pragma once
// CLEAR_CACHE: empties whatever cache stands before or behind the dependency, by a callback of its owner.

#include <fusebox/base/result.h>
#include <fusebox/recovery/action.h>

#include <functional>
#include <string>
#include <utility>

namespace fusebox::recovery {

class ClearCache final : public Action {
public:
    /// Empties it and says what was in it: "12 answers".
    using Clear = std::function<base::Result<std::string>()>;

    /// REQUIRES: clear is not empty. `cache` names it for people: "the last good answers".
    ClearCache(std::string cache, Clear clear) : m_cache(std::move(cache)), m_clear(std::move(clear)) {}

    [[nodiscard]] domain::RecoveryAction kind() const override { return domain::RecoveryAction::clearCache; }
    [[nodiscard]] std::string effect() const override { return "Empties " + m_cache + "."; }
    [[nodiscard]] ActionResult run(const Occasion& occasion, std::stop_token stop, const Progress& progress) override;

private:
    const std::string m_cache;
    const Clear m_clear;
};

}  // namespace fusebox::recovery
