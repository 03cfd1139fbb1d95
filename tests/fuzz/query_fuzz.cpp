// The query of a URL, and what an event stream and the journal are asked with it.

#include "fuzz_check.h"

#include <fusebox/base/text.h>
#include <fusebox/server/events_query.h>
#include <fusebox/server/history_query.h>
#include <fusebox/server/query.h>

#include <string_view>

using namespace fusebox;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto plain = server::withoutEscapes(text)) FUZZ_CHECK(base::decodeUtf8(*plain) && plain->size() <= size);
    const auto query = server::Query::parse(text);
    if (!query) return 0;
    for (const char* name : {"with", "text", "breaker", "a"}) {
        if (query->has(name)) FUZZ_CHECK(base::decodeUtf8(query->text(name)));
    }
    if (const auto events = server::eventQueryOf(*query)) {
        FUZZ_CHECK(events->limit >= 1 && events->limit <= 1000 && events->span.from <= events->span.to);
    }
    if (const auto rollups = server::rollupQueryOf(*query)) FUZZ_CHECK(rollups->points >= 1);
    server::Request request;
    request.query = text;
    if (const auto wishes = server::wishesOf(request)) {
        FUZZ_CHECK(wishes->interval >= std::chrono::milliseconds(100) && wishes->interval <= std::chrono::minutes(1));
    }
    return 0;
}
