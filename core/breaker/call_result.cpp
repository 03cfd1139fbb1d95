#include <fusebox/breaker/call_result.h>

#include <cxxabi.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>
#include <typeinfo>

namespace fusebox::breaker {

namespace {

std::string readableName(const std::type_info& type) {
    int status = 0;
    char* name = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
    std::string readable = status == 0 && name != nullptr ? name : type.name();
    std::free(name);  // NOLINT: the ABI asks for it
    return readable;
}

}  // namespace

domain::ErrorRef asError(const std::exception& exception) {
    domain::Error error;
    error.type = readableName(typeid(exception));
    error.message = exception.what();
    if (const auto* system = dynamic_cast<const std::system_error*>(&exception)) {
        const std::error_code& code = system->code();
        const bool byErrno = code.category() == std::generic_category() || code.category() == std::system_category();
        if (const char* name = byErrno ? strerrorname_np(code.value()) : nullptr) {
            error.codeSystem = domain::CodeSystem::posix;
            error.code = name;
        }
    }
    return std::make_shared<const domain::Error>(std::move(error));
}

domain::ErrorRef currentExceptionAsError() {
    domain::Error error;
    const std::type_info* type = abi::__cxa_current_exception_type();
    error.type = type != nullptr ? readableName(*type) : "unknown exception";
    return std::make_shared<const domain::Error>(std::move(error));
}

}  // namespace fusebox::breaker
