#include <fusebox/ctl/error_records.h>

#include <fusebox/errors/system_names.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace fusebox::ctl {

namespace {

using nlohmann::json;

std::vector<std::string_view> cellsOf(std::string_view row) {
    std::vector<std::string_view> cells;
    for (;;) {
        const std::size_t tab = row.find('\t');
        cells.push_back(row.substr(0, tab));
        if (tab == std::string_view::npos) return cells;
        row.remove_prefix(tab + 1);
    }
}

/// The value of the first key that is there, as text.
template <std::size_t N>
std::string textOf(const json& object, const std::array<const char*, N>& keys) {
    for (const char* key : keys) {
        const auto found = object.find(key);
        if (found == object.end() || found->is_null()) continue;
        return found->is_string() ? found->get<std::string>()
                                  : found->dump(-1, ' ', false, json::error_handler_t::replace);
    }
    return {};
}

domain::Error errorOf(const json& object, std::size_t causesLeft) {
    domain::Error error;
    error.codeSystem = errors::systemNamed(textOf(object, std::array{"source", "system", "code_system"}));
    error.code = textOf(object, std::array{"code", "status"});
    error.type = textOf(object, std::array{"name", "type"});
    error.message = textOf(object, std::array{"message", "message_or_description", "description"});
    for (const char* key : {"attributes", "headers"}) {
        const auto attributes = object.find(key);
        if (attributes == object.end() || !attributes->is_object()) continue;
        for (const auto& [name, value] : attributes->items()) {
            error.context.attributes.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
        }
    }
    const auto cause = object.find("cause");
    if (cause != object.end() && cause->is_object() && causesLeft > 0) {
        error.cause = std::make_shared<const domain::Error>(errorOf(*cause, causesLeft - 1));
    }
    return error;
}

}  // namespace

tl::unexpected<base::Trouble> ErrorRecords::trouble(std::string what) const {
    return base::trouble(base::TroubleCode::invalidInput, std::move(what), fmt::format("line {}", m_line));
}

base::Result<bool> ErrorRecords::readLine() {
    do {
        ++m_line;
        if (!std::getline(m_in, m_text)) return false;
        if (m_text.ends_with('\r')) m_text.pop_back();
        if (m_text.size() > kLongestLine) {
            return trouble(fmt::format("has {} bytes; allowed: up to {}", m_text.size(), kLongestLine));
        }
    } while (m_text.find_first_not_of(" \t") == std::string::npos);
    return true;
}

base::Result<bool> ErrorRecords::readHeader() {
    constexpr std::pair<std::string_view, Column> kNames[] = {{"source", Column::source},
                                                              {"system", Column::source},
                                                              {"code", Column::code},
                                                              {"name", Column::name},
                                                              {"type", Column::name},
                                                              {"message", Column::message},
                                                              {"message_or_description", Column::message},
                                                              {"description", Column::message}};
    if (m_text.starts_with("\xEF\xBB\xBF")) m_text.erase(0, 3);
    for (const std::string_view cell : cellsOf(m_text)) {
        const auto* known =
            std::find_if(std::begin(kNames), std::end(kNames), [&](const auto& name) { return name.first == cell; });
        m_columns.push_back(known == std::end(kNames) ? Column::other : known->second);
    }
    const bool tells = std::any_of(m_columns.begin(), m_columns.end(), [](Column column) {
        return column == Column::code || column == Column::name || column == Column::message;
    });
    if (!tells) {
        return trouble("names no column code, name or message; needed: a header line with tabs, or JSON objects");
    }
    m_format = Format::table;
    return readLine();
}

base::Result<std::optional<domain::Error>> ErrorRecords::next() {
    base::Result<bool> has = readLine();
    if (has && *has && m_format == Format::unknown) {
        if (m_text[m_text.find_first_not_of(" \t")] == '{') {
            m_format = Format::json;
        } else {
            has = readHeader();
        }
    }
    if (!has) return tl::unexpected(has.error());
    if (!*has) return std::optional<domain::Error>();
    return m_format == Format::json ? fromJson() : fromRow();
}

base::Result<domain::Error> ErrorRecords::fromRow() const {
    const std::vector<std::string_view> cells = cellsOf(m_text);
    if (cells.size() != m_columns.size()) {
        return trouble(fmt::format("has {} columns; the header has {}", cells.size(), m_columns.size()));
    }
    domain::Error error;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        switch (m_columns[i]) {
            case Column::source:
                error.codeSystem = errors::systemNamed(cells[i]);
                break;
            case Column::code:
                error.code = cells[i];
                break;
            case Column::name:
                error.type = cells[i];
                break;
            case Column::message:
                error.message = cells[i];
                break;
            case Column::other:
                break;
        }
    }
    return error;
}

base::Result<domain::Error> ErrorRecords::fromJson() const {
    const json value = json::parse(m_text, nullptr, false);
    if (value.is_discarded()) return trouble("is no valid JSON");
    if (!value.is_object()) return trouble("is no JSON object");
    return errorOf(value, kMostCauses);
}

}  // namespace fusebox::ctl
