#include <fusebox/wiring/pattern_keeper.h>

#include <fusebox/base/secret_mask.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/frame.h>

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace fusebox::wiring {

namespace {

bool hasSecret(const std::string& text) {
    return base::withoutSecrets(text) != text;
}

bool hasSecret(const domain::Error& error) {
    std::string all = error.type + "\n" + error.message + "\n" + error.context.component + "\n" +
                      error.context.operation + "\n" + error.context.requestId + "\n" + error.context.user;
    for (const auto& [name, value] : error.context.attributes) all.append("\n").append(name).append("=").append(value);
    return hasSecret(all) || (error.cause != nullptr && hasSecret(*error.cause));
}

void dropSecrets(errors::SavedErrors& saved) {
    std::erase_if(saved.report.patterns, [](const domain::ErrorPattern& pattern) { return hasSecret(pattern.text); });
    for (domain::ErrorPattern& pattern : saved.report.patterns) {
        std::erase_if(pattern.samples, [](const domain::ErrorSample& sample) {
            return sample.error != nullptr && hasSecret(*sample.error);
        });
    }
    std::erase_if(saved.mined.templates, [](const errors::SavedTemplate& one) { return hasSecret(one.text); });
}

}  // namespace

PatternKeeper::PatternKeeper(std::filesystem::path file, std::shared_ptr<sources::ErrorSource> errors,
                             std::shared_ptr<Notices> notices, const base::Clock& clock, Wake wake)
    : m_file(std::move(file)),
      m_errors(std::move(errors)),
      m_notices(std::move(notices)),
      m_clock(clock),
      m_wake(std::move(wake)) {}

void PatternKeeper::restore() {
    const auto content = m_file.read();
    if (!content) {
        m_notices->say(domain::Level::warning, "The patterns of errors are not restored: " + content.error().text());
        return;
    }
    if (!*content) return;
    const auto saved = errors::savedErrorsFromJson(**content);
    if (saved) {
        m_errors->restore(*saved);
        return;
    }
    const auto aside = m_file.putAside();
    m_notices->say(
        domain::Level::warning,
        fmt::format("The patterns of errors are not restored: {}: {}. {}", m_file.path().string(), saved.error().text(),
                    aside ? "It is kept as " + aside->string() : aside.error().text()));
}

void PatternKeeper::accept(const domain::FrameRef& frame) {
    if (frame->errors == nullptr || frame->errors->version == m_taken) return;
    const base::Time now = m_clock.now();
    if (!m_takenAt) m_takenAt = now;
    if (now - *m_takenAt < kPeriod) return;
    m_takenAt = now;
    m_taken = frame->errors->version;
    {
        const base::Lock lock(m_mutex);
        m_waiting = m_errors->save();
    }
    if (m_wake) m_wake(*this);
}

void PatternKeeper::run(std::stop_token) {
    auto waiting = [this] {
        const base::Lock lock(m_mutex);
        return std::exchange(m_waiting, std::nullopt);
    }();
    if (waiting) write(std::move(*waiting));
}

void PatternKeeper::saveLast() {
    write(m_errors->save());
}

void PatternKeeper::write(errors::SavedErrors saved) {
    dropSecrets(saved);
    std::string text = errors::savedErrorsToJson(saved);
    if (text.size() > errors::kLargestSavedErrors) {
        for (domain::ErrorPattern& pattern : saved.report.patterns) pattern.samples.clear();
        text = errors::savedErrorsToJson(saved);
    }
    const base::Lock lock(m_fileMutex);
    if (const auto written = m_file.write(text)) {
        m_failing = false;
    } else if (!std::exchange(m_failing, true)) {
        m_notices->say(domain::Level::warning, "The patterns of errors cannot be saved: " + written.error().text());
    }
}

}  // namespace fusebox::wiring
