#pragma once
// The order in which people expect names: without regard to case, and "api-2" before "api-10".

#include <QStringView>

namespace fusebox::models {

/// Negative, zero or positive, as for QString::compare.
[[nodiscard]] int naturalCompare(QStringView a, QStringView b);

}  // namespace fusebox::models
