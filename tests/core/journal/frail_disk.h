// A SQLite file system whose device fails at a chosen operation: once or from then on, with half of a write done, or with a
// crash in which what was not synced survives in part. Syncs cost nothing, so that thousands of failures are quick.
// Threads: one at a time.
#pragma once

#include <cstdint>
#include <string>

namespace fusebox::journal {

enum class Failure : std::uint8_t {
    none,
    once,   // the operation fails, later ones succeed
    dead,   // it and all later ones fail; what was written stays
    torn,   // as dead, and of the write itself half is done
    crash,  // as dead, and of what was not synced each write stays or not, by the seed
};

class FrailDisk {
public:
    // Operation number `at`, from 1, fails.
    FrailDisk(Failure failure, std::uint64_t at, std::uint32_t seed);
    // Unregisters the file system. All files must be closed.
    ~FrailDisk();
    FrailDisk(const FrailDisk&) = delete;
    FrailDisk& operator=(const FrailDisk&) = delete;

    const std::string& name() const { return m_name; }
    // Writes, truncations and syncs so far.
    std::uint64_t operations() const;

private:
    std::string m_name = "frail";
};

}  // namespace fusebox::journal
