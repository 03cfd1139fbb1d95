#pragma once
// Keeps the tokens of agents: in the system's keyring where there is one, else for this session only. A token is kept by
// the origin (and the pinned certificate) that it was given for, so that a changed address asks for another one.
// Threads: GUI thread only; answers come through the event loop.
// Errors: where there is no keyring note() says so, and the session remembers instead; so does what a keyring refused.

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>

namespace QKeychain {
class Job;
}

namespace fusebox::desk {

class TokenKeyring : public QObject {
    Q_OBJECT
public:
    using Found = std::function<void(const QString& token)>;

    enum class Backing { system, sessionOnly };

    explicit TokenKeyring(Backing backing, QObject* parent = nullptr);

    void keep(const QString& key, const QString& token);
    void forget(const QString& key);
    /// Calls `found` once, with an empty text where nothing is known.
    void find(const QString& key, Found found);
    /// What this session knows, without asking the system.
    [[nodiscard]] QString known(const QString& key) const { return m_session.value(key); }

    /// Where tokens are kept.
    [[nodiscard]] QString note() const;

signals:
    void noteChanged();

private:
    void noteTrouble(const QKeychain::Job& job);

    Backing m_backing;
    QString m_trouble;  ///< the last one, as a sentence
    QHash<QString, QString> m_session;
};

}  // namespace fusebox::desk
