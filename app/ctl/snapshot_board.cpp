#include <fusebox/ctl/snapshot_board.h>

#include <fusebox/ctl/answers.h>
#include <fusebox/domain/json_document.h>
#include <fusebox/domain/read_snapshot.h>

#include <algorithm>
#include <utility>

namespace fusebox::ctl {

namespace {

domain::Snapshot goneOn(domain::Snapshot snapshot, base::Duration by) {
    const auto less = [by](std::optional<base::Duration>& left) {
        if (left) left = std::max(*left - by, base::Duration::zero());
    };
    snapshot.metrics.timeInState += by;
    less(snapshot.untilProbe);
    less(snapshot.halfOpenLimit);
    for (domain::Hold& hold : snapshot.holds) less(hold.remaining);
    return snapshot;
}

}  // namespace

Attempt<void> SnapshotBoard::take(std::string_view data, base::Time now) {
    const auto json = domain::parseJson(data);
    if (!json)
        return failed(ExitCode::noConnection, "what it tells of its breakers cannot be read: " + json.error().text());
    std::vector<Told> told;
    bool isFull = false;
    const auto read = readDocument(*json, [&](domain::JsonReader in) {
        isFull = in.truth("full");
        in.list("breakers", kMostBreakers, [&](domain::JsonReader one) {
            told.push_back({domain::readSnapshot(one.at("snapshot")), {}, now});
        });
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    if (isFull) m_breakers.clear();
    for (std::size_t i = 0; i < told.size(); ++i) {
        if (!told[i].snapshot.identity) continue;
        told[i].json = (*json)["breakers"][i]["snapshot"];
        std::string id = told[i].snapshot.identity->id.value;
        if (m_breakers.size() < kMostBreakers || m_breakers.contains(id)) {
            m_breakers.insert_or_assign(std::move(id), std::move(told[i]));
        }
    }
    if (const auto removed = json->find("removed"); removed != json->end() && removed->is_array()) {
        for (const nlohmann::json& id : *removed) {
            if (id.is_string()) m_breakers.erase(id.get_ref<const std::string&>());
        }
    }
    return {};
}

std::vector<domain::Snapshot> SnapshotBoard::breakersAt(base::Time now) const {
    std::vector<domain::Snapshot> breakers;
    for (const auto& [id, told] : m_breakers) breakers.push_back(goneOn(told.snapshot, now - told.at));
    return breakers;
}

nlohmann::json SnapshotBoard::json() const {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& [id, told] : m_breakers) list.push_back(told.json);
    return {{"breakers", std::move(list)}};
}

nlohmann::json withGroup(nlohmann::json answer, const std::string& group) {
    if (group.empty()) return answer;
    nlohmann::json& list = answer["breakers"];
    nlohmann::json kept = nlohmann::json::array();
    for (nlohmann::json& one : list) {
        if (one.is_object() && one.value("group", nlohmann::json()) == group) kept.push_back(std::move(one));
    }
    list = std::move(kept);
    return answer;
}

}  // namespace fusebox::ctl
