#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

/// Azure Storage, Resource Manager, Cosmos DB, Service Bus.
constexpr CodeLine kAzure[] = {
    {rateLimit,
     "TooManyRequests SnapshotOperationRateExceeded OperationRateExceeded AccountIOPSLimitExceeded "
     "AccountBandwidthLimitExceeded "
     "SubscriptionRequestsThrottled RequestRateTooLarge"},
    {transient,
     "ServerBusy InternalError OperationTimedOut ServiceUnavailable ServiceTimeout GatewayTimeout MessagingEntityBusy "
     "ServerTimeout OperationPreempted RetryableError AllocationFailed ZonalAllocationFailed "
     "PartitionMigrating RetryWith PartitionKeyRangeGone InternalServerError BadGateway SystemInUse "
     "AccountBeingCreated ContainerBeingDeleted BlobBeingRehydrated ShareBeingDeleted QueueBeingDeleted "
     "TableBeingDeleted"},
    {authentication,
     "AccountIsDisabled AuthenticationFailed AuthorizationFailure AuthorizationFailed InsufficientAccountPermissions "
     "InvalidAuthenticationInfo InvalidAuthenticationToken InvalidAuthenticationTokenTenant ExpiredAuthenticationToken "
     "NoAuthenticationInformation LinkedAuthorizationFailed "
     "UnauthorizedBlobOverwrite AuthorizationSourceIPMismatch AuthorizationProtocolMismatch "
     "AuthorizationPermissionMismatch "
     "AuthorizationServiceMismatch AuthorizationResourceTypeMismatch RequestDisallowedByPolicy"},
    {dataValidation,
     "ConditionHeadersNotSupported MultipleConditionHeadersNotSupported EmptyMetadataKey Md5Mismatch Crc64Mismatch "
     "MetadataTooLarge OutOfRangeInput OutOfRangeQueryParameterValue RequestBodyTooLarge RequestUrlFailedToParse "
     "UnsupportedHeader UnsupportedXmlNode UnsupportedQueryParameter BlockCountExceedsLimit BlockListTooLong "
     "ContentLengthLargerThanTierLimit MaxBlobSizeConditionNotMet SequenceNumberIncrementTooLarge CopyIdMismatch "
     "Missing* "
     "Invalid* BlobTierInadequateForContentLength MessageTooLarge PropertyNameInvalid PropertyValueTooLarge "
     "EntityTooLarge "
     "InfiniteLeaseDurationRequired"},
    {permanent,
     "AccountAlreadyExists ConditionNotMet ResourceTypeMismatch ResourceAlreadyExists "
     "ResourceNotFound "
     "UnsupportedHttpVerb AppendPositionConditionNotMet BlobAlreadyExists BlobImmutableDueToPolicy BlobNotFound "
     "BlobOverwritten "
     "BlobUsesCustomerSpecifiedEncryption CannotChangeToLowerTier CannotVerifyCopySource ContainerAlreadyExists "
     "ContainerDisabled ContainerNotFound CopyAcrossAccountsNotSupported FeatureVersionMismatch "
     "IncrementalCopyBlobMismatch IncrementalCopyOfEarlierVersionSnapshotNotAllowed "
     "IncrementalCopySourceMustBeSnapshot "
     "InvalidBlobType Lease* NoPendingCopyOperation OperationNotAllowedOnIncrementalCopyBlob PendingCopyOperation "
     "PreviousSnapshotCannotBeNewer PreviousSnapshotNotFound PreviousSnapshotOperationNotSupported "
     "SequenceNumberConditionNotMet "
     "SnapshotCountExceeded SnapshotsPresent SourceConditionNotMet TargetConditionNotMet "
     "BlobAccessTierNotSupportedForAccountType BlobArchived BlobNotArchived "
     "InvalidVersionForPageBlobOperation QuotaExceeded SkuNotAvailable SubscriptionNotFound ResourceGroupNotFound "
     "OperationNotAllowed InvalidOperation"},
    {permanent, "*", Weight::generic},
};

/// google.api.ErrorReason and the reasons of the older JSON APIs.
constexpr CodeLine kGoogle[] = {
    {rateLimit,
     "RATE_LIMIT_EXCEEDED RESOURCE_QUOTA_EXCEEDED rateLimitExceeded userRateLimitExceeded quotaExceeded "
     "dailyLimitExceeded "
     "dailyLimitExceededUnreg servingLimitExceeded concurrentLimitExceeded variableTermLimitExceeded "
     "jobRateLimitExceeded "
     "EMULATOR_QUOTA_EXCEEDED"},
    {transient,
     "backendError internalError backendNotConnected stopped timeout jobBackendError jobInternalError "
     "tableUnavailable"},
    {authentication,
     "API_KEY_INVALID API_KEY_* ACCESS_TOKEN_* ACCOUNT_STATE_INVALID CREDENTIALS_MISSING SESSION_COOKIE_INVALID "
     "USER_BLOCKED_BY_ADMIN USER_PROJECT_DENIED RESOURCE_USAGE_RESTRICTION_VIOLATED ORG_RESTRICTION_VIOLATION "
     "ORG_RESTRICTION_HEADER_INVALID SECURITY_POLICY_VIOLATED LOCATION_POLICY_VIOLATED LOCATION_ORG_POLICY_VIOLATED "
     "LOCATION_TAX_POLICY_VIOLATED TLS_ORG_POLICY_VIOLATED OVERLOADED_CREDENTIALS MISSING_ORIGIN CONSUMER_INVALID "
     "RESOURCE_PROJECT_INVALID CONSUMER_SUSPENDED "
     "GCP_SUSPENDED authError forbidden accessDenied insufficientPermissions keyInvalid keyExpired ipRefererBlocked "
     "expired "
     "required_login loginRequired CREDENTIALS_* SERVICE_NOT_VISIBLE"},
    {dataValidation,
     "SYSTEM_PARAMETER_UNSUPPORTED invalid invalidParameter invalidQuery "
     "required "
     "parseError badRequest fieldRequired uploadTooLarge responseTooLarge invalidValue"},
    {permanent,
     "SERVICE_DISABLED BILLING_DISABLED MCP_SERVER_DISABLED accessNotConfigured notFound notImplemented conflict "
     "duplicate gone "
     "billingNotEnabled methodNotAllowed resourceInUse deleted"},
    {permanent, "*", Weight::generic},
};

/// Codes of the Admin SDK: a family, a slash, a name ("auth/user-not-found").
constexpr CodeLine kFirebase[] = {
    {rateLimit,
     "too-many-requests quota-exceeded message-rate-exceeded device-message-rate-exceeded topics-message-rate-exceeded "
     "topics-subscription-rate-exceeded too-many-attempts-try-later"},
    {transient,
     "internal-error server-unavailable network-request-failed app/network-error app/network-timeout timeout"},
    {authentication,
     "id-token-expired id-token-revoked invalid-id-token session-cookie-expired session-cookie-revoked "
     "invalid-session-cookie "
     "invalid-credential insufficient-permission unauthorized-continue-uri invalid-oauth-client-id "
     "invalid-oauth-responsetype "
     "invalid-custom-token user-disabled user-token-expired wrong-password mismatched-credential authentication-error "
     "third-party-auth-error sender-id-mismatch invalid-apns-credentials project-not-found invalid-user-token "
     "missing-oauth-client-secret requires-recent-login invalid-session-cookie-duration"},
    {permanent,
     "user-not-found email-not-found operation-not-allowed configuration-not-found tenant-not-found "
     "unsupported-tenant-operation "
     "unsupported-first-factor unsupported-second-factor second-factor-limit-exceeded app-deleted "
     "registration-token-not-registered unverified-email mismatching-tenant-id not-found duplicate-app no-app "
     "second-factor-uid-already-exists"},
    {dataValidation,
     "invalid-* missing-* maximum-* email-already-exists phone-number-already-exists uid-already-exists"},
    {dataValidation,
     "argument-error claims-too-large reserved-claims forbidden-claim payload-size-limit-exceeded too-many-topics"},
    {dataValidation, "message-payload-size-limit-exceeded"},
    {unknown, "unknown-error", Weight::generic},
    {permanent, "*", Weight::generic},
};

/// Reasons of the API server, of pods and of events.
constexpr CodeLine kKubernetes[] = {
    {rateLimit, "TooManyRequests"},
    {transient, "Conflict 409 ServerTimeout Timeout ServiceUnavailable StoreReadError InternalError"},
    {transient,
     "ImagePullBackOff CrashLoopBackOff OOMKilled Evicted FailedScheduling Unschedulable NodeLost NodeNotReady "
     "Unhealthy"},
    {transient,
     "FailedMount FailedAttachVolume NetworkNotReady BackOff Preempted Preempting FailedCreatePodSandBox "
     "ContainerGCFailed"},
    {transient, "NodeShutdown RegistryUnavailable ErrImagePull Killing DeadlineExceeded"},
    {authentication, "Unauthorized Forbidden"},
    {dataValidation,
     "Invalid BadRequest RequestEntityTooLarge InvalidImageName ErrImageNeverPull FieldValueInvalid "
     "FieldValueRequired"},
    {permanent, "NotFound AlreadyExists Gone Expired MethodNotAllowed NotAcceptable UnsupportedMediaType"},
    {permanent,
     "CreateContainerConfigError CreateContainerError RunContainerError ContainerCannotRun BackoffLimitExceeded Error"},
    {permanent, "FailedCreate ProvisioningFailed FailedBinding NodeAffinity UnexpectedAdmissionError"},
    {unknown, "Unknown", Weight::generic},
};

/// Error codes of the distribution API.
constexpr CodeLine kRegistry[] = {
    {rateLimit, "TOOMANYREQUESTS"},
    {transient, "UNAVAILABLE"},
    {authentication, "UNAUTHORIZED DENIED"},
    {dataValidation,
     "DIGEST_INVALID SIZE_INVALID NAME_INVALID TAG_INVALID MANIFEST_INVALID MANIFEST_UNVERIFIED RANGE_INVALID"},
    {dataValidation, "PAGINATION_NUMBER_INVALID BLOB_UPLOAD_INVALID"},
    {permanent, "NAME_UNKNOWN MANIFEST_UNKNOWN BLOB_UNKNOWN BLOB_UPLOAD_UNKNOWN UNSUPPORTED MANIFEST_BLOB_UNKNOWN"},
    {unknown, "UNKNOWN", Weight::generic},
};

constexpr CodeTable kTables[] = {
    {CodeSystem::azure, kAzure, Names::everywhere},
    {CodeSystem::google, kGoogle},
    {CodeSystem::firebase, kFirebase},
    {CodeSystem::kubernetes, kKubernetes},
    {CodeSystem::containerRegistry, kRegistry},
};

}  // namespace

std::span<const CodeTable> cloudCodes() {
    return kTables;
}

}  // namespace fusebox::errors
