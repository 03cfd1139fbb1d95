#include <fusebox/server/snapshot_board.h>

#include <fusebox/domain/detail_json.h>
#include <fusebox/domain/json_writer.h>
#include <fusebox/domain/snapshot_json.h>
#include <fusebox/server/sse.h>

#include <algorithm>

namespace fusebox::server {

namespace {

using domain::Hold;
using domain::Snapshot;

constexpr std::size_t kMessageSize = 128 * 1024;
constexpr std::size_t kMostRemovals = 10'000;

bool sameHolds(const std::vector<Hold>& one, const std::vector<Hold>& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](Hold a, const Hold& b) {
        a.remaining = b.remaining;
        return a == b;
    });
}

bool sameInFlight(const domain::InFlight& one, const domain::InFlight& other) {
    return one.calls == other.calls && one.slow == other.slow && one.oldest.has_value() == other.oldest.has_value();
}

bool sameMetrics(const domain::CircuitMetrics& one, const domain::CircuitMetrics& other) {
    return one.totals == other.totals && one.window == other.window && one.latency == other.latency &&
           one.transitions == other.transitions;
}

bool sameShadow(const Snapshot& one, const Snapshot& other) {
    if (one.shadow == nullptr || other.shadow == nullptr) return one.shadow == other.shadow;
    return one.shadow->since == other.shadow->since && one.shadow->calls == other.shadow->calls &&
           one.shadow->state == other.shadow->state && one.shadow->trips == other.shadow->trips;
}

bool sameOccasional(const Snapshot& one, const Snapshot& other) {
    return one.untilProbe == other.untilProbe && one.openWait == other.openWait && one.probes == other.probes &&
           one.halfOpenLimit == other.halfOpenLimit && one.ramp == other.ramp && one.limit == other.limit &&
           sameShadow(one, other);
}

bool same(const Snapshot& one, const Snapshot& other) {
    return one.revision == other.revision && one.generation == other.generation && one.state == other.state &&
           one.heldAs == other.heldAs && one.identity == other.identity && sameHolds(one.holds, other.holds) &&
           sameMetrics(one.metrics, other.metrics) && one.standings == other.standings &&
           sameInFlight(one.inFlight, other.inFlight) && sameOccasional(one, other);
}

void finish(std::vector<SharedText>& messages, std::string& data) {
    std::string message;
    appendMessage(message, "snapshots", data);
    messages.push_back(std::make_shared<const std::string>(std::move(message)));
    data.clear();
}

}  // namespace

void SnapshotBoard::update(const domain::Frame& frame) {
    m_composed.clear();
    m_frame = frame.number;
    m_at = frame.at;
    m_wall = frame.wall;
    m_order.clear();
    for (const Snapshot& snapshot : frame.snapshots) {
        if (snapshot.identity == nullptr) continue;
        std::unique_ptr<Row>& place = m_rows[snapshot.identity->id];
        const bool isNew = place == nullptr;
        if (isNew) {
            place = std::make_unique<Row>();
            m_removed.erase(snapshot.identity->id);
        }
        Row& row = *place;
        if (isNew || !same(row.shown, snapshot)) {
            row.snapshotText.clear();
            domain::appendJson(row.snapshotText, snapshot);
            row.snapshotAt = frame.number;
        }
        if (isNew || row.shown.detail != snapshot.detail) {
            row.detailText.clear();
            if (snapshot.detail != nullptr) domain::appendJson(row.detailText, *snapshot.detail);
            row.detailAt = frame.number;
        }
        row.shown = snapshot;
        row.seenAt = frame.number;
        m_order.push_back(&row);
    }
    std::erase_if(m_rows, [&](const auto& entry) {
        if (entry.second->seenAt == frame.number) return false;
        m_removed[entry.first] = frame.number;
        return true;
    });
    if (m_removed.size() > kMostRemovals) {
        m_removed.clear();
        m_forgottenAt = frame.number;
    }
}

const std::vector<SharedText>& SnapshotBoard::changesAfter(std::uint64_t frame) {
    const auto known = m_composed.find(frame);
    return known != m_composed.end() ? known->second : m_composed.emplace(frame, compose(frame)).first->second;
}

std::vector<SharedText> SnapshotBoard::compose(std::uint64_t after) const {
    if (after < m_forgottenAt) after = 0;
    std::vector<SharedText> messages;
    std::string data;
    bool isFull = after == 0;
    const auto begin = [&] {
        domain::JsonWriter(data).raw("{\"at_unix_ms\":").unixMs(m_wall).raw(",\"full\":").truth(isFull);
        data += ",\"breakers\":[";
        isFull = false;
    };
    const auto isNews = [&](const Row* row) { return row->snapshotAt > after || row->detailAt > after; };
    std::vector<const domain::BreakerId*> removed;
    for (const auto& [id, frame] : m_removed) {
        if (after != 0 && frame > after) removed.push_back(&id);
    }
    if (!isFull && removed.empty() && std::none_of(m_order.begin(), m_order.end(), isNews)) return messages;

    begin();
    bool isFirst = true;
    for (const Row* row : m_order) {
        if (!isNews(row)) continue;
        if (data.size() > kMessageSize) {
            data += "],\"removed\":[]}";
            finish(messages, data);
            begin();
            isFirst = true;
        }
        data += isFirst ? "{\"snapshot\":" : ",{\"snapshot\":";
        data += row->snapshotText;
        if (row->detailAt > after && !row->detailText.empty()) data.append(",\"detail\":").append(row->detailText);
        data += "}";
        isFirst = false;
    }
    data += "]";
    {
        domain::JsonWriter out(data);
        out.listField(",\"removed\":", removed, [&](const domain::BreakerId* id) { out.text(id->value); });
        out.raw("}");
    }
    finish(messages, data);
    return messages;
}

}  // namespace fusebox::server
