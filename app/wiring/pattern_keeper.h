#pragma once
// Keeps the patterns of errors over a restart of the program: restores them at the start, saves them every half minute
// when something has changed, and at the end.
// Threads: restore() before the collector starts, saveLast() after it has ended; run() on its workers, accept() on its
// frame thread.
// Secrets: what holds one that can be told is not written: such a sample, or a pattern whose own text has it.
// Errors: none keeps the program from running: what went wrong is a notice. A file that cannot be used is put aside.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/collector/sink.h>
#include <fusebox/collector/task.h>
#include <fusebox/sources/error_source.h>
#include <fusebox/wiring/notices.h>
#include <fusebox/wiring/state_file.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace fusebox::wiring {

class PatternKeeper final : public collector::Task, public collector::Sink {
public:
    static constexpr base::Duration kPeriod = std::chrono::seconds(30);
    /// Runs the keeper soon: usually BackgroundCollector::wake().
    using Wake = std::function<void(const collector::Task&)>;

    /// REQUIRES: errors and notices not null; the clock outlives this.
    PatternKeeper(std::filesystem::path file, std::shared_ptr<sources::ErrorSource> errors,
                  std::shared_ptr<Notices> notices, const base::Clock& clock, Wake wake);

    void restore();
    /// On the disk when it returns, unless it says that it is not.
    void saveLast();

    [[nodiscard]] std::string name() const override { return "the keeper of the patterns of errors"; }
    [[nodiscard]] std::optional<base::Duration> nextDelay() override { return std::nullopt; }
    [[nodiscard]] std::uint32_t concurrencyLimit() const override { return 1; }
    void run(std::stop_token stop) override;

    void accept(const domain::FrameRef& frame) override;

private:
    void write(errors::SavedErrors saved);

    const StateFile m_file;
    const std::shared_ptr<sources::ErrorSource> m_errors;
    const std::shared_ptr<Notices> m_notices;
    const base::Clock& m_clock;
    const Wake m_wake;
    std::optional<base::Time> m_takenAt;  ///< on the frame thread, like the next
    std::uint64_t m_taken = 0;            ///< the report's version

    base::Mutex m_mutex;
    std::optional<errors::SavedErrors> m_waiting FUSEBOX_GUARDED_BY(m_mutex);
    base::Mutex m_fileMutex;
    bool m_failing FUSEBOX_GUARDED_BY(m_fileMutex) = false;  ///< one notice for a row of failures
};

}  // namespace fusebox::wiring
