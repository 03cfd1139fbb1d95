#pragma once
// How what is known of a code system is written down: lines of codes that mean the same category.
// A code in a line is a number, a name, a range of numbers ("1040-1045") or a beginning ("22*"). Case, '_', '-' and blanks within
// names do not matter. An exact code beats a range, a range beats a beginning, a longer beginning beats a shorter; "*" alone is what every
// other code of the system means.

#include <fusebox/domain/category.h>
#include <fusebox/domain/error.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace fusebox::errors {

enum class Weight : std::uint8_t {
    generic,   ///< says little (500, HY000, -1): yields to type and text
    specific,  ///< settles the matter
};

struct CodeLine {
    domain::Category category;
    std::string_view codes;  ///< separated by blanks
    Weight weight = Weight::specific;
};

enum class Names : std::uint8_t {
    ownSystem,   ///< mean this only as codes of their system
    everywhere,  ///< tell the same as a type's name or as a word of a message
};

struct CodeTable {
    domain::CodeSystem system;
    std::span<const CodeLine> lines;
    Names names = Names::ownSystem;
};

}  // namespace fusebox::errors
