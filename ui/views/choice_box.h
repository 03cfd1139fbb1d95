#pragma once
// A box of entries in a line of filters, of which one is chosen; its width does not follow its entries.
// Threads: GUI thread only.

#include <QStringList>

class QComboBox;

namespace fusebox::views {

/// The caller owns it.
[[nodiscard]] QComboBox* makeChoiceBox(const QString& name, const QStringList& entries, int width);

}  // namespace fusebox::views
