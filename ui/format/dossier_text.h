#pragma once
// A dossier in words: why a breaker tripped, sentence by sentence, and the whole of it as text to be pasted elsewhere.
// Foreign parts are made safe.

#include <fusebox/domain/dossier.h>

#include <QString>

namespace fusebox::format {

/// "13 of 21 calls failed in 5 s: 61.9 %, the limit is 50 % of at least 10 calls."
[[nodiscard]] QString tripSentence(const domain::Transition& transition);
/// "It had been closed for 3 min 12 s. It waits 3.9 s before it probes."
[[nodiscard]] QString waitSentence(const domain::Dossier& dossier);
/// "7 in flight, 3 of them slow, the oldest 14 s"
[[nodiscard]] QString inFlightText(const domain::InFlight& inFlight);
/// "21 calls, 13 failed, 2 slow"
[[nodiscard]] QString windowText(const domain::WindowMetrics& window);
/// "Transient 12, Rate limit 1"; a dash when there were none.
[[nodiscard]] QString categoriesText(const domain::Dossier& dossier);
/// "success", "failed", "failed, slow", ...
[[nodiscard]] QString resultText(const domain::PastOutcome& outcome);

/// The whole page as lines of plain text.
[[nodiscard]] QString plainText(const QString& breaker, const domain::Dossier& dossier);
/// All of it as indented JSON, in the names of domain/detail_json.h and with the breaker's name; texts as they are.
[[nodiscard]] QString jsonText(const QString& breaker, const domain::Dossier& dossier);

}  // namespace fusebox::format
