#include <fusebox/desk/agents_desk.h>

#include <fusebox/config/state_place.h>
#include <fusebox/config/token_file.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/sources/agent_about.h>

#include <QSettings>

#include <algorithm>
#include <utility>

namespace fusebox::desk {
namespace {

const QString kAgents = QStringLiteral("agents");
constexpr qsizetype kMostSaved = 64;  // as many as can be attached

QString shown(const std::string& text) {
    return format::SafeText::oneLine(text);
}

views::ConnectionCheck checkOf(const sources::AgentResult<sources::AgentAbout>& about) {
    views::ConnectionCheck check;
    check.works = about.has_value();
    if (about) {
        check.text = QObject::tr("It works: the agent %1, version %2, knows you as %3 with the role %4.")
                         .arg(shown(about->agent), shown(about->version), shown(about->actor), shown(about->role));
        return check;
    }
    const sources::AgentTrouble& trouble = about.error();
    const auto step = toWord(trouble.step);
    check.text =
        QObject::tr("It fails at the step %1: %2")
            .arg(QString::fromUtf8(step.data(), static_cast<qsizetype>(step.size())), shown(trouble.trouble.text()));
    check.fingerprint = shown(trouble.fingerprint);
    if (!check.fingerprint.isEmpty()) {
        check.text += QObject::tr(
                          "\nThe SHA-256 of the certificate that it showed, to be compared with what its owner "
                          "says:\n%1")
                          .arg(check.fingerprint);
    }
    return check;
}

}  // namespace

AgentsDesk::AgentsDesk(wiring::Wiring& wiring, QSettings& settings, TokenKeyring::Backing backing)
    : m_wiring(wiring), m_settings(settings), m_keyring(backing) {
    connect(&m_keyring, &TokenKeyring::noteChanged, this, &AgentsDesk::tokenNoteChanged);
}

AgentsDesk::~AgentsDesk() = default;

sources::AgentResult<AgentsDesk::Prepared> AgentsDesk::prepared(const views::AgentPlace& place) {
    Prepared made;
    made.address.name = place.name.toStdString();
    made.address.url = place.url.toStdString();
    made.address.caFile = place.caFile.toStdString();
    made.address.fingerprint = place.fingerprint.toStdString();
    const auto checked = sources::CheckedAddress::check(made.address);
    if (!checked) return tl::unexpected(checked.error());
    // The token belongs to this origin, and with a pin to this certificate.
    made.key = QString::fromStdString(checked->origin());
    if (!checked->fingerprint().empty()) made.key += QLatin1Char('#') + QString::fromStdString(checked->fingerprint());
    made.address.tokenOrigin = checked->origin();
    return made;
}

QString AgentsDesk::withToken(const views::AgentPlace& place, const QString& key, TokenKeyring::Found with) {
    if (!place.tokenFile.isEmpty()) {
        const auto token = config::readTokenFile(place.tokenFile.toStdString());
        if (!token) return shown(token.error().text());
        with(QString::fromStdString(*token));
    } else if (!place.token.isEmpty()) {
        with(place.token);
    } else {
        m_keyring.find(key, std::move(with));
    }
    return {};
}

QList<views::AgentPlace> AgentsDesk::saved() const {
    QList<views::AgentPlace> places;
    const int count = m_settings.beginReadArray(kAgents);
    for (int i = 0; i < count; ++i) {
        m_settings.setArrayIndex(i);
        views::AgentPlace place;
        place.name = m_settings.value(QStringLiteral("name")).toString();
        place.url = m_settings.value(QStringLiteral("url")).toString();
        place.tokenFile = m_settings.value(QStringLiteral("tokenFile")).toString();
        place.caFile = m_settings.value(QStringLiteral("caFile")).toString();
        place.fingerprint = m_settings.value(QStringLiteral("fingerprint")).toString();
        place.atStart = m_settings.value(QStringLiteral("atStart"), true).toBool();
        if (!place.name.isEmpty() && places.size() < kMostSaved) places << place;
    }
    m_settings.endArray();
    return places;
}

void AgentsDesk::save(const QList<views::AgentPlace>& places) {
    m_settings.remove(kAgents);
    m_settings.beginWriteArray(kAgents, static_cast<int>(places.size()));
    for (int i = 0; i < places.size(); ++i) {
        m_settings.setArrayIndex(i);
        m_settings.setValue(QStringLiteral("name"), places[i].name);
        m_settings.setValue(QStringLiteral("url"), places[i].url);
        m_settings.setValue(QStringLiteral("tokenFile"), places[i].tokenFile);
        m_settings.setValue(QStringLiteral("caFile"), places[i].caFile);
        m_settings.setValue(QStringLiteral("fingerprint"), places[i].fingerprint);
        m_settings.setValue(QStringLiteral("atStart"), places[i].atStart);
    }
    m_settings.endArray();
}

QString AgentsDesk::attachOnce(const views::AgentPlace& place) {
    auto made = prepared(place);
    if (!made) return shown(made.error().text());
    return attachWithToken(place, *made);
}

// The keyring may answer later; what it answers is attached then.
QString AgentsDesk::attachWithToken(const views::AgentPlace& place, const Prepared& made) {
    const auto whyNot = std::make_shared<QString>();
    const auto attach = [this, whyNot, address = made.address](const QString& token) mutable {
        address.token = token.toStdString();
        if (const auto attached = m_wiring.attach(std::move(address)); !attached)
            *whyNot = shown(attached.error().text());
    };
    const QString noToken = withToken(place, made.key, attach);
    return noToken.isEmpty() ? *whyNot : noToken;
}

QString AgentsDesk::attach(const views::AgentPlace& place, const QString& former) {
    auto made = prepared(place);
    if (!made) return shown(made.error().text());
    QList<views::AgentPlace> places = saved();
    const bool isTaken = place.name != former && std::any_of(places.begin(), places.end(), [&](const auto& known) {
                             return known.name == place.name;
                         });
    if (isTaken) return tr("An agent of this name is saved already: change that one, or choose another name.");
    m_wiring.detach(former.toStdString());
    if (QString whyNot = attachWithToken(place, *made); !whyNot.isEmpty()) {
        // The one that is to be changed goes on as it was.
        for (const views::AgentPlace& known : places) {
            if (known.name == former) (void)attachOnce(known);
        }
        return whyNot;
    }
    if (!place.token.isEmpty()) m_keyring.keep(made->key, place.token);
    places.removeIf([&](const auto& known) { return known.name == former; });
    places << place;
    save(places);
    return {};
}

void AgentsDesk::attachSaved() {
    for (const views::AgentPlace& place : saved()) {
        if (!place.atStart) continue;
        auto made = prepared(place);
        if (!made) continue;  // somebody wrote in the settings; the dialog shows it
        // Without its token it is attached all the same: that it is missing is to be seen.
        if (!attachWithToken(place, *made).isEmpty()) (void)m_wiring.attach(made->address);
    }
}

void AgentsDesk::attachLocal(const std::filesystem::path& stateDir) {
    const auto agent = config::localAgentIn(stateDir);
    if (!agent) return;
    m_found.name = tr("local");
    m_found.url = QString::fromStdString(agent->url);
    m_found.tokenFile = QString::fromStdString(agent->tokenFile.string());
    const QList<views::AgentPlace> places = saved();
    const bool isSaved = std::any_of(places.begin(), places.end(), [&](const auto& known) {
        return known.tokenFile == m_found.tokenFile || known.name == m_found.name;
    });
    if (!isSaved) (void)attachOnce(m_found);
}

void AgentsDesk::forget(const QString& name) {
    m_wiring.detach(name.toStdString());
    QList<views::AgentPlace> places = saved();
    for (const views::AgentPlace& place : places) {
        if (place.name != name) continue;
        if (const auto made = prepared(place)) m_keyring.forget(made->key);
    }
    places.removeIf([&](const auto& known) { return known.name == name; });
    save(places);
}

void AgentsDesk::retryNow(const QString& name) {
    m_wiring.retryNow(name.toStdString());
}

void AgentsDesk::check(const views::AgentPlace& place) {
    views::AgentPlace named = place;
    if (named.name.isEmpty()) named.name = QStringLiteral("agent");
    auto made = prepared(named);
    if (!made) return emit checked(checkOf(tl::unexpected(made.error())));
    const QString noToken = withToken(named, made->key, [this, address = made->address](const QString& token) mutable {
        address.token = token.toStdString();
        tryOut(std::move(address));
    });
    if (!noToken.isEmpty()) emit checked({false, noToken, {}});
}

void AgentsDesk::tryOut(sources::AgentAddress address) {
    const std::uint64_t number = ++m_check;
    m_trying = std::jthread([this, number, address = std::move(address)](const std::stop_token& stop) {
        auto client = sources::AgentClient::create(address);
        const auto about = client ? sources::introduce(**client, stop)
                                  : sources::AgentResult<sources::AgentAbout>(tl::unexpected(client.error()));
        if (stop.stop_requested()) return;
        QMetaObject::invokeMethod(
            this,
            [this, number, check = checkOf(about)] {
                if (number == m_check) emit checked(check);
            },
            Qt::QueuedConnection);
    });
}

}  // namespace fusebox::desk
