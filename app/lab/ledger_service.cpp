#include <fusebox/lab/ledger_service.h>
#include <fusebox/lab/loopback.h>

#include <sqlite3.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace fusebox::lab {
namespace {

constexpr base::Duration kErrorPeriod = std::chrono::seconds(3);
constexpr base::Duration kRecoveryPeriod = std::chrono::seconds(1);
constexpr base::Duration kShortestGap = std::chrono::milliseconds(30);
constexpr base::Duration kBusyRetry = std::chrono::milliseconds(2);
constexpr base::Duration kForever = base::Duration::max();

constexpr const char* kCreate =
    "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF;"
    "CREATE TABLE ledger(id INTEGER PRIMARY KEY, account TEXT NOT NULL, cents INTEGER NOT NULL);"
    "WITH RECURSIVE entry(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM entry WHERE n < 200)"
    " INSERT INTO ledger SELECT n, 'account-' || (n % 17), n * 37 % 9001 FROM entry;";

base::Duration share(base::Duration span, double part) {
    return base::Duration(static_cast<base::Duration::rep>(static_cast<double>(span.count()) * part));
}

}  // namespace

void LedgerService::CloseDatabase::operator()(sqlite3* database) const {
    ::sqlite3_close_v2(database);
}

LedgerService::LedgerService(EventLoop& loop, LedgerTraits traits, std::uint64_t seed)
    : m_loop(loop), m_traits(std::move(traits)), m_plan(Temper{}, loop.clock(), seed) {}

LedgerService::~LedgerService() {
    close();
}

base::Result<void> LedgerService::open() {
    std::error_code error;
    const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
    std::string pattern = ((error ? "/tmp" : parent) / "fusebox-lab-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return systemTrouble("mkdtemp", errno);
    m_directory = pattern;
    sqlite3* database = nullptr;
    const int code = ::sqlite3_open((m_directory / "ledger.db").c_str(), &database);
    m_database.reset(database);
    if (code != SQLITE_OK) {
        return base::trouble(base::TroubleCode::unavailable, "the lab's database cannot be made", m_directory.string(),
                             ::sqlite3_errstr(code));
    }
    return execute(kCreate);
}

void LedgerService::close() {
    m_database.reset();
    if (m_directory.empty()) return;
    std::error_code ignored;
    std::filesystem::remove_all(m_directory, ignored);
    m_directory.clear();
}

ServiceCard LedgerService::card() const {
    ServiceCard card;
    card.name = m_traits.name;
    card.kind = "sqlite";
    card.path = (m_directory / "ledger.db").string();
    card.address = card.path;
    card.goodAnswer = "SELECT count(*), sum(cents) FROM ledger";
    card.answers = {Answer::healthy, Answer::wrongBody, Answer::hang};
    card.callsPerSecond = m_traits.callsPerSecond;
    return card;
}

base::Result<void> LedgerService::execute(const char* sql) {
    const int code = ::sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    return base::trouble(code == SQLITE_BUSY ? base::TroubleCode::conflict : base::TroubleCode::unavailable,
                         "the lab's database refused a statement", m_directory.string(), ::sqlite3_errstr(code));
}

void LedgerService::apply(const Faults& faults) {
    m_plan.setFaults(faults);
    ++m_epoch;
    if (m_locked && execute("ROLLBACK")) m_locked = false;
    alignTable();
}

void LedgerService::alignTable() {
    const bool wanted = m_plan.faults().answer == Answer::wrongBody;
    if (wanted != m_renamed) {
        const char* sql =
            wanted ? "ALTER TABLE ledger RENAME TO ledger_old" : "ALTER TABLE ledger_old RENAME TO ledger";
        if (!execute(sql)) return later(kBusyRetry, &LedgerService::alignTable);  // a reader was faster
        m_renamed = wanted;
    }
    turn();
}

LedgerService::Cycle LedgerService::nextCycle() const {
    const Faults& faults = m_plan.faults();
    if (faults.answer == Answer::hang || faults.errorShare >= 1.0) return {kForever, {}};
    if (faults.errorShare > 0) {
        const base::Duration held = share(kErrorPeriod, faults.errorShare);
        return {held, kErrorPeriod - held};
    }
    if (faults.latency > base::Duration::zero()) return {faults.latency, std::max(faults.latency / 4, kShortestGap)};
    const double capacity = m_plan.capacityShare();
    const base::Duration held = share(kRecoveryPeriod, 1.0 - capacity);
    return {held, kRecoveryPeriod - held};
}

void LedgerService::turn() {
    const Cycle cycle = nextCycle();
    if (cycle.held <= base::Duration::zero()) return;
    if (!execute("BEGIN EXCLUSIVE")) return later(kBusyRetry, &LedgerService::turn);  // a reader was faster
    m_locked = true;
    if (cycle.held == kForever) return;
    m_loop.after(cycle.held, [this, cycle, epoch = m_epoch] {
        if (epoch == m_epoch) release(cycle);
    });
}

void LedgerService::release(Cycle cycle) {
    if (execute("ROLLBACK")) m_locked = false;
    later(cycle.free, &LedgerService::turn);
}

void LedgerService::later(base::Duration delay, void (LedgerService::*step)()) {
    m_loop.after(delay, [this, step, epoch = m_epoch] {
        if (epoch == m_epoch) (this->*step)();
    });
}

}  // namespace fusebox::lab
