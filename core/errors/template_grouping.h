#pragma once
// Finds out which templates are one statement of a program: those that differ only where a value stands. The scanner masks
// what looks like a value; here words are found to be values by the company they keep.
// How: templates that agree in all places but one compete for that place. It is a value
//  - when a number or another masked value has been seen in it,
//  - when enough different words have: five; fewer behind "=" and "user"; more for the first word, which mostly tells what
//    happens, for capitals, which mostly name states, and where little else of the message is left to agree;
//  - but not when the words are states or steps (started, paused): such messages differ in what they say.
// Then the same again with what was found, then for two places at once, and for values of several words.
// The result is a function of the set of templates: order does not matter.
// Threads: a pure function.
// Source: the slots are the wildcard positions of He et al. (Drain, ICWS 2017) turned round: not how alike two messages are
// decides, but what varies in one place; the evidence rules are our own.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::errors {

struct TemplateGroups {
    std::vector<std::uint32_t> groupOf;  ///< per template given
    std::vector<std::string> texts;      ///< per group: the template, with Mask::word where the members differ
};

/// REQUIRES: the templates are normalised and distinct.
[[nodiscard]] TemplateGroups groupTemplates(std::span<const std::string_view> templates);

}  // namespace fusebox::errors
