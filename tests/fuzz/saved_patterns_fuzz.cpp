// The file of patterns of errors that the program reads at its start: what is taken is written and read again as the same.

#include "fuzz_check.h"

#include <fusebox/errors/saved_errors.h>

#include <string>
#include <string_view>

using namespace fusebox::errors;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto saved = savedErrorsFromJson({reinterpret_cast<const char*>(data), size});
    if (!saved) {
        FUZZ_CHECK(!saved.error().what.empty());
        return 0;
    }
    const std::string once = savedErrorsToJson(*saved);
    const auto again = savedErrorsFromJson(once);
    FUZZ_CHECK(again.has_value());
    FUZZ_CHECK(once == savedErrorsToJson(*again));
    return 0;
}
