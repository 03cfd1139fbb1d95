#pragma once
// Rows under titles, each column as wide as its widest cell and no wider than it may be. On a terminal lines end where the terminal does.
// Cells may hold foreign text: it is made printable here.

#include <fusebox/ctl/terminal.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fusebox::ctl {

enum class Align : std::uint8_t { left, right };

struct Column {
    std::string title;
    Align align = Align::left;
    std::size_t widest = 32;  ///< in columns of the terminal
};

struct Cell {
    Cell(std::string shown, Colour painted = Colour::none) : text(std::move(shown)), colour(painted) {}
    Cell(const char* shown) : text(shown) {}

    std::string text;
    Colour colour = Colour::none;
};

class Table {
public:
    explicit Table(std::vector<Column> columns) : m_columns(std::move(columns)) {}

    /// REQUIRES: a cell for each column.
    void add(std::vector<Cell> row);
    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }

    /// One line for the titles and for each row. The last column has what is left of a terminal's line.
    [[nodiscard]] std::string text(const Look& look) const;

private:
    [[nodiscard]] std::vector<std::size_t> widths(const Look& look) const;

    const std::vector<Column> m_columns;
    std::vector<std::vector<Cell>> m_rows;
};

}  // namespace fusebox::ctl
