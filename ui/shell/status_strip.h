#pragma once
// What the status bar says: what became of the last command, where the data comes from, whether it is fresh, how far
// the collector is behind, and how many events were lost on the way.
// Threads: GUI thread only.

#include <fusebox/domain/frame.h>
#include <fusebox/format/theme.h>

#include <QObject>
#include <QString>

#include <optional>

class QLabel;
class QStatusBar;

namespace fusebox::format {
class SafeLabel;
}

namespace fusebox::shell {

enum class Freshness { waiting, live, stale };

class StatusStrip : public QObject {
    Q_OBJECT
public:
    explicit StatusStrip(QStatusBar& bar);

    void setSource(const QString& source);
    void setFreshness(Freshness freshness);
    /// `at` is frame time: the lag is written anew once a second, so that it can be read.
    void setLag(base::Duration lag, base::Time at);
    void setLostEvents(std::uint64_t count);
    void setBreakers(std::size_t count);
    /// Stays until the next one.
    void setCommand(const QString& text, domain::CommandStatus status);

    /// The colours of the palette anew.
    void restyle();

private:
    void showFreshness();
    void showLosses();

    QStatusBar& m_bar;
    format::SafeLabel* m_command;
    format::SafeLabel* m_source;
    QLabel* m_breakers;
    QLabel* m_lag;
    QLabel* m_lost;
    QLabel* m_feed;
    Freshness m_freshness = Freshness::waiting;
    domain::CommandStatus m_commandStatus = domain::CommandStatus::applied;
    std::uint64_t m_lostEvents = 0;
    std::optional<base::Time> m_lagShown;
};

}  // namespace fusebox::shell
