#include <fusebox/recovery/alert_admin.h>
#include <fusebox/recovery/kept_output.h>

#include <fmt/format.h>

namespace fusebox::recovery {

namespace {

constexpr std::size_t kLongestError = 2000;

}  // namespace

std::string AlertAdmin::effect() const {
    return fmt::format("Tells {}; the same alert once.", fmt::join(m_channel->places(), ", "));
}

std::string AlertAdmin::whyNot() const {
    return m_channel->places().empty() ? "There is nobody to tell." : "";
}

ActionResult AlertAdmin::run(const Occasion& occasion, std::stop_token stop, const Progress& progress) {
    progress("It tells the people");
    Alert alert;
    alert.breaker = occasion.breaker.value;
    alert.category = domain::toWord(occasion.category);
    alert.summary = fmt::format("{}: {}", occasion.breaker.value, occasion.reason);
    alert.description = legible(std::string_view(occasion.error).substr(0, kLongestError));
    auto sent = m_channel->send(alert, stop);
    if (!sent) return failedBecause(sent.error().text());
    return {domain::RecoveryResult::succeeded, std::move(*sent), {}};
}

}  // namespace fusebox::recovery
