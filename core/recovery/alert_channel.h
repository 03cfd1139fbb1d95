#pragma once
// Where alerts go: an Alertmanager, a webhook, the desktop; each alert once while it is the same.
// Threads: all functions from any thread; send() blocks until all have answered.
// Errors: who could not be told is in the result; only they are told again the next time.
// Time: the same alert (breaker and category) goes to the same place again after AlertSettings::repeatAfter; until then it stands in
// the Alertmanager.
// Source: Alertmanager's API v2, POST /api/v2/alerts.

#include <fusebox/adapters/http_adapter.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/base/result.h>

#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <tuple>
#include <vector>

namespace fusebox::recovery {

struct Alert {
    std::string breaker;
    std::string category;
    std::string summary;      ///< one sentence
    std::string description;  ///< the newest error; may be empty
};

struct AlertSettings {
    std::optional<adapters::HttpSettings>
        alertmanager;  ///< its base URL; login and limits are used, method and body are not
    std::optional<adapters::HttpSettings> webhook;  ///< gets one JSON object
    std::map<std::string, std::string> labels;      ///< for all alerts
    base::Duration repeatAfter = std::chrono::minutes(15);

    bool operator==(const AlertSettings&) const = default;

    [[nodiscard]] bool leadsAnywhere() const { return alertmanager || webhook; }
};

/// The body for Alertmanager: a list of one alert.
[[nodiscard]] std::string alertmanagerBody(const Alert& alert, const std::map<std::string, std::string>& labels,
                                           base::WallTime startsAt, base::WallTime endsAt);
[[nodiscard]] std::string webhookBody(const Alert& alert, base::WallTime at);

class AlertChannel {
public:
    /// Shows it where the operator sits; from any thread. Errors: why it cannot.
    using Desktop = std::function<base::Result<void>(const Alert&)>;

    /// REQUIRES: the clock outlives this.
    AlertChannel(AlertSettings settings, const base::Clock& clock);

    void setDesktop(Desktop desktop);

    /// Where alerts go, for people; empty: nowhere.
    [[nodiscard]] std::vector<std::string> places() const;

    /// What was done, in one sentence.
    [[nodiscard]] base::Result<std::string> send(const Alert& alert, const std::stop_token& stop);

private:
    struct Place {
        std::string name;
        std::function<base::Result<void>(const Alert&, const std::stop_token&)> tell;
    };
    /// Place, breaker, category.
    using Key = std::tuple<std::string, std::string, std::string>;

    [[nodiscard]] std::vector<Place> allPlaces() const;
    [[nodiscard]] bool isKnown(const Key& key);
    [[nodiscard]] base::Result<void> post(adapters::HttpSettings settings, std::string body,
                                          const std::stop_token& stop) const;

    const AlertSettings m_settings;
    const base::Clock& m_clock;
    mutable base::Mutex m_mutex;
    Desktop m_desktop FUSEBOX_GUARDED_BY(m_mutex);
    std::map<Key, base::Time> m_sent FUSEBOX_GUARDED_BY(m_mutex);  ///< not longer ago than they stand
};

}  // namespace fusebox::recovery
