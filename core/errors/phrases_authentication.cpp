#include <fusebox/errors/phrases.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;

constexpr PhraseLine kAuthentication[] = {
    // who are you
    {authentication, 9, 9,
     "authentication failed | authentication failure | authentication failures | authentication required | "
     "authentication error | auth failed | auth error | auth failure | failed to authenticate | "
     "could not authenticate | unable to authenticate | unauthenticated | cannot authenticate | "
     "requires authentication | must authenticate | must be authenticated | not authenticated | "
     "authenticate first | noauth | re authenticate | multi factor | multifactor | two factor | mfa | 2fa | "
     "aadsts* | sso | single sign on | captcha | saml"},
    {authentication, 9, 9,
     "invalid credential* | bad credential* | wrong credential* | expired credential* | no credential* | "
     "missing credential* | credentials expired | credentials have expired | credentials were | "
     "credentials are | unable to locate credentials | valid credentials | could not load credentials | "
     "determine credentials | no basic auth | credential provider* | invalid password | wrong password | "
     "incorrect password | bad password | password mismatch | password expired | "
     "password authentication failed | password is required | a password | password is incorrect | "
     "password required | invalid username | invalid user | bad username | wrong user name | using password | "
     "username and password not accepted | incorrect username | invalid login | login incorrect | login failed | "
     "login failure | logon failure | login was refused | login denied | log in failed | login required | "
     "sign in required | please log in | please sign in | cannot login | no valid providers | "
     "trust relationship | ldap bind | kerberos | kdc | tgt | gssapi | sasl | pam authentication"},
    {authentication, 9, 9,
     "token expired | expired token | token has expired | token is expired | token revoked | "
     "token has been revoked | invalid token | token is invalid | invalid access token | invalid auth token | "
     "bad token | missing token | invalid bearer | token invalid | bearer token | security token | "
     "refresh token | invalid grant | invalid client | unauthorized client | invalid jwt | jwt expired | "
     "jwt malformed | invalid session | session expired | session has expired | invalid api key | "
     "incorrect api key | api key invalid | api key expired | api key not valid | missing api key | "
     "api key not found | no api key | api key is missing | personal access token | id token"},
    {authentication, 8, 8,
     "invalid signature | signature does not match | signature mismatch | signature verification | "
     "signature we calculated | not signed up | account locked | account is locked | account disabled | "
     "account is disabled | account suspended | account has been suspended | user disabled | user is disabled | "
     "user suspended | account expired | locked out | account has been locked | account is suspended | "
     "clock skew | time too skewed | time skew | request expired | request has expired | csrf | "
     "host key verification | publickey | client certificate | certificate required | unknown psk identity | "
     "pg hba conf | peer authentication | ident authentication"},
    // what may you do
    {authentication, 9, 9,
     "authorization failed | authorization failure | authorization error | not authorized | not authorised | "
     "unauthorized | unauthorised | is not authorized to | authorization violation | authorization required | "
     "access denied | access is denied | permission denied | permissions denied | access refused | "
     "access forbidden | permissions violation | insufficient permission* | insufficient privilege* | "
     "insufficient scope* | insufficient access | lacks permission | no permission | does not have permission | "
     "doesnt have permission | missing permission | need permission | do not have permission | "
     "dont have permission | not have permission | not have access | dont have access | higher privileges | "
     "not have the required | required permission | requires permission | pull access denied | "
     "not have sufficient permission* | insufficient authentication | lack of permission | lacks the required"},
    {authentication, 8, 8,
     "operation not permitted | not entitled | must be owner | must be superuser | only administrators | "
     "admin rights | root privileges"},
    {authentication, 7, 7, "forbidden | not permitted | no privilege | privileges"},
    {authentication, 6, 6,
     "api key | login | log in | sign in | logged in | signin | authentication | authenticate | authorization | "
     "permission* | credential* | unauth* | password | not allowed to | privilege | role does not exist"},
    {authentication, 6, 5, "denied"},
    {authentication, 0, 3, "policy | security | acl | token | access key | secret key"},
    // what programs and tools say
    {authentication, 8, 9,
     "is not allowed to connect | many connection errors | could not read username | must be logged in | "
     "logged in to the server | acceptsecuritycontext | no supported authentication methods | refused our key | "
     "too open | not owned by user | missing sudo | signatures couldnt be verified | no pubkey | "
     "protected mode | jwt | audience invalid | permissions 0644 | invalid authenticity | verify your identity | "
     "recaptcha | pkce | unknown issuer of token | who you are | credentials required"},
    // how descriptions put it
    {authentication, 8, 8,
     "denied access | access was denied | tsig | not granted | api key http restrictions | violates api key | "
     "access token | key restrictions | trying to access the server with | location policies | org policy | "
     "organization policy | mechanism unavailable"},
    // more of them
    {authentication, 8, 9, "host identification has changed"},
};

}  // namespace

std::span<const PhraseLine> authenticationPhrases() {
    return kAuthentication;
}

}  // namespace fusebox::errors
