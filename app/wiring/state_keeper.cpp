#include <fusebox/wiring/state_keeper.h>

#include <fusebox/base/log.h>
#include <fusebox/domain/saved_json.h>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fusebox::wiring {

namespace {

/// What changes when something worth saving has happened. The mere passing of time is not: it is counted when restoring.
std::vector<std::uint64_t> marksOf(const std::vector<domain::SavedBreaker>& saved) {
    std::vector<std::uint64_t> marks;
    marks.reserve(saved.size() * 5);
    for (const domain::SavedBreaker& each : saved) {
        std::uint64_t calls = 0;
        std::uint64_t failures = 0;
        for (const domain::WindowSlice& slice : each.slices) {
            calls += slice.calls;
            failures += slice.failures;
        }
        const std::uint64_t idMark = std::hash<std::string>{}(each.id.value);
        marks.insert(marks.end(), {idMark, each.revision, calls, failures, each.failuresInARow});
    }
    return marks;
}

std::string counted(std::size_t count) {
    return count == 1 ? "1 breaker" : fmt::format("{} breakers", count);
}

}  // namespace

StateKeeper::StateKeeper(std::filesystem::path file, std::shared_ptr<breaker::CircuitBreakerManager> breakers,
                         const base::Clock& clock, Wake wake)
    : m_file(std::move(file)), m_breakers(std::move(breakers)), m_clock(clock), m_wake(std::move(wake)) {}

void StateKeeper::restore() {
    auto content = m_file.read();
    if (!content) {
        say(domain::Level::warning, "The state of the last run is not restored: " + content.error().text());
        return;
    }
    if (!*content) {
        return;
    }
    const auto saved = domain::savedFromJson(**content);
    if (!saved) {
        refuseFile(saved.error());
        return;
    }
    base::WallTime savedAt{};
    for (const domain::SavedBreaker& each : *saved) {
        savedAt = std::max(savedAt, each.savedAt);
    }
    tell(m_breakers->restoreAll(*saved), savedAt);
}

void StateKeeper::refuseFile(const base::Trouble& trouble) {
    const auto aside = m_file.putAside();
    say(domain::Level::warning,
        fmt::format("The state of the last run is not restored: {}: {}. {}", m_file.path().string(), trouble.text(),
                    aside ? "It is kept as " + aside->string() : aside.error().text()));
}

void StateKeeper::tell(const breaker::CircuitBreakerManager::Restored& result, base::WallTime savedAt) {
    const double seconds = std::max(std::chrono::duration<double>(m_clock.wallNow() - savedAt).count(), 0.0);
    if (result.restored > 0) {
        say(domain::Level::info, fmt::format("{} {} on as saved {:.3g} s ago", counted(result.restored),
                                             result.restored == 1 ? "goes" : "go", seconds));
    }
    if (result.unknown > 0) {
        say(domain::Level::info,
            fmt::format("The saved state of {} is dropped: not guarded any more", counted(result.unknown)));
    }
    for (const base::Trouble& trouble : result.troubles) {
        say(domain::Level::warning, "A saved state is not restored: " + trouble.text());
    }
}

void StateKeeper::run(std::stop_token) {
    saveNow();
}

base::Result<void> StateKeeper::saveNow() {
    const base::Lock lock(m_saveMutex);
    const std::vector<domain::SavedBreaker> saved = m_breakers->saveAll();
    std::vector<std::uint64_t> marks = marksOf(saved);
    if (marks == m_written) {
        return {};
    }
    auto written = m_file.write(domain::savedToJson(saved));
    if (written) {
        m_written = std::move(marks);
        m_failing = false;
    } else if (!std::exchange(m_failing, true)) {
        say(domain::Level::warning, "The state of the breakers cannot be saved: " + written.error().text());
    }
    return written;
}

void StateKeeper::say(domain::Level level, std::string text) {
    base::logger("state")->log(level == domain::Level::info ? spdlog::level::info : spdlog::level::warn, "{}",
                               base::logText(text));
    domain::Event event;
    event.kind = domain::EventKind::notice;
    event.level = level;
    event.at = m_clock.wallNow();
    event.text = std::move(text);
    base::Lock lock(m_mutex);
    m_notices.push_back(std::move(event));
}

void StateKeeper::gather(collector::Gathered& into) {
    base::Lock lock(m_mutex);
    std::move(m_notices.begin(), m_notices.end(), std::back_inserter(into.events));
    m_notices.clear();
}

void StateKeeper::accept(const domain::FrameRef& frame) {
    const auto isWorthSaving = [](const domain::Event& event) {
        return event.kind == domain::EventKind::transition || event.kind == domain::EventKind::holdPlaced ||
               event.kind == domain::EventKind::holdReleased || event.kind == domain::EventKind::holdExpired;
    };
    m_owed = m_owed || std::any_of(frame->events.begin(), frame->events.end(), isWorthSaving);
    const base::Time now = m_clock.now();
    if (!m_owed || !m_wake || now - m_woken < kShortestPause) return;
    m_owed = false;
    m_woken = now;
    m_wake(*this);
}

}  // namespace fusebox::wiring
