#pragma once
// Writes each event into the program's log, with its number and, for a command, its id.
// Threads: as collector::Sink. Limits: those of the log.

#include <fusebox/collector/sink.h>

namespace fusebox::agent {

class EventLog final : public collector::Sink {
public:
    void accept(const domain::FrameRef& frame) override;
};

}  // namespace fusebox::agent
