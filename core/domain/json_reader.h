#pragma once
// Reads checked values out of parsed JSON. The first trouble is kept with its place; what is asked afterwards gives
// harmless values, so that a reader of a document asks for all its fields and looks at the trouble once, at the end.

#include <fusebox/base/result.h>
#include <fusebox/base/time.h>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::domain {

/// The first trouble of a document.
class ReadTrouble {
public:
    void note(const std::string& where, std::string what) {
        if (!m_trouble) {
            m_trouble = base::Trouble{base::TroubleCode::invalidInput, std::move(what), where, {}};
        }
    }
    [[nodiscard]] const std::optional<base::Trouble>& first() const { return m_trouble; }

private:
    std::optional<base::Trouble> m_trouble;
};

/// One object of the document and its place in it.
class JsonReader {
public:
    JsonReader(const nlohmann::json& object, std::string place, ReadTrouble& trouble);

    [[nodiscard]] bool has(const char* key) const { return find(key) != nullptr; }
    [[nodiscard]] std::string text(const char* key);
    [[nodiscard]] std::string textOr(const char* key, std::string absent);
    [[nodiscard]] bool truth(const char* key);
    [[nodiscard]] double real(const char* key);
    [[nodiscard]] std::uint64_t number(const char* key, std::uint64_t most = UINT64_MAX);
    [[nodiscard]] std::uint32_t number32(const char* key) {
        return static_cast<std::uint32_t>(number(key, UINT32_MAX));
    }
    /// Milliseconds, 0 to ten years.
    [[nodiscard]] base::Duration ms(const char* key);
    /// Milliseconds since 1970: up to the year 9999.
    [[nodiscard]] base::WallTime unixMs(const char* key);

    /// A word of an enum whose values are 0 to count - 1, by their toWord().
    template <typename Enum>
    [[nodiscard]] Enum word(const char* key, std::size_t count) {
        const std::string given = text(key);
        std::string allowed;
        for (std::size_t i = 0; i < count; ++i) {
            const auto value = static_cast<Enum>(i);
            if (toWord(value) == given) {
                return value;
            }
            allowed += (i == 0 ? "" : ", ") + std::string(toWord(value));
        }
        complain(key, "is " + quoted(given) + "; allowed: " + allowed);
        return Enum{};
    }

    /// Calls each(JsonReader) for the objects of an array.
    template <typename Each>
    void list(const char* key, std::size_t most, Each each) {
        const nlohmann::json* array = arrayOf(key, most);
        for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
            each(JsonReader((*array)[i], placeOf(key) + "[" + std::to_string(i) + "]", m_trouble));
        }
    }

    /// The whole numbers of an array, each 0 to `largest`.
    [[nodiscard]] std::vector<std::uint64_t> numbers(const char* key, std::size_t most, std::uint64_t largest);

    /// The texts of an array.
    [[nodiscard]] std::vector<std::string> texts(const char* key, std::size_t most);

    /// The same object, with its troubles noted elsewhere.
    [[nodiscard]] JsonReader with(ReadTrouble& trouble) const { return JsonReader(*m_object, m_place, trouble); }

    /// The object under the key.
    [[nodiscard]] JsonReader at(const char* key);

    /// Foreign text as it may stand in a trouble: escaped, between marks, cut after 60 bytes.
    [[nodiscard]] static std::string quoted(std::string_view text);

    void complain(const char* key, std::string what) { m_trouble.note(placeOf(key), std::move(what)); }

private:
    [[nodiscard]] const nlohmann::json* find(const char* key) const;
    [[nodiscard]] const nlohmann::json* need(const char* key);
    [[nodiscard]] const nlohmann::json* arrayOf(const char* key, std::size_t most);
    [[nodiscard]] std::string placeOf(const char* key) const { return m_place.empty() ? key : m_place + "." + key; }

    const nlohmann::json* m_object;
    std::string m_place;
    ReadTrouble& m_trouble;
};

}  // namespace fusebox::domain
