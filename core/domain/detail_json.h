#pragma once
// The heavy parts of a snapshot as JSON, in the manner of snapshot_json.h: its detail, and the dossier of a trip.

#include <fusebox/domain/dossier.h>
#include <fusebox/domain/snapshot.h>

#include <string>

namespace fusebox::domain {

/// Appends one object. Its dossiers are told by number only ("dossiers": the transition's sequence of each): a dossier is
/// a page of its own.
void appendJson(std::string& out, const Detail& detail);
void appendJson(std::string& out, const Dossier& dossier);

}  // namespace fusebox::domain
