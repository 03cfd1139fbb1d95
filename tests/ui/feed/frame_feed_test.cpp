#include <fusebox/feed/frame_feed.h>
#include <fusebox/support/test_case.h>

#include <QSignalSpy>

#include <memory>
#include <thread>
#include <vector>

using namespace fusebox;
using namespace std::chrono_literals;
using feed::FrameFeed;

namespace {

domain::FrameRef frameOf(std::uint64_t number, std::vector<std::uint64_t> events = {}, std::uint64_t lost = 0) {
    auto frame = std::make_shared<domain::Frame>();
    frame->number = number;
    frame->lostEvents = lost;
    for (const std::uint64_t id : events) {
        domain::Event event;
        event.id = domain::EventId(id);
        frame->events.push_back(event);
    }
    return frame;
}

/// What the feed gave out.
struct Reader {
    std::vector<domain::FrameRef> frames;

    explicit Reader(FrameFeed& feed) {
        QObject::connect(&feed, &FrameFeed::frameReady, &feed,
                         [this](domain::FrameRef frame) { frames.push_back(std::move(frame)); });
    }
};

}  // namespace

class FrameFeedTest : public QObject {
    Q_OBJECT

private slots:
    void a_single_frame_goes_through_untouched();
    void the_newest_snapshots_win_and_no_event_is_missing();
    void quiet_frames_between_cost_no_copy();
    void losses_of_skipped_frames_add_up();
    void a_full_queue_counts_its_losses();
    void silence_for_three_seconds_is_stale_until_a_frame_comes();
    void the_timer_drains_by_itself();
    void events_of_a_busy_collector_arrive_in_order_without_gap();
};

void FrameFeedTest::a_single_frame_goes_through_untouched() {
    base::ManualClock clock;
    FrameFeed feed(clock);
    Reader reader(feed);
    feed.drainNow();
    QVERIFY(reader.frames.empty());
    const domain::FrameRef frame = frameOf(1, {1, 2});
    feed.accept(frame);
    feed.accept(nullptr);
    feed.drainNow();
    feed.drainNow();
    QCOMPARE(reader.frames.size(), std::size_t{1});
    QCOMPARE(reader.frames.front().get(), frame.get());
}

void FrameFeedTest::the_newest_snapshots_win_and_no_event_is_missing() {
    base::ManualClock clock;
    FrameFeed feed(clock);
    Reader reader(feed);
    feed.accept(frameOf(1, {1, 2}));
    feed.accept(frameOf(2, {3}));
    feed.accept(frameOf(3, {4}));
    feed.drainNow();
    QCOMPARE(reader.frames.size(), std::size_t{1});
    QCOMPARE(reader.frames.front()->number, std::uint64_t{3});
    QCOMPARE(reader.frames.front()->events.size(), std::size_t{4});
    for (std::size_t i = 0; i < 4; ++i) QCOMPARE(reader.frames.front()->events[i].id, domain::EventId(i + 1));
}

void FrameFeedTest::quiet_frames_between_cost_no_copy() {
    base::ManualClock clock;
    FrameFeed feed(clock);
    Reader reader(feed);
    feed.accept(frameOf(1));
    const domain::FrameRef last = frameOf(2, {1});
    feed.accept(last);
    feed.drainNow();
    QCOMPARE(reader.frames.front().get(), last.get());
}

void FrameFeedTest::losses_of_skipped_frames_add_up() {
    base::ManualClock clock;
    FrameFeed feed(clock);
    Reader reader(feed);
    feed.accept(frameOf(1, {}, 5));
    feed.accept(frameOf(2, {}, 2));
    feed.accept(frameOf(3));
    feed.drainNow();
    QCOMPARE(reader.frames.front()->lostEvents, std::uint64_t{7});
    feed.accept(frameOf(4));
    feed.drainNow();
    QCOMPARE(reader.frames.back()->lostEvents, std::uint64_t{0});
}

void FrameFeedTest::a_full_queue_counts_its_losses() {
    base::ManualClock clock;
    FrameFeed feed(clock);
    Reader reader(feed);
    std::vector<std::uint64_t> ids(FrameFeed::kEventLimit + 30);
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = i + 1;
    feed.accept(frameOf(1, ids));
    feed.drainNow();
    QCOMPARE(reader.frames.front()->events.size(), FrameFeed::kEventLimit);
    QCOMPARE(reader.frames.front()->lostEvents, std::uint64_t{30});
}

void FrameFeedTest::silence_for_three_seconds_is_stale_until_a_frame_comes() {
    base::ManualClock clock;
    FrameFeed feed(clock);
    QSignalSpy stale(&feed, &FrameFeed::stale);
    feed.drainNow();
    clock.advance(3s);
    feed.drainNow();
    QVERIFY(!feed.isStale());
    clock.advance(1ms);
    feed.drainNow();
    feed.drainNow();
    QCOMPARE(stale.size(), 1);
    QCOMPARE(stale.takeFirst().first().toBool(), true);
    feed.accept(frameOf(1));
    feed.drainNow();
    QCOMPARE(stale.takeFirst().first().toBool(), false);
    QVERIFY(!feed.isStale());
}

void FrameFeedTest::the_timer_drains_by_itself() {
    base::ManualClock clock;
    FrameFeed feed(clock);
    Reader reader(feed);
    feed.start();
    feed.accept(frameOf(1));
    QTRY_COMPARE(reader.frames.size(), std::size_t{1});
    feed.stop();
}

void FrameFeedTest::events_of_a_busy_collector_arrive_in_order_without_gap() {
    base::ManualClock clock;
    FrameFeed feed(clock);
    Reader reader(feed);
    constexpr std::uint64_t kFrames = 3'000;
    std::jthread collector([&feed] {
        std::uint64_t next = 1;
        for (std::uint64_t number = 1; number <= kFrames; ++number) {
            feed.accept(frameOf(number, {next, next + 1, next + 2}));
            next += 3;
        }
    });
    std::uint64_t expected = 1;
    std::uint64_t lost = 0;
    std::uint64_t number = 0;
    std::size_t read = 0;
    while (number < kFrames) {
        feed.drainNow();
        for (; read < reader.frames.size(); ++read) {
            const domain::Frame& frame = *reader.frames[read];
            QVERIFY(frame.number > number);
            number = frame.number;
            lost += frame.lostEvents;
            for (const domain::Event& event : frame.events) QCOMPARE(event.id.value, expected++);
        }
    }
    QCOMPARE(lost, std::uint64_t{0});
    QCOMPARE(expected - 1, 3 * kFrames);
}

FUSEBOX_TEST(FrameFeedTest)

#include "frame_feed_test.moc"
