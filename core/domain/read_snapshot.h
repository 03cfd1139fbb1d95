#pragma once
// Snapshots, details and dossiers out of JSON, the other way of snapshot_json.h and detail_json.h, in the manner of
// read_parts.h. What comes from afar is checked whole: the reader's trouble says what cannot be.
// Limits: 64 holds, 50 transitions, 20 errors, 200 options, 10 dossiers, 1,024 slices, 64 outcomes.

#include <fusebox/domain/dossier.h>
#include <fusebox/domain/json_reader.h>
#include <fusebox/domain/snapshot.h>

#include <cstdint>
#include <vector>

namespace fusebox::domain {

/// Without its detail. A snapshot whose hold this program does not know is of UNKNOWN state.
[[nodiscard]] Snapshot readSnapshot(JsonReader in);

/// The identity alone, for a snapshot that is told by it although the rest of it cannot be.
[[nodiscard]] Identity readIdentity(JsonReader& in);

struct DetailRead {
    Detail detail;                        ///< without its dossiers
    std::vector<std::uint64_t> dossiers;  ///< by the sequences of their transitions
};

[[nodiscard]] DetailRead readDetail(JsonReader in);

/// A dossier whose transition this program does not know is of an empty one.
[[nodiscard]] Dossier readDossier(JsonReader in);

}  // namespace fusebox::domain
