#include <fusebox/agent/local_door.h>

#include <fusebox/config/token_file.h>

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <system_error>

namespace fusebox::agent {

base::Result<std::string> localToken(const std::filesystem::path& stateDir) {
    const std::filesystem::path file = stateDir / kLocalToken;
    std::error_code ignored;
    if (std::filesystem::symlink_status(file, ignored).type() != std::filesystem::file_type::not_found) {
        return config::readTokenFile(file);
    }
    auto token = config::freshToken();
    if (!token) return token;
    if (auto made = config::makeTokenFile(file, *token); !made) return tl::unexpected(made.error());
    return token;
}

base::Result<void> writeLocalUrl(const std::filesystem::path& stateDir, const std::string& url) {
    const std::filesystem::path file = stateDir / kLocalUrl;
    const std::filesystem::path fresh = stateDir / (std::string(kLocalUrl) + ".new");
    std::ofstream stream(fresh, std::ios::trunc);
    stream << url << '\n';
    stream.close();
    std::error_code trouble;
    if (stream.good()) std::filesystem::rename(fresh, file, trouble);
    if (stream.good() && !trouble) return {};
    return base::trouble(base::TroubleCode::unavailable, "cannot be written", file.string(), trouble.message());
}

std::string localUrl(const std::string& address, std::uint16_t port, bool isTls) {
    const bool isSix = address.find(':') != std::string::npos;
    std::string host = address == "0.0.0.0" ? "127.0.0.1" : address == "::" ? "::1" : address;
    if (isSix) host = "[" + host + "]";
    return fmt::format("{}://{}:{}", isTls ? "https" : "http", host, port);
}

}  // namespace fusebox::agent
