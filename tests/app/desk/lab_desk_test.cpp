#include <fusebox/base/clock.h>
#include <fusebox/desk/lab_desk.h>
#include <fusebox/support/test_case.h>

#include <algorithm>
#include <limits>
#include <set>

namespace fusebox::desk {

using namespace std::chrono_literals;

class LabDeskTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        auto world = lab::LabWorld::create(m_clock);
        QVERIFY(world);
        m_world = std::move(*world);
        m_collector = std::make_unique<collector::BackgroundCollector>(m_clock);
        m_bench = std::make_unique<wiring::LabBench>(*m_world, *m_collector);
        for (const lab::ServiceCard& card : m_world->services()) {
            QVERIFY(m_bench->makePace(card)->rate() == card.callsPerSecond);
        }
        m_desk = std::make_unique<LabDesk>(*m_bench);
    }

    void every_service_is_shown_healthy_with_its_traffic() {
        const auto services = m_desk->services();
        QCOMPARE(services.size(), m_world->services().size());
        for (const views::LabService& service : services) {
            QCOMPARE(service.faults.answer, views::LabAnswer::healthy);
            QCOMPARE(service.answers.front(), views::LabAnswer::healthy);
            QVERIFY(service.callsPerSecond > 0);
            QVERIFY(!service.address.empty());
        }
    }

    void what_the_panel_sets_is_what_it_reads() {
        views::LabFaults faults;
        faults.latency = 250ms;
        faults.errorShare = 0.5;
        faults.retryAfter = 9s;
        faults.slowRecovery = 20s;
        for (const auto answer : {views::LabAnswer::rateLimited, views::LabAnswer::unauthorized,
                                  views::LabAnswer::wrongBody, views::LabAnswer::refuse, views::LabAnswer::hang}) {
            faults.answer = answer;
            m_desk->setFaults("orders-api", faults);
            QCOMPARE(service("orders-api").faults, faults);
        }
        m_desk->setCallsPerSecond("orders-api", 33);
        QCOMPARE(service("orders-api").callsPerSecond, 33.0);
        const double usual = 18;
        m_desk->healAll();
        QCOMPARE(service("orders-api").faults, views::LabFaults());
        QCOMPARE(service("orders-api").callsPerSecond, usual);
    }

    void wild_values_and_unknown_names_do_no_harm() {
        views::LabFaults wild;
        wild.latency = std::chrono::hours(5);
        wild.errorShare = -3;
        m_desk->setFaults("orders-api", wild);
        QCOMPARE(service("orders-api").faults.latency, std::chrono::milliseconds(10s));
        QCOMPARE(service("orders-api").faults.errorShare, 0.0);
        m_desk->setFaults("no-such", wild);
        m_desk->setCallsPerSecond("no-such", 1);
        m_desk->setCallsPerSecond("orders-api", std::numeric_limits<double>::infinity());
        QCOMPARE(service("orders-api").callsPerSecond, 0.0);
        m_desk->playStory("no such story");
        QVERIFY(!m_desk->scene());
    }

    void stories_have_names_and_play() {
        std::set<std::string> names;
        for (const views::LabStory& story : m_desk->stories()) {
            QVERIFY(!story.description.empty());
            QVERIFY(names.insert(story.name).second);
            m_desk->playStory(story.name);
            QVERIFY(m_desk->scene().has_value());
            QVERIFY(m_desk->scene()->left > 0s);
        }
        m_desk->stopStory();
        QVERIFY(!m_desk->scene());
    }

private:
    views::LabService service(const std::string& name) const {
        const auto services = m_desk->services();
        const auto found =
            std::find_if(services.begin(), services.end(), [&](const auto& each) { return each.name == name; });
        return found == services.end() ? views::LabService() : *found;
    }

    base::SteadyClock m_clock;
    std::unique_ptr<lab::LabWorld> m_world;
    std::unique_ptr<collector::BackgroundCollector> m_collector;
    std::unique_ptr<wiring::LabBench> m_bench;
    std::unique_ptr<LabDesk> m_desk;
};

FUSEBOX_TEST(LabDeskTest)

}  // namespace fusebox::desk

#include "lab_desk_test.moc"
