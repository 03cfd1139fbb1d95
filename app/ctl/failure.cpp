#include <fusebox/ctl/failure.h>

#include <fusebox/ctl/printable.h>

#include <fmt/core.h>

#include <cstdio>

namespace fusebox::ctl {

ExitCode exitCodeOf(const sources::AgentTrouble& trouble) {
    using sources::AgentStep;
    switch (trouble.status) {
        case 401:
        case 403:
            return ExitCode::notAllowed;
        case 404:
        case 409:
            return ExitCode::negative;
        case 400:
        case 413:
        case 415:
            return ExitCode::badInput;
        default:
            break;
    }
    if (trouble.step == AgentStep::address) return ExitCode::badInput;
    return trouble.step == AgentStep::token ? ExitCode::notAllowed : ExitCode::noConnection;
}

Failure failureOf(const sources::AgentTrouble& trouble) {
    std::string text = trouble.text();
    if (trouble.step == sources::AgentStep::tls && !trouble.fingerprint.empty()) {
        text += "; it shows the certificate " + trouble.fingerprint +
                ": if that is the agent's own, trust it by --fingerprint";
    }
    return {exitCodeOf(trouble), std::move(text)};
}

ExitCode tell(const Failure& failure) {
    std::fflush(stdout);
    fmt::print(stderr, "fuseboxctl: {}\n", printable(failure.text));
    return failure.code;
}

}  // namespace fusebox::ctl
