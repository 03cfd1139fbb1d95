// Finds the bodies of functions by following braces.
// Limits: no preprocessor; a brace that stands in one branch of an #if only would confuse it.
#pragma once

#include "source_file.h"

namespace fusebox::tidy {

struct FunctionBody {
    std::string head;  // what stands before the brace
    int firstLine = 0;
    int lastLine = 0;

    int lines() const { return lastLine - firstLine + 1; }
};

std::vector<FunctionBody> functionsOf(const SourceFile& file);

}  // namespace fusebox::tidy
