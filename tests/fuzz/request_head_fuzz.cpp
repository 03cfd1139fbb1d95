// The head of an HTTP request: what is sound lies within the bytes, holds nothing that steers, and stays what it is.

#include "fuzz_check.h"

#include <fusebox/server/limits.h>
#include <fusebox/server/request_head.h>
#include <fusebox/server/routes.h>

#include <algorithm>
#include <string_view>

using namespace fusebox::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const HeadLook seen = lookAtHead(bytes);
    FUZZ_CHECK(!seen.head || !seen.refusal);
    if (seen.refusal) FUZZ_CHECK(seen.refusal->status >= 400 && seen.refusal->status < 600);
    if (!seen.head) return 0;
    FUZZ_CHECK(seen.head->length <= bytes.size() && seen.head->length <= kLongestHead);
    FUZZ_CHECK(bytes.substr(0, seen.head->length).ends_with("\r\n\r\n"));
    FUZZ_CHECK(seen.head->target.starts_with('/') && seen.head->fields.size() <= kMostFields);
    for (const auto& [name, value] : seen.head->fields) {
        FUZZ_CHECK(!name.empty());
        FUZZ_CHECK(
            std::none_of(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }));
    }
    // What comes behind changes nothing, and less than all of it is not enough.
    const HeadLook alone = lookAtHead(bytes.substr(0, seen.head->length));
    FUZZ_CHECK(alone.head && alone.head->fields == seen.head->fields);
    FUZZ_CHECK(!lookAtHead(bytes.substr(0, seen.head->length - 1)).head);
    const std::string_view target = seen.head->target;
    (void)match(target.substr(0, target.find('?')));
    return 0;
}
