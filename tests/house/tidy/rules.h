// The style rules of this tree that a compiler does not know. See rules.cpp for each one's reason.
#pragma once

#include "source_file.h"

namespace fusebox::tidy {

struct Finding {
    std::string path;
    int line = 0;
    std::string rule;
    std::string what;
};

std::vector<Finding> findingsIn(const SourceFile& file);

}  // namespace fusebox::tidy
