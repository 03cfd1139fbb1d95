#include <fusebox/handling/duration_text.h>

#include <fmt/format.h>

namespace fusebox::handling {

std::string durationText(base::Duration duration) {
    const double seconds = std::chrono::duration<double>(duration).count();
    if (seconds < 1) return fmt::format("{:.3g} ms", seconds * 1e3);
    if (seconds < 120) return fmt::format("{:.3g} s", seconds);
    return seconds < 7200 ? fmt::format("{:.3g} min", seconds / 60) : fmt::format("{:.3g} h", seconds / 3600);
}

}  // namespace fusebox::handling
