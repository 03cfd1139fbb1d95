#include <fusebox/journal/audit_chain.h>

#include <fusebox/journal/codes.h>

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <utility>

namespace fusebox::journal {

namespace {

constexpr std::size_t kHashBytes = 32;

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

class Sha256 {
public:
    Sha256() { EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr); }

    void number(std::uint64_t value) {
        std::array<unsigned char, 8> bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] = static_cast<unsigned char>(value >> (8 * i));
        }
        EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size());
    }
    /// With its length before it, so that no two records read alike.
    void text(std::string_view text) {
        number(text.size());
        EVP_DigestUpdate(m_context.get(), text.data(), text.size());
    }
    [[nodiscard]] std::string take() {
        std::array<unsigned char, kHashBytes> bytes{};
        EVP_DigestFinal_ex(m_context.get(), bytes.data(), nullptr);
        return {bytes.begin(), bytes.end()};
    }

private:
    std::unique_ptr<EVP_MD_CTX, FreeContext> m_context{EVP_MD_CTX_new()};
};

std::string hexOf(std::string_view bytes) {
    std::string hex;
    for (const char byte : bytes) {
        hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return hex;
}

Attempt<void> readPlace(Database& database, const char* sql, ChainPlace& place) {
    auto statement = database.prepare(sql);
    const Attempt<bool> row = statement ? statement->step() : tl::unexpected(statement.error());
    if (!row) {
        return tl::unexpected(row.error());
    }
    if (*row) {
        place = {static_cast<std::uint64_t>(statement->number(0)), statement->text(1)};
    }
    return {};
}

Attempt<void> writePlace(Database& database, std::string_view number, std::string_view hash, const ChainPlace& place) {
    auto statement = database.prepare("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)");
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    statement->bind(1, number).bind(2, static_cast<std::int64_t>(place.number));
    auto done = statement->run();
    if (done) {
        statement->bind(1, hash).bindBlob(2, place.hash);
        done = statement->run();
    }
    return done;
}

}  // namespace

std::string chainHash(std::string_view before, const AuditRecord& record) {
    Sha256 hash;
    hash.text(before);
    hash.number(record.number);
    hash.number(static_cast<std::uint64_t>(unixMs(record.at)));
    for (const std::string* text : {&record.kind, &record.command, &record.breaker.value, &record.actor, &record.origin,
                                    &record.text, &record.body}) {
        hash.text(*text);
    }
    return hash.take();
}

Attempt<ChainBounds> readChainBounds(Database& database) {
    ChainBounds bounds;
    auto done = readPlace(database,
                          "SELECT n.value, h.value FROM meta n, meta h WHERE n.key = 'audit_base_number' AND "
                          "h.key = 'audit_base_hash'",
                          bounds.base);
    done = done ? readPlace(database,
                            "SELECT n.value, h.value FROM meta n, meta h WHERE n.key = 'audit_head_number' AND "
                            "h.key = 'audit_head_hash'",
                            bounds.head)
                : done;
    if (!done) {
        return tl::unexpected(done.error());
    }
    return bounds;
}

Attempt<void> writeChainHead(Database& database, const ChainPlace& head) {
    return writePlace(database, "audit_head_number", "audit_head_hash", head);
}

Attempt<void> writeChainBase(Database& database, const ChainPlace& base) {
    return writePlace(database, "audit_base_number", "audit_base_hash", base);
}

ChainCheck::ChainCheck(ChainBounds bounds) : m_bounds(std::move(bounds)), m_place(m_bounds.base) {
    m_verdict.intact = true;
}

bool ChainCheck::take(const std::vector<AuditRecord>& records) {
    for (const AuditRecord& record : records) {
        if (!take(record)) {
            return false;
        }
    }
    return true;
}

bool ChainCheck::take(const AuditRecord& record) {
    const std::uint64_t expected = m_place.number + 1;
    if (m_verdict.first == 0) {
        m_verdict.first = expected;
    }
    if (record.number != expected) {
        return static_cast<std::int64_t>(record.number) > static_cast<std::int64_t>(expected)
                   ? fail(expected, fmt::format("Record {} was removed.", expected))
                   : fail(record.number, fmt::format("Record {} was put in.", record.number));
    }
    if (record.number > m_bounds.head.number) {
        return fail(record.number, fmt::format("Record {} was put in after the last one that the journal wrote, {}.",
                                               record.number, m_bounds.head.number));
    }
    if (chainHash(m_place.hash, record) != record.hash) {
        return fail(record.number,
                    fmt::format("Record {} was altered, or the one before it was replaced.", record.number));
    }
    m_place = {record.number, record.hash};
    m_verdict.last = record.number;
    return true;
}

bool ChainCheck::fail(std::uint64_t number, std::string text) {
    m_verdict.intact = false;
    m_verdict.wrong = number;
    m_verdict.text = std::move(text);
    return false;
}

AuditVerdict ChainCheck::verdict() const {
    AuditVerdict verdict = m_verdict;
    verdict.head = hexOf(m_place.hash);
    if (verdict.intact && m_place != m_bounds.head) {
        verdict.intact = false;
        verdict.wrong = m_place.number + 1;
        verdict.text = m_place.number < m_bounds.head.number
                           ? fmt::format("Record {} was removed: the chain ends at {}, but {} was written.",
                                         verdict.wrong, m_place.number, m_bounds.head.number)
                           : fmt::format("Record {} is not the one that was written.", m_place.number);
    }
    if (verdict.intact) {
        verdict.text = verdict.last == 0
                           ? "The chain is intact; it has no records."
                           : fmt::format("The chain is intact: records {} to {}.", verdict.first, verdict.last);
    }
    return verdict;
}

}  // namespace fusebox::journal
