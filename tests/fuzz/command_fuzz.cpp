// A command as JSON: what is read is written and read again as the same.

#include "fuzz_check.h"

#include <fusebox/domain/command_json.h>

#include <string>
#include <string_view>

using namespace fusebox::domain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto command = readCommand({reinterpret_cast<const char*>(data), size});
    if (!command) {
        FUZZ_CHECK(!command.error().what.empty());
        return 0;
    }
    std::string once;
    appendJson(once, *command);
    const auto again = readCommand(once);
    FUZZ_CHECK(again.has_value());
    std::string twice;
    appendJson(twice, *again);
    FUZZ_CHECK(once == twice);
    return 0;
}
