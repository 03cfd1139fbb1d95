// An event stream, cut where its first byte says: what is read does not depend on how the bytes come.

#include "fuzz_check.h"

#include <fusebox/sources/sse_reader.h>

#include <algorithm>
#include <string_view>
#include <vector>

using namespace fusebox;

namespace {

constexpr sources::SseReader::Options kLimits{.longestLine = 200, .largestEvent = 400};

std::vector<sources::SseEvent> eventsOf(std::string_view bytes, std::size_t piece) {
    std::vector<sources::SseEvent> events;
    sources::SseReader reader(kLimits);
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        const auto keep = [&events](sources::SseEvent&& event) { events.push_back(std::move(event)); };
        if (!reader.feed(bytes.substr(0, piece), keep)) break;
    }
    if (reader.retry()) FUZZ_CHECK(*reader.retry() <= std::chrono::minutes(1));
    return events;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = eventsOf(bytes, bytes.size() + 1);
    const auto pieces = eventsOf(bytes, data[0] % 16 + 1U);
    FUZZ_CHECK(whole.size() == pieces.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        FUZZ_CHECK(whole[i].data.size() <= kLimits.largestEvent && whole[i].type == pieces[i].type);
        FUZZ_CHECK(whole[i].data == pieces[i].data && whole[i].id == pieces[i].id);
    }
    return 0;
}
