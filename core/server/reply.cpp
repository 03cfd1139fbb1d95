#include <fusebox/server/reply.h>

#include <fusebox/domain/json_writer.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fusebox::server {

namespace {

struct StatusText {
    unsigned status;
    std::string_view phrase;
    std::string_view code;
    std::string_view what;
};

constexpr std::array kStatusTexts{
    StatusText{400, "Bad Request", "bad_request", "The request is malformed."},
    StatusText{401, "Unauthorized", "unauthorized", "A valid bearer token is needed."},
    StatusText{403, "Forbidden", "forbidden", "This token, or this web page, may not do that."},
    StatusText{404, "Not Found", "not_found", "There is no such thing here."},
    StatusText{405, "Method Not Allowed", "method", "This method is not for this resource."},
    StatusText{408, "Request Timeout", "timeout", "The request did not come in time."},
    StatusText{411, "Length Required", "length", "A body needs its Content-Length."},
    StatusText{413, "Payload Too Large", "too_large", "The body is longer than 64 KiB."},
    StatusText{414, "URI Too Long", "too_long", "The URL is too long."},
    StatusText{415, "Unsupported Media Type", "media_type", "A body must be plain application/json."},
    StatusText{421, "Misdirected Request", "host", "This server does not go by that name."},
    StatusText{429, "Too Many Requests", "rate", "Too many requests; wait and try again."},
    StatusText{431, "Request Header Fields Too Large", "too_large", "The head of the request is longer than 16 KiB."},
    StatusText{500, "Internal Server Error", "internal", "Something failed inside the program."},
    StatusText{501, "Not Implemented", "method", "This method is not spoken here."},
    StatusText{503, "Service Unavailable", "unavailable", "Not now; try again later."},
    StatusText{505, "HTTP Version Not Supported", "version", "HTTP/1.1 is spoken here."},
};

const StatusText& textOf(unsigned status) {
    const auto found = std::find_if(kStatusTexts.begin(), kStatusTexts.end(),
                                    [&](const StatusText& text) { return text.status == status; });
    return found == kStatusTexts.end() ? kStatusTexts.front() : *found;
}

unsigned statusOf(base::TroubleCode code) {
    switch (code) {
        case base::TroubleCode::invalidInput:
            return 400;
        case base::TroubleCode::notFound:
            return 404;
        case base::TroubleCode::conflict:
        case base::TroubleCode::refused:
            return 409;
        case base::TroubleCode::timedOut:
        case base::TroubleCode::unavailable:
        case base::TroubleCode::limitReached:
            return 503;
        case base::TroubleCode::internal:
            break;
    }
    return 500;
}

}  // namespace

Reply jsonReply(std::string body, unsigned status) {
    Reply reply;
    reply.status = status;
    reply.body = std::make_shared<const std::string>(std::move(body));
    return reply;
}

Reply errorReply(unsigned status, std::string_view code, std::string_view what, std::string_view where) {
    std::string body;
    {
        domain::JsonWriter out(body);
        out.raw("{\"error\":{\"code\":").text(code).raw(",\"what\":").text(what);
        out.textField(",\"where\":", where);
        out.raw("}}");
    }
    Reply reply = jsonReply(std::move(body), status);
    if (status == 429 || status == 503) reply.retryAfter = "2";
    return reply;
}

Reply errorReply(unsigned status) {
    const StatusText& text = textOf(status);
    return errorReply(text.status, text.code, text.what);
}

Reply errorReply(const base::Trouble& trouble) {
    const unsigned status = statusOf(trouble.code);
    const std::string_view code = status == 409 ? std::string_view("refused") : textOf(status).code;
    return errorReply(status, code, trouble.what, trouble.where);
}

std::string requestId(std::uint64_t number) {
    return fmt::format("http-{}", number);
}

std::string wireText(const Reply& reply, const std::string& id) {
    std::string text = fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n", reply.status,
                                   textOf(reply.status).phrase, reply.contentType, reply.body ? reply.body->size() : 0);
    for (const auto& [name, value] : kSafeHeaders) text += fmt::format("{}: {}\r\n", name, value);
    text += fmt::format("{}: {}\r\n", kRequestId, id);
    if (reply.retryAfter != nullptr) text += fmt::format("Retry-After: {}\r\n", reply.retryAfter);
    text += "\r\n";
    return reply.body ? text + *reply.body : text;
}

}  // namespace fusebox::server
