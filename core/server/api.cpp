#include <fusebox/server/api.h>

#include <fusebox/domain/detail_json.h>
#include <fusebox/domain/error_report_json.h>
#include <fusebox/domain/json_writer.h>
#include <fusebox/domain/recovery_json.h>
#include <fusebox/domain/snapshot_json.h>
#include <fusebox/server/events_query.h>
#include <fusebox/server/history_query.h>
#include <fusebox/server/metrics.h>
#include <fusebox/server/query.h>
#include <fusebox/server/subscription.h>

#include <algorithm>
#include <array>

namespace fusebox::server {

namespace {

constexpr base::Duration kFreshFrame = std::chrono::seconds(3);
constexpr base::Duration kStreamLook = std::chrono::seconds(1);

bool isWriting(const journal::JournalHealth& journal) {
    return journal.standing == journal::JournalStanding::writing || journal.standing == journal::JournalStanding::fresh;
}

const domain::Snapshot* find(const domain::FrameRef& frame, const std::string& id) {
    if (frame == nullptr) return nullptr;
    const auto found = std::find_if(frame->snapshots.begin(), frame->snapshots.end(), [&](const auto& snapshot) {
        return snapshot.identity != nullptr && snapshot.identity->id.value == id;
    });
    return found == frame->snapshots.end() ? nullptr : &*found;
}

Reply dossierOf(const domain::Snapshot& snapshot, const std::string& number) {
    const auto sequence = wholeNumber(number, UINT64_MAX);
    if (snapshot.detail == nullptr || !sequence) return errorReply(404);
    for (const auto& dossier : snapshot.detail->dossiers) {
        if (dossier == nullptr || dossier->transition.sequence != *sequence) continue;
        std::string body;
        domain::appendJson(body, *dossier);
        return jsonReply(std::move(body));
    }
    return errorReply(404);
}

Reply breakerOf(const domain::Snapshot& snapshot) {
    std::string body = "{\"snapshot\":";
    domain::appendJson(body, snapshot);
    if (snapshot.detail != nullptr) {
        body += ",\"detail\":";
        domain::appendJson(body, *snapshot.detail);
    }
    return jsonReply(body + "}");
}

Reply allOf(const domain::FrameRef& frame) {
    std::string body = "{\"breakers\":[";
    for (std::size_t i = 0; frame != nullptr && i < frame->snapshots.size(); ++i) {
        if (i > 0) body += ",";
        domain::appendJson(body, frame->snapshots[i]);
    }
    return jsonReply(body + "]}");
}

/// What is wrong with the journal's file is not told outside, only what is wrong with the question.
Reply troubleOf(const base::Trouble& trouble) {
    const bool isOfQuestion =
        trouble.code == base::TroubleCode::invalidInput || trouble.code == base::TroubleCode::timedOut;
    return isOfQuestion ? errorReply(trouble) : errorReply(503);
}

Reply eventsFrom(History& history, const Query& query) {
    const auto wanted = eventQueryOf(query);
    if (!wanted) return troubleOf(wanted.error());
    const auto page = history.events(*wanted);
    return page ? jsonReply(jsonOf(*page)) : troubleOf(page.error());
}

Reply rollupsFrom(History& history, const Query& query) {
    const auto wanted = rollupQueryOf(query);
    if (!wanted) return troubleOf(wanted.error());
    const auto points = history.rollups(*wanted);
    return points ? jsonReply(jsonOf(*points)) : troubleOf(points.error());
}

Reply bandsFrom(History& history, const Query& query) {
    const auto wanted = bandQueryOf(query);
    if (!wanted) return troubleOf(wanted.error());
    const auto bands = history.bands(*wanted);
    if (!bands) return troubleOf(bands.error());
    auto body = jsonOf(*bands);
    return body ? jsonReply(std::move(*body)) : troubleOf(body.error());
}

Reply namesFrom(History& history) {
    const auto names = history.names();
    return names ? jsonReply(jsonOf(*names)) : troubleOf(names.error());
}

bool isOfJournal(Resource resource) {
    return resource == Resource::journal || resource == Resource::names || resource == Resource::rollups ||
           resource == Resource::bands;
}

/// REQUIRES: isOfJournal(resource).
Reply pastFrom(History& history, Resource resource, const Query& query) {
    if (resource == Resource::journal) return eventsFrom(history, query);
    if (resource == Resource::names) return namesFrom(history);
    return resource == Resource::rollups ? rollupsFrom(history, query) : bandsFrom(history, query);
}

Reply notAllowed(const char* allow) {
    Reply reply = errorReply(405);
    reply.allow = allow;
    return reply;
}

/// Where a secret is looked for that does not belong there: URLs end up in histories and logs.
bool hasTokenInUrl(const std::string& query) {
    const base::Result<Query> parts = Query::parse(query);
    if (!parts) return query.find("token") != std::string::npos;
    constexpr std::array<std::string_view, 6> kNames{"token",  "access_token",  "auth_token",
                                                     "bearer", "authorization", "api_key"};
    return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) { return parts->has(name); });
}

}  // namespace

Api::Api(Parts parts, TokenBook tokens)
    : m_parts(std::move(parts)),
      m_requests(m_parts.limits.requestsPerSecond, m_parts.limits.requestBurst),
      m_wrongTokens(m_parts.limits.wrongTokensPerSecond, m_parts.limits.wrongTokenBurst),
      m_tokens(std::move(tokens)) {}

void Api::setTokens(TokenBook tokens) {
    {
        base::Lock lock(m_mutex);
        m_tokens = std::move(tokens);
    }
    endStreams();
}

void Api::endAllStreams() {
    std::vector<Watched> streams;
    {
        base::Lock lock(m_mutex);
        streams.swap(m_streams);
    }
    for (const Watched& stream : streams) {
        if (const std::shared_ptr<StreamBody> body = stream.body.lock()) body->end();
    }
}

void Api::look() {
    {
        base::Lock lock(m_mutex);
        const base::Time now = m_parts.clock.now();
        if (now < m_nextLook) return;
        m_nextLook = now + kStreamLook;
    }
    endStreams();
}

void Api::endStreams() {
    std::vector<std::shared_ptr<StreamBody>> over;
    {
        base::Lock lock(m_mutex);
        const base::WallTime now = m_parts.clock.wallNow();
        for (auto stream = m_streams.begin(); stream != m_streams.end();) {
            std::shared_ptr<StreamBody> body = stream->body.lock();
            if (body != nullptr && m_tokens.isValid(stream->grant, now)) {
                ++stream;
                continue;
            }
            if (body != nullptr) over.push_back(std::move(body));
            stream = m_streams.erase(stream);
        }
    }
    for (const auto& body : over) body->end();
}

/// A stream that lasts no longer than its token; that may have gone since the request's head was looked at.
Outcome Api::watched(std::shared_ptr<StreamBody> body, const Grant& grant) {
    base::Lock lock(m_mutex);
    if (!m_tokens.isValid(grant, m_parts.clock.wallNow())) return errorReply(401);
    m_streams.push_back({body, grant});
    return body;
}

std::optional<Grant> Api::grantOf(const Request& request) const {
    const auto token = bearerOf(request.authorization);
    if (!token) return std::nullopt;
    base::Lock lock(m_mutex);
    return m_tokens.match(*token, m_parts.clock.wallNow());
}

std::optional<Reply> Api::objectionTo(Request& request) {
    if (!m_parts.names.isOurs(request.host)) return errorReply(421);
    const std::optional<Grant> grant = grantOf(request);
    if (auto objection = objectionToCaller(request, grant)) return objection;
    const std::optional<Match> found = match(request.path);
    if (request.method == Method::options) return notAllowed(found ? found->route->allow.data() : "GET, HEAD, POST");
    if (!grant && !(found && found->route->isOpen)) {
        const bool isGuess = !request.authorization.empty();
        const bool mayGuess = !isGuess || m_wrongTokens.take(request.peer, m_parts.clock.now());
        return errorReply(mayGuess ? 401 : 429);
    }
    if (!found) return errorReply(404);
    if (!allows(*found->route, request.method)) return notAllowed(found->route->allow.data());
    if (grant) request.grant = *grant;
    return objectionToBody(request);
}

std::optional<Reply> Api::objectionToCaller(const Request& request, const std::optional<Grant>& grant) {
    // Whoever has a token has a bucket of their own, wherever they come from: no neighbour empties it.
    const std::string payer = grant ? "token " + grant->actor : request.peer;
    if (!m_requests.take(payer, m_parts.clock.now())) return errorReply(429);
    if (!m_parts.names.mayCall(request.origin, request.fetchSite)) return errorReply(403);
    if (hasTokenInUrl(request.query)) {
        return errorReply(400, "token_in_url",
                          "A token does not belong into a URL. Make a new one: this one is spoilt.");
    }
    return std::nullopt;
}

std::optional<Reply> Api::objectionToBody(const Request& request) const {
    if (request.method != Method::post) return std::nullopt;
    const bool isJson = request.contentType == "application/json" ||
                        request.contentType == "application/json; charset=utf-8" ||
                        request.contentType == "application/json;charset=utf-8";
    const bool isPlain = request.contentEncoding.empty() || request.contentEncoding == "identity";
    return isJson && isPlain ? std::nullopt : std::optional(errorReply(415));
}

void Api::answer(const std::shared_ptr<Exchange>& exchange) {
    const std::optional<Match> found = match(exchange->request().path);
    if (!found) {
        exchange->answer(errorReply(404));
    } else if (found->route->resource == Resource::commands) {
        m_parts.desk.take(exchange);
    } else if (isOfJournal(found->route->resource)) {
        askJournal(exchange, found->route->resource);
    } else {
        exchange->answer(outcomeFor(exchange->request(), *found));
    }
}

Outcome Api::outcomeFor(const Request& request, const Match& match) {
    switch (match.route->resource) {
        case Resource::about:
            return jsonReply("{" + aboutMembers(request.grant) + "}");
        case Resource::breakers:
        case Resource::breaker:
        case Resource::dossier:
            return breakers(match);
        case Resource::patterns:
            return patterns();
        case Resource::recovery:
            return recovery();
        case Resource::events:
            return events(request);
        case Resource::command:
            return m_parts.desk.reportOf(domain::CommandId(match.parameters.at(0)));
        case Resource::alive:
            return Reply{200, kPlainText, std::make_shared<const std::string>("ok\n")};
        case Resource::ready:
            return ready(request);
        case Resource::metrics:
            return metrics();
        case Resource::hystrix:
            return hystrix(request);
        case Resource::journal:
        case Resource::names:
        case Resource::rollups:
        case Resource::bands:
        case Resource::commands:
            break;  // they are answered later, by someone else
    }
    return errorReply(500);
}

std::string Api::aboutMembers(const Grant& grant) const {
    std::string text;
    {
        domain::JsonWriter out(text);
        out.raw("\"agent\":").text(m_parts.card.name).raw(",\"version\":").text(m_parts.card.version);
        out.raw(",\"api\":1,\"boot\":").text(m_parts.card.boot);
        out.raw(",\"time_unix_ms\":").unixMs(m_parts.clock.wallNow());
        out.raw(",\"role\":").word(toWord(grant.role)).raw(",\"actor\":").text(grant.actor);
        out.raw(",\"lab\":").truth(m_parts.card.isLab);
    }
    return text;
}

Outcome Api::breakers(const Match& match) const {
    const domain::FrameRef frame = m_parts.broadcast.latestFrame();
    if (match.parameters.empty()) return allOf(frame);
    const domain::Snapshot* snapshot = find(frame, match.parameters[0]);
    if (snapshot == nullptr) return errorReply(404);
    return match.parameters.size() == 1 ? breakerOf(*snapshot) : dossierOf(*snapshot, match.parameters[1]);
}

Outcome Api::patterns() const {
    const domain::FrameRef frame = m_parts.broadcast.latestFrame();
    static const domain::ErrorReport kNone;
    std::string body;
    domain::appendJson(body, frame != nullptr && frame->errors != nullptr ? *frame->errors : kNone);
    return jsonReply(std::move(body));
}

Outcome Api::recovery() const {
    const domain::FrameRef frame = m_parts.broadcast.latestFrame();
    static const domain::RecoveryReport kNone;
    std::string body;
    {
        domain::JsonWriter out(body);
        domain::writeJson(out, frame != nullptr && frame->recovery != nullptr ? *frame->recovery : kNone);
    }
    return jsonReply(std::move(body));
}

Outcome Api::events(const Request& request) {
    base::Result<Wishes> wishes = wishesOf(request);
    if (!wishes) return errorReply(wishes.error());
    if (!hasRoomForStream()) return errorReply(503);
    wishes->about = aboutMembers(request.grant);
    return watched(m_parts.broadcast.subscribe(std::move(*wishes)), request.grant);
}

Outcome Api::hystrix(const Request& request) {
    if (!hasRoomForStream()) return errorReply(503);
    auto stream = std::make_shared<HystrixStream>(m_parts.broadcast, m_hystrix);
    m_parts.broadcast.addFollower(stream);
    return watched(std::move(stream), request.grant);
}

bool Api::hasRoomForStream() const {
    return m_parts.broadcast.followers() < m_parts.limits.streams;
}

Outcome Api::metrics() const {
    ProgramFigures figures;
    figures.version = m_parts.card.version;
    figures.frame = m_parts.broadcast.latestFrame();
    if (figures.frame != nullptr) figures.frameAge = m_parts.clock.now() - figures.frame->at;
    if (m_parts.journalHealth) figures.journal = m_parts.journalHealth();
    figures.tally = &m_parts.tally;
    figures.connections = m_parts.guests.count();
    figures.streams = m_parts.broadcast.followers();
    figures.waitingCommands = m_parts.desk.waiting();
    figures.waitingQuestions = m_parts.archive.waiting();
    figures.streamGaps = m_parts.broadcast.gaps();
    return Reply{200, kMetricsType, std::make_shared<const std::string>(metricsText(figures))};
}

void Api::askJournal(const std::shared_ptr<Exchange>& exchange, Resource resource) {
    auto query = Query::parse(exchange->request().query);
    if (!query) return exchange->answer(errorReply(query.error()));
    const bool isAsked =
        m_parts.history != nullptr &&
        m_parts.archive.run([exchange, resource, query = std::move(*query), history = m_parts.history, this] {
            if (m_parts.archive.isClosed()) return exchange->answer(errorReply(503));
            exchange->answer(pastFrom(*history, resource, query));
        });
    if (!isAsked) exchange->answer(errorReply(503));
}

/// Open for everyone, so it says nothing that only the program knows; its own reason is for bearers of a token.
Outcome Api::ready(const Request& request) const {
    const domain::FrameRef frame = m_parts.broadcast.latestFrame();
    if (frame == nullptr || m_parts.clock.now() - frame->at > kFreshFrame) {
        return errorReply(503, "not_ready", "The breakers have not been looked at for a while.");
    }
    const auto journal = m_parts.journalHealth ? m_parts.journalHealth() : std::nullopt;
    if (journal && !isWriting(*journal)) return errorReply(503, "not_ready", "The journal cannot be written.");
    if (const auto why = m_parts.unready ? m_parts.unready() : std::nullopt) {
        const bool isKnown = !request.grant.actor.empty();
        return errorReply(503, "not_ready", isKnown ? *why : "The program is not ready.");
    }
    return Reply{200, kPlainText, std::make_shared<const std::string>("ready\n")};
}

}  // namespace fusebox::server
