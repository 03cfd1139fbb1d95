#pragma once
// A SQLite database in a directory of its own. Its faults are real: another connection holds an exclusive lock,
// always, for a share of the time or in short slices; or the table has another name than agreed.
// Threads: as Service.
// Lifetime: the directory is removed by close().

#include <fusebox/lab/event_loop.h>
#include <fusebox/lab/service.h>

#include <filesystem>
#include <memory>

struct sqlite3;

namespace fusebox::lab {

struct LedgerTraits {
    std::string name;
    double callsPerSecond = 0;
};

class LedgerService final : public Service {
public:
    LedgerService(EventLoop& loop, LedgerTraits traits, std::uint64_t seed);
    ~LedgerService() override;

    [[nodiscard]] base::Result<void> open() override;
    void close() override;
    void apply(const Faults& faults) override;
    [[nodiscard]] ServiceCard card() const override;

private:
    struct CloseDatabase {
        void operator()(sqlite3* database) const;
    };
    /// One turn of the lock: held first, then free.
    struct Cycle {
        base::Duration held{};
        base::Duration free{};
    };

    [[nodiscard]] base::Result<void> execute(const char* sql);
    [[nodiscard]] Cycle nextCycle() const;
    void turn();
    void release(Cycle cycle);
    void alignTable();
    void later(base::Duration delay, void (LedgerService::*step)());

    EventLoop& m_loop;
    const LedgerTraits m_traits;
    FaultPlan m_plan;
    std::filesystem::path m_directory;
    std::unique_ptr<sqlite3, CloseDatabase> m_database;
    bool m_locked = false;
    bool m_renamed = false;
    std::uint64_t m_epoch = 0;  // steps planned before the last change of faults are void
};

}  // namespace fusebox::lab
