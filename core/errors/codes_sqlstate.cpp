#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

constexpr CodeLine kSqlState[] = {
    {permanent,
     "02* 03* 07* 09* 0A* 0B* 0F* 0L* 0P* 0Z* 20* 24* 25* 26* 27* 2B* 2D* 2F* 33* 34* 35* 36* 38* 39* 3B* 3D* 3F*"},
    {dataValidation, "21* 22* 23* 44*"},
    {authentication, "28* 42501"},
    {transient, "08* 40* 53* 55* 57* 58* HYT00 HYT01 HY008 08S01 JZ0C0 JZ006 S1T00 57033 70100"},
    {permanent, "08P01", Weight::specific},
    {permanent, "40002"},  // an integrity constraint at commit
    {permanent, "42* 54* 72* F0* HV* P0* XX* XY* IM* S0*"},
    {permanent, "55P02 55P04 57P04 57P05 58P01 58P02"},
    {permanent, "57014", Weight::generic},  // cancelled: on request, or by a statement timeout
    {transient, "25006 25P03"},             // a standby after a switch-over
    {transient, "72000", Weight::generic},
    {dataValidation, "HY090 HY104 HY105 HY009 HY024"},
    {permanent, "HYC00 HY010 HY013 HY014 HY106 IM001 IM002 IM003"},
    {unknown, "HY000 S1000 99999 00000 01000 01*", Weight::generic},
    // conditions by name, as PL/pgSQL and drivers have them
    {transient,
     "connection_exception connection_does_not_exist connection_failure sqlclient_unable_to_establish_sqlconnection "
     "transaction_resolution_unknown serialization_failure deadlock_detected statement_completion_unknown "
     "transaction_rollback "
     "insufficient_resources disk_full out_of_memory too_many_connections configuration_limit_exceeded object_in_use "
     "object_not_in_prerequisite_state lock_not_available admin_shutdown crash_shutdown cannot_connect_now "
     "system_error io_error"},
    {authentication, "invalid_authorization_specification invalid_password insufficient_privilege"},
};

constexpr CodeTable kTables[] = {{CodeSystem::sqlState, kSqlState, Names::everywhere}};

}  // namespace

std::span<const CodeTable> sqlStateCodes() {
    return kTables;
}

}  // namespace fusebox::errors
