#pragma once
// Lays tables over tables: a profile over the file it stands in, variables over both.
// A value takes the place of the one below it; tables are laid over tables; a dependency over the one with the same name, else it is
// added. Of values that exclude each other (interval and rate) the one on top stays.

#include <fusebox/config/document.h>

namespace fusebox::config {

/// Moves the profile that was chosen, if any, over the root, and takes all profiles out of it.
void applyProfile(Document& document, Notes& notes);

void applyVariables(Document& document, Notes& notes);

}  // namespace fusebox::config
