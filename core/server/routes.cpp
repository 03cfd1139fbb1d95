#include <fusebox/server/routes.h>

#include <fusebox/base/text.h>
#include <fusebox/server/query.h>

#include <array>

namespace fusebox::server {

namespace {

constexpr std::size_t kLongestParameter = 400;  // 96 characters of up to four bytes

constexpr std::array kRoutes{
    Route{Resource::about, "/api/v1/about", "GET, HEAD"},
    Route{Resource::breakers, "/api/v1/breakers", "GET, HEAD"},
    Route{Resource::breaker, "/api/v1/breakers/{id}", "GET, HEAD"},
    Route{Resource::dossier, "/api/v1/breakers/{id}/dossiers/{n}", "GET, HEAD"},
    Route{Resource::patterns, "/api/v1/patterns", "GET, HEAD"},
    Route{Resource::recovery, "/api/v1/recovery", "GET, HEAD"},
    Route{Resource::journal, "/api/v1/journal", "GET, HEAD"},
    Route{Resource::names, "/api/v1/journal/names", "GET, HEAD"},
    Route{Resource::rollups, "/api/v1/rollups", "GET, HEAD"},
    Route{Resource::bands, "/api/v1/bands", "GET, HEAD"},
    Route{Resource::events, "/api/v1/events", "GET"},
    Route{Resource::commands, "/api/v1/commands", "POST"},
    Route{Resource::command, "/api/v1/commands/{id}", "GET, HEAD"},
    Route{Resource::metrics, "/metrics", "GET, HEAD"},
    Route{Resource::hystrix, "/hystrix.stream", "GET"},
    Route{Resource::alive, "/healthz", "GET, HEAD", true},
    Route{Resource::ready, "/readyz", "GET, HEAD", true},
};

/// The first segment of a path that begins with a slash, which are taken away.
std::string_view takeSegment(std::string_view& path) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

/// What may stand for {id}: text without line breaks and the like, and without a slash in disguise.
std::optional<std::string> parameterOf(std::string_view segment) {
    auto plain = withoutEscapes(segment);
    const bool isSound = plain && !plain->empty() && plain->size() <= kLongestParameter && !base::hasControl(*plain) &&
                         plain->find('/') == std::string::npos;
    return isSound ? plain : std::nullopt;
}

std::optional<Match> matchOne(const Route& route, std::string_view path) {
    Match found{&route, {}};
    std::string_view pattern = route.path;
    while (!pattern.empty() && !path.empty()) {
        const std::string_view expected = takeSegment(pattern);
        const std::string_view given = takeSegment(path);
        if (!expected.starts_with('{')) {
            if (expected != given) return std::nullopt;
            continue;
        }
        auto parameter = parameterOf(given);
        if (!parameter) return std::nullopt;
        found.parameters.push_back(std::move(*parameter));
    }
    return pattern.empty() && path.empty() ? std::optional(std::move(found)) : std::nullopt;
}

}  // namespace

std::span<const Route> routes() {
    return kRoutes;
}

std::optional<Match> match(std::string_view path) {
    if (!path.starts_with('/')) return std::nullopt;
    for (const Route& route : kRoutes) {
        if (auto found = matchOne(route, path)) return found;
    }
    return std::nullopt;
}

bool allows(const Route& route, Method method) {
    const std::string_view word = toWord(method);
    for (std::string_view rest = route.allow; !rest.empty();) {
        const std::size_t comma = std::min(rest.find(", "), rest.size());
        if (rest.substr(0, comma) == word) return true;
        rest.remove_prefix(std::min(comma + 2, rest.size()));
    }
    return false;
}

}  // namespace fusebox::server
