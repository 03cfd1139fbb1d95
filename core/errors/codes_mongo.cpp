#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

/// Server codes with their names. Names that are not here are read as words.
constexpr CodeLine kMongo[] = {
    // the server's own list of retriable codes
    {transient,
     "6 HostUnreachable 7 HostNotFound 89 NetworkTimeout 91 ShutdownInProgress 134 ReadConcernMajorityNotAvailableYet"},
    {transient,
     "189 PrimarySteppedDown 262 ExceededTimeLimit 317 ConnectionPoolExpired 358 InternalTransactionNotSupported"},
    {transient, "384 ConnectionError 402 ResourceExhausted 406 MigrationBlockingOperationCoordinatorCleaningUp 407"},
    {transient,
     "PooledConnectionAcquisitionExceededTimeLimit 412 UpdatesStillPending 453 "
     "InterruptedDueToReshardingCriticalSection"},
    {transient,
     "9001 SocketException 10107 NotWritablePrimary 11600 InterruptedAtShutdown 11602 InterruptedDueToReplStateChange"},
    {transient,
     "13435 NotPrimaryNoSecondaryOk 13436 NotPrimaryOrSecondary 50915 91331 RetriableRemoteCommandFailure 10045600"},
    // conflicts, elections and timeouts that pass
    {transient,
     "24 LockTimeout 46 LockBusy 50 MaxTimeMSExpired 64 WriteConcernTimeout 107 LockFailed 112 WriteConflict"},
    {transient,
     "117 ConflictingOperationInProgress 133 FailedToSatisfyReadPreference 145 PooledConnectionsDropped 172 "
     "TransportSessionClosed"},
    {transient,
     "200 ChunkRangeCleanupPending 202 NetworkInterfaceExceededTimeLimit 208 TooManyLocks 215 DatabaseDropPending"},
    {transient,
     "216 ElectionInProgress 234 RetryChangeStream 246 SnapshotUnavailable 249 StaleDbVersion 250 StaleChunkHistory"},
    {transient,
     "251 NoSuchTransaction 259 KeyedExecutorRetry 267 PreparedTransactionInProgress 272 MigrationConflict 303 "
     "SplitHorizonChange"},
    {transient,
     "43 CursorNotFound 109 ConfigurationInProgress 149 NoConfigPrimary 150 StaleEpoch 63 StaleShardVersion 13388 "
     "StaleConfig 194"},
    {transient,
     "290 TransactionExceededLifetimeLimitSeconds 342 ReshardingCriticalSectionTimeout 343 363 "
     "RetryableTransactionInProgress"},
    {transient,
     "365 TemporarilyUnavailable 374 375 427 56846 ConfigServerUnreachable 10058 LegacyNotPrimary 281 239 "
     "SnapshotTooOld"},
    {transient,
     "190 MasterSlaveConnectionFailure 279 ClientDisconnect 119 InvalidSyncSource 419 421 436 440 443 460 442 "
     "RetryMultiPlanning"},
    {rateLimit,
     "433 AdmissionQueueOverflow 449 RateLimitExceeded 450 PooledConnectionAcquisitionRejected 462 "
     "IngressRequestRateLimitExceeded"},
    {rateLimit, "205 ClusterTimeFailsRateLimiter 261 TooManyLogicalSessions"},
    {authentication,
     "11 UserNotFound 13 Unauthorized 18 AuthenticationFailed 31 RoleNotFound 33 PrivilegeNotFound 69 "
     "AuthSchemaIncompatible"},
    {authentication,
     "210 CannotVerifyAndSignLogicalTime 214 AuthenticationRestrictionUnmet 334 MechanismUnavailable 337 "
     "AuthenticationAbandoned"},
    {authentication,
     "391 ReauthenticationRequired 392 InvalidJWT 404 LDAPRoleAcquisitionError 422 451 390 InvalidSignature 204 "
     "TimeProofMismatch"},
    {authentication, "35 UserModificationFailed 49 InvalidRoleModification 299 OCSPCertificateStatusRevoked"},
    {dataValidation,
     "2 BadValue 9 FailedToParse 12 UnsupportedFormat 14 TypeMismatch 15 Overflow 16 InvalidLength 22 InvalidBSON"},
    {dataValidation,
     "3 DuplicateKey 30 InvalidPath 28 PathNotViable 29 NonExistentPath 40 ConflictingUpdateOperators 52 53 "
     "InvalidIdField 54"},
    {dataValidation, "55 InvalidDBRef 56 EmptyFieldName 57 DottedFieldName 73 InvalidNamespace"},
    {dataValidation,
     "111 NotExactValueField 116 DocTooLargeForCapped 121 DocumentValidationFailure 153 ChunkTooBig 159 "
     "DurationOverflow"},
    {dataValidation,
     "160 MaxStalenessOutOfRange 165 168 InvalidPipelineOperator 171 CannotIndexParallelArrays 182 "
     "InvalidViewDefinition"},
    {dataValidation,
     "183 ClientMetadataMissingField 184 185 197 InvalidIndexSpecificationOption 207 InvalidUUID 241 "
     "ConversionFailure"},
    {dataValidation,
     "257 TransactionTooLarge 260 InvalidResumeToken 25 RemoteValidationError 293 294 295 298 357 InvalidBSONType 378 "
     "NonConformantBSON"},
    {dataValidation,
     "61 ShardKeyNotFound 84 DuplicateKeyValue 386 DuplicateKeyId 393 InvalidTenantId 395 "
     "TruncatedSerialization 423"},
    {dataValidation,
     "420 StreamProcessorInvalidOptions 448 10003 CannotGrowDocumentInCappedNamespace 10334 BSONObjectTooLarge 11000 "
     "17280"},
    {dataValidation,
     "11001 12582 40413 IDLDuplicateField 40414 IDLFailedToParse 40415 IDLUnknownField 4662500 359 396 21 "
     "EmptyArrayOperation"},
    {permanent, "20 IllegalOperation 93 InvalidReplicaSetConfig 123 NotAReplicaSet 140 InvalidSSLConfiguration"},
    {permanent, "8000", Weight::generic},
    {unknown, "8 UnknownError", Weight::generic},
    {permanent, "1 InternalError 96 OperationFailed 125 CommandFailed", Weight::generic},
    {permanent, "2-500 10000-20000", Weight::generic},
    {permanent, "*", Weight::generic},
};

constexpr CodeTable kTables[] = {{CodeSystem::mongodb, kMongo}};

}  // namespace

std::span<const CodeTable> mongoCodes() {
    return kTables;
}

}  // namespace fusebox::errors
