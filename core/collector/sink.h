#pragma once
// Who takes frames: the console's mailbox, later the journal and the agent's server.
// Threads: accept() is called on the collector's frame thread; it must not wait for anything.

#include <fusebox/domain/frame.h>

namespace fusebox::collector {

class Sink {
public:
    virtual ~Sink() = default;
    virtual void accept(const domain::FrameRef& frame) = 0;
};

}  // namespace fusebox::collector
