#include <fusebox/domain/json_reader.h>

#include <fusebox/domain/json_writer.h>

#include <cmath>

namespace fusebox::domain {

namespace {

constexpr double kLongestMs = 10.0 * 366 * 24 * 3600 * 1000;
constexpr std::int64_t kLastMs = 253'402'300'799'999;  // the end of the year 9999

const nlohmann::json& nothing() {
    static const nlohmann::json empty = nlohmann::json::object();
    return empty;
}

}  // namespace

JsonReader::JsonReader(const nlohmann::json& object, std::string place, ReadTrouble& trouble)
    : m_object(&object), m_place(std::move(place)), m_trouble(trouble) {
    if (!object.is_object()) {
        m_trouble.note(m_place, "must be an object");
        m_object = &nothing();
    }
}

std::string JsonReader::quoted(std::string_view text) {
    constexpr std::size_t kShown = 60;
    std::string shown;
    JsonWriter(shown).text(text.substr(0, kShown));
    return text.size() > kShown ? shown + "..." : shown;
}

const nlohmann::json* JsonReader::find(const char* key) const {
    const auto found = m_object->find(key);
    return found == m_object->end() ? nullptr : &*found;
}

const nlohmann::json* JsonReader::need(const char* key) {
    const nlohmann::json* found = find(key);
    if (found == nullptr) {
        complain(key, "is missing");
    }
    return found;
}

const nlohmann::json* JsonReader::arrayOf(const char* key, std::size_t most) {
    const nlohmann::json* found = need(key);
    if (found == nullptr) {
        return nullptr;
    }
    if (!found->is_array() || found->size() > most) {
        complain(key, "must be a list of at most " + std::to_string(most));
        return nullptr;
    }
    return found;
}

std::string JsonReader::text(const char* key) {
    const nlohmann::json* found = need(key);
    if (found == nullptr) {
        return {};
    }
    if (!found->is_string()) {
        complain(key, "must be a text");
        return {};
    }
    return found->get<std::string>();
}

std::string JsonReader::textOr(const char* key, std::string absent) {
    return has(key) ? text(key) : std::move(absent);
}

bool JsonReader::truth(const char* key) {
    const nlohmann::json* found = need(key);
    if (found != nullptr && !found->is_boolean()) {
        complain(key, "must be true or false");
        return false;
    }
    return found != nullptr && found->get<bool>();
}

double JsonReader::real(const char* key) {
    const nlohmann::json* found = need(key);
    if (found != nullptr && (!found->is_number() || !std::isfinite(found->get<double>()))) {
        complain(key, "must be a number");
        return 0;
    }
    return found != nullptr ? found->get<double>() : 0;
}

std::uint64_t JsonReader::number(const char* key, std::uint64_t most) {
    const nlohmann::json* found = need(key);
    if (found == nullptr) {
        return 0;
    }
    // Parsed whole numbers that are not negative are unsigned.
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > most) {
        complain(key, "must be a whole number from 0 to " + std::to_string(most));
        return 0;
    }
    return found->get<std::uint64_t>();
}

base::Duration JsonReader::ms(const char* key) {
    const double value = real(key);
    if (!(value >= 0 && value <= kLongestMs)) {
        complain(key, "must be milliseconds from 0 to ten years");
        return {};
    }
    return base::Duration(std::llround(value * 1e6));
}

base::WallTime JsonReader::unixMs(const char* key) {
    return base::WallTime(std::chrono::milliseconds(number(key, static_cast<std::uint64_t>(kLastMs))));
}

std::vector<std::uint64_t> JsonReader::numbers(const char* key, std::size_t most, std::uint64_t largest) {
    std::vector<std::uint64_t> all;
    const nlohmann::json* array = arrayOf(key, most);
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
        const nlohmann::json& item = (*array)[i];
        if (!item.is_number_unsigned() || item.get<std::uint64_t>() > largest) {
            complain(key, "must hold whole numbers from 0 to " + std::to_string(largest));
            return {};
        }
        all.push_back(item.get<std::uint64_t>());
    }
    return all;
}

std::vector<std::string> JsonReader::texts(const char* key, std::size_t most) {
    std::vector<std::string> all;
    const nlohmann::json* array = arrayOf(key, most);
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
        if (!(*array)[i].is_string()) {
            complain(key, "must hold texts");
            return {};
        }
        all.push_back((*array)[i].get<std::string>());
    }
    return all;
}

JsonReader JsonReader::at(const char* key) {
    const nlohmann::json* found = need(key);
    return JsonReader(found != nullptr ? *found : nothing(), placeOf(key), m_trouble);
}

}  // namespace fusebox::domain
