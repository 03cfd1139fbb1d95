#include <fusebox/handling/classified_error.h>

#include <fusebox/base/secret_mask.h>

#include <memory>
#include <utility>

namespace fusebox::handling {

namespace {

/// Below this a category rests on single weak words.
constexpr double kSure = 0.5;

/// A server that answers 5xx has failed, whatever its page says of logins and input.
bool isServersOwnFault(const domain::Error& error) {
    return error.codeSystem == domain::CodeSystem::http && error.code.size() == 3 && error.code[0] == '5';
}

/// The category by which the error counts. Faults of the caller do not trip a breaker, so none is believed lightly: a dependency that is
/// down must not hide behind a word in its answer.
domain::Category countedAs(const errors::Classification& found, const domain::Error& error) {
    const bool isCallersFault =
        found.category == domain::Category::authentication || found.category == domain::Category::dataValidation;
    if (error.category || !isCallersFault) return found.category;
    if (isServersOwnFault(error)) return domain::Category::transient;
    return found.confidence < kSure ? domain::Category::unknown : found.category;
}

/// Each field that is empty is taken from `about`.
void fill(domain::ErrorContext& context, const domain::ErrorContext& about) {
    if (context.component.empty()) context.component = about.component;
    if (context.operation.empty()) context.operation = about.operation;
    if (context.requestId.empty()) context.requestId = about.requestId;
    if (context.user.empty()) context.user = about.user;
    if (context.attributes.empty()) context.attributes = about.attributes;
}

/// Its words may come from anybody, and go to screens, logs, files and other machines.
void hideSecrets(domain::Error& error) {
    error.message = base::withoutSecrets(std::move(error.message));
    for (auto& [name, value] : error.context.attributes) {
        value = base::withoutSecrets(name + "=" + value).substr(name.size() + 1);
    }
    if (error.cause == nullptr) return;
    domain::Error cause = *error.cause;
    hideSecrets(cause);
    error.cause = std::make_shared<const domain::Error>(std::move(cause));
}

}  // namespace

domain::ErrorRef classified(const errors::ErrorClassifier& classifier, domain::Error error,
                            const domain::ErrorContext& about) {
    const errors::Classification found = classifier.classify(error);
    error.category = countedAs(found, error);
    if (!error.retryAfter) error.retryAfter = found.retryAfter;
    fill(error.context, about);
    hideSecrets(error);
    return std::make_shared<const domain::Error>(std::move(error));
}

}  // namespace fusebox::handling
