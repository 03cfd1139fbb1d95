#pragma once
// The few words whose meaning the scanner and the miner must know.

#include <fusebox/errors/mask.h>

#include <cstdint>
#include <string_view>

namespace fusebox::errors {

/// Jan, feb, December, ...
[[nodiscard]] bool isMonth(std::string_view word);
/// Mon, tuesday, ...
[[nodiscard]] bool isWeekday(std::string_view word);

/// Mask::size for "KB", "bytes"; Mask::duration for "ms", "minutes"; Mask::number for units of anything else ("MHz");
/// Mask::none for a word that is no unit.
[[nodiscard]] Mask unitOf(std::string_view word);

enum class NameEnding : std::uint8_t {
    other,
    domain,    ///< com, local, de; but none that files and programs use too (py, sh)
    dataFile,  ///< log, xml, gz: which file it is varies; files with code are places in a program
};

/// What stands behind the last dot of a name.
[[nodiscard]] NameEnding endingOf(std::string_view ending);

/// The first label of names that are written the other way round: com.example.Thing, java.io.IOException.
[[nodiscard]] bool startsReverseName(std::string_view label);

/// A name with a number that belongs to it, the number being no value: ipv6, x509, sha256.
[[nodiscard]] bool isTechnologyName(std::string_view word);

/// true, false, null, none, ...
[[nodiscard]] bool isTruthWord(std::string_view word);

/// What tells one state or step from another (started, paused, up, failed): where messages differ by such words they
/// are different messages.
[[nodiscard]] bool isStateWord(std::string_view word);

/// "user", "username": what follows names somebody.
[[nodiscard]] bool isUserLabel(std::string_view word);

/// "process", "pid": what follows is its number, and its name behind that.
[[nodiscard]] bool isProcessLabel(std::string_view word);

/// GET, POST, ...
[[nodiscard]] bool isHttpMethod(std::string_view word);

/// The fields of structured logs whose text is the message itself: msg, error, event, ...
[[nodiscard]] bool isMessageField(std::string_view key);

}  // namespace fusebox::errors
