#include <fusebox/lab/lab_world.h>
#include <fusebox/lab/services.h>

#include <fmt/format.h>

#include <exception>
#include <system_error>

namespace fusebox::lab {
namespace {

constexpr base::Duration kStoryBeat = std::chrono::milliseconds(100);
constexpr std::size_t kMostNotes = 256;

std::string sentence(const std::string& service, const Faults& faults) {
    std::string said;
    const auto add = [&said](const std::string& part) { said += (said.empty() ? "" : ", ") + part; };
    switch (faults.answer) {
        case Answer::healthy:
            break;
        case Answer::rateLimited:
            add(fmt::format("limits the rate (Retry-After: {})", faults.retryAfter.count()));
            break;
        case Answer::unauthorized:
            add("refuses the login");
            break;
        case Answer::wrongBody:
            add("answers with something else than agreed");
            break;
        case Answer::refuse:
            add("refuses connections");
            break;
        case Answer::hang:
            add("hangs");
            break;
    }
    if (faults.errorShare > 0) add(fmt::format("fails {:.0f} % of its calls", faults.errorShare * 100));
    if (faults.latency.count() > 0) {
        add(fmt::format("needs {} ms more",
                        std::chrono::duration_cast<std::chrono::milliseconds>(faults.latency).count()));
    }
    return service + " " + (said.empty() ? "is healthy" : said) + ", set by hand";
}

}  // namespace

base::Result<std::unique_ptr<LabWorld>> LabWorld::create(const base::Clock& clock) {
    base::Result<std::unique_ptr<EventLoop>> loop = EventLoop::create(clock);
    if (!loop) return tl::unexpected(loop.error());
    std::unique_ptr<LabWorld> world(new LabWorld(clock, std::move(*loop)));
    if (base::Result<void> opened = world->open(); !opened) return tl::unexpected(opened.error());
    return world;
}

LabWorld::LabWorld(const base::Clock& clock, std::unique_ptr<EventLoop> loop)
    : m_loop(std::move(loop)), m_notes(kMostNotes), m_player(outageStories(), clock) {}

LabWorld::~LabWorld() {
    stop();
}

base::Result<void> LabWorld::open() {
    const base::Lock lock(m_mutex);
    for (std::unique_ptr<Service>& service : makeServices(*m_loop)) {
        if (base::Result<void> opened = service->open(); !opened) return opened;
        m_cards.push_back(service->card());
        m_places.push_back({std::move(service), m_cards.back().name, {}, {}});
    }
    m_loop->after(kStoryBeat, [this] { keepTelling(); });
    try {
        m_thread = std::thread([this] { serve(); });
    } catch (const std::system_error& error) {
        return base::trouble(base::TroubleCode::limitReached, "the lab's thread cannot be started", "lab",
                             error.what());
    }
    return {};
}

void LabWorld::serve() {
    try {
        m_loop->run();
    } catch (const std::exception& error) {
        m_notes.push({{}, std::string("the lab has ended: ") + error.what(), false});
    }
}

void LabWorld::stop() {
    m_loop->stop();
    if (m_thread.joinable()) m_thread.join();
    const base::Lock lock(m_mutex);
    m_player.stop();
    for (const Place& place : m_places) place.service->close();
}

void LabWorld::keepTelling() {
    {
        const base::Lock lock(m_mutex);
        for (const StoryStep& step : m_player.takeDue()) {
            Place* place = find(step.service);
            if (place == nullptr) continue;
            place->byStory = step.faults;
            if (!place->byHand) change(*place, step.faults, step.caption);
        }
    }
    m_loop->after(kStoryBeat, [this] { keepTelling(); });
}

LabWorld::Place* LabWorld::find(const std::string& service) {
    for (Place& place : m_places) {
        if (place.name == service) return &place;
    }
    return nullptr;
}

void LabWorld::change(Place& place, const Faults& faults, std::string text) {
    m_notes.push({place.name, std::move(text), !faults.areFelt()});
    m_loop->post([service = place.service.get(), faults] { service->apply(faults); });
}

base::Result<void> LabWorld::setFaults(const std::string& service, const Faults& faults) {
    const base::Lock lock(m_mutex);
    Place* place = find(service);
    if (place == nullptr) return base::trouble(base::TroubleCode::notFound, "the lab has no such service", service);
    const Faults wanted = withinLimits(faults);
    place->byHand = wanted;
    change(*place, wanted, sentence(service, wanted));
    return {};
}

Faults LabWorld::faults(const std::string& service) const {
    const base::Lock lock(m_mutex);
    for (const Place& place : m_places) {
        if (place.name == service) return place.byHand.value_or(place.byStory);
    }
    return {};
}

void LabWorld::healAll() {
    const base::Lock lock(m_mutex);
    m_player.stop();
    for (Place& place : m_places) {
        const bool wasIll = place.byHand.value_or(place.byStory).areFelt();
        place.byHand.reset();
        place.byStory = {};
        if (wasIll) change(place, {}, place.name + " is healed");
    }
}

base::Result<void> LabWorld::play(const std::string& story) {
    healAll();
    const base::Lock lock(m_mutex);
    if (m_player.play(story)) return {};
    return base::trouble(base::TroubleCode::notFound, "the lab has no such story", story);
}

void LabWorld::stopStory() {
    const base::Lock lock(m_mutex);
    m_player.stop();
    for (Place& place : m_places) {
        const bool wasIll = !place.byHand && place.byStory.areFelt();
        place.byStory = {};
        if (wasIll) change(place, {}, place.name + " is healed: the story was ended");
    }
}

std::optional<Scene> LabWorld::scene() const {
    const base::Lock lock(m_mutex);
    return m_player.scene();
}

}  // namespace fusebox::lab
