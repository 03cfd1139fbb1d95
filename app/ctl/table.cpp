#include <fusebox/ctl/table.h>

#include <fusebox/ctl/display_text.h>
#include <fusebox/ctl/printable.h>

#include <algorithm>

namespace fusebox::ctl {

namespace {

constexpr std::size_t kBetween = 2;

void trimEnd(std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
}

}  // namespace

void Table::add(std::vector<Cell> row) {
    for (Cell& cell : row) cell.text = printable(cell.text);
    m_rows.push_back(std::move(row));
}

std::vector<std::size_t> Table::widths(const Look& look) const {
    std::vector<std::size_t> widths;
    std::size_t before = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        std::size_t width = columnsOf(m_columns[i].title);
        for (const std::vector<Cell>& row : m_rows) width = std::max(width, columnsOf(row[i].text));
        width = std::max<std::size_t>(std::min(width, m_columns[i].widest), 1);
        if (i + 1 == m_columns.size() && look.columns) {
            const std::size_t left = *look.columns > before + 8 ? *look.columns - before : 8;
            width = std::min(width, left);
        }
        widths.push_back(width);
        before += width + kBetween;
    }
    return widths;
}

std::string Table::text(const Look& look) const {
    const std::vector<std::size_t> width = widths(look);
    std::string all;
    const auto addLine = [&](const auto& cellAt) {
        std::string line;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const Cell& cell = cellAt(i);
            const bool isRight = m_columns[i].align == Align::right;
            std::string shown = isRight ? paddedLeft(cell.text, width[i]) : padded(cell.text, width[i]);
            const bool isLast = i + 1 == m_columns.size();
            if (isLast) trimEnd(shown);
            line += painted(shown, cell.colour, look) + (isLast ? std::string() : std::string(kBetween, ' '));
        }
        trimEnd(line);
        all += line + "\n";
    };
    std::vector<Cell> titles;
    for (const Column& column : m_columns) titles.emplace_back(column.title, Colour::faint);
    addLine([&](std::size_t i) -> const Cell& { return titles[i]; });
    for (const std::vector<Cell>& row : m_rows) addLine([&](std::size_t i) -> const Cell& { return row[i]; });
    return all;
}

}  // namespace fusebox::ctl
