#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

/// Types whose words would not tell, or not rightly. Most types are read as words (TimeoutException, AccessDeniedException).
constexpr CodeLine kTypes[] = {
    // Java, Spring, JDBC
    {transient,
     "ConnectException SocketException SocketTimeoutException NoRouteToHostException PortUnreachableException "
     "EOFException "
     "ClosedChannelException AsynchronousCloseException InterruptedIOException ConnectTimeoutException "
     "ReadTimeoutException "
     "NoHttpResponseException ConnectionPoolTimeoutException HttpHostConnectException ConnectionClosedException "
     "ConnectionRequestTimeoutException ClientAbortException SQLTransientException SQLTransientConnectionException "
     "SQLRecoverableException SQLTimeoutException SQLTransactionRollbackException SQLNonTransientConnectionException "
     "CommunicationsException TransientDataAccessException TransientDataAccessResourceException "
     "RecoverableDataAccessException "
     "CannotAcquireLockException CannotSerializeTransactionException DeadlockLoserDataAccessException "
     "ConcurrencyFailureException PessimisticLockingFailureException QueryTimeoutException "
     "CannotGetJdbcConnectionException "
     "CannotCreateTransactionException TransactionTimedOutException ResourceAccessException LockAcquisitionException "
     "LockTimeoutException PessimisticLockException JDBCConnectionException RejectedExecutionException "
     "OutOfMemoryError "
     "RetriableException RetryableException"},
    {permanent,
     "BadSqlGrammarException InvalidResultSetAccessException DataAccessResourceFailureException "
     "InvalidDataAccessApiUsageException "
     "NonTransientDataAccessException NonTransientDataAccessResourceException InvalidDataAccessResourceUsageException "
     "IncorrectResultSizeDataAccessException EmptyResultDataAccessException SQLFeatureNotSupportedException "
     "SQLSyntaxErrorException SQLNonTransientException SQLGrammarException "
     "ClassNotFoundException NoClassDefFoundError NoSuchMethodError NoSuchMethodException AbstractMethodError "
     "UnsupportedOperationException StackOverflowError LinkageError NoSuchFileException FileNotFoundException "
     "FileAlreadyExistsException DirectoryNotEmptyException MissingResourceException NoSuchBeanDefinitionException "
     "BeanCreationException NullPointerException ClassCastException IllegalStateException "
     "ConcurrentModificationException "
     "CancellationException InterruptedException UnknownServiceException BindException OptimisticLockException"},
    {transient,
     "UnknownHostException OptimisticLockingFailureException ObjectOptimisticLockingFailureException "
     "StaleObjectStateException"},
    {dataValidation,
     "DataIntegrityViolationException DuplicateKeyException SQLIntegrityConstraintViolationException SQLDataException "
     "ConstraintViolationException EntityExistsException IllegalArgumentException NumberFormatException "
     "DateTimeParseException "
     "MethodArgumentNotValidException HttpMessageNotReadableException MalformedURLException URISyntaxException "
     "JsonParseException JsonMappingException JsonProcessingException MismatchedInputException UnmarshalException "
     "CharacterCodingException MalformedInputException StreamCorruptedException InvalidClassException ParseException "
     "ArithmeticException ArrayIndexOutOfBoundsException IndexOutOfBoundsException StringIndexOutOfBoundsException "
     "InputMismatchException TypeMismatchException ZipException DataFormatException UTFDataFormatException"},
    {authentication,
     "PermissionDeniedDataAccessException SQLInvalidAuthorizationSpecException BadCredentialsException "
     "AccessDeniedException AccessControlException SecurityException LoginException FailedLoginException "
     "InsufficientAuthenticationException CredentialsExpiredException AccountExpiredException LockedException "
     "DisabledException "
     "ExpiredJwtException SignatureException InvalidKeyException GSSException SaslException"},
    {permanent,
     "SSLHandshakeException SSLPeerUnverifiedException CertificateException CertPathValidatorException "
     "CertificateExpiredException"},
    {permanent, "CertificateNotYetValidException SSLProtocolException SSLKeyException SunCertPathBuilderException"},
    {transient, "SSLException", Weight::generic},
    // Python
    {transient,
     "ConnectionError ConnectionResetError ConnectionRefusedError ConnectionAbortedError BrokenPipeError TimeoutError "
     "ConnectTimeout ReadTimeout ConnectTimeoutError ReadTimeoutError NewConnectionError MaxRetryError ProtocolError "
     "ChunkedEncodingError IncompleteRead RemoteDisconnected ServerDisconnectedError ClientConnectorError "
     "ClientOSError "
     "ServerTimeoutError BlockingIOError InterruptedError MemoryError OperationalError InterfaceError ResponseNotReady "
     "CannotSendRequest BadStatusLine ProxyError gaierror EndpointConnectionError ConnectionClosedError WriteError "
     "ReadError "
     "RemoteProtocolError PoolTimeout WriteTimeout AutoReconnect NotPrimaryError NetworkTimeout "
     "ServerSelectionTimeoutError "
     "BusyLoadingError"},
    {authentication,
     "NotAllowedError SecurityError PermissionError AuthenticationError AuthorizationError NoCredentialsError "
     "PartialCredentialsError"},
    {dataValidation,
     "ValueError TypeError KeyError IndexError DataCloneError JSONDecodeError UnicodeDecodeError UnicodeEncodeError "
     "ValidationError DataError "
     "IntegrityError InvalidURL InvalidSchema MissingSchema LocationParseError ContentDecodingError DecodeError "
     "OverflowError "
     "ZeroDivisionError InvalidHeader SerializationError"},
    {permanent,
     "ProgrammingError NotSupportedError FileNotFoundError FileExistsError IsADirectoryError NotADirectoryError "
     "ImportError "
     "ModuleNotFoundError AttributeError NameError NotImplementedError SyntaxError TooManyRedirects "
     "UnrewindableBodyError "
     "RecursionError AssertionError CancelledError KeyboardInterrupt IndentationError"},
    {transient, "OSError IOError InternalError DatabaseError", Weight::generic},
    // .NET
    {transient,
     "TimeoutException TaskCanceledException HttpIOException TimeoutRejectedException "
     "BrokenCircuitException "
     "EndOfStreamException InsufficientMemoryException OutOfMemoryException DbUpdateConcurrencyException "
     "PipeException"},
    {transient, "HttpRequestException WebException IOException", Weight::generic},
    {unknown, "DbException SqlException"},
    {permanent,
     "OperationCanceledException NotSupportedException NotImplementedException PlatformNotSupportedException"},
    {permanent,
     "ObjectDisposedException InvalidOperationException NullReferenceException MissingMethodException "
     "TypeLoadException"},
    {permanent, "DirectoryNotFoundException DriveNotFoundException KeyNotFoundException"},
    {dataValidation,
     "ArgumentException ArgumentNullException ArgumentOutOfRangeException FormatException InvalidDataException"},
    {dataValidation,
     "InvalidCastException OverflowException JsonException XmlException UriFormatException IndexOutOfRangeException"},
    {authentication,
     "UnauthorizedAccessException AuthenticationException CryptographicException SecurityTokenExpiredException"},
    // JavaScript, Go, Rust, C++, PHP
    {dataValidation, "RangeError std::invalid_argument std::out_of_range std::length_error std::domain_error"},
    {permanent,
     "InvalidStateError QuotaExceededError ReferenceError std::logic_error std::bad_cast AbortError NotFoundError "
     "MethodNotAllowedError"},
    {transient,
     "std::bad_alloc DialError Elapsed ConnectionReset ConnectionRefused ConnectionAborted "
     "TimedOut"},
    {transient, "UnexpectedEof BrokenPipe WouldBlock Interrupted FetchError"},
    {transient, "OpError net.OpError", Weight::generic},
    // what a library or a language calls all its errors
    {unknown,
     "Error Exception Throwable RuntimeException errorString fundamental wrapError withStack OSErr std::exception "
     "std::runtime_error url.Error PDOException PDOError mysqli_sql_exception SQLException DBAPIError StripeError "
     "FirebaseError FirebaseAuthError FirebaseMessagingError FirebaseAppError KafkaError KafkaException RedisError "
     "ResponseError ClientError ServiceError AmazonServiceException SdkClientException RequestFailedException "
     "StorageError "
     "RestError GoogleJsonResponseException ApiException ApiError APIError APIStatusError StatusRuntimeException "
     "StatusError "
     "RpcError GrpcError RpcException AxiosError HTTPError HttpError HttpErrorResponse LDAPException LDAPError "
     "SMTPResponseException FTPException MongoError MongoServerError PyMongoError KeeperException "
     "ElasticsearchException "
     "StatusException OAuthError PostgresError PostgresException PSQLException NpgsqlException MySqlException "
     "DB2Exception "
     "OracleException JdbcSQLException AcmeError GraphQLError MessagingException MqttException AMQPError SystemError"},
    // this program's adapters
    {permanent, "UnexpectedAnswer UnexpectedStatus", Weight::generic},
    {transient,
     "CallTimeout ConnectionClosed HostUnreachable NameLookupFailed NameLookupTimeout NameServerUnreachable "
     "TooManyOpenFiles"},
    {authentication, "AuthenticationFailed"},
    {permanent, "AnswerTooLarge Cancelled CannotOpenFile DatabaseReadOnly TlsFailed"},
};

constexpr CodeTable kTables[] = {{CodeSystem::none, kTypes}};

}  // namespace

std::span<const CodeTable> typeNames() {
    return kTables;
}

}  // namespace fusebox::errors
