#pragma once
// Where the gate writes down every command and what became of it, refused ones too, before anyone is told: the journal.
// Threads: write() is called on the gate's thread, one command after the other; in Gate::stop() on its caller's, once that
// thread has ended.
// Errors: what could not be written. The command counts all the same; its report then says so.

#include <fusebox/base/result.h>
#include <fusebox/base/time.h>
#include <fusebox/domain/command.h>

namespace fusebox::command {

class AuditLog {
public:
    virtual ~AuditLog() = default;

    /// On the disk when it returns. `at` is when it was settled, and stands in the event about it.
    [[nodiscard]] virtual base::Result<void> write(const domain::CommandReport& report, base::WallTime at) = 0;
};

}  // namespace fusebox::command
