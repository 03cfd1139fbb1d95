#pragma once
// What the window can see of the agents and do with them. The program implements it; the window only shows and asks.
// Threads: GUI thread; all functions return at once.
// Lifetime: outlives the window that was given it.
// Errors: an empty text means that it was done; else the text says why not.

#include <QList>
#include <QObject>
#include <QString>

namespace fusebox::views {

/// Where an agent is, as a person writes it down.
struct AgentPlace {
    QString name;
    QString url;
    QString token;        ///< a secret; never saved in a file of ours
    QString tokenFile;    ///< instead of the token: a file that holds it
    QString caFile;       ///< whom to trust; empty: whom the system trusts
    QString fingerprint;  ///< SHA-256 of the one certificate to trust; empty: none
    bool atStart = true;  ///< connect when the program starts

    bool operator==(const AgentPlace&) const = default;
};

/// What came of a test of the connection.
struct ConnectionCheck {
    bool works = false;
    QString text;         ///< in one or two sentences: who answered, or at which step it went wrong
    QString fingerprint;  ///< of a certificate that is not trusted, so that a person may compare and trust it
};

class AgentsControl : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Without their tokens.
    [[nodiscard]] virtual QList<AgentPlace> saved() const = 0;
    /// An agent of this machine that was found; its URL is empty where there is none.
    [[nodiscard]] virtual AgentPlace found() const { return {}; }
    /// Attaches the agent and remembers where it is, in the place of the one that is remembered as `former`.
    [[nodiscard]] virtual QString attach(const AgentPlace& place, const QString& former = {}) = 0;
    /// Lets it go and forgets it.
    virtual void forget(const QString& name) = 0;
    /// Connects now instead of after its wait.
    virtual void retryNow(const QString& name) = 0;
    /// Tries the connection; checked() tells. A further call replaces the one that is under way.
    virtual void check(const AgentPlace& place) = 0;
    /// Where tokens are kept, in a sentence for the person who gives one.
    [[nodiscard]] virtual QString tokenNote() const = 0;

signals:
    void checked(const fusebox::views::ConnectionCheck& check);
    /// The note about tokens has changed.
    void tokenNoteChanged();
};

}  // namespace fusebox::views
