// Fields of a request that are looked into: Last-Event-ID, Authorization, Host and Origin.

#include "fuzz_check.h"

#include <fusebox/server/events_query.h>
#include <fusebox/server/name_check.h>
#include <fusebox/server/token_book.h>

#include <string>
#include <string_view>

using namespace fusebox::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto id = lastEventIdOf(text)) {
        FUZZ_CHECK(*id <= kLargestEventId);
        FUZZ_CHECK(text.find_first_not_of("0123456789") == std::string_view::npos);
    }
    static const TokenBook book =
        TokenBook::make({{"ann", fusebox::domain::Role::viewer, TokenBook::hashOf("right"), {}, {}}}).value();
    const auto token = bearerOf(text);
    if (token) {
        FUZZ_CHECK(!token->empty() && text.ends_with(*token));
        FUZZ_CHECK(book.match(*token, {}).has_value() == (*token == "right"));
    }
    static const NameCheck names("127.0.0.1", 7420, false, {"ops.example"}, {"https://ops.example"});
    if (names.isOurs(text)) FUZZ_CHECK(text.ends_with(":7420"));
    if (names.mayCall(std::string(text), "")) FUZZ_CHECK(text.find("://") != std::string_view::npos);
    return 0;
}
