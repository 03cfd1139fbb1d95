#include <fusebox/domain/json_document.h>

#include <fusebox/domain/json_reader.h>

#include <string>
#include <utility>
#include <vector>

namespace fusebox::domain {

namespace {

using nlohmann::json;

class Builder final : public nlohmann::json_sax<json> {
public:
    explicit Builder(const JsonLimits& limits) : m_limits(limits) {}

    bool null() override { return put(nullptr) != nullptr; }
    bool boolean(bool value) override { return put(value) != nullptr; }
    bool number_integer(number_integer_t value) override { return put(value) != nullptr; }
    bool number_unsigned(number_unsigned_t value) override { return put(value) != nullptr; }
    bool number_float(number_float_t value, const string_t&) override { return put(value) != nullptr; }
    bool string(string_t& value) override { return put(std::move(value)) != nullptr; }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool key(string_t& name) override {
        json& object = *m_open.back();
        if (m_limits.duplicates == DuplicateKeys::refused && object.contains(name)) {
            m_trouble = {base::TroubleCode::invalidInput, "stands there twice", JsonReader::quoted(name), {}};
            return false;
        }
        m_slot = &object[name];
        return true;
    }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
        m_trouble = {base::TroubleCode::invalidInput, "is not JSON", "byte " + std::to_string(at), {}};
        return false;
    }

    [[nodiscard]] json take() { return std::move(m_root); }
    [[nodiscard]] const base::Trouble& trouble() const { return m_trouble; }

private:
    template <typename Value>
    json* put(Value&& value) {
        if (++m_count > m_limits.values) {
            m_trouble = {base::TroubleCode::limitReached, "has too many values", {}, {}};
            return nullptr;
        }
        if (m_open.empty()) {
            m_root = std::forward<Value>(value);
            return &m_root;
        }
        if (json& owner = *m_open.back(); owner.is_array()) {
            owner.push_back(std::forward<Value>(value));
            return &owner.back();
        }
        *m_slot = std::forward<Value>(value);
        return m_slot;
    }
    bool open(json container) {
        if (m_open.size() >= m_limits.depth) {
            m_trouble = {base::TroubleCode::limitReached, "is nested too deep", {}, {}};
            return false;
        }
        json* opened = put(std::move(container));
        if (opened != nullptr) m_open.push_back(opened);
        return opened != nullptr;
    }
    bool close() {
        m_open.pop_back();
        return true;
    }

    const JsonLimits& m_limits;
    json m_root;
    std::vector<json*> m_open;  // an owner grows only while nothing of it is open
    json* m_slot = nullptr;
    std::size_t m_count = 0;
    base::Trouble m_trouble{base::TroubleCode::invalidInput, "is not JSON", {}, {}};
};

}  // namespace

base::Result<json> parseJson(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.bytes) {
        return base::trouble(base::TroubleCode::limitReached, "is larger than its limit");
    }
    Builder builder(limits);
    if (!json::sax_parse(text, &builder)) return tl::unexpected(builder.trouble());
    return builder.take();
}

}  // namespace fusebox::domain
