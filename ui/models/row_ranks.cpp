#include <fusebox/models/row_ranks.h>

#include <fusebox/models/natural_order.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace fusebox::models {

RowRanks rank(const std::vector<FleetRow>& rows) {
    RowRanks ranks{std::vector<int>(rows.size()), std::vector<int>(rows.size())};
    std::vector<std::size_t> byName(rows.size());
    std::iota(byName.begin(), byName.end(), std::size_t{0});
    std::sort(byName.begin(), byName.end(), [&rows](std::size_t a, std::size_t b) {
        const int order = naturalCompare(rows[a].name, rows[b].name);
        return order != 0 ? order < 0 : rows[a].id < rows[b].id;
    });
    for (std::size_t place = 0; place < byName.size(); ++place) ranks.name[byName[place]] = static_cast<int>(place);

    std::map<QString, int> kinds;
    for (const FleetRow& row : rows) kinds.emplace(row.kind.toCaseFolded(), 0);
    int place = 0;
    for (auto& [kind, number] : kinds) number = place++;
    for (std::size_t i = 0; i < rows.size(); ++i) ranks.kind[i] = kinds[rows[i].kind.toCaseFolded()];
    return ranks;
}

}  // namespace fusebox::models
