#pragma once
// Takes out of a text what looks like a secret, before it is written down for years: passwords in addresses
// ("postgres://ann:***@db"), values after words such as password, token, api_key and authorization, bearer and basic
// credentials. Works on plain text and inside JSON texts: what it puts there needs no escapes, and it stops at a quote.
// Limits: a secret that stands alone, without an address or word that tells it, cannot be known from outside. Whoever makes
// a text with secrets takes them out there (the adapters do).

#include <string>

namespace fusebox::base {

[[nodiscard]] std::string withoutSecrets(std::string text);

}  // namespace fusebox::base
