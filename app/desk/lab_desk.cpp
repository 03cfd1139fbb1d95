#include <fusebox/desk/lab_desk.h>

#include <utility>

namespace fusebox::desk {
namespace {

views::LabAnswer toView(lab::Answer answer) {
    switch (answer) {
        case lab::Answer::healthy:
            return views::LabAnswer::healthy;
        case lab::Answer::rateLimited:
            return views::LabAnswer::rateLimited;
        case lab::Answer::unauthorized:
            return views::LabAnswer::unauthorized;
        case lab::Answer::wrongBody:
            return views::LabAnswer::wrongBody;
        case lab::Answer::refuse:
            return views::LabAnswer::refuse;
        case lab::Answer::hang:
            return views::LabAnswer::hang;
    }
    return views::LabAnswer::healthy;
}

lab::Answer toLab(views::LabAnswer answer) {
    switch (answer) {
        case views::LabAnswer::healthy:
            return lab::Answer::healthy;
        case views::LabAnswer::rateLimited:
            return lab::Answer::rateLimited;
        case views::LabAnswer::unauthorized:
            return lab::Answer::unauthorized;
        case views::LabAnswer::wrongBody:
            return lab::Answer::wrongBody;
        case views::LabAnswer::refuse:
            return lab::Answer::refuse;
        case views::LabAnswer::hang:
            return lab::Answer::hang;
    }
    return lab::Answer::healthy;
}

views::LabFaults toView(const lab::Faults& faults) {
    views::LabFaults shown;
    shown.answer = toView(faults.answer);
    shown.latency = std::chrono::duration_cast<std::chrono::milliseconds>(faults.latency);
    shown.errorShare = faults.errorShare;
    shown.retryAfter = faults.retryAfter;
    shown.slowRecovery = std::chrono::duration_cast<std::chrono::seconds>(faults.slowRecovery);
    return shown;
}

lab::Faults toLab(const views::LabFaults& wanted) {
    lab::Faults faults;
    faults.answer = toLab(wanted.answer);
    faults.latency = wanted.latency;
    faults.errorShare = wanted.errorShare;
    faults.retryAfter = wanted.retryAfter;
    faults.slowRecovery = wanted.slowRecovery;
    return faults;
}

}  // namespace

std::vector<views::LabService> LabDesk::services() const {
    std::vector<views::LabService> shown;
    for (const lab::ServiceCard& card : m_bench.world().services()) {
        views::LabService service;
        service.name = card.name;
        service.kind = card.kind;
        service.address = card.address;
        for (const lab::Answer answer : card.answers) service.answers.push_back(toView(answer));
        service.faults = toView(m_bench.world().faults(card.name));
        service.callsPerSecond = m_bench.callsPerSecond(card.name);
        shown.push_back(std::move(service));
    }
    return shown;
}

// Unknown names are ignored, as the panel was promised.
void LabDesk::setFaults(const std::string& service, const views::LabFaults& faults) {
    [[maybe_unused]] const bool known = m_bench.world().setFaults(service, toLab(faults)).has_value();
}

void LabDesk::setCallsPerSecond(const std::string& service, double callsPerSecond) {
    [[maybe_unused]] const bool known = m_bench.setCallsPerSecond(service, callsPerSecond).has_value();
}

void LabDesk::healAll() {
    m_bench.world().healAll();
    m_bench.resetTraffic();
}

std::vector<views::LabStory> LabDesk::stories() const {
    std::vector<views::LabStory> shown{
        {lab::kTour, "Plays all outages one after the other, with quiet times between."}};
    for (const lab::Story& story : lab::outageStories()) shown.push_back({story.name, story.description});
    return shown;
}

void LabDesk::playStory(const std::string& name) {
    [[maybe_unused]] const bool known = m_bench.world().play(name).has_value();
}

void LabDesk::stopStory() {
    m_bench.world().stopStory();
}

std::optional<views::LabScene> LabDesk::scene() const {
    const std::optional<lab::Scene> scene = m_bench.world().scene();
    if (!scene) return std::nullopt;
    return views::LabScene{scene->story, scene->caption, std::chrono::ceil<std::chrono::seconds>(scene->left)};
}

}  // namespace fusebox::desk
