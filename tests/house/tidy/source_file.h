// One source file as the style rules see it: the text, the text without comments and literals, and the comments alone.
// Limits: reads C++ as it is written in this tree; raw strings are understood, trigraphs are not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fusebox::tidy {

struct SourceFile {
    std::string path;                   // from the root of the tree
    std::vector<std::string> lines;     // as written
    std::vector<std::string> code;      // comments and the insides of literals are blank
    std::vector<std::string> comments;  // everything but comments is blank

    bool isBelow(std::string_view folder) const;
    bool isCpp() const;
    bool isHeader() const;
};

SourceFile readSource(std::string path, std::string_view text);

}  // namespace fusebox::tidy
