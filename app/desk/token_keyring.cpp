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
    connect(job, &QKeychain::Job::finished, this, [this](QKeychain::Job* done) {
        if (done->error() != QKeychain::NoError) missing(done->errorString());
    });
    job->start();
}

void TokenKeyring::forget(const QString& key) {
    m_session.remove(key);
    if (m_backing == Backing::sessionOnly) return;
    auto* job = new QKeychain::DeletePasswordJob(kService, this);
    job->setInsecureFallback(false);
    job->setKey(key);
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
        const bool isFine = done->error() == QKeychain::NoError || done->error() == QKeychain::EntryNotFound;
        if (!isFine) missing(done->errorString());
        found(m_session.value(key));
    });
    job->start();
}

QString TokenKeyring::note() const {
    if (m_backing == Backing::system) return tr("The token is kept in the system's keyring.");
    const QString why = m_whyNot.isEmpty() ? QString() : tr(" (%1)").arg(m_whyNot);
    return tr("There is no keyring service here%1: the token is kept for this session only. A token file is read at "
              "each "
              "start.")
        .arg(why);
}

void TokenKeyring::missing(const QString& why) {
    if (m_backing == Backing::sessionOnly) return;
    m_backing = Backing::sessionOnly;
    m_whyNot = format::SafeText::oneLine(why, 120);
    emit noteChanged();
}

}  // namespace fusebox::desk
