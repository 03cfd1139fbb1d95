#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

/// RFC 6749, 6750, 7009, 7591, 8628, 8693, 9126, OpenID Connect.
constexpr CodeLine kOauth[] = {
    {rateLimit, "slow_down"},
    {transient, "temporarily_unavailable server_error authorization_pending"},
    {authentication,
     "access_denied invalid_client invalid_grant unauthorized_client invalid_token insufficient_scope login_required "
     "interaction_required consent_required account_selection_required expired_token token_expired token_inactive "
     "inactive_token token_signature_mismatch invalid_dpop_proof use_dpop_nonce request_unauthorized request_forbidden "
     "invalid_claim insufficient_user_authentication"},
    {dataValidation,
     "invalid_request invalid_scope invalid_state invalid_redirect_uri invalid_client_metadata invalid_target "
     "invalid_request_uri invalid_request_object insufficient_entropy invalid_software_statement "
     "jti_known scope_not_granted"},
    {permanent,
     "unsupported_response_type unsupported_grant_type unsupported_token_type unsupported_response_mode "
     "misconfiguration "
     "request_not_supported request_uri_not_supported registration_not_supported unapproved_software_statement "
     "not_found"},
    {permanent, "*", Weight::generic},
};

/// Types, codes and decline codes.
constexpr CodeLine kStripe[] = {
    {rateLimit, "rate_limit rate_limit_error card_velocity_exceeded withdrawal_count_limit_exceeded"},
    {transient,
     "lock_timeout api_connection_error api_error processing_error idempotency_key_in_use try_again_later "
     "issuer_not_available "
     "reenter_transaction approve_with_id no_action_taken intent_processing "
     "capture_charge_authorization_in_progress"},
    {authentication,
     "authentication_error api_key_expired platform_api_key_expired secret_key_required account_invalid "
     "testmode_charges_only "
     "livemode_mismatch invalid_account token_in_use oauth_not_supported "
     "authentication_required payment_intent_authentication_failure setup_intent_authentication_failure "
     "security_violation forwarding_api_inactive platform_account_required permission_error"},
    {dataValidation,
     "invalid_request_error incorrect_* invalid_* parameter_* url_invalid email_invalid postal_code_invalid "
     "amount_too_large amount_too_small balance_insufficient expired_card tax_id_invalid bank_account_* "
     "country_code_invalid routing_number_invalid sku_inactive taxes_calculation_failed "
     "shipping_address_invalid idempotency_error"},
    {permanent,
     "account_closed token_already_used card_declined charge_* resource_missing resource_already_exists order_* "
     "product_inactive state_unsupported "
     "country_unsupported payment_method_* payment_intent_* setup_intent_* not_allowed_on_standard_account "
     "account_country_invalid_address charge_already_captured charge_already_refunded refund_disputed_payment "
     "customer_max_payment_methods customer_max_subscriptions tls_version_unsupported insufficient_funds do_not_honor "
     "lost_card stolen_card fraudulent pickup_card out_of_inventory transfers_not_allowed upcoming_invoice bitcoin_* "
     "instant_payouts_unsupported instant_payouts_limit_exceeded payouts_not_allowed coupon_expired "
     "terminal_location_country_unsupported "
     "generic_decline"},
    {permanent, "*", Weight::generic},
};

/// RFC 8555 and the registry of ACME error types.
constexpr CodeLine kAcme[] = {
    {rateLimit, "rateLimited"},
    {transient, "badNonce serverInternal connection dns tls orderNotReady alreadyReplaced autoRenewalUnavailable"},
    {authentication,
     "unauthorized externalAccountRequired caa userActionRequired incorrectResponse accountDoesNotExist"},
    {dataValidation,
     "malformed badCSR badPublicKey badSignatureAlgorithm invalidContact rejectedIdentifier unsupportedContact "
     "unsupportedIdentifier badRevocationReason compound invalidProfile"},
    {permanent,
     "alreadyRevoked autoRenewalCanceled autoRenewalExpired autoRenewalRevocationNotSupported unknownDelegation"},
};

constexpr CodeLine kGithub[] = {
    {rateLimit, "rate_limited abuse RATE_LIMITED"},
    {authentication, "FORBIDDEN INSUFFICIENT_SCOPES bad_credentials"},
    {dataValidation, "missing_field invalid unprocessable already_exists custom"},
    {permanent, "missing NOT_FOUND"},
    {transient, "SERVICE_UNAVAILABLE"},
};

constexpr CodeLine kOpenai[] = {
    {rateLimit, "rate_limit_exceeded RateLimitError rate_limit_error requests tokens"},
    {permanent, "insufficient_quota billing_hard_limit_reached model_not_found NotFoundError not_found_error"},
    {transient,
     "server_error overloaded_error api_error engine_overloaded APIConnectionError APITimeoutError "
     "InternalServerError"},
    {transient, "408 409 ConflictError 529"},
    {authentication, "invalid_api_key AuthenticationError PermissionDeniedError authentication_error permission_error"},
    {dataValidation,
     "invalid_request_error context_length_exceeded content_policy_violation BadRequestError UnprocessableEntityError"},
    {dataValidation, "string_above_max_length invalid_prompt request_too_large APIResponseValidationError"},
};

constexpr CodeTable kTables[] = {
    {CodeSystem::oauth, kOauth},   {CodeSystem::stripe, kStripe}, {CodeSystem::acme, kAcme},
    {CodeSystem::github, kGithub}, {CodeSystem::openai, kOpenai},
};

}  // namespace

std::span<const CodeTable> serviceCodes() {
    return kTables;
}

}  // namespace fusebox::errors
