#include <fusebox/shell/window_layout.h>

#include <QMainWindow>
#include <QSettings>

namespace fusebox::shell {
namespace {

QString key(const QString& name) {
    return QStringLiteral("layout/%1/%2").arg(WindowLayout::kVersion).arg(name);
}

}  // namespace

void WindowLayout::remember(const QMap<QString, QByteArray>& parts) {
    m_settings.setValue(key(QStringLiteral("geometry")), m_window.saveGeometry());
    m_settings.setValue(key(QStringLiteral("docks")), m_window.saveState(kVersion));
    for (auto part = parts.begin(); part != parts.end(); ++part) {
        m_settings.setValue(key(part.key()), part.value());
    }
}

bool WindowLayout::restore() {
    const QByteArray geometry = m_settings.value(key(QStringLiteral("geometry"))).toByteArray();
    const QByteArray docks = m_settings.value(key(QStringLiteral("docks"))).toByteArray();
    if (geometry.isEmpty() || docks.isEmpty()) return false;
    // restoreGeometry brings a window back that would lie outside of all screens.
    return m_window.restoreGeometry(geometry) && m_window.restoreState(docks, kVersion);
}

QByteArray WindowLayout::part(const QString& name) const {
    return m_settings.value(key(name)).toByteArray();
}

void WindowLayout::forget() {
    m_settings.remove(QStringLiteral("layout"));
}

}  // namespace fusebox::shell
