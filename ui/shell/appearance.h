#pragma once
// How the whole program looks: Fusion in our own light or dark colours, following the desktop unless the person chose.
// Threads: GUI thread only.
// Lifetime: the settings outlive it.

#include <fusebox/shell/system_scheme.h>

#include <QObject>

class QSettings;

namespace fusebox::shell {

enum class ThemeChoice { system, light, dark };

class Appearance : public QObject {
    Q_OBJECT
public:
    /// Takes the choice from the settings and dresses the application.
    explicit Appearance(QSettings& settings, QObject* parent = nullptr);

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    /// Remembered in the settings.
    void choose(ThemeChoice choice);
    /// For this run only.
    void show(ThemeChoice choice);

private:
    void apply();

    QSettings& m_settings;
    SystemScheme m_system;
    ThemeChoice m_choice = ThemeChoice::system;
};

}  // namespace fusebox::shell
