// What an agent writes is read back to the same; what is hostile or of another version is never taken for healthy.
#include "documents.h"

#include <fusebox/domain/json_document.h>
#include <fusebox/support/test_case.h>

#include <array>
#include <random>

using namespace fusebox;
using nlohmann::json;

namespace {

using Pointer = json::json_pointer;

std::vector<Pointer> leavesOf(const json& document) {
    std::vector<Pointer> leaves;
    const json flat = document.flatten();
    for (const auto& [pointer, value] : flat.items()) leaves.emplace_back(pointer);
    return leaves;
}

bool isShare(const std::string& key) {
    constexpr std::array kShares{"failure_rate", "slow_rate",    "relative_error",       "share",
                                 "confidence",   "retry_budget", "recovery_success_rate"};
    return std::find(kShares.begin(), kShares.end(), key) != kShares.end();
}

bool isFreeText(const std::string& key) {
    constexpr std::array kTexts{"name", "target", "who", "why", "reason", "message", "owner", "value", "evidence"};
    return std::find(kTexts.begin(), kTexts.end(), key) != kTexts.end();
}

// Another value of the same kind, as far as the key tells it.
json varied(const std::string& key, const json& value, std::mt19937_64& dice) {
    if (isShare(key)) return static_cast<double>(dice() % 1'000'001) / 1e6;
    if (key.ends_with("_unix_ms")) return dice() % 200'000'000'000'000ULL;
    if (key == "retry_after_ms" && value.is_number_unsigned()) return dice() % 1'000'000;  // whole ones of an error
    if (key.ends_with("_ms")) return static_cast<double>(dice() % 1'000'000'000'000ULL) / 1e6;
    if (value.is_number()) return dice() % 4'000'000'000ULL;
    if (value.is_boolean()) return dice() % 2 == 0;
    constexpr std::array kTexts{"", "plain", "\"quoted\" \\ \n\t", "\u00e4\u4e16\U0001f600", "<img src='/dev/zero'>"};
    return value.is_string() && isFreeText(key) ? json(kTexts[dice() % kTexts.size()]) : value;
}

/// What a transition says in words is made of its fields, and texts that are empty are left out.
json withoutDerived(json document) {
    if (document.is_object()) {
        for (const char* key : {"actor", "reason", "text", "evidence"}) {
            if (document.contains("from") || (document.contains(key) && document[key] == "")) document.erase(key);
        }
    }
    if (document.is_structured()) {
        for (auto& inner : document) inner = withoutDerived(std::move(inner));
    }
    return document;
}

void compare(const json& is, const json& expected, const char* name) {
    const json patch = json::diff(withoutDerived(expected), withoutDerived(is));
    QVERIFY2(patch.empty(), (std::string(name) + ": " + patch.dump()).c_str());
}

}  // namespace

class ReadBackTest : public QObject {
    Q_OBJECT

private slots:
    void every_document_is_read_back_to_the_same() {
        for (const samples::Document& document : samples::documents()) {
            domain::ReadTrouble trouble;
            const json again = document.again(document.sample, trouble);
            QVERIFY2(!trouble.first(), trouble.first() ? trouble.first()->text().c_str() : "");
            compare(again, document.sample, document.name);
        }
    }

    void any_values_are_read_back_to_the_same() {
        std::mt19937_64 dice(20261128);
        for (const samples::Document& document : samples::documents()) {
            for (int round = 0; round < 200; ++round) {
                json variant = document.sample;
                for (const Pointer& leaf : leavesOf(document.sample)) {
                    variant[leaf] = varied(leaf.back(), variant[leaf], dice);
                }
                domain::ReadTrouble trouble;
                const json again = document.again(variant, trouble);
                QVERIFY2(!trouble.first(), trouble.first() ? trouble.first()->text().c_str() : "");
                compare(again, variant, document.name);
            }
        }
    }

    void a_breaker_without_a_group_is_read_back() {
        for (const samples::Document& document : samples::documents()) {
            if (!document.sample.contains("group")) continue;
            json alone = document.sample;
            alone["group"] = "";
            domain::ReadTrouble trouble;
            compare(document.again(alone, trouble), alone, document.name);
            QVERIFY2(!trouble.first(), trouble.first() ? trouble.first()->text().c_str() : "");
            return;
        }
        QFAIL("no document has a group");
    }

    void unknown_fields_are_passed_over() {
        for (const samples::Document& document : samples::documents()) {
            json newer = document.sample;
            newer["of_a_later_version"] = {{"deep", {1, 2, {{"deeper", nullptr}}}}};
            domain::ReadTrouble trouble;
            compare(document.again(newer, trouble), document.sample, document.name);
            QVERIFY(!trouble.first());
        }
    }

    // Attack D6: negative counts, 1e308, texts for numbers, lists for texts.
    void values_that_cannot_be_never_pass_for_others() {
        const std::array<json, 9> hostile{
            -1, 1e308, "text", nullptr, json::array(), true, json::object(), "\xff\xfe bad", 18446744073709551615ULL};
        for (const samples::Document& document : samples::documents()) {
            for (const Pointer& leaf : leavesOf(document.sample)) {
                for (const json& value : hostile) {
                    json broken = document.sample;
                    if (broken[leaf].type() == value.type()) continue;
                    broken[leaf] = value;
                    domain::ReadTrouble trouble;
                    const json again = document.again(broken, trouble);
                    // A text is taken where texts may stand; anything else is objected to, or was not looked at.
                    if (value.is_string() || trouble.first()) continue;
                    json expected = document.sample;
                    const bool isKept = again.contains(leaf) && again[leaf] != value && again[leaf] != expected[leaf];
                    QVERIFY2(!isKept, (document.name + leaf.to_string() + " " + again[leaf].dump()).c_str());
                }
            }
        }
    }

    // Attack D6: the state "BANANA".
    void an_unknown_state_is_never_a_healthy_one() {
        for (const char* word : {"BANANA", "closed", "", "CLOSED "}) {
            json foreign = samples::written(samples::snapshot());
            foreign["state"] = word;
            domain::ReadTrouble trouble;
            QCOMPARE(domain::readSnapshot(domain::JsonReader(foreign, {}, trouble)).state, domain::State::unknown);
            QVERIFY(!trouble.first());
        }
    }

    void a_hold_of_an_unknown_mode_makes_the_state_unknown() {
        json foreign = samples::written(samples::snapshot());
        foreign["holds"][0]["mode"] = "LIMIT_RATE";
        domain::ReadTrouble trouble;
        const domain::Snapshot read = domain::readSnapshot(domain::JsonReader(foreign, {}, trouble));
        QCOMPARE(read.state, domain::State::unknown);
        QVERIFY(read.holds.empty());
    }

    void an_unknown_event_keeps_its_sentence() {
        json foreign = samples::written(samples::eventWith(domain::EventKind::command, samples::commandReport()));
        foreign["kind"] = "eclipse";
        foreign["command"]["kind"] = "dance";
        domain::ReadTrouble trouble;
        const domain::Event event = domain::readEvent(domain::JsonReader(foreign, {}, trouble));
        QVERIFY(!trouble.first());
        QCOMPARE(event.kind, domain::EventKind::notice);
        QCOMPARE(event.text, std::string("something happened"));
        QVERIFY(std::holds_alternative<std::monostate>(event.body));
    }

    void long_texts_are_cut_at_a_whole_character_and_long_ids_refused() {
        json foreign = samples::written(samples::snapshot());
        std::string name;
        while (name.size() < 1'000'000) name += "\u4e16";
        foreign["name"] = name;
        domain::ReadTrouble trouble;
        const domain::Snapshot read = domain::readSnapshot(domain::JsonReader(foreign, {}, trouble));
        QCOMPARE(read.identity->name.size(), std::size_t{1023});
        QVERIFY(!trouble.first());
        foreign["id"] = name;
        (void)domain::readSnapshot(domain::JsonReader(foreign, {}, trouble));
        QVERIFY(trouble.first());
        QCOMPARE(trouble.first()->where, std::string("id"));
    }

    // Attack T20: JSON 100,000 levels deep.
    void deep_json_is_refused_at_once() {
        const std::string deep(100'000, '[');
        const auto read = domain::parseJson(deep);
        QVERIFY(!read);
        QCOMPARE(read.error().code, base::TroubleCode::limitReached);
    }

    void too_many_values_are_refused() {
        std::string many = "[";
        for (int i = 0; i < 1000; ++i) many += "1,";
        many += "1]";
        QVERIFY(domain::parseJson(many, {8192, 1002, 4}).has_value());
        QVERIFY(!domain::parseJson(many, {8192, 1001, 4}).has_value());
        QVERIFY(!domain::parseJson(many, {100, 2000, 4}).has_value());
    }

    void what_is_no_json_says_so() {
        for (const char* text : {"", "{", "<html>", "{\"a\":1}x", "[1e999]", "\xff", "{\"a\":}", "nul"}) {
            const auto read = domain::parseJson(text);
            QVERIFY2(!read, text);
            QCOMPARE(read.error().what, std::string("is not JSON"));
        }
        const std::string text = "{\"a\":[1,{\"b\":null}],\"a2\":-2.5}";
        QVERIFY(*domain::parseJson(text) == json::parse(text));
    }

    void the_deepest_error_still_fits() {
        domain::Snapshot snapshot = samples::snapshot();
        domain::Detail detail = samples::detail();
        domain::Error inner = *samples::error();
        for (int i = 0; i < 12; ++i) {
            domain::Error outer = inner;
            outer.cause = std::make_shared<const domain::Error>(inner);
            inner = outer;
        }
        detail.recentErrors.front().error = std::make_shared<const domain::Error>(inner);
        const json message = {
            {"breakers", {{{"snapshot", samples::written(snapshot)}, {"detail", samples::written(detail)}}}}};
        QVERIFY(domain::parseJson(message.dump()).has_value());
    }
};

FUSEBOX_TEST(ReadBackTest)

#include "read_back_test.moc"
