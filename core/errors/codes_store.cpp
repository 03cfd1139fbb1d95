#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

constexpr CodeLine kRedis[] = {
    {authentication, "NOAUTH WRONGPASS NOPERM DENIED"},
    {dataValidation, "WRONGTYPE INVALIDOBJ"},
    {transient,
     "LOADING BUSY TRYAGAIN CLUSTERDOWN MASTERDOWN NOREPLICAS READONLY MOVED ASK UNBLOCKED INPROG NOGOODSLAVE"},
    {transient, "NOMASTERLINK"},
    {permanent,
     "NOTBUSY NOPROTO OOM MISCONF NOSCRIPT EXECABORT CROSSSLOT BUSYKEY BUSYGROUP NOGROUP NOTREADY UNKILLABLE NOSUB "
     "NOREPL "
     "NOQUORUM"},
    {permanent, "ERR", Weight::generic},
    {permanent, "*", Weight::generic},
};

/// Protocol error codes of CQL and names of the drivers.
constexpr CodeLine kCassandra[] = {
    {transient,
     "0x1000 Unavailable UnavailableException 0x1002 IsBootstrapping IsBootstrappingException 0x1001 Overloaded"},
    {transient,
     "OverloadedException 0x1100 WriteTimeout WriteTimeoutException 0x1200 ReadTimeout ReadTimeoutException"},
    {transient, "0x1003 TruncateError TruncateException 0x1700 CasWriteUnknown 0x2500 Unprepared UnpreparedException"},
    {transient, "OperationTimedOutException NoHostAvailableException AllNodesFailedException NoNodeAvailableException"},
    {transient,
     "BusyPoolException BusyConnectionException DriverTimeoutException ConnectionInitException HeartbeatException"},
    {transient, "0x0000 ServerError", Weight::generic},
    {permanent,
     "0x1300 ReadFailure ReadFailureException 0x1500 WriteFailure WriteFailureException 0x1400 FunctionFailure"},
    {permanent, "0x1600 CdcWriteFailure 0x2000 SyntaxError 0x2300 ConfigError InvalidConfigurationInQueryException"},
    {permanent, "0x2400 AlreadyExists AlreadyExistsException InvalidKeyspaceException"},
    {permanent, "0x000A ProtocolError ProtocolException"},
    {dataValidation, "0x2200 Invalid InvalidQueryException FrameTooLongException CodecNotFoundException"},
    {authentication, "0x0100 BadCredentials AuthenticationError AuthError 0x2100 Unauthorized UnauthorizedException"},
};

constexpr CodeLine kElasticsearch[] = {
    {rateLimit, "es_rejected_execution_exception circuit_breaking_exception cluster_block_exception_429"},
    {transient,
     "no_shard_available_action_exception unavailable_shards_exception master_not_discovered_exception "
     "node_closed_exception "
     "node_disconnected_exception node_not_connected_exception connect_transport_exception "
     "receive_timeout_transport_exception "
     "process_cluster_event_timeout_exception no_node_available_exception not_master_exception timeout_exception "
     "search_phase_execution_exception index_shard_not_started_exception shard_not_found_exception "
     "failed_to_commit_cluster_state_exception retry_on_primary_exception elasticsearch_timeout_exception "
     "recovery_failed_exception snapshot_in_progress_exception concurrent_snapshot_execution_exception "
     "no_such_remote_cluster_exception status_exception"},
    {authentication, "security_exception authentication_exception authorization_exception"},
    {dataValidation,
     "mapper_parsing_exception parsing_exception document_parsing_exception illegal_argument_exception "
     "action_request_validation_exception query_shard_exception x_content_parse_exception json_parse_exception "
     "strict_dynamic_mapping_exception number_format_exception invalid_index_name_exception "
     "too_long_http_line_exception "
     "too_many_clauses type_missing_exception script_exception verification_exception"},
    {permanent,
     "index_not_found_exception resource_not_found_exception resource_already_exists_exception "
     "index_already_exists_exception version_conflict_engine_exception index_closed_exception alias_missing_exception "
     "document_missing_exception cluster_block_exception repository_missing_exception snapshot_missing_exception "
     "search_context_missing_exception invalid_alias_name_exception unsupported_operation_exception"},
    {permanent, "*", Weight::generic},
};

/// Names of rpctypes without "Err" and "ErrGRPC" in front; the code is one of gRPC's.
constexpr CodeLine kEtcd[] = {
    {transient,
     "NoLeader Stopped Timeout TimeoutDueToLeaderFail TimeoutDueToConnectionLost Unhealthy "
     "TimeoutWaitAppliedIndex LeaderChanged NotLeader"},
    {rateLimit, "TooManyRequests RequestRateLimited"},
    {authentication,
     "UserEmpty AuthFailed PermissionDenied PermissionNotGiven PermissionNotGranted InvalidAuthToken "
     "InvalidAuthMgmt AuthOldRevision RoleNotGranted NoPasswordUser"},
    {permanent, "NoSpace NotCapable AuthNotEnabled"},
};

constexpr CodeLine kZookeeper[] = {
    {transient,
     "-4 CONNECTIONLOSS ConnectionLoss -7 OPERATIONTIMEOUT OperationTimeout -112 SESSIONEXPIRED SessionExpired"},
    {transient, "-118 SESSIONMOVED SessionMoved -116 EPHEMERALONLOCALSESSION -122 REQUESTTIMEOUT RequestTimeout"},
    {transient,
     "-119 NOTREADONLY NotReadOnly -13 NEWCONFIGNOQUORUM NewConfigNoQuorum -14 RECONFIGINPROGRESS ReconfigInProgress"},
    {rateLimit, "-127 THROTTLEDOP ThrottledOp"},
    {authentication, "-102 NOAUTH NoAuth -115 AUTHFAILED AuthFailed -124 SESSIONCLOSEDREQUIRESASLAUTH"},
    {dataValidation,
     "-5 MARSHALLINGERROR MarshallingError -8 BADARGUMENTS BadArguments -113 INVALIDCALLBACK InvalidCallback -114 "
     "INVALIDACL InvalidACL -103 BADVERSION"},
    {dataValidation, "BadVersion"},
    {permanent,
     "-6 UNIMPLEMENTED Unimplemented -101 NONODE NoNode -108 NOCHILDRENFOREPHEMERALS -110 NODEEXISTS NodeExists -111"},
    {permanent,
     "NOTEMPTY NotEmpty -121 NOWATCHER NoWatcher -123 "
     "RECONFIGDISABLED"},
    {permanent,
     "-2 RUNTIMEINCONSISTENCY RuntimeInconsistency -3 DATAINCONSISTENCY DataInconsistency -12 UNKNOWNSESSION "
     "UnknownSession -125 QUOTAEXCEEDED QuotaExceeded"},
    {unknown, "-1 SYSTEMERROR -100 APIERROR", Weight::generic},
};

constexpr CodeTable kTables[] = {
    {CodeSystem::redis, kRedis},
    {CodeSystem::cassandra, kCassandra},
    {CodeSystem::elasticsearch, kElasticsearch, Names::everywhere},
    {CodeSystem::etcd, kEtcd},
    {CodeSystem::zookeeper, kZookeeper},
};

}  // namespace

std::span<const CodeTable> storeCodes() {
    return kTables;
}

}  // namespace fusebox::errors
