// A history that never was: what is asked is remembered, answers are made from what the test put in.
#pragma once

#include <fusebox/feed/history_store.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace fusebox::feed::testing {

inline constexpr base::WallTime kNoon{std::chrono::seconds(1'700'000'000)};

inline journal::StoredEvent storedEvent(std::uint64_t id, const std::string& breaker, const std::string& text,
                                        domain::EventKind kind = domain::EventKind::transition) {
    journal::StoredEvent event;
    event.id = domain::EventId(id);
    event.kind = kind;
    event.at = kNoon - std::chrono::seconds(10'000) + std::chrono::seconds(id);
    event.breaker = domain::BreakerId(breaker);
    event.text = text;
    event.json = "{\"id\":" + std::to_string(id) + "}";
    return event;
}

struct FakeStore final : HistoryStore {
    void giveUp() override { gaveUp = true; }

    base::Result<journal::EventPage> events(const journal::EventQuery& query) override {
        if (throwing) throw std::runtime_error("it went wrong");
        if (broken) return base::trouble(base::TroubleCode::unavailable, "The journal is damaged", "journal.db");
        const bool isMarks = query.kinds.size() > 1;
        if (!isMarks) ++eventQuestions;
        journal::EventPage page;
        for (auto event = stored.rbegin(); event != stored.rend(); ++event) {
            const bool fits = (query.breaker.value.empty() || event->breaker == query.breaker) &&
                              (query.actor.empty() || event->actor == query.actor) &&
                              event->text.find(query.text) != std::string::npos && event->at >= query.span.from &&
                              event->at < query.span.to && (!query.before || event->id < *query.before) &&
                              (query.kinds.empty() ||
                               std::find(query.kinds.begin(), query.kinds.end(), event->kind) != query.kinds.end());
            if (!fits) continue;
            page.more = page.events.size() == query.limit;
            if (page.more) break;
            page.events.push_back(*event);
        }
        return page;
    }

    base::Result<std::vector<journal::Band>> bands(const journal::BandQuery& query) override {
        if (broken) return base::trouble(base::TroubleCode::unavailable, "The journal is damaged", "journal.db");
        std::vector<journal::Band> all;
        for (const std::string& name : names) {
            const domain::BreakerId id(name);
            const bool isMeant = query.breakers.empty() || query.breakers.front() == id;
            const base::WallTime middle = query.span.from + (query.span.to - query.span.from) / 2;
            if (!isMeant) continue;
            if (begins) {
                all.push_back({id,
                               {{query.span.from, *begins, domain::State::unknown},
                                {*begins, query.span.to, domain::State::closed}}});
                continue;
            }
            all.push_back(
                {id, {{query.span.from, middle, domain::State::closed}, {middle, query.span.to, domain::State::open}}});
        }
        return all;
    }

    base::Result<std::vector<journal::RollupPoint>> rollups(const journal::RollupQuery& query) override {
        journal::RollupPoint point;
        point.at = query.span.from;
        point.span = std::chrono::minutes(1);
        point.success = 90;
        point.failure = 10;
        point.latency.p95 = std::chrono::milliseconds(250);
        return std::vector{point};
    }

    base::Result<std::vector<journal::Note>> notes(const journal::NoteQuery&) override { return kept; }
    base::Result<std::vector<domain::BreakerId>> breakers() override {
        std::vector<domain::BreakerId> ids;
        for (const std::string& name : names) ids.emplace_back(name);
        return ids;
    }
    base::Result<std::vector<std::string>> actors() override { return std::vector<std::string>{"ann", "bob"}; }

    std::vector<journal::StoredEvent> stored;  // oldest first
    std::vector<journal::Note> kept;
    std::vector<std::string> names{"inventory-db", "orders-api"};
    std::optional<base::WallTime> begins;  // of what is known
    std::atomic<bool> broken{false};
    std::atomic<bool> throwing{false};
    std::atomic<bool> gaveUp{false};
    std::atomic<int> eventQuestions{0};
};

}  // namespace fusebox::feed::testing
