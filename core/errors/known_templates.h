#pragma once
// Templates in which places are known to vary, found by what fits them.
// Threads: const functions from many.

#include <fusebox/errors/template_tokens.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fusebox::errors {

class KnownTemplates {
public:
    void clear() { m_shapes.clear(); }

    /// Where the text has Mask::word, any word fits. `entry` is what find() gives back.
    void add(std::string_view text, std::uint32_t entry);

    /// An entry that the masked message fits, if there is one.
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view masked) const;

    [[nodiscard]] bool empty() const { return m_shapes.empty(); }

private:
    struct Known {
        std::vector<std::string> words;  ///< empty where the place varies
        std::uint32_t entry = 0;
    };

    /// By number of words and what stands between them.
    std::unordered_map<std::uint64_t, std::vector<Known>> m_shapes;
};

}  // namespace fusebox::errors
