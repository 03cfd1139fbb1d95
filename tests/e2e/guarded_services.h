// A whole Fusebox without a window: a configuration file, its dependencies guarded and called, the frames at hand.
// Lifetime: stop(), also by the destructor, ends all of it.
#pragma once

#include <fusebox/support/frame_log.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/wiring/wiring.h>

#include <memory>
#include <string>

namespace fusebox::e2e {

class GuardedServices {
public:
    // Reads the text as a configuration file that lies in the folder. trouble() tells when it could not.
    GuardedServices(const support::TempDir& folder, const std::string& toml);

    [[nodiscard]] const std::string& trouble() const { return m_trouble; }
    [[nodiscard]] support::FrameLog& log() { return *m_log; }
    void submit(domain::Command command) { m_wiring->submit(std::move(command)); }
    void stop() { m_wiring.reset(); }

    // True once the breaker is CLOSED and some more calls have succeeded.
    bool becomesHealthy(const std::string& name);
    // True once the breaker's newest error contains the part.
    bool fails(const std::string& name, const std::string& part);
    // For messages: state and newest error.
    [[nodiscard]] std::string describe(const std::string& name) const;

private:
    std::shared_ptr<support::FrameLog> m_log = std::make_shared<support::FrameLog>();
    std::unique_ptr<wiring::Wiring> m_wiring;
    std::string m_trouble;
};

// Breaker and pace for tests: opens after 5 failures in a row, asks again soon.
inline constexpr const char* kQuick = R"(
[defaults]
interval = "40ms"
connect_timeout = "300ms"
total_timeout = "400ms"
[defaults.breaker]
consecutive_failures_threshold = 5
open_timeout = "300ms"
max_backoff = "600ms"
jitter = "none"
)";

}  // namespace fusebox::e2e
