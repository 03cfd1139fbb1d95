#pragma once
// The journals that the page of history can read: that of this console, and those of the agents that are attached.
// Threads: stores as feed::HistoryStore; historyStoreOf()'s function on the GUI thread.
// Lifetime: the wiring outlives the function and all its stores.

#include <fusebox/views/history_places.h>
#include <fusebox/wiring/wiring.h>

namespace fusebox::desk {

/// The notes beside an agent's journal are those of this console. REQUIRES: the wiring writes a journal.
[[nodiscard]] views::HistoryStoreOf historyStoreOf(wiring::Wiring& wiring);

}  // namespace fusebox::desk
