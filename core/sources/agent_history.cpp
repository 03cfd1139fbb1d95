#include <fusebox/sources/agent_history.h>

#include <fusebox/domain/json_document.h>
#include <fusebox/domain/json_reader.h>
#include <fusebox/domain/read_event.h>
#include <fusebox/domain/read_parts.h>

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <utility>

namespace fusebox::sources {

namespace {

using domain::JsonReader;
using domain::ReadTrouble;

constexpr std::size_t kLargestPage = 1000;
constexpr std::size_t kMostNames = 10'000;
constexpr std::size_t kMostSpans = 100'000;
constexpr std::size_t kMostPoints = 10'000;
constexpr int kCoarser = 10;

/// A path with its query, a part at a time.
class Question {
public:
    explicit Question(std::string path) : m_text(std::move(path)) {}

    Question& add(const char* name, std::string_view value) {
        m_text += std::exchange(m_mark, '&');
        m_text += name;
        m_text += '=';
        m_text += pathSegment(value);
        return *this;
    }
    Question& add(const char* name, std::uint64_t value) { return add(name, std::to_string(value)); }
    /// Ends that are open are left out.
    Question& add(const journal::TimeSpan& span) {
        const std::int64_t from = span.from.time_since_epoch().count();
        if (from > 0) add("from_unix_ms", static_cast<std::uint64_t>(from));
        if (span.to != base::WallTime::max()) {
            add("to_unix_ms",
                static_cast<std::uint64_t>(std::max<std::int64_t>(span.to.time_since_epoch().count(), 0)));
        }
        return *this;
    }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    std::string m_text;
    char m_mark = '?';
};

base::Trouble troubleOf(const AgentTrouble& trouble) {
    if (trouble.status == 404) {
        return {
            base::TroubleCode::notFound, "The agent does not tell this: its program is older than this one.", {}, {}};
    }
    if (trouble.status == 503) {
        return {base::TroubleCode::unavailable, "The agent keeps no journal, or cannot read it now.", {}, {}};
    }
    base::Trouble told = trouble.trouble;
    told.what = "The agent does not answer this. " + trouble.text();
    return told;
}

std::string_view wordOf(domain::Level level) {
    if (level == domain::Level::info) return "info";
    return level == domain::Level::warning ? "warning" : "error";
}

std::string kindsOf(const std::vector<domain::EventKind>& kinds) {
    std::string words;
    for (const domain::EventKind kind : kinds) {
        words += words.empty() ? "" : ",";
        words += toWord(kind);
    }
    return words;
}

journal::StoredEvent storedEvent(const nlohmann::json& json, JsonReader in) {
    domain::Event event = domain::readEvent(std::move(in));
    journal::StoredEvent stored;
    stored.id = event.id;
    stored.kind = event.kind;
    stored.level = event.level;
    stored.at = event.at;
    stored.breaker = std::move(event.breaker);
    stored.actor = std::move(event.actor);
    stored.text = std::move(event.text);
    stored.json = json.dump();
    return stored;
}

journal::RollupPoint readPoint(JsonReader in) {
    journal::RollupPoint point;
    point.at = in.unixMs("at_unix_ms");
    point.span = in.ms("span_ms");
    point.success = in.number("success");
    point.failure = in.number("failure");
    point.ignored = in.number("ignored");
    point.cancelled = in.number("cancelled");
    point.rejected = in.number("rejected");
    point.slow = in.number("slow");
    point.callsPerSecond = in.has("calls_per_second") ? domain::readReal(in, "calls_per_second") : 0;
    point.failureRate = domain::readShareOrNone(in, "failure_rate");
    point.latency = domain::readLatency(in.at("latency"));
    point.state = domain::readState(in, "state");
    return point;
}

journal::Band readBand(JsonReader in) {
    journal::Band band;
    band.breaker.value = domain::readId(in, "breaker");
    base::WallTime from = in.has("from_unix_ms") ? in.unixMs("from_unix_ms") : base::WallTime{};
    in.list("spans", kMostSpans, [&](JsonReader each) {
        const base::WallTime to = each.unixMs("to_unix_ms");
        band.spans.push_back({from, std::max(from, to), domain::readState(each, "state")});
        from = band.spans.back().to;
    });
    return band;
}

/// What `read` makes of a document that may be anything.
template <typename Value, typename Read>
base::Result<Value> readAll(const AgentResult<std::string>& answer, Read read) {
    if (!answer) return tl::unexpected(troubleOf(answer.error()));
    const auto document = domain::parseJson(*answer);
    if (!document) return tl::unexpected(document.error());
    ReadTrouble trouble;
    Value value = read(*document, JsonReader(*document, {}, trouble));
    if (!trouble.first()) return value;
    return base::trouble(base::TroubleCode::invalidInput, "The agent's answer cannot be read.", {},
                         trouble.first()->text());
}

}  // namespace

AgentResult<std::unique_ptr<AgentHistory>> AgentHistory::create(AgentAddress address, Options options) {
    auto client = AgentClient::create(std::move(address));
    if (!client) return tl::unexpected(client.error());
    return std::unique_ptr<AgentHistory>(new AgentHistory(std::move(*client), options));
}

AgentResult<std::string> AgentHistory::ask(const std::string& path) {
    constexpr int kTooMany = 429;
    AgentResult<std::string> answer = m_client->get(path, m_stop.get_token());
    for (int tries = 1; tries < kMostTries && !answer && answer.error().status == kTooMany; ++tries) {
        pause();
        answer = m_client->get(path, m_stop.get_token());
    }
    return answer;
}

void AgentHistory::pause() {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    (void)never.wait_for(lock, m_stop.get_token(), m_options.pause, [] { return false; });
}

base::Result<journal::EventPage> AgentHistory::page(const journal::EventQuery& query, std::size_t limit) {
    Question question("/api/v1/journal");
    question.add(query.span).add("limit", limit);
    if (!query.breaker.value.empty()) question.add("breaker", query.breaker.value);
    if (!query.actor.empty()) question.add("actor", query.actor);
    if (!query.kinds.empty()) question.add("kind", kindsOf(query.kinds));
    if (query.level != domain::Level::info) question.add("level", wordOf(query.level));
    if (!query.text.empty()) question.add("text", query.text);
    if (query.before) question.add("before", query.before->value);
    return readAll<journal::EventPage>(ask(question.text()), [](const nlohmann::json& document, JsonReader in) {
        journal::EventPage page;
        in.list("events", kLargestPage, [&](JsonReader each) {
            const nlohmann::json& json = document["events"][page.events.size()];
            page.events.push_back(storedEvent(json, std::move(each)));
        });
        page.more = in.has("more") && in.truth("more");
        return page;
    });
}

base::Result<journal::EventPage> AgentHistory::events(const journal::EventQuery& query) {
    journal::EventPage all;
    journal::EventQuery rest = query;
    do {
        auto next = page(rest, std::min(query.limit - all.events.size(), kLargestPage));
        if (!next) return next;
        std::move(next->events.begin(), next->events.end(), std::back_inserter(all.events));
        all.more = next->more && !next->events.empty();
        if (!all.events.empty()) rest.before = all.events.back().id;
    } while (all.more && all.events.size() < query.limit);
    return all;
}

base::Result<std::vector<journal::Band>> AgentHistory::bands(const journal::BandQuery& query) {
    using Bands = std::vector<journal::Band>;
    const auto askFor = [&](base::Duration resolution, const domain::BreakerId& breaker) {
        Question question("/api/v1/bands");
        question.add(query.span);
        question.add("resolution_ms", static_cast<std::uint64_t>(std::max<std::int64_t>(
                                          std::chrono::ceil<std::chrono::milliseconds>(resolution).count(), 0)));
        if (!breaker.value.empty()) question.add("breaker", breaker.value);
        return ask(question.text());
    };
    const auto read = [](const AgentResult<std::string>& answer) {
        return readAll<Bands>(answer, [](const nlohmann::json&, JsonReader in) {
            Bands bands;
            in.list("bands", kMostNames, [&](JsonReader each) { bands.push_back(readBand(std::move(each))); });
            return bands;
        });
    };
    const std::vector<domain::BreakerId> wanted =
        query.breakers.empty() ? std::vector<domain::BreakerId>(1) : query.breakers;
    Bands all;
    for (const domain::BreakerId& breaker : wanted) {
        auto answer = askFor(query.resolution, breaker);
        if (!answer && answer.error().trouble.where == "resolution_ms") {
            answer = askFor(std::max<base::Duration>(query.resolution, std::chrono::seconds(1)) * kCoarser, breaker);
        }
        auto bands = read(answer);
        if (!bands) return bands;
        std::move(bands->begin(), bands->end(), std::back_inserter(all));
    }
    return all;
}

base::Result<std::vector<journal::RollupPoint>> AgentHistory::rollups(const journal::RollupQuery& query) {
    Question question("/api/v1/rollups");
    question.add(query.span).add("breaker", query.breaker.value).add("points", query.points);
    return readAll<std::vector<journal::RollupPoint>>(ask(question.text()), [](const nlohmann::json&, JsonReader in) {
        std::vector<journal::RollupPoint> points;
        in.list("points", kMostPoints, [&](JsonReader each) { points.push_back(readPoint(std::move(each))); });
        return points;
    });
}

base::Result<AgentHistory::Names> AgentHistory::names() {
    return readAll<Names>(ask("/api/v1/journal/names"), [](const nlohmann::json&, JsonReader in) {
        Names names;
        for (std::string& id : in.texts("breakers", kMostNames)) names.breakers.emplace_back(std::move(id));
        names.actors = in.texts("actors", kMostNames);
        return names;
    });
}

}  // namespace fusebox::sources
