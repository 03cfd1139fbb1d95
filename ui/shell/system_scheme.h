#pragma once
// Whether the desktop is set to light or dark, followed while the program runs: from Qt where it knows (6.5 and later),
// else from the freedesktop settings portal, else from the palette that the platform brought along.
// Threads: GUI thread only. The portal is asked without waiting for it.

#include <QDBusVariant>
#include <QObject>

namespace fusebox::shell {

enum class Scheme { light, dark };

class SystemScheme : public QObject {
    Q_OBJECT
public:
    explicit SystemScheme(QObject* parent = nullptr);

    [[nodiscard]] Scheme scheme() const { return m_scheme; }

signals:
    void changed(fusebox::shell::Scheme scheme);

private slots:
    void onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void askPortal();
    void setPortalValue(uint value);
    void setScheme(Scheme scheme);

    Scheme m_ofPlatform;
    Scheme m_scheme;
};

}  // namespace fusebox::shell
