#include <fusebox/domain/json_writer.h>
#include <fusebox/recovery/alert_channel.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <utility>

namespace fusebox::recovery {

namespace {

std::string isoText(base::WallTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                       (time - seconds).count());
}

/// Without the "/" that a base URL may end with.
std::string withPath(std::string url, std::string_view path) {
    while (!url.empty() && url.back() == '/') url.pop_back();
    return url + std::string(path);
}

}  // namespace

std::string alertmanagerBody(const Alert& alert, const std::map<std::string, std::string>& labels,
                             base::WallTime startsAt, base::WallTime endsAt) {
    std::string body;
    {
        domain::JsonWriter out(body);
        out.raw("[{\"labels\":{\"alertname\":\"FuseboxBreaker\",\"breaker\":").text(alert.breaker);
        out.raw(",\"category\":").text(alert.category);
        for (const auto& [name, value] : labels) out.raw(",").text(name).raw(":").text(value);
        out.raw("},\"annotations\":{\"summary\":").text(alert.summary);
        out.raw(",\"description\":").text(alert.description);
        out.raw("},\"startsAt\":").text(isoText(startsAt)).raw(",\"endsAt\":").text(isoText(endsAt)).raw("}]");
    }
    return body;
}

std::string webhookBody(const Alert& alert, base::WallTime at) {
    std::string body;
    {
        domain::JsonWriter out(body);
        out.raw("{\"breaker\":").text(alert.breaker).raw(",\"category\":").text(alert.category);
        out.raw(",\"summary\":").text(alert.summary).raw(",\"description\":").text(alert.description);
        out.raw(",\"at\":").text(isoText(at)).raw("}");
    }
    return body;
}

AlertChannel::AlertChannel(AlertSettings settings, const base::Clock& clock)
    : m_settings(std::move(settings)), m_clock(clock) {}

void AlertChannel::setDesktop(Desktop desktop) {
    const base::Lock lock(m_mutex);
    m_desktop = std::move(desktop);
}

std::vector<std::string> AlertChannel::places() const {
    std::vector<std::string> names;
    for (const Place& place : allPlaces()) names.push_back(place.name);
    return names;
}

std::vector<AlertChannel::Place> AlertChannel::allPlaces() const {
    std::vector<Place> all;
    if (m_settings.alertmanager) {
        all.push_back(
            {"the Alertmanager", [this](const Alert& alert, const std::stop_token& stop) {
                 adapters::HttpSettings settings = *m_settings.alertmanager;
                 settings.url = withPath(settings.url, "/api/v2/alerts");
                 const base::WallTime now = m_clock.wallNow();
                 const auto until = now + std::chrono::duration_cast<std::chrono::milliseconds>(m_settings.repeatAfter);
                 return post(std::move(settings), alertmanagerBody(alert, m_settings.labels, now, until), stop);
             }});
    }
    if (m_settings.webhook) {
        all.push_back({"the webhook", [this](const Alert& alert, const std::stop_token& stop) {
                           auto sent = post(*m_settings.webhook, webhookBody(alert, m_clock.wallNow()), stop);
                           // Its address may be a secret, and troubles like to name addresses.
                           if (!sent) sent.error().what.clear();
                           return sent;
                       }});
    }
    const base::Lock lock(m_mutex);
    if (m_desktop) {
        all.push_back({"the desktop",
                       [desktop = m_desktop](const Alert& alert, const std::stop_token&) { return desktop(alert); }});
    }
    return all;
}

base::Result<std::string> AlertChannel::send(const Alert& alert, const std::stop_token& stop) {
    std::string told;
    std::string known;
    std::string troubles;
    for (const Place& place : allPlaces()) {
        const Key key{place.name, alert.breaker, alert.category};
        if (isKnown(key)) {
            known += (known.empty() ? "" : ", ") + place.name;
            continue;
        }
        if (const auto sent = place.tell(alert, stop); !sent) {
            troubles += fmt::format("{}{}: {}", troubles.empty() ? "" : "; ", place.name, sent.error().text());
            continue;
        }
        told += (told.empty() ? "" : ", ") + place.name;
        const base::Lock lock(m_mutex);
        m_sent[key] = m_clock.now();
    }
    std::string done = told.empty() ? std::string() : "It told " + told + ".";
    if (!known.empty())
        done += fmt::format("{}The same alert stands there already: {}.", told.empty() ? "" : " ", known);
    if (!troubles.empty()) return base::trouble(base::TroubleCode::unavailable, done + " Not told: " + troubles);
    if (done.empty()) return base::trouble(base::TroubleCode::notFound, "There is nobody to tell");
    return done;
}

bool AlertChannel::isKnown(const Key& key) {
    const base::Lock lock(m_mutex);
    std::erase_if(m_sent, [&](const auto& sent) { return m_clock.now() - sent.second >= m_settings.repeatAfter; });
    return m_sent.contains(key);
}

base::Result<void> AlertChannel::post(adapters::HttpSettings settings, std::string body,
                                      const std::stop_token& stop) const {
    settings.method = "POST";
    settings.body = std::move(body);
    settings.headers.emplace_back("Content-Type", "application/json");
    auto adapter = adapters::HttpAdapter::create(std::move(settings), m_clock);
    if (!adapter) return tl::unexpected(adapter.error());
    const auto answer = (*adapter)->call(stop);
    if (answer) return {};
    const domain::Error& error = answer.error();
    return base::trouble(base::TroubleCode::unavailable, error.message, error.type,
                         error.code.empty() ? "" : fmt::format("{} {}", toWord(error.codeSystem), error.code));
}

}  // namespace fusebox::recovery
