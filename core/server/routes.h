#pragma once
// Which resources there are, by which methods they are reached and who may. One table; the OpenAPI file is checked
// against it. Who may is decided by the resource, never by how its path is written.

#include <fusebox/domain/role.h>
#include <fusebox/server/request_head.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::server {

enum class Resource {
    about,
    breakers,
    breaker,
    dossier,
    patterns,
    recovery,
    journal,
    names,
    rollups,
    bands,
    events,
    commands,
    command,
    metrics,
    hystrix,
    alive,
    ready,
};

struct Route {
    Resource resource;
    std::string_view path;   ///< "/api/v1/breakers/{id}"
    std::string_view allow;  ///< the methods, as the header Allow names them
    bool isOpen = false;     ///< for everyone, without a token
};

[[nodiscard]] std::span<const Route> routes();

struct Match {
    const Route* route = nullptr;
    std::vector<std::string> parameters;  ///< what stands for {id} and the like, in order, without escapes
};

/// Nothing when the path is none of ours.
[[nodiscard]] std::optional<Match> match(std::string_view path);

[[nodiscard]] bool allows(const Route& route, Method method);

}  // namespace fusebox::server
