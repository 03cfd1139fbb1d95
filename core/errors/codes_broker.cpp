#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

/// The protocol's errors, by number and name.
constexpr CodeLine kKafka[] = {
    // RetriableException and what extends it
    {transient,
     "-2 UNKNOWN_RETRIABLE 2 CORRUPT_MESSAGE 3 UNKNOWN_TOPIC_OR_PARTITION 5 LEADER_NOT_AVAILABLE 6 "
     "NOT_LEADER_OR_FOLLOWER"},
    {transient,
     "NOT_LEADER_FOR_PARTITION 7 REQUEST_TIMED_OUT 8 BROKER_NOT_AVAILABLE 9 REPLICA_NOT_AVAILABLE 13 "
     "NETWORK_EXCEPTION"},
    {transient,
     "14 COORDINATOR_LOAD_IN_PROGRESS 15 COORDINATOR_NOT_AVAILABLE 16 NOT_COORDINATOR 19 NOT_ENOUGH_REPLICAS"},
    {transient,
     "20 NOT_ENOUGH_REPLICAS_AFTER_APPEND 27 REBALANCE_IN_PROGRESS 41 NOT_CONTROLLER 51 CONCURRENT_TRANSACTIONS"},
    {transient,
     "56 KAFKA_STORAGE_ERROR 70 FETCH_SESSION_ID_NOT_FOUND 71 INVALID_FETCH_SESSION_EPOCH 72 LISTENER_NOT_FOUND"},
    {transient,
     "74 FENCED_LEADER_EPOCH 75 UNKNOWN_LEADER_EPOCH 78 OFFSET_NOT_AVAILABLE 80 PREFERRED_LEADER_NOT_AVAILABLE"},
    {transient,
     "83 ELIGIBLE_LEADERS_NOT_AVAILABLE 84 ELECTION_NOT_NEEDED 88 UNSTABLE_OFFSET_COMMIT 100 UNKNOWN_TOPIC_ID"},
    {transient, "103 INCONSISTENT_TOPIC_ID 106 FETCH_SESSION_TOPIC_ID_ERROR 122 INVALID_SHARE_SESSION_EPOCH 123"},
    {transient, "SHARE_SESSION_NOT_FOUND 133 SHARE_SESSION_LIMIT_REACHED"},
    {rateLimit, "89 THROTTLING_QUOTA_EXCEEDED"},
    {authentication, "29 TOPIC_AUTHORIZATION_FAILED 30 GROUP_AUTHORIZATION_FAILED 31 CLUSTER_AUTHORIZATION_FAILED"},
    {authentication,
     "33 UNSUPPORTED_SASL_MECHANISM 34 ILLEGAL_SASL_STATE 53 TRANSACTIONAL_ID_AUTHORIZATION_FAILED 54 "
     "SECURITY_DISABLED"},
    {authentication, "58 SASL_AUTHENTICATION_FAILED 61 DELEGATION_TOKEN_AUTH_DISABLED 62 DELEGATION_TOKEN_NOT_FOUND"},
    {authentication,
     "63 DELEGATION_TOKEN_OWNER_MISMATCH 64 DELEGATION_TOKEN_REQUEST_NOT_ALLOWED 65 "
     "DELEGATION_TOKEN_AUTHORIZATION_FAILED"},
    {authentication, "66 DELEGATION_TOKEN_EXPIRED 67 INVALID_PRINCIPAL_TYPE 93 UNACCEPTABLE_CREDENTIAL"},
    {dataValidation,
     "1 OFFSET_OUT_OF_RANGE 4 INVALID_FETCH_SIZE 10 MESSAGE_TOO_LARGE 12 OFFSET_METADATA_TOO_LARGE 17 "
     "INVALID_TOPIC_EXCEPTION"},
    {dataValidation,
     "18 RECORD_LIST_TOO_LARGE 21 INVALID_REQUIRED_ACKS 24 INVALID_GROUP_ID 26 INVALID_SESSION_TIMEOUT"},
    {dataValidation,
     "28 INVALID_COMMIT_OFFSET_SIZE 32 INVALID_TIMESTAMP 37 INVALID_PARTITIONS 38 INVALID_REPLICATION_FACTOR"},
    {dataValidation,
     "39 INVALID_REPLICA_ASSIGNMENT 40 INVALID_CONFIG 42 INVALID_REQUEST 44 POLICY_VIOLATION 45 "
     "OUT_OF_ORDER_SEQUENCE_NUMBER"},
    {dataValidation,
     "46 DUPLICATE_SEQUENCE_NUMBER 47 INVALID_PRODUCER_EPOCH 48 INVALID_TXN_STATE 49 INVALID_PRODUCER_ID_MAPPING"},
    {dataValidation, "50 INVALID_TRANSACTION_TIMEOUT 87 INVALID_RECORD"},
    {dataValidation,
     "92 DUPLICATE_RESOURCE 94 INCONSISTENT_VOTER_SET 95 INVALID_UPDATE_VERSION 98 SNAPSHOT_NOT_FOUND 99 "
     "POSITION_OUT_OF_RANGE 101"},
    {dataValidation, "DUPLICATE_BROKER_REGISTRATION 104 INCONSISTENT_CLUSTER_ID 118 TELEMETRY_TOO_LARGE"},
    {dataValidation,
     "119 INVALID_REGISTRATION 121 INVALID_RECORD_STATE 126 DUPLICATE_VOTER 128 INVALID_REGULAR_EXPRESSION 130 "
     "STREAMS_INVALID_TOPOLOGY 125 INVALID_VOTER_KEY"},
    {permanent,
     "22 ILLEGAL_GENERATION 23 INCONSISTENT_GROUP_PROTOCOL 25 UNKNOWN_MEMBER_ID 11 STALE_CONTROLLER_EPOCH 35 "
     "UNSUPPORTED_VERSION"},
    {permanent,
     "36 TOPIC_ALREADY_EXISTS 43 UNSUPPORTED_FOR_MESSAGE_FORMAT 52 TRANSACTION_COORDINATOR_FENCED 55 "
     "OPERATION_NOT_ATTEMPTED"},
    {permanent,
     "57 LOG_DIR_NOT_FOUND 59 UNKNOWN_PRODUCER_ID 60 REASSIGNMENT_IN_PROGRESS 68 NON_EMPTY_GROUP 69 "
     "GROUP_ID_NOT_FOUND"},
    {permanent,
     "73 TOPIC_DELETION_DISABLED 76 UNSUPPORTED_COMPRESSION_TYPE 77 STALE_BROKER_EPOCH 79 MEMBER_ID_REQUIRED"},
    {permanent,
     "81 GROUP_MAX_SIZE_REACHED 82 FENCED_INSTANCE_ID 86 GROUP_SUBSCRIBED_TO_TOPIC 90 PRODUCER_FENCED 91 "
     "RESOURCE_NOT_FOUND"},
    {permanent, "96 FEATURE_UPDATE_FAILED 97 PRINCIPAL_DESERIALIZATION_FAILURE 102 BROKER_ID_NOT_REGISTERED 105"},
    {permanent,
     "TRANSACTIONAL_ID_NOT_FOUND 107 INELIGIBLE_REPLICA 108 NEW_LEADER_ELECTED 109 OFFSET_MOVED_TO_TIERED_STORAGE 110 "
     "FENCED_MEMBER_EPOCH 111 UNRELEASED_INSTANCE_ID 112 UNSUPPORTED_ASSIGNOR"},
    {permanent,
     "113 STALE_MEMBER_EPOCH 114 MISMATCHED_ENDPOINT_TYPE 115 UNSUPPORTED_ENDPOINT_TYPE 116 UNKNOWN_CONTROLLER_ID"},
    {permanent, "117 UNKNOWN_SUBSCRIPTION_ID 120 TRANSACTION_ABORTABLE 124 FENCED_STATE_EPOCH 127 VOTER_NOT_FOUND"},
    {permanent, "129 REBOOTSTRAP_REQUIRED 131 STREAMS_INVALID_TOPOLOGY_EPOCH 132 STREAMS_TOPOLOGY_FENCED"},
    {unknown, "-1 UNKNOWN UNKNOWN_SERVER_ERROR", Weight::generic},
    {permanent, "*", Weight::generic},
};

/// Reason codes of MQTT 5 and return codes of MQTT 3.1.1.
constexpr CodeLine kMqtt[] = {
    {transient, "0x88 136 ServerUnavailable 0x89 137 ServerBusy 0x8B 139 ServerShuttingDown 0x8D 141 KeepAliveTimeout"},
    {transient, "0x98 152 AdministrativeAction 0xA0 160 MaximumConnectTime 3 0x03"},
    {unknown, "0x80 128 UnspecifiedError 0x83 131 ImplementationSpecificError", Weight::generic},
    {rateLimit,
     "0x96 150 MessageRateTooHigh 0x97 151 QuotaExceeded 0x9F 159 ConnectionRateExceeded 0x93 147 "
     "ReceiveMaximumExceeded"},
    {authentication,
     "0x86 134 BadUserNameOrPassword 0x87 135 NotAuthorized 0x8A 138 Banned 0x8C 140 BadAuthenticationMethod 4 5"},
    {dataValidation, "0x81 129 MalformedPacket 0x85 133 ClientIdentifierNotValid 0x8F 143 TopicFilterInvalid 0x90 144"},
    {dataValidation,
     "TopicNameInvalid 0x95 149 PacketTooLarge 0x99 153 PayloadFormatInvalid 0x94 148 TopicAliasInvalid 2"},
    {permanent,
     "0x82 130 ProtocolError 0x84 132 UnsupportedProtocolVersion 0x8E 142 SessionTakenOver 0x91 145 "
     "PacketIdentifierInUse"},
    {permanent,
     "0x92 146 PacketIdentifierNotFound 0x9A 154 RetainNotSupported 0x9B 155 QoSNotSupported 0x9D 157 ServerMoved 1"},
    {permanent, "0x9E 158 SharedSubscriptionsNotSupported 0xA1 161 SubscriptionIdentifiersNotSupported 0xA2 162"},
    {permanent, "WildcardSubscriptionsNotSupported 0x9C 156 UseAnotherServer 0x10 16 NoMatchingSubscribers 0x11 17"},
};

constexpr CodeLine kAmqp[] = {
    {transient, "313 no-consumers 320 connection-forced 405 resource-locked 506 resource-error"},
    {transient, "541 internal-error 504 channel-error amqp:connection:forced amqp:resource-locked amqp:internal-error"},
    {transient, "amqp:link:detach-forced amqp:resource-limit-exceeded amqp:server-busy"},
    {authentication, "403 access-refused amqp:unauthorized-access"},
    {dataValidation,
     "501 frame-error 502 syntax-error amqp:decode-error amqp:invalid-field amqp:link:message-size-exceeded 311 "
     "content-too-large"},
    {permanent,
     "402 invalid-path 404 not-found 406 precondition-failed 503 command-invalid 505 unexpected-frame 530 not-allowed"},
    {permanent, "540 not-implemented amqp:not-found amqp:not-allowed amqp:not-implemented amqp:precondition-failed"},
    {permanent, "amqp:resource-deleted amqp:illegal-state amqp:link:stolen amqp:connection:redirect 312 no-route"},
};

constexpr CodeLine kNats[] = {
    {authentication,
     "authorization-violation user-authentication-expired user-authentication-revoked permissions-violation"},
    {authentication, "account-authentication-expired authentication-timeout"},
    {transient, "stale-connection slow-consumer 503 no-responders server-shutdown maximum-connections-exceeded 408"},
    {rateLimit, "429 too-many-requests"},
    {dataValidation, "invalid-subject maximum-payload-violation maximum-control-line-exceeded parser-error 400"},
    {permanent, "404 409 unknown-protocol-operation attempted-to-connect-to-route-port"},
};

constexpr CodeTable kTables[] = {
    {CodeSystem::kafka, kKafka, Names::everywhere},
    {CodeSystem::mqtt, kMqtt},
    {CodeSystem::amqp, kAmqp},
    {CodeSystem::nats, kNats},
};

}  // namespace

std::span<const CodeTable> brokerCodes() {
    return kTables;
}

}  // namespace fusebox::errors
