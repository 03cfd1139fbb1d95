#include <fusebox/desk/token_keyring.h>

#include <fusebox/format/safe_text.h>

#include <qt6keychain/keychain.h>

namespace fusebox::desk {
namespace {

const QString kService = QStringLiteral("fusebox");

}  // namespace

TokenKeyring::TokenKeyring(Backing backing, QObject* parent) : QObject(parent), m_backing(backing) {}

void TokenKeyring::keep(const QString& key, const QString& token) {
    m_session.insert(key, token);
    if (m_backing == Backing::sessionOnly) return;
    auto* job = new QKeychain::WritePasswordJob(kService, this);  // deletes itself when it is done
    job->setInsecureFallback(false);
    job->setKey(key);
    job->setTextData(token);
    connect(job, &QKeychain::Job::finished, this, [this](QKeychain::Job* done) { noteTrouble(*done); });
    job->start();
}

void TokenKeyring::forget(const QString& key) {
    m_session.remove(key);
    if (m_backing == Backing::sessionOnly) return;
    auto* job = new QKeychain::DeletePasswordJob(kService, this);
    job->setInsecureFallback(false);
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this, [this](QKeychain::Job* done) { noteTrouble(*done); });
    job->start();
}

void TokenKeyring::find(const QString& key, Found found) {
    if (m_session.contains(key) || m_backing == Backing::sessionOnly) return found(m_session.value(key));
    auto* job = new QKeychain::ReadPasswordJob(kService, this);
    job->setInsecureFallback(false);
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this, [this, key, found = std::move(found)](QKeychain::Job* done) {
        const QString token = static_cast<QKeychain::ReadPasswordJob*>(done)->textData();
        if (done->error() == QKeychain::NoError && !token.isEmpty()) m_session.insert(key, token);
        noteTrouble(*done);
        found(m_session.value(key));
    });
    job->start();
}

QString TokenKeyring::note() const {
    const QString session = tr("the token is kept for this session only. A token file is read at each start.");
    if (m_backing == Backing::system && m_trouble.isEmpty()) return tr("The token is kept in the system's keyring.");
    if (m_trouble.isEmpty()) return tr("There is no keyring service here: %1").arg(session);
    return QStringLiteral("%1: %2").arg(m_trouble, session);
}

void TokenKeyring::noteTrouble(const QKeychain::Job& job) {
    const bool isFine = job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound;
    const bool isThere = job.error() != QKeychain::NoBackendAvailable && job.error() != QKeychain::NotImplemented;
    const QString why = format::SafeText::oneLine(job.errorString(), 120);
    const QString before = note();
    if (isFine)
        m_trouble.clear();
    else
        m_trouble = isThere ? tr("The system's keyring refused (%1)").arg(why)
                            : tr("There is no keyring service here (%1)").arg(why);
    // One that is locked now may be open later; where there is none it need not be asked again.
    if (!isThere) m_backing = Backing::sessionOnly;
    if (note() != before) emit noteChanged();
}

}  // namespace fusebox::desk
