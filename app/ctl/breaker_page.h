#pragma once
// One breaker, and one trip of it, on a page of text. Foreign parts are made printable.

#include <fusebox/ctl/terminal.h>
#include <fusebox/domain/dossier.h>
#include <fusebox/domain/snapshot.h>

#include <cstdint>
#include <string>

namespace fusebox::ctl {

enum class Sheet : std::uint8_t { preset, whole };

[[nodiscard]] std::string pageOf(const domain::Snapshot& snapshot, const domain::Detail& detail, Sheet sheet,
                                 const Look& look);
/// Why it opened.
[[nodiscard]] std::string pageOf(const domain::Dossier& dossier, const Look& look);

}  // namespace fusebox::ctl
