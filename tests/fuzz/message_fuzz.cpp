// What an agent says: the first line is the kind of the message, the rest its JSON. The same JSON is also read as a dossier and as
// the report of a command.

#include "fuzz_check.h"

#include <fusebox/sources/agent_message.h>

#include <string>
#include <string_view>

using namespace fusebox::sources;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return 0;
    const std::string json(text.substr(end + 1));
    const auto message = readMessage({std::string(text.substr(0, end)), json, "7"}, "shop");
    if (message) {
        if (const auto* snapshots = std::get_if<AgentSnapshots>(&*message)) {
            FUZZ_CHECK(snapshots->rows.size() <= kMostRemoteBreakers);
            for (const AgentRow& row : snapshots->rows)
                FUZZ_CHECK(row.snapshot.identity && idAtAgent("shop", row.snapshot.identity->id.value));
        }
    }
    (void)readDossierText(json);
    (void)readReportText(json, "shop");
    return 0;
}
