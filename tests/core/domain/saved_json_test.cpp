#include "samples.h"

#include <fusebox/domain/saved_json.h>
#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

#include <random>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::SavedBreaker;
using nlohmann::json;

namespace {

SavedBreaker sample() {
    SavedBreaker saved;
    saved.id = domain::BreakerId("orders \"\n\u20ac");
    saved.target = "http://127.0.0.1:8081/";
    saved.savedAt = samples::wall(1'700'000'000'123);
    saved.state = domain::State::open;
    saved.timeInState = 12'345'678'901ns;
    saved.untilProbe = 2s;
    saved.openWait = 3s;
    saved.attempt = 4;
    saved.outage = 90s;
    saved.lastOutage = 61s;
    saved.ramps = true;
    saved.generation = 4'000'000'000;
    saved.revision = 71;
    saved.transitionCount = 60;
    saved.transitions = {samples::transition(), samples::transition()};
    saved.transitions[1].trip.reset();
    saved.transitions[1].actor.clear();
    saved.transitions[1].reason.clear();
    saved.transitions[1].cause = domain::TransitionCause::restored;
    saved.holds = {samples::hold(), samples::hold()};
    saved.holds[1].until.reset();
    saved.holds[1].remaining.reset();
    saved.lastHold = 9;
    saved.slices = {{4s, 500ms, 9, 3, 1}, {1ns, 1ns, 2, 2, 2}};
    saved.failuresInARow = 3;
    return saved;
}

json document() {
    return json::parse(domain::savedToJson({sample()}));
}

std::string troubleOf(const json& changed) {
    const auto read = domain::savedFromJson(changed.dump());
    return read ? "accepted" : read.error().text();
}

}  // namespace

class SavedJsonTest : public QObject {
    Q_OBJECT
private slots:
    void what_is_written_is_read_back_exactly() {
        SavedBreaker other;
        other.id = domain::BreakerId("cache");
        const auto read = domain::savedFromJson(domain::savedToJson({sample(), other}));
        QVERIFY(read.has_value());
        QCOMPARE(read->size(), 2U);
        QVERIFY(read->at(0) == sample());
        QVERIFY(read->at(1) == other);
        QVERIFY(domain::savedFromJson(domain::savedToJson({})).value().empty());
    }

    void a_wrong_value_is_refused_with_its_place_and_what_is_allowed() {
        json changed = document();
        changed["breakers"][0]["holds"][0]["mode"] = "FORCE_OPN";
        QCOMPARE(troubleOf(changed),
                 std::string("breakers[0].holds[0].mode: is \"FORCE_OPN\"; allowed: FORCE_OPEN, FORCE_CLOSED, "
                             "METRICS_ONLY, DISABLED"));
        changed = document();
        changed["breakers"][0]["attempt"] = -1;
        QCOMPARE(troubleOf(changed), std::string("breakers[0].attempt: must be a whole number from 0 to 4294967295"));
        changed = document();
        changed["breakers"][0].erase("state");
        QCOMPARE(troubleOf(changed), std::string("breakers[0].state: is missing"));
        changed = document();
        changed["breakers"][0]["open_wait_ms"] = 1e15;
        QCOMPARE(troubleOf(changed), std::string("breakers[0].open_wait_ms: must be milliseconds from 0 to ten years"));
        changed = document();
        changed["version"] = 2;
        QCOMPARE(troubleOf(changed), std::string("version: must be 1: the file is of another version of Fusebox"));
    }

    void values_that_contradict_each_other_are_refused() {
        json changed = document();
        changed["breakers"][0]["until_probe_ms"] = 3001;
        QVERIFY(troubleOf(changed).starts_with("breakers[0].until_probe_ms: must be at most open_wait_ms"));
        changed = document();
        changed["breakers"][0]["slices"][1]["failures"] = 3;
        QVERIFY(troubleOf(changed).starts_with("breakers[0].slices[1].failures"));
        changed = document();
        changed["breakers"][0]["holds"][0].erase("remaining_ms");
        QVERIFY(troubleOf(changed).starts_with("breakers[0].holds[0].until_unix_ms"));
        changed = document();
        changed["breakers"].push_back(changed["breakers"][0]);
        QCOMPARE(troubleOf(changed), std::string("breakers[1].id: stands there twice"));
    }

    void too_much_of_anything_is_refused() {
        json changed = document();
        changed["breakers"][0]["holds"] = json::array();
        for (int i = 0; i < 65; ++i) changed["breakers"][0]["holds"].push_back(document()["breakers"][0]["holds"][0]);
        QCOMPARE(troubleOf(changed), std::string("breakers[0].holds: must be a list of at most 64"));
        QVERIFY(!domain::savedFromJson(std::string(100'000, '[')));
        QVERIFY(!domain::savedFromJson(std::string((64U << 20) + 1, ' ')));
    }

    void every_field_is_needed_and_of_its_type() {
        const json fields = document()["breakers"][0];
        for (const json& wrong : {json(), json(-1.5), json("x"), json::array({1}), json{{"a", 1}}, json(true)}) {
            for (const auto& [key, value] : fields.items()) {
                json changed = document();
                changed["breakers"][0][key] = wrong;
                const bool fits =
                    (key == "ramps" && wrong.is_boolean()) || ((key == "id" || key == "target") && wrong.is_string());
                QVERIFY2((troubleOf(changed) == "accepted") == fits, qPrintable(QString::fromStdString(key)));
                changed["breakers"][0].erase(key);
                QVERIFY2(troubleOf(changed) != "accepted", qPrintable(QString::fromStdString(key)));
            }
        }
    }

    void what_is_not_such_a_file_is_refused() {
        for (const char* text : {"", "{", "null", "[]", "{}", "12", "\"x\"", "{\"format\":\"fusebox breakers\"}",
                                 "{\"format\":\"other\",\"version\":1,\"breakers\":[]}",
                                 "{\"format\":\"fusebox breakers\",\"version\":1,\"breakers\":{}}",
                                 "{\"format\":\"fusebox breakers\",\"version\":1,\"breakers\":[1]}", "\xff\xfe"}) {
            QVERIFY2(!domain::savedFromJson(text), text);
        }
    }

    void a_damaged_file_never_does_worse_than_to_be_refused() {
        const std::string good = domain::savedToJson({sample()});
        std::mt19937 random(3);
        for (int i = 0; i < 20'000; ++i) {
            std::string bad = good;
            for (auto hits = 1 + random() % 3; hits > 0; --hits) {
                bad[random() % bad.size()] = static_cast<char>(random());
            }
            bad.resize(random() % 4 == 0 ? random() % bad.size() : bad.size());
            const auto read = domain::savedFromJson(bad);
            QVERIFY(read.has_value() || !read.error().what.empty());
        }
    }
};

FUSEBOX_TEST(SavedJsonTest)
#include "saved_json_test.moc"
