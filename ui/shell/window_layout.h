#pragma once
// Remembers where the window stood and how its panes were laid out, from one run to the next.
// Errors: what was remembered by another version, or cannot be read, is left alone: the window starts in its own
// layout.
// Lifetime: window and settings outlive it.

#include <QByteArray>
#include <QMap>
#include <QString>

class QMainWindow;
class QSettings;

namespace fusebox::shell {

class WindowLayout {
public:
    /// Grows whenever panes are added, removed or renamed, so that an old layout cannot hide a new pane.
    static constexpr int kVersion = 1;

    WindowLayout(QMainWindow& window, QSettings& settings) : m_window(window), m_settings(settings) {}

    /// Parts are further states by name: column widths, splitters.
    void remember(const QMap<QString, QByteArray>& parts);
    /// False: there is nothing to restore.
    bool restore();
    [[nodiscard]] QByteArray part(const QString& name) const;
    void forget();

private:
    QMainWindow& m_window;
    QSettings& m_settings;
};

}  // namespace fusebox::shell
