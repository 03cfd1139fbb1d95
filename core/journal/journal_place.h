#pragma once
// Finds a file that the journal can write: the one that was asked for, or a fresh one beside it when that cannot be used. The
// old one is never deleted: a damaged one is renamed, any other (of a newer version, of another program, in use, not to be
// written) stays where it is and the fresh one gets a number ("journal-2.db").
// Threads: one at a time.
// Errors: none is fatal: Place::text says what is wrong, and without a file it may be tried again.
// Limits: 8 files beside.

#include <fusebox/base/time.h>
#include <fusebox/journal/journal_file.h>

#include <optional>
#include <string>
#include <utility>

namespace fusebox::journal {

/// Says to other programs that a journal is in use. Ends with the program, however that ends. In its file stands a mark, too:
/// that events were shown which the journal may not have. It is overwritten in place, which also works on a full disk.
class PlaceLock {
public:
    PlaceLock() = default;
    PlaceLock(PlaceLock&& other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1)), m_isMarked(other.m_isMarked) {}
    PlaceLock& operator=(PlaceLock&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        std::swap(m_isMarked, other.m_isMarked);
        return *this;
    }
    ~PlaceLock();

    /// Empty: it is ours now. Else who has it, or why it cannot be had.
    [[nodiscard]] std::string take(const std::string& file);

    /// On the disk when it returns, where that is possible. Nothing happens without a lock.
    void mark(bool isMarked);
    /// As it was left, by an earlier program at first.
    [[nodiscard]] bool isMarked() const { return m_isMarked; }

private:
    int m_descriptor = -1;
    bool m_isMarked = false;
};

struct Place {
    std::optional<JournalFile> file;
    PlaceLock lock;
    std::string path;
    std::string aside;  ///< the old file, where a fresh one had to be begun
    std::string text;   ///< why it had to, or why there is none; empty: all is well
};

struct Wanted {
    std::string path;
    std::string vfs;  ///< SQLite's name of another file system, for tests
};

/// Renames a damaged file with its log, so that it can be looked at later. Gives its new name; empty: it cannot be renamed.
[[nodiscard]] std::string putAside(const std::string& path, base::WallTime now);

/// Makes missing directories, for the owner alone. Refuses a symbolic link and a directory in which everyone may write.
[[nodiscard]] Place findPlace(const Wanted& wanted, base::WallTime now);

}  // namespace fusebox::journal
