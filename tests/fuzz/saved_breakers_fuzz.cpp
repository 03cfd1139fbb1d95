// The file of breakers that the program reads at its start: what is taken is written and read again as the same.

#include "fuzz_check.h"

#include <fusebox/domain/saved_json.h>

#include <string>
#include <string_view>

using namespace fusebox::domain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto saved = savedFromJson({reinterpret_cast<const char*>(data), size});
    if (!saved) {
        FUZZ_CHECK(!saved.error().what.empty());
        return 0;
    }
    const std::string once = savedToJson(*saved);
    const auto again = savedFromJson(once);
    FUZZ_CHECK(again.has_value());
    FUZZ_CHECK(once == savedToJson(*again));
    return 0;
}
