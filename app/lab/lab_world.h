#pragma once
// The lab: real servers on loopback in this process, their faults, and the stories that play with them.
// Threads: one own thread serves all; all functions from any thread.
// Time: the clock given.
// Errors: create() says what the system refused; unknown names are Results of the calls that take them.
// Lifetime: stop(), also by the destructor, closes all sockets, removes the database and joins the thread.

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/base/result.h>
#include <fusebox/lab/event_loop.h>
#include <fusebox/lab/service.h>
#include <fusebox/lab/story_player.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace fusebox::lab {

/// Something that was done to a service, for the list of events.
struct LabNote {
    std::string service;
    std::string text;
    bool healed = false;
};

class LabWorld {
public:
    /// The servers answer once this returns.
    [[nodiscard]] static base::Result<std::unique_ptr<LabWorld>> create(const base::Clock& clock);
    ~LabWorld();
    LabWorld(const LabWorld&) = delete;
    LabWorld& operator=(const LabWorld&) = delete;

    void stop();

    [[nodiscard]] const std::vector<ServiceCard>& services() const { return m_cards; }

    /// By hand: rules over the story until healAll() or the next play().
    [[nodiscard]] base::Result<void> setFaults(const std::string& service, const Faults& faults);
    [[nodiscard]] Faults faults(const std::string& service) const;
    /// Ends the story, too.
    void healAll();

    [[nodiscard]] base::Result<void> play(const std::string& story);
    void stopStory();
    [[nodiscard]] std::optional<Scene> scene() const;

    /// What was done since the last call, oldest first.
    [[nodiscard]] std::vector<LabNote> drainNotes() { return m_notes.drain(); }

private:
    struct Place {
        std::unique_ptr<Service> service;
        std::string name;
        Faults byStory;
        std::optional<Faults> byHand;
    };

    LabWorld(const base::Clock& clock, std::unique_ptr<EventLoop> loop);
    [[nodiscard]] base::Result<void> open();
    void serve();
    void keepTelling();
    [[nodiscard]] Place* find(const std::string& service) FUSEBOX_REQUIRES(m_mutex);
    void change(Place& place, const Faults& faults, std::string text) FUSEBOX_REQUIRES(m_mutex);

    std::unique_ptr<EventLoop> m_loop;
    std::vector<ServiceCard> m_cards;
    base::BoundedQueue<LabNote> m_notes;
    mutable base::Mutex m_mutex;
    std::vector<Place> m_places FUSEBOX_GUARDED_BY(m_mutex);
    StoryPlayer m_player FUSEBOX_GUARDED_BY(m_mutex);
    std::thread m_thread;
};

}  // namespace fusebox::lab
