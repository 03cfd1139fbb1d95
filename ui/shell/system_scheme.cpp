#include <fusebox/shell/system_scheme.h>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>
#include <QStyleHints>

namespace fusebox::shell {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");
constexpr uint kPrefersDark = 1;
constexpr uint kPrefersLight = 2;

Scheme schemeOfPalette() {
    const QPalette palette = QGuiApplication::palette();
    const bool dark = palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
    return dark ? Scheme::dark : Scheme::light;
}

// Without a session bus QtDBus would try to launch one, which takes time and leaves a process behind.
bool hasSessionBus() {
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS");
}

}  // namespace

SystemScheme::SystemScheme(QObject* parent) : QObject(parent), m_ofPlatform(schemeOfPalette()), m_scheme(m_ofPlatform) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto follow = [this](Qt::ColorScheme scheme) {
        setScheme(scheme == Qt::ColorScheme::Unknown
                      ? m_ofPlatform
                      : (scheme == Qt::ColorScheme::Dark ? Scheme::dark : Scheme::light));
    };
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, follow);
    follow(QGuiApplication::styleHints()->colorScheme());
#else
    if (hasSessionBus()) askPortal();
#endif
}

void SystemScheme::askPortal() {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onPortalSetting(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    read << kGroup << kKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (reply.isValid()) onPortalSetting(kGroup, kKey, reply.value());
        done->deleteLater();
    });
}

void SystemScheme::onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value) {
    if (group != kGroup || key != kKey) return;
    // Read() wraps the value in a second variant, the signal does not.
    QVariant inner = value.variant();
    if (inner.canConvert<QDBusVariant>()) inner = inner.value<QDBusVariant>().variant();
    setPortalValue(inner.toUInt());
}

void SystemScheme::setPortalValue(uint value) {
    switch (value) {
        case kPrefersDark:
            return setScheme(Scheme::dark);
        case kPrefersLight:
            return setScheme(Scheme::light);
        default:
            return setScheme(m_ofPlatform);
    }
}

void SystemScheme::setScheme(Scheme scheme) {
    if (scheme == m_scheme) return;
    m_scheme = scheme;
    emit changed(scheme);
}

}  // namespace fusebox::shell
