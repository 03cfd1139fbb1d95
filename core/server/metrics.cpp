#include <fusebox/server/metrics.h>

#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/recovery.h>
#include <fusebox/server/breaker_metrics.h>
#include <fusebox/server/metric_lines.h>

#include <array>
#include <chrono>
#include <unordered_map>
#include <vector>

namespace fusebox::server {

namespace {

using Figures = ProgramFigures;
using Lines = MetricLines;
using Type = MetricLines::Type;

struct ProgramMetric {
    std::string_view name;
    Type type;
    std::string_view help;
    void (*write)(Lines& lines, const Figures& figures);
};

double seconds(base::Duration span) {
    return std::chrono::duration<double>(span).count();
}

std::string_view wordOf(domain::RecoveryAction action) {
    constexpr std::array<std::string_view, domain::kRecoveryActions.size()> kWords{
        "none", "restart_service", "clear_cache", "reset_connection", "switch_endpoint", "reduce_load", "alert_admin"};
    return kWords[static_cast<std::size_t>(action)];
}

void writeRecovery(Lines& lines, const Figures& figures) {
    if (figures.frame == nullptr || figures.frame->recovery == nullptr) return;
    for (const domain::RecoveryRate& rate : figures.frame->recovery->rates) {
        if (rate.pattern) continue;
        lines.value(std::uint64_t{rate.helped}, {{"action", wordOf(rate.action)}, {"helped", "yes"}});
        lines.value(std::uint64_t{rate.runs - rate.helped}, {{"action", wordOf(rate.action)}, {"helped", "no"}});
    }
}

void writeAnswers(Lines& lines, const Figures& figures) {
    for (std::size_t i = 0; figures.tally != nullptr && i < Tally::kStatuses.size(); ++i) {
        lines.value(figures.tally->answers(i), {{"code", std::to_string(Tally::kStatuses[i])}});
    }
}

/// A value of the last frame's health; nothing without a frame.
template <auto Read>
void ofHealth(Lines& lines, const Figures& figures) {
    if (figures.frame != nullptr) lines.value(Read(figures.frame->health));
}

/// A value of the journal's health; nothing without a journal.
template <auto Read>
void ofJournal(Lines& lines, const Figures& figures) {
    if (figures.journal) lines.value(Read(*figures.journal));
}

template <auto Read>
void ofErrors(Lines& lines, const Figures& figures) {
    if (figures.frame != nullptr && figures.frame->errors != nullptr) lines.value(Read(*figures.frame->errors));
}

using Health = domain::CollectorHealth;
using Journal = journal::JournalHealth;
using Errors = domain::ErrorReport;

constexpr std::array kMetrics{
    ProgramMetric{"fusebox_build_info", Type::gauge, "The program's version; always 1.",
                  [](Lines& lines, const Figures& f) {
                      lines.value(std::uint64_t{1}, {{"version", labelText(f.version)}});
                  }},
    ProgramMetric{"fusebox_breakers", Type::gauge, "Breakers that are watched.",
                  [](Lines& lines, const Figures& f) {
                      lines.value(std::uint64_t{f.frame == nullptr ? 0 : f.frame->snapshots.size()});
                  }},
    ProgramMetric{"fusebox_recovery_actions_total", Type::counter,
                  "Recovery actions whose outcome is known, by whether the breaker closed in time.", writeRecovery},
    ProgramMetric{"fusebox_recovery_stopped", Type::gauge, "1 while no automatic recovery action may start.",
                  [](Lines& lines, const Figures& f) {
                      if (f.frame != nullptr && f.frame->recovery != nullptr) {
                          lines.value(std::uint64_t{f.frame->recovery->stopped ? 1U : 0U});
                      }
                  }},
    ProgramMetric{"fusebox_errors_total", Type::counter, "Errors that were sorted into patterns.",
                  ofErrors<[](const Errors& e) { return e.total; }>},
    ProgramMetric{"fusebox_errors_lost_total", Type::counter, "Errors that came too fast to be sorted.",
                  ofErrors<[](const Errors& e) { return e.lost; }>},
    ProgramMetric{"fusebox_error_patterns", Type::gauge, "Patterns of errors that are known.",
                  ofErrors<[](const Errors& e) { return std::uint64_t{e.patterns.size()}; }>},
    ProgramMetric{"fusebox_frame_age_seconds", Type::gauge, "Since the breakers were looked at last.",
                  [](Lines& lines, const Figures& f) {
                      if (f.frame != nullptr) lines.value(seconds(f.frameAge));
                  }},
    ProgramMetric{"fusebox_collector_lag_seconds", Type::gauge, "How late the last task that was due was started.",
                  ofHealth<[](const Health& h) { return seconds(h.lag); }>},
    ProgramMetric{"fusebox_collector_gather_seconds", Type::gauge, "How long the last look at all breakers took.",
                  ofHealth<[](const Health& h) { return seconds(h.gatherTook); }>},
    ProgramMetric{"fusebox_collector_workers", Type::gauge, "Threads that run tasks.",
                  ofHealth<[](const Health& h) { return std::uint64_t{h.workers}; }>},
    ProgramMetric{"fusebox_collector_busy_workers", Type::gauge, "Threads that run a task now.",
                  ofHealth<[](const Health& h) { return std::uint64_t{h.busyWorkers}; }>},
    ProgramMetric{"fusebox_collector_late_tasks_total", Type::counter,
                  "Starts that were skipped as too many ran already.",
                  ofHealth<[](const Health& h) { return h.lateTasks; }>},
    ProgramMetric{"fusebox_events_lost_total", Type::counter, "Events that vanished before they were numbered.",
                  ofHealth<[](const Health& h) { return h.lostEvents; }>},
    ProgramMetric{"fusebox_journal_up", Type::gauge, "1 while the journal writes.", ofJournal<[](const Journal& j) {
                      return std::uint64_t{j.standing <= journal::JournalStanding::fresh ? 1U : 0U};
                  }>},
    ProgramMetric{"fusebox_journal_events_written_total", Type::counter, "Events on the disk.",
                  ofJournal<[](const Journal& j) { return j.writtenEvents; }>},
    ProgramMetric{"fusebox_journal_events_lost_total", Type::counter, "Events that the journal could not take.",
                  ofJournal<[](const Journal& j) { return j.lostEvents; }>},
    ProgramMetric{"fusebox_journal_events_waiting", Type::gauge, "Events in memory until the file can be written.",
                  ofJournal<[](const Journal& j) { return j.waitingEvents; }>},
    ProgramMetric{"fusebox_journal_queue_frames", Type::gauge, "Looks at the breakers in the queue before the writer.",
                  ofJournal<[](const Journal& j) { return j.waitingFrames; }>},
    ProgramMetric{"fusebox_journal_size_bytes", Type::gauge, "The journal's file and its log.",
                  ofJournal<[](const Journal& j) { return j.bytes; }>},
    ProgramMetric{"fusebox_journal_batch_seconds", Type::gauge, "How long the last write took.",
                  ofJournal<[](const Journal& j) { return seconds(j.lastBatchTook); }>},
    ProgramMetric{"fusebox_http_requests_total", Type::counter, "Requests by the status of their answer.",
                  writeAnswers},
    ProgramMetric{"fusebox_http_connections", Type::gauge, "Connections that are open.",
                  [](Lines& lines, const Figures& f) { lines.value(std::uint64_t{f.connections}); }},
    ProgramMetric{"fusebox_http_streams", Type::gauge, "Event streams that are open.",
                  [](Lines& lines, const Figures& f) { lines.value(std::uint64_t{f.streams}); }},
    ProgramMetric{"fusebox_http_waiting_commands", Type::gauge, "Commands whose answer is awaited.",
                  [](Lines& lines, const Figures& f) { lines.value(std::uint64_t{f.waitingCommands}); }},
    ProgramMetric{"fusebox_http_waiting_questions", Type::gauge, "Questions that wait for the journal.",
                  [](Lines& lines, const Figures& f) { lines.value(std::uint64_t{f.waitingQuestions}); }},
    ProgramMetric{"fusebox_http_frames_lost_total", Type::counter,
                  "Looks at the breakers that came too fast for streams.",
                  [](Lines& lines, const Figures& f) {
                      if (f.tally != nullptr) lines.value(f.tally->lostFrames());
                  }},
    ProgramMetric{"fusebox_http_stream_gaps_total", Type::counter, "Gap records in event streams.",
                  [](Lines& lines, const Figures& f) { lines.value(f.streamGaps); }},
};

std::vector<BreakerFigures> figuresOfAll(const domain::FrameRef& frame) {
    std::vector<BreakerFigures> all;
    if (frame == nullptr) return all;
    std::unordered_map<std::string_view, const domain::CallDurations*> durations;
    if (frame->durations != nullptr) {
        for (const domain::CallDurations& each : *frame->durations) durations[each.breaker.value] = &each;
    }
    for (const domain::Snapshot& snapshot : frame->snapshots) {
        if (snapshot.identity == nullptr) continue;
        BreakerFigures figures = figuresOf(snapshot);
        const auto timed = durations.find(snapshot.identity->id.value);
        if (timed != durations.end()) figures.durations = *timed->second;
        if (all.size() < kMostBreakers) {
            all.push_back(std::move(figures));
            continue;
        }
        if (all.size() == kMostBreakers) all.emplace_back().label = "_overflow";
        all.back().add(figures);
    }
    return all;
}

/// Writes a metric only if it has samples: its name alone says nothing.
template <typename Metric, typename Write>
void writeOne(std::string& text, const Metric& metric, Write write) {
    const std::size_t before = text.size();
    Lines lines(text);
    lines.begin(metric.name, metric.type, metric.help);
    const std::size_t empty = text.size();
    write(lines);
    if (text.size() == empty) text.resize(before);
}

}  // namespace

std::string metricsText(const ProgramFigures& figures) {
    std::string text;
    const std::vector<BreakerFigures> breakers = figuresOfAll(figures.frame);
    for (const BreakerMetric& metric : breakerMetrics()) {
        writeOne(text, metric, [&](Lines& lines) {
            for (const BreakerFigures& breaker : breakers) {
                lines.of(breaker.label);
                metric.write(lines, breaker);
            }
        });
    }
    for (const ProgramMetric& metric : kMetrics) {
        writeOne(text, metric, [&](Lines& lines) { metric.write(lines, figures); });
    }
    return text;
}

}  // namespace fusebox::server
