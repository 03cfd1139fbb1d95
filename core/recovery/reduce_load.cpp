#include <fusebox/recovery/reduce_load.h>

#include <fmt/format.h>

namespace fusebox::recovery {

std::string ReduceLoad::effect() const {
    return fmt::format("Lets at most {:g} % of the calls pass at once that may now; it grows back as calls succeed.",
                       m_share * 100);
}

ActionResult ReduceLoad::run(const Occasion&, std::stop_token, const Progress&) {
    const auto limit = m_breaker->reduceLoad(m_share);
    if (!limit) return failedBecause(limit.error().text());
    return {domain::RecoveryResult::succeeded,
            fmt::format("At most {} {} may be in flight now.", *limit, *limit == 1 ? "call" : "calls"),
            {}};
}

}  // namespace fusebox::recovery
