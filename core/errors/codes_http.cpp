#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

constexpr CodeLine kHttp[] = {
    {rateLimit, "429 420 509"},
    {authentication, "401 403 407 511"},
    {authentication,
     "419 440 495 496 498"},  // expired page, login or token, client certificate (Laravel, IIS, nginx, Esri)
    {dataValidation, "400 411 413 414 416 417 422 431 494"},
    {transient, "408 425 502 503 504"},
    {transient, "500", Weight::generic},
    {transient, "444 449 460 507 520-524 527 529 530 598 599"},  // nginx, IIS, load balancers, Cloudflare
    {permanent, "402 404 405 406 409 410 412 415 418 421 423 424 426 428 451 499"},
    {permanent, "501 505 506 508 510 525 526"},
    {permanent, "300-399"},
    {permanent, "430-499", Weight::generic},
    {transient, "512-599", Weight::generic},
    // reason phrases and the names that clients give them
    {rateLimit, "TooManyRequests EnhanceYourCalm BandwidthLimitExceeded"},
    {authentication,
     "Unauthorized Forbidden ProxyAuthenticationRequired NetworkAuthenticationRequired AuthenticationTimeout"},
    {dataValidation,
     "BadRequest LengthRequired PayloadTooLarge ContentTooLarge RequestEntityTooLarge RequestURITooLong URITooLong "
     "RequestedRangeNotSatisfiable RangeNotSatisfiable ExpectationFailed UnprocessableEntity UnprocessableContent "
     "RequestHeaderFieldsTooLarge"},
    {transient, "RequestTimeout TooEarly BadGateway ServiceUnavailable GatewayTimeout InsufficientStorage"},
    {transient, "InternalServerError ServerError", Weight::generic},
    {permanent,
     "PaymentRequired NotFound MethodNotAllowed NotAcceptable Conflict Gone PreconditionFailed UnsupportedMediaType "
     "MisdirectedRequest Locked FailedDependency UpgradeRequired PreconditionRequired UnavailableForLegalReasons "
     "NotImplemented HTTPVersionNotSupported VariantAlsoNegotiates LoopDetected NotExtended ClientClosedRequest"},
};

constexpr CodeLine kGrpc[] = {
    {permanent, "1 CANCELLED CANCELED"},
    {unknown, "2 UNKNOWN", Weight::generic},
    {dataValidation, "3 INVALID_ARGUMENT 11 OUT_OF_RANGE"},
    {transient, "4 DEADLINE_EXCEEDED 10 ABORTED 14 UNAVAILABLE"},
    {permanent, "5 NOT_FOUND 6 ALREADY_EXISTS 9 FAILED_PRECONDITION 12 UNIMPLEMENTED 15 DATA_LOSS"},
    {permanent, "13 INTERNAL", Weight::generic},
    {authentication, "7 PERMISSION_DENIED 16 UNAUTHENTICATED"},
    {rateLimit, "8 RESOURCE_EXHAUSTED"},
};

constexpr CodeLine kHttp2[] = {
    {transient, "0 NO_ERROR 0x0 2 INTERNAL_ERROR 0x2 4 SETTINGS_TIMEOUT 0x4 5 STREAM_CLOSED 0x5 7 REFUSED_STREAM 0x7"},
    {transient, "10 0xa CONNECT_ERROR"},
    {permanent, "8 CANCEL 0x8"},
    {permanent, "1 PROTOCOL_ERROR 0x1 3 FLOW_CONTROL_ERROR 0x3 9 COMPRESSION_ERROR 0x9 13 HTTP_1_1_REQUIRED 0xd"},
    {permanent, "12 INADEQUATE_SECURITY 0xc"},
    {dataValidation, "6 FRAME_SIZE_ERROR 0x6"},
    {rateLimit, "11 ENHANCE_YOUR_CALM 0xb"},
};

constexpr CodeLine kQuic[] = {
    {transient, "0 NO_ERROR 1 INTERNAL_ERROR 2 CONNECTION_REFUSED 15 0xf AEAD_LIMIT_REACHED 16 0x10 NO_VIABLE_PATH"},
    {permanent,
     "3 FLOW_CONTROL_ERROR 4 STREAM_LIMIT_ERROR 5 STREAM_STATE_ERROR 6 FINAL_SIZE_ERROR 10 0xa PROTOCOL_VIOLATION"},
    {permanent,
     "9 CONNECTION_ID_LIMIT_ERROR 12 0xc APPLICATION_ERROR 13 0xd CRYPTO_BUFFER_EXCEEDED 14 0xe KEY_UPDATE_ERROR"},
    {permanent,
     "17 0x11 VERSION_NEGOTIATION_ERROR CRYPTO_ERROR 0x01* H3_GENERAL_PROTOCOL_ERROR 0x0101 H3_STREAM_CREATION_ERROR"},
    {dataValidation,
     "7 FRAME_ENCODING_ERROR 8 TRANSPORT_PARAMETER_ERROR H3_FRAME_ERROR H3_FRAME_UNEXPECTED H3_MESSAGE_ERROR"},
    {authentication, "11 0xb INVALID_TOKEN"},
    {transient,
     "H3_NO_ERROR 0x0100 H3_INTERNAL_ERROR 0x0102 H3_REQUEST_REJECTED 0x010b H3_REQUEST_INCOMPLETE H3_CONNECT_ERROR"},
    {transient, "H3_CLOSED_CRITICAL_STREAM"},
    {rateLimit, "H3_EXCESSIVE_LOAD 0x0107"},
    {permanent, "H3_REQUEST_CANCELLED H3_SETTINGS_ERROR H3_MISSING_SETTINGS H3_ID_ERROR H3_VERSION_FALLBACK"},
};

constexpr CodeLine kWebSocket[] = {
    {transient, "1000 1001 1005 1006 1011 1012 1013 1014"},
    {permanent, "1002 1003 1010"},
    {permanent, "1015"},  // TLS handshake
    {dataValidation, "1007 1009"},
    {authentication, "1008 3000 3003 4401 4403"},
    {transient, "3008 4408"},
    {rateLimit, "4429"},
    {dataValidation, "4400"},
    {permanent, "4404"},
};

constexpr CodeTable kTables[] = {
    {CodeSystem::http, kHttp}, {CodeSystem::grpc, kGrpc},           {CodeSystem::http2, kHttp2, Names::everywhere},
    {CodeSystem::quic, kQuic}, {CodeSystem::webSocket, kWebSocket},
};

}  // namespace

std::span<const CodeTable> httpCodes() {
    return kTables;
}

}  // namespace fusebox::errors
