// A configuration file: either sound settings, or problems that each say what and where.

#include "fuzz_check.h"

#include <fusebox/config/load.h>

#include <string_view>

using namespace fusebox;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto settings = config::parse({reinterpret_cast<const char*>(data), size}, "fuzz.toml");
    if (settings) {
        FUZZ_CHECK(settings->dependencies.size() <= config::kMostDependencies);
        return 0;
    }
    FUZZ_CHECK(!settings.error().empty());
    for (const config::Problem& problem : settings.error()) FUZZ_CHECK(!problem.what.empty());
    return 0;
}
