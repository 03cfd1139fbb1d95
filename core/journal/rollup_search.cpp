#include <fusebox/journal/journal_reader.h>

namespace fusebox::journal {

base::Result<std::vector<RollupPoint>> JournalReader::rollups(const RollupQuery& query) {
    if (query.points == 0 || query.points > 10'000 || query.span.to <= query.span.from ||
        query.span.to == base::WallTime::max()) {
        return base::trouble(base::TroubleCode::invalidInput,
                             "A span with both ends and 1 to 10,000 points are needed");
    }
    return std::vector<RollupPoint>{};
}

}  // namespace fusebox::journal
