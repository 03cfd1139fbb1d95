// Frames by single steps on a manual clock: no threads.
#include <fusebox/base/clock.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/support/test_case.h>

#include <cmath>
#include <functional>
#include <stdexcept>

using namespace fusebox;
using namespace fusebox::collector;
using namespace std::chrono_literals;

namespace {

class PlainSource : public Source {
public:
    explicit PlainSource(std::function<void(Gathered&)> body) : m_body(std::move(body)) {}
    void gather(Gathered& into) override { m_body(into); }

private:
    std::function<void(Gathered&)> m_body;
};

class PlainSink : public Sink {
public:
    void accept(const domain::FrameRef& frame) override {
        frames.push_back(frame);
        if (throws) throw std::runtime_error("disk full");
    }
    std::vector<domain::FrameRef> frames;
    bool throws = false;
};

domain::Event eventOf(const char* text) {
    domain::Event event;
    event.text = text;
    return event;
}

}  // namespace

class FrameTest : public QObject {
    Q_OBJECT
private slots:
    void a_frame_gathers_all_sources_and_reaches_all_sinks() {
        const auto one = std::make_shared<PlainSource>([](Gathered& g) { g.snapshots.resize(2); });
        const auto two = std::make_shared<PlainSource>([](Gathered& g) { g.snapshots.resize(g.snapshots.size() + 1); });
        const auto left = std::make_shared<PlainSink>();
        const auto right = std::make_shared<PlainSink>();
        m_collector->addSource(one);
        m_collector->addSource(two);
        m_collector->addSink(left);
        m_collector->addSink(right);
        const domain::FrameRef frame = m_collector->publishFrame();
        QCOMPARE(frame->snapshots.size(), 3U);
        QVERIFY(frame->at == m_clock.now());
        QVERIFY(frame->wall == m_clock.wallNow());
        QVERIFY(left->frames.at(0) == frame && right->frames.at(0) == frame);  // one frame, shared
    }

    void events_get_strictly_increasing_ids_over_frames_and_sources() {
        m_collector->addSource(std::make_shared<PlainSource>([](Gathered& g) {
            g.events.push_back(eventOf("a"));
            g.events.push_back(eventOf("b"));
        }));
        m_collector->addSource(std::make_shared<PlainSource>([](Gathered& g) { g.events.push_back(eventOf("c")); }));
        std::uint64_t last = 0;
        for (std::uint64_t number = 1; number <= 3; ++number) {
            const domain::FrameRef frame = m_collector->publishFrame();
            QCOMPARE(frame->number, number);
            QCOMPARE(frame->health.queuedEvents, 3U);
            for (const domain::Event& event : frame->events) {
                QCOMPARE(event.id.value, ++last);
            }
        }
        QCOMPARE(last, 9U);
    }

    void losses_are_told_in_the_frame_and_summed_in_the_health() {
        m_collector->addSource(std::make_shared<PlainSource>([](Gathered& g) { g.lostEvents += 4; }));
        QCOMPARE(m_collector->publishFrame()->lostEvents, 4U);
        const domain::FrameRef second = m_collector->publishFrame();
        QCOMPARE(second->lostEvents, 4U);
        QCOMPARE(second->health.lostEvents, 8U);
    }

    void a_source_that_throws_costs_no_other_source_its_frame() {
        m_collector->addSource(std::make_shared<PlainSource>([](Gathered&) { throw std::runtime_error("gone"); }));
        m_collector->addSource(std::make_shared<PlainSource>([](Gathered& g) { g.snapshots.resize(1); }));
        const domain::FrameRef frame = m_collector->publishFrame();
        QCOMPARE(frame->snapshots.size(), 1U);
        QCOMPARE(frame->events.size(), 1U);
        QCOMPARE(QString::fromStdString(frame->events[0].text),
                 QStringLiteral("A source failed inside the program: gone"));
        QCOMPARE(m_collector->publishFrame()->events.size(), 0U);  // not ten times a second
    }

    void a_sink_that_throws_costs_no_other_sink_its_frame() {
        const auto bad = std::make_shared<PlainSink>();
        const auto good = std::make_shared<PlainSink>();
        bad->throws = true;
        m_collector->addSink(bad);
        m_collector->addSink(good);
        (void)m_collector->publishFrame();
        QCOMPARE(good->frames.size(), 1U);
        QCOMPARE(m_collector->publishFrame()->events.size(), 1U);
    }

    void removed_sources_and_sinks_are_not_called_and_freed() {
        auto source = std::make_shared<PlainSource>([](Gathered& g) { g.snapshots.resize(1); });
        auto sink = std::make_shared<PlainSink>();
        const std::weak_ptr<PlainSource> watched = source;
        m_collector->addSource(source);
        m_collector->addSink(sink);
        m_collector->removeSource(*source);
        m_collector->removeSink(*sink);
        source.reset();
        QVERIFY(watched.expired());
        QCOMPARE(m_collector->publishFrame()->snapshots.size(), 0U);
        QCOMPARE(sink->frames.size(), 0U);
    }

    void events_are_numbered_on_after_the_last_one_of_the_journal() {
        BackgroundCollector::Options options;
        options.lastEvent = 1'700'000'000'000'000;
        BackgroundCollector collector(m_clock, options);
        collector.addSource(std::make_shared<PlainSource>([](Gathered& g) {
            g.events = {eventOf("a"), eventOf("b")};
        }));
        const domain::FrameRef frame = collector.publishFrame();
        QCOMPARE(frame->events.at(0).id.value, 1'700'000'000'000'001U);
        QCOMPARE(frame->events.at(1).id.value, 1'700'000'000'000'002U);
    }

    void the_latency_of_all_sources_is_merged_not_averaged() {
        m_collector->addSource(std::make_shared<PlainSource>([](Gathered& g) {
            for (int i = 0; i < 90; ++i) g.latency.record(10ms);
        }));
        m_collector->addSource(std::make_shared<PlainSource>([](Gathered& g) {
            for (int i = 0; i < 10; ++i) g.latency.record(1s);
        }));
        const domain::LatencyMetrics overall = m_collector->publishFrame()->overall;
        QCOMPARE(overall.samples, 100U);
        const auto near = [&](std::optional<base::Duration> value, base::Duration exact) {
            const auto error = static_cast<double>(exact.count()) * overall.relativeError;
            return value && std::abs(static_cast<double>((*value - exact).count())) <= error;
        };
        QVERIFY(near(overall.p50, 10ms));
        QVERIFY(near(overall.p95, 1s));
        QVERIFY(overall.relativeError > 0 && overall.relativeError <= 0.016);
    }

    void without_any_call_the_overall_latency_is_absent() {
        const domain::LatencyMetrics overall = m_collector->publishFrame()->overall;
        QCOMPARE(overall.samples, 0U);
        QVERIFY(!overall.p95 && !overall.mean);
    }

    void the_gather_time_is_measured() {
        m_collector->addSource(std::make_shared<PlainSource>([this](Gathered&) { m_clock.advance(7ms); }));
        QVERIFY(m_collector->publishFrame()->health.gatherTook == base::Duration(7ms));
    }

    void init() { m_collector = std::make_unique<BackgroundCollector>(m_clock); }

private:
    base::ManualClock m_clock;
    std::unique_ptr<BackgroundCollector> m_collector;
};

FUSEBOX_TEST(FrameTest)
#include "frame_test.moc"
