#include <fusebox/sources/agent_trouble.h>

#include <array>

namespace fusebox::sources {

std::string_view toWord(AgentStep step) {
    constexpr std::array<std::string_view, 8> kWords{"address", "name",  "TCP",     "TLS",
                                                     "HTTP",    "token", "version", "stream"};
    return kWords[static_cast<std::size_t>(step)];
}

}  // namespace fusebox::sources
