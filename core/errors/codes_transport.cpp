#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

constexpr CodeLine kCurl[] = {
    {transient,
     "5 COULDNT_RESOLVE_PROXY 6 COULDNT_RESOLVE_HOST 7 COULDNT_CONNECT 10 FTP_ACCEPT_FAILED 12 FTP_ACCEPT_TIMEOUT"},
    {transient, "16 HTTP2 18 PARTIAL_FILE 27 OUT_OF_MEMORY 28 OPERATION_TIMEDOUT 35 SSL_CONNECT_ERROR 52 GOT_NOTHING"},
    {transient, "55 SEND_ERROR 56 RECV_ERROR 65 SEND_FAIL_REWIND 80 SSL_SHUTDOWN_FAILED 81 AGAIN"},
    {transient, "89 NO_CONNECTION_AVAILABLE 92 HTTP2_STREAM 95 HTTP3 96 QUIC_CONNECT_ERROR 79 SSH"},
    {transient, "22 HTTP_RETURNED_ERROR", Weight::generic},
    {authentication, "9 REMOTE_ACCESS_DENIED 67 LOGIN_DENIED 69 TFTP_PERM 94 AUTH_ERROR 98 SSL_CLIENTCERT"},
    {dataValidation,
     "3 URL_MALFORMAT 8 WEIRD_SERVER_REPLY 13 FTP_WEIRD_PASV_REPLY 14 FTP_WEIRD_227_FORMAT 33 RANGE_ERROR"},
    {dataValidation, "43 BAD_FUNCTION_ARGUMENT 49 SETOPT_OPTION_SYNTAX 61 BAD_CONTENT_ENCODING 63 FILESIZE_EXCEEDED"},
    {dataValidation, "87 FTP_BAD_FILE_LIST 100 TOO_LARGE 71 TFTP_ILLEGAL 11 FTP_WEIRD_PASS_REPLY 75 CONV_FAILED"},
    {permanent, "1 UNSUPPORTED_PROTOCOL 2 FAILED_INIT 4 NOT_BUILT_IN 15 FTP_CANT_GET_HOST 17 FTP_COULDNT_SET_TYPE"},
    {permanent,
     "19 FTP_COULDNT_RETR_FILE 21 QUOTE_ERROR 23 WRITE_ERROR 25 UPLOAD_FAILED 26 READ_ERROR 30 FTP_PORT_FAILED"},
    {permanent,
     "31 FTP_COULDNT_USE_REST 36 BAD_DOWNLOAD_RESUME 37 FILE_COULDNT_READ_FILE 38 LDAP_CANNOT_BIND 39 "
     "LDAP_SEARCH_FAILED"},
    {permanent,
     "41 FUNCTION_NOT_FOUND 42 ABORTED_BY_CALLBACK 45 INTERFACE_FAILED 47 TOO_MANY_REDIRECTS 48 UNKNOWN_OPTION"},
    {permanent,
     "53 SSL_ENGINE_NOTFOUND 54 SSL_ENGINE_SETFAILED 58 SSL_CERTPROBLEM 59 SSL_CIPHER 60 PEER_FAILED_VERIFICATION"},
    {permanent, "64 USE_SSL_FAILED 66 SSL_ENGINE_INITFAILED 68 TFTP_NOTFOUND 70 REMOTE_DISK_FULL 72 TFTP_UNKNOWNID"},
    {permanent,
     "73 REMOTE_FILE_EXISTS 74 TFTP_NOSUCHUSER 76 CONV_REQD 77 SSL_CACERT_BADFILE 78 REMOTE_FILE_NOT_FOUND 82 "
     "SSL_CRL_BADFILE"},
    {permanent, "83 SSL_ISSUER_ERROR 84 FTP_PRET_FAILED 85 RTSP_CSEQ_ERROR 86 RTSP_SESSION_ERROR 88 CHUNK_FAILED"},
    {permanent,
     "90 SSL_PINNEDPUBKEYNOTMATCH 91 SSL_INVALIDCERTSTATUS 93 RECURSIVE_API_CALL 97 PROXY 99 UNRECOVERABLE_POLL"},
    {permanent, "101 ECH_REQUIRED"},
    {transient, "CURLE_*", Weight::generic},
};

constexpr CodeLine kTls[] = {
    // alerts; number and name
    {transient, "0 close_notify 80 internal_error"},
    {permanent, "10 unexpected_message 20 bad_record_mac 21 decryption_failed 22 record_overflow 40 handshake_failure"},
    {permanent,
     "43 unsupported_certificate 44 certificate_revoked 45 certificate_expired 46 certificate_unknown 48 unknown_ca"},
    {permanent,
     "60 export_restriction 70 protocol_version 71 insufficient_security 86 inappropriate_fallback 90 user_canceled"},
    {permanent, "100 no_renegotiation 109 missing_extension 110 unsupported_extension 112 unrecognized_name"},
    {permanent,
     "111 certificate_unobtainable 114 bad_certificate_hash_value 120 no_application_protocol 121 ech_required"},
    {dataValidation, "30 decompression_failure 47 illegal_parameter 50 decode_error 51 decrypt_error"},
    {authentication, "41 no_certificate 42 bad_certificate 49 access_denied 113 bad_certificate_status_response"},
    {authentication, "115 unknown_psk_identity 116 certificate_required"},
    {permanent, "CERT_* UNABLE_TO_* SELF_SIGNED_* DEPTH_ZERO_* HOSTNAME_MISMATCH INVALID_* X509_* ERR_SSL_* ERR_TLS_*"},
    {permanent,
     "WRONG_VERSION_NUMBER UNSUPPORTED_PROTOCOL NO_SHARED_CIPHER NO_PROTOCOLS_AVAILABLE HTTP_REQUEST DH_KEY_TOO_SMALL"},
    {permanent,
     "EE_KEY_TOO_SMALL CERTIFICATE_VERIFY_FAILED UNSAFE_LEGACY_RENEGOTIATION_DISABLED TLSV1_ALERT_* SSLV3_ALERT_*"},
    {transient,
     "UNEXPECTED_EOF_WHILE_READING SSL_ERROR_SYSCALL SSL_ERROR_WANT_READ SSL_ERROR_WANT_WRITE SSL_ERROR_ZERO_RETURN"},
};

/// QNetworkReply::NetworkError
constexpr CodeLine kQt[] = {
    {transient, "1 ConnectionRefusedError 2 RemoteHostClosedError 4 TimeoutError 7 TemporaryNetworkFailureError"},
    {transient, "8 NetworkSessionFailedError 9 BackgroundRequestNotAllowedError 101 ProxyConnectionRefusedError"},
    {transient, "102 ProxyConnectionClosedError 104 ProxyTimeoutError 205 ContentReSendError"},
    {transient, "401 InternalServerError 403 ServiceUnavailableError"},
    {permanent, "3 HostNotFoundError 5 OperationCanceledError 6 SslHandshakeFailedError 10 TooManyRedirectsError"},
    {permanent,
     "11 InsecureRedirectError 103 ProxyNotFoundError 202 ContentOperationNotPermittedError 203 ContentNotFoundError"},
    {permanent, "206 ContentConflictError 207 301 ProtocolUnknownError 402 OperationNotImplementedError"},
    {permanent, "302 ProtocolInvalidOperationError ContentGoneError"},
    {permanent, "399 ProtocolFailure"},
    {authentication, "105 ProxyAuthenticationRequiredError 201 ContentAccessDenied 204 AuthenticationRequiredError"},
    {unknown, "99 UnknownNetworkError 199 UnknownProxyError 299 UnknownContentError", Weight::generic},
    {transient, "499 UnknownServerError", Weight::generic},
};

constexpr CodeTable kTables[] = {
    {CodeSystem::curl, kCurl},
    {CodeSystem::tls, kTls},
    {CodeSystem::qt, kQt},
};

}  // namespace

std::span<const CodeTable> transportCodes() {
    return kTables;
}

}  // namespace fusebox::errors
