#include <fusebox/config/problem.h>

#include <fmt/format.h>

namespace fusebox::config {

std::string Problem::text() const {
    std::string joined = file;
    if (line > 0) {
        joined += fmt::format(":{}:{}", line, column);
    }
    joined += ": ";
    return key.empty() ? joined + what : joined + key + " " + what;
}

std::string textOf(const Problems& problems) {
    std::string joined;
    for (const Problem& problem : problems) {
        joined += problem.text() + "\n";
    }
    return joined;
}

}  // namespace fusebox::config
