#include <fusebox/agent/tokens.h>

#include <fusebox/agent/local_door.h>
#include <fusebox/config/token_file.h>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <system_error>

namespace fusebox::agent {

namespace {

constexpr std::size_t kLargestPem = 1 << 20;

std::string systemUser() {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    const int error = ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
    return error == 0 && found != nullptr ? found->pw_name : "local";
}

}  // namespace

base::Result<std::vector<server::TokenEntry>> tokensOf(const config::AgentSettings& settings,
                                                       const std::filesystem::path& stateDir) {
    const auto local = localToken(stateDir);
    if (!local) return tl::unexpected(local.error());
    std::vector<server::TokenEntry> entries;
    entries.push_back({systemUser(), domain::Role::admin, server::TokenBook::hashOf(*local), {}, {}});
    for (const config::TokenSettings& token : settings.tokens) {
        server::TokenEntry entry{token.name, token.role, token.sha256, {}, token.expires};
        if (!token.file.empty()) {
            const auto secret = config::readTokenFile(token.file);
            if (!secret) return tl::unexpected(secret.error());
            entry.sha256 = server::TokenBook::hashOf(*secret);
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

base::Result<std::string> readPem(const std::filesystem::path& file, Pem kind) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return base::trouble(base::TroubleCode::unavailable, "is no file that can be read", file.string());
    }
    if (kind == Pem::key && (status.st_mode & 0007U) != 0) {
        return base::trouble(base::TroubleCode::refused, "holds a key and is open to everyone; needed: 0600 or 0640",
                             file.string());
    }
    std::ifstream stream(file, std::ios::binary);
    std::string text(kLargestPem + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (!stream.is_open() || stream.bad() || text.empty() || text.size() > kLargestPem) {
        return base::trouble(base::TroubleCode::unavailable, "cannot be read, is empty or larger than 1 MiB",
                             file.string());
    }
    return text;
}

}  // namespace fusebox::agent
