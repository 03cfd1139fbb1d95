#pragma once
// The chain that seals what people did and what changed the configuration: each record carries the SHA-256 of the one before
// it together with its own content. Who alters, removes or puts in a record breaks the chain there; who cuts the end off
// misses the head, which the file keeps apart.
// Limits: who may write the file can make a new chain as a whole: keep the head elsewhere to see that.
// Source: SHA-256 of OpenSSL.

#include <fusebox/journal/database.h>
#include <fusebox/journal/query.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::journal {

/// A place in the chain: the number and hash of a record. What the first record of all comes after is number 0.
struct ChainPlace {
    std::uint64_t number = 0;
    std::string hash = std::string(32, '\0');

    bool operator==(const ChainPlace&) const = default;
};

/// The hash of a record that comes after one with the hash `before`.
[[nodiscard]] std::string chainHash(std::string_view before, const AuditRecord& record);

struct ChainBounds {
    ChainPlace base;  ///< the last record that was taken away for its age
    ChainPlace head;  ///< the last record that was written
};
[[nodiscard]] Attempt<ChainBounds> readChainBounds(Database& database);

/// REQUIRES: within a transaction with what moved them.
[[nodiscard]] Attempt<void> writeChainHead(Database& database, const ChainPlace& head);
[[nodiscard]] Attempt<void> writeChainBase(Database& database, const ChainPlace& base);

/// Follows the chain from the base to the head.
class ChainCheck {
public:
    explicit ChainCheck(ChainBounds bounds);

    /// In the order of their numbers. False once one is wrong.
    bool take(const std::vector<AuditRecord>& records);
    /// After all records.
    [[nodiscard]] AuditVerdict verdict() const;

private:
    bool take(const AuditRecord& record);
    bool fail(std::uint64_t number, std::string text);

    ChainBounds m_bounds;
    ChainPlace m_place;
    AuditVerdict m_verdict;
};

}  // namespace fusebox::journal
