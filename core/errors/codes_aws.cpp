#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

/// Codes that are common to services, and those of single services that their words would not tell. The rest is read as words: the
/// services name their errors by one grammar (...NotFound, ...AlreadyExists, Invalid..., ...LimitExceeded).
constexpr CodeLine kAws[] = {
    {rateLimit,
     "Throttling ThrottlingException ThrottledException RequestThrottledException RequestThrottled "
     "TooManyRequestsException "
     "ProvisionedThroughputExceededException RequestLimitExceeded BandwidthLimitExceeded LimitExceededException "
     "SlowDown "
     "EC2ThrottledException SlowDownRead SlowDownWrite KMSThrottlingException TooManyRequests RequestRateTooHigh "
     "PerSecondRateExceeded MaxMessageRateExceeded"},
    {transient,
     // Lambda's own network and key troubles are 502
     "EC2AccessDeniedException EC2UnexpectedException ENILimitReachedException ENINotReadyException "
     "InvalidRuntimeException "
     "InvalidSecurityGroupIDException InvalidSubnetIDException InvalidZipFileException KMSAccessDeniedException "
     "KMSDisabledException KMSInvalidStateException KMSNotFoundException SubnetIPAddressLimitReachedException "
     "EFSMountTimeoutException EFSMountConnectivityException SnapStartTimeoutException "
     "TransactionInProgressException PriorRequestNotComplete RequestTimeout RequestTimeoutException OperationAborted "
     "ServiceUnavailable ServiceUnavailableException Unavailable InternalFailure InternalError InternalServerError "
     "InternalServiceError InternalServiceException InternalException ServerException ServiceException ServiceFailure "
     "InternalServerErrorException ServiceFailureException DependencyTimeout HttpIssue "
     "InsufficientInstanceCapacity InsufficientCapacity InsufficientHostCapacity InsufficientAddressCapacity "
     "InsufficientReservedInstanceCapacity InsufficientCapacityOnHost InsufficientCapacityException "
     "TransactionConflictException "
     "ReplicatedWriteConflictException IDPCommunicationError IncompleteBody ResourceNotReadyException "
     "ModelNotReadyException "
     "ModelTimeoutException RequestCanceled ServerBusy Busy XMinioServerNotInitialized XMinioSiteReplication* "
     "XMinioAdminConfigNoQuorum"},
    {authentication,
     "AccessDenied AccessDeniedException AuthFailure AuthorizationError AuthorizationErrorException ExpiredToken "
     "ExpiredTokenException ExpiredTokenId IncompleteSignature IncompleteSignatureException InvalidClientTokenId "
     "InvalidAccessKeyId InvalidSignatureException SignatureDoesNotMatch SignatureDoesNotMatchException "
     "MissingAuthenticationToken MissingAuthenticationTokenException MissingSecurityHeader MissingSecurityElement "
     "NotAuthorized NotAuthorizedException OptInRequired RequestExpired RequestTimeTooSkewed UnauthorizedOperation "
     "UnauthorizedException UnrecognizedClientException UnauthorizedAccess InvalidToken InvalidTokenId "
     "TokenRefreshRequired "
     "AccountProblem AllAccessDisabled InvalidPayer InvalidSecurity CredentialsNotSupported NotSignedUp Blocked "
     "PendingVerification UserNotFoundException PasswordResetRequiredException UserNotConfirmedException "
     "CodeMismatchException ExpiredCodeException InvalidObjectState AuthorizationHeaderMalformed "
     "AuthorizationQueryParametersError CrossLocationLoggingProhibited SubscriptionRequiredException "
     "ForbiddenException "
     "InvalidUserPoolConfigurationException MFAMethodNotFoundException"},
    {dataValidation,
     "ValidationError ValidationException MalformedQueryString MalformedInput InvalidAction "
     "InvalidParameterCombination "
     "InvalidParameterValue InvalidQueryParameter MissingAction MissingParameter MalformedPolicyDocument MalformedXML "
     "BadDigest EntityTooLarge EntityTooSmall KeyTooLongError IncompleteBodyError InlineDataTooLarge "
     "ConditionalCheckFailedException ItemCollectionSizeLimitExceededException TransactionCanceledException "
     "SerializationException BadRequestException IllegalArgumentException MessageTooLong "
     "AmbiguousGrantByEmailAddress MaxMessageLengthExceeded MaxPostPreDataLengthExceededError MetadataTooLarge "
     "MissingContentLength MissingRequestBodyError MissingFields XAmzContentSHA256Mismatch XAmzContentChecksumMismatch "
     "TooManyBuckets IllegalVersioningConfigurationException IllegalLocationConstraintException UserKeyMustBeSpecified "
     "EmptyRequestBody PartsNotOrdered Cast* Parse* Lexer* Evaluator* Malformed* Ambiguous* Unsupported* Overflow* "
     "XMinioHeal* XMinioSiteReplicationConfigMissing XMinioSiteReplicationInvalidRequest "
     "ReplicationPermissionCheckError ExpressionTooLong IllegalSqlFunctionArgument LikeInvalidInputs "
     "ObjectSerializationConflict"},
    {permanent,
     "CredentialReport* ReportExpired ReportNotPresent IdempotencyException GoneException ExpiredException "
     "NoSuch* XMinioAdminNoSuch* XMinioInvalidIAMCredentials UnsupportedMediaType UnsupportedMediaTypeException "
     "BucketAlreadyExists BucketAlreadyOwnedByYou "
     "BucketNotEmpty "
     "InvalidBucketState MethodNotAllowed NotImplemented PreconditionFailed ResourceConflictException "
     "ServiceQuotaExceededException OperationNotPermitted OperationNotPermittedException PermanentRedirect Redirect "
     "TemporaryRedirect RestoreAlreadyInProgress NotModified DryRunOperation DryRunOperationException "
     "QueueDoesNotExist AWS.SimpleQueueService.NonExistentQueue NonExistentQueue QueueDeletedRecently "
     "ObjectLockConfigurationNotFoundError OptimisticLockException "
     "IncorrectState DependencyViolation InvalidInstanceID.NotFound"},
    {permanent, "*", Weight::generic},  // the SDKs retry what they know, nothing else
};

constexpr CodeTable kTables[] = {{CodeSystem::aws, kAws, Names::everywhere}};

}  // namespace

std::span<const CodeTable> awsCodes() {
    return kTables;
}

}  // namespace fusebox::errors
