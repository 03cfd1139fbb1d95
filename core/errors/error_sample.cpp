#include <fusebox/errors/error_sample.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace fusebox::errors {

namespace {

using domain::Error;
using domain::ErrorContext;

bool fits(const ErrorContext& context, const SampleLimits& limits) {
    const auto isShort = [&limits](const std::string& text) { return text.size() <= limits.fieldBytes; };
    return isShort(context.component) && isShort(context.operation) && isShort(context.requestId) &&
           isShort(context.user) && context.attributes.size() <= limits.attributes &&
           std::all_of(context.attributes.begin(), context.attributes.end(), [&isShort](const auto& attribute) {
               return isShort(attribute.first) && isShort(attribute.second);
           });
}

bool fits(const Error& error, const SampleLimits& limits) {
    const Error* each = &error;
    for (std::size_t depth = 0; each != nullptr; ++depth, each = each->cause.get()) {
        if (depth > limits.causes || each->message.size() > limits.messageBytes ||
            each->type.size() > limits.fieldBytes || each->code.size() > limits.fieldBytes ||
            !fits(each->context, limits)) {
            return false;
        }
    }
    return true;
}

std::string cut(const std::string& text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    return std::string(firstBytes(text, bytes)) + "...";
}

ErrorContext cut(const ErrorContext& context, const SampleLimits& limits) {
    const auto field = [&limits](const std::string& text) { return cut(text, limits.fieldBytes); };
    ErrorContext kept{
        field(context.component), field(context.operation), field(context.requestId), field(context.user), {}};
    const std::size_t count = std::min(context.attributes.size(), limits.attributes);
    for (std::size_t i = 0; i < count; ++i) {
        kept.attributes.emplace_back(field(context.attributes[i].first), field(context.attributes[i].second));
    }
    return kept;
}

domain::ErrorRef cutFrom(const Error& error, std::size_t causesLeft, const SampleLimits& limits) {
    auto kept = std::make_shared<Error>();
    kept->type = cut(error.type, limits.fieldBytes);
    kept->message = cut(error.message, limits.messageBytes);
    kept->codeSystem = error.codeSystem;
    kept->code = cut(error.code, limits.fieldBytes);
    kept->category = error.category;
    kept->retryAfter = error.retryAfter;
    kept->context = cut(error.context, limits);
    if (error.cause && causesLeft > 0) kept->cause = cutFrom(*error.cause, causesLeft - 1, limits);
    return kept;
}

}  // namespace

std::string_view firstBytes(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0U) == 0x80U) --bytes;
    return text.substr(0, bytes);
}

domain::ErrorRef cutError(const domain::ErrorRef& error, const SampleLimits& limits) {
    if (!error || fits(*error, limits)) return error;
    return cutFrom(*error, limits.causes, limits);
}

}  // namespace fusebox::errors
