// The way of frames and commands through the journal, by single steps.
#include "journal_fixture.h"

#include <fusebox/domain/event_json.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::journal;
using namespace std::chrono_literals;

class JournalTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_fix = std::make_unique<JournalFixture>(); }

    void an_event_comes_back_as_it_was() {
        domain::Event event = m_fix->move("orders", domain::State::closed, domain::State::open);
        event.level = domain::Level::warning;
        event.actor = "ann";
        const domain::FrameRef frame = m_fix->put({event, m_fix->event("", "a notice without a breaker")});
        const auto page = m_fix->reader().events({});
        QVERIFY(page.has_value());
        QCOMPARE(page->events.size(), 2U);
        for (std::size_t i = 0; i < 2; ++i) {
            const domain::Event& given = frame->events.at(1 - i);
            const StoredEvent& stored = page->events.at(i);
            std::string json;
            domain::appendJson(json, given);
            QCOMPARE(QByteArray::fromStdString(stored.json), QByteArray::fromStdString(json));
            QVERIFY(stored.id == given.id && stored.kind == given.kind && stored.level == given.level);
            QVERIFY(stored.at == given.at && stored.breaker == given.breaker && stored.actor == given.actor);
        }
    }
    void a_trip_comes_with_its_dossier() {
        domain::Event trip = m_fix->move("orders", domain::State::closed, domain::State::open);
        std::get<domain::Transition>(trip.body).trip.emplace();
        auto dossier = std::make_shared<domain::Dossier>();
        dossier->transition = std::get<domain::Transition>(trip.body);
        dossier->callsPerSecond = 12.5;
        auto detail = std::make_shared<domain::Detail>();
        detail->dossiers.push_back(dossier);
        domain::Snapshot snapshot = JournalFixture::snapshot("orders", domain::State::open);
        snapshot.detail = detail;
        const auto frame = m_fix->put({trip}, {snapshot});
        auto reader = m_fix->reader();
        QVERIFY(reader.events({})->events.at(0).hasDossier);
        const auto page = reader.dossier(frame->events.at(0).id);
        QVERIFY(page.has_value() && page->find("12.5") != std::string::npos);
        QVERIFY(reader.dossier(domain::EventId(1)).error().code == base::TroubleCode::notFound);
    }
    void a_frame_is_passed_on_once_its_events_are_on_the_disk() {
        const auto sink = std::make_shared<FrameSink>();
        m_fix->journal->addSink(sink);
        const auto frame = m_fix->frame({m_fix->event("orders", "one")});
        m_fix->journal->accept(frame);
        QVERIFY(sink->frames.empty());
        QCOMPARE(m_fix->journal->runWaiting(), 1U);
        QVERIFY(sink->frames.at(0) == frame);
        QCOMPARE(m_fix->journal->health().lastEvent, frame->events.back().id.value);
    }
    void a_fresh_journal_numbers_from_the_time_in_microseconds() {
        const auto now = std::chrono::microseconds(m_fix->clock.wallNow().time_since_epoch());
        QCOMPARE(m_fix->last, static_cast<std::uint64_t>(now.count()));
    }
    void numbering_goes_on_after_the_last_event_when_the_program_starts_again() {
        const auto frame = m_fix->put({m_fix->event("orders", "one"), m_fix->event("orders", "two")});
        m_fix->clock.jumpWall(-24h);  // even when the clock went back
        m_fix->start();
        QCOMPARE(m_fix->last, frame->events.back().id.value);
        QVERIFY(m_fix->journal->health().standing == JournalStanding::writing);
        m_fix->put({m_fix->event("orders", "three")});
        QCOMPARE(m_fix->reader().events({})->events.size(), 3U);
    }
    void a_command_is_on_the_disk_when_the_gate_goes_on() {
        QVERIFY(m_fix->journal->write(JournalFixture::report("c-1"), m_fix->clock.wallNow()));
        auto reader = m_fix->reader();
        const auto records = reader.audit(0, 10);
        QCOMPARE(records->size(), 1U);
        QCOMPARE(records->at(0).number, 1U);
        QVERIFY(records->at(0).command == "c-1" && records->at(0).origin == "console" &&
                records->at(0).kind == "result");
        QVERIFY(records->at(0).body.find("deployed the fix") != std::string::npos);
        QVERIFY(reader.verify()->intact);
    }
    void with_its_thread_a_command_is_written_beside_the_frames() {
        m_fix->journal->start();
        m_fix->journal->accept(m_fix->frame({m_fix->event("orders", "one")}));
        QVERIFY(m_fix->journal->write(JournalFixture::report("c-1"), m_fix->clock.wallNow()));
        m_fix->journal->accept(m_fix->frame({m_fix->event("orders", "two")}));
        m_fix->journal->stop();
        QCOMPARE(m_fix->reader().events({})->events.size(), 2U);
        QVERIFY(!m_fix->journal->write(JournalFixture::report("c-2"), m_fix->clock.wallNow()));  // it is closed
    }
    void a_change_of_the_configuration_is_a_record_of_the_chain() {
        QVERIFY(m_fix->journal->writeConfiguration("", "SIGHUP", "fusebox.toml was read again", "{\"changed\":2}"));
        const auto records = m_fix->reader().audit(0, 10);
        QVERIFY(records->at(0).kind == "configuration" && records->at(0).origin == "SIGHUP");
    }
    void frames_that_find_no_place_are_counted_and_told() {
        m_fix->settings.waitingFrames = 2;
        m_fix->start();
        const auto sink = std::make_shared<FrameSink>();
        m_fix->journal->addSink(sink);
        for (int i = 0; i < 5; ++i) {
            m_fix->journal->accept(m_fix->frame({m_fix->event("orders", "one"), m_fix->event("orders", "two")}));
        }
        m_fix->journal->runWaiting();
        QCOMPARE(sink->frames.size(), 2U);
        QCOMPARE(sink->frames.at(0)->lostEvents, 6U);
        QCOMPARE(sink->frames.at(1)->lostEvents, 0U);
        QCOMPARE(m_fix->journal->health().lostEvents, 6U);
        collector::Gathered gathered;
        m_fix->journal->gather(gathered);
        QCOMPARE(gathered.events.size(), 1U);
        QVERIFY(gathered.events.at(0).text.find("6 events are missing") != std::string::npos);
    }
    void notes_are_written_and_pinned() {
        Note note;
        note.at = m_fix->clock.wallNow();
        note.actor = "ann";
        note.text = "the database was moved";
        m_fix->journal->putNote(note);
        m_fix->journal->runWaiting();
        auto reader = m_fix->reader();
        auto notes = reader.notes({});
        QCOMPARE(notes->size(), 1U);
        QVERIFY(!notes->at(0).pinned && notes->at(0).text == note.text);
        notes->at(0).pinned = true;
        m_fix->journal->putNote(notes->at(0));
        m_fix->journal->runWaiting();
        NoteQuery pinned;
        pinned.pinnedOnly = true;
        pinned.breaker.value = "orders";  // a note about all is about this one too
        QCOMPARE(reader.notes(pinned)->size(), 1U);
    }
    void a_saved_state_comes_back() {
        m_fix->journal->saveState("patterns", "{\"a\":1}");
        m_fix->journal->saveState("patterns", "{\"a\":2}");
        m_fix->journal->runWaiting();
        auto reader = m_fix->reader();
        QVERIFY(reader.state("patterns")->value() == "{\"a\":2}");
        QVERIFY(!reader.state("nothing")->has_value());
    }

private:
    std::unique_ptr<JournalFixture> m_fix;
};

FUSEBOX_TEST(JournalTest)
#include "journal_test.moc"
