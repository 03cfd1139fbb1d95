#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

constexpr CodeLine kSmtp[] = {
    {transient, "421 450 451 452 447 449 471 454 432"},
    {authentication, "530 534 535 538"},
    {dataValidation, "500 501 503 552 553 555"},
    {permanent, "502 504 521 523 541 550 551 554 556 571"},
    {transient, "400-499"},
    {permanent, "500-599"},
    // enhanced status codes (RFC 3463): 4 is for now, 5 for ever; the second number is the subject
    {rateLimit, "4.7.28 4.7.32"},
    {transient, "4.*"},
    {authentication, "5.7.0 5.7.8 5.7.9 5.7.11 5.7.13 5.7.14 5.7.57 5.7.60"},
    {dataValidation, "5.1.3 5.1.7 5.5.2 5.5.4 5.6.0 5.6.1 5.6.6 5.6.7 5.6.9 5.2.3 5.3.4"},
    {permanent, "5.*"},
};

constexpr CodeLine kFtp[] = {
    {transient, "120 421 425 426 434 450 451 452"},
    {authentication, "430 530 532 331 332"},
    {dataValidation, "500 501 503 553"},
    {permanent, "502 504 522 533 534 535 536 537 550 551 552"},
    {transient, "400-499"},
    {permanent, "500-599"},
};

constexpr CodeLine kSip[] = {
    {authentication, "401 403 407 433 436 437 438 603 607 608"},
    {dataValidation, "400 402 413 414 416 417 422 423 428 484 485 493 494"},
    {transient, "408 430 440 480 481 486 491 500 502 503 504 580 600"},
    {permanent, "300-399 404 405 406 410 412 415 420 421 424 425 469 482 483 487 488 489 501 505 513 555 604 606"},
};

/// Result codes of RFC 4511 and of the C API.
constexpr CodeLine kLdap[] = {
    {transient,
     "1 operationsError 3 timeLimitExceeded 51 busy 52 unavailable 81 serverDown 85 timeout 91 connectError"},
    {unknown, "80 other", Weight::generic},
    {transient, "118 canceled 90 noMemory 114"},
    {authentication, "7 authMethodNotSupported 8 strongerAuthRequired strongAuthRequired 13 confidentialityRequired"},
    {authentication,
     "48 inappropriateAuthentication 49 invalidCredentials 50 insufficientAccessRights 123 authorizationDenied 86"},
    {authentication, "14 saslBindInProgress"},
    {dataValidation,
     "2 protocolError 16 noSuchAttribute 17 undefinedAttributeType 18 inappropriateMatching 19 constraintViolation"},
    {dataValidation,
     "20 attributeOrValueExists 21 invalidAttributeSyntax 34 invalidDNSyntax 36 aliasDereferencingProblem"},
    {dataValidation,
     "64 namingViolation 65 objectClassViolation 87 filterError 89 paramError 83 encodingError 84 decodingError"},
    {permanent, "4 sizeLimitExceeded 10 referral 12 unavailableCriticalExtension 32 noSuchObject"},
    {permanent, "33 aliasProblem 53 unwillingToPerform 54 loopDetect 66 notAllowedOnNonLeaf 67 notAllowedOnRDN"},
    {permanent,
     "68 entryAlreadyExists 69 objectClassModsProhibited 71 affectsMultipleDSAs 92 notSupported 119 120 121 122"},
};

constexpr CodeTable kTables[] = {
    {CodeSystem::smtp, kSmtp},
    {CodeSystem::ftp, kFtp},
    {CodeSystem::sip, kSip},
    {CodeSystem::ldap, kLdap},
};

}  // namespace

std::span<const CodeTable> mailCodes() {
    return kTables;
}

}  // namespace fusebox::errors
