#pragma once
// A request whose head is sound, as the API sees it.

#include <fusebox/server/request_head.h>
#include <fusebox/server/token_book.h>

#include <optional>
#include <string>

namespace fusebox::server {

struct Request {
    Method method = Method::get;
    std::string path;   ///< as it came, with its escapes
    std::string query;  ///< as it came
    std::string host;
    std::optional<std::string> origin;
    std::string fetchSite;  ///< Sec-Fetch-Site
    std::string authorization;
    std::string contentType;
    std::string contentEncoding;
    std::optional<std::string> lastEventId;
    std::string peer;  ///< the address at the other end of the connection, whatever the fields say
    std::uint16_t port = 0;
    std::string body;
    Grant grant;  ///< once the token was looked up
};

}  // namespace fusebox::server
