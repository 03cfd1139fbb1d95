#include <fusebox/errors/pattern_miner.h>
#include <fusebox/support/test_case.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace fusebox;
using domain::PatternId;
using errors::Pattern;
using errors::PatternMiner;

namespace {

base::WallTime at(int second) {
    return base::WallTime(std::chrono::seconds(second));
}

void addAll(PatternMiner& miner, const std::vector<std::string>& messages) {
    for (std::size_t i = 0; i < messages.size(); ++i) {
        (void)miner.add(messages[i], at(static_cast<int>(i)));
    }
}

std::map<std::string, std::uint64_t> countsOf(PatternMiner& miner) {
    std::map<std::string, std::uint64_t> counts;
    for (const Pattern& pattern : miner.patterns()) counts[pattern.text] += pattern.count;
    return counts;
}

std::map<std::string, std::uint64_t> mined(const std::vector<std::string>& messages) {
    PatternMiner miner;
    addAll(miner, messages);
    return countsOf(miner);
}

std::uint64_t sum(PatternMiner& miner) {
    const auto patterns = miner.patterns();
    return std::accumulate(patterns.begin(), patterns.end(), std::uint64_t{0},
                           [](std::uint64_t n, const Pattern& pattern) { return n + pattern.count; });
}

const std::vector<std::string> kNames = {"adam", "berta", "caesar", "dora", "emil", "friedrich", "gustav", "heinrich"};

std::vector<std::string> withNames(const std::string& before, const std::string& behind) {
    std::vector<std::string> messages;
    for (const std::string& name : kNames) messages.push_back(before + name + behind);
    return messages;
}

std::vector<std::string> mixedLog() {
    std::vector<std::string> messages = withNames("Failed password for invalid user ", " from 10.0.0.1 port 22 ssh2");
    for (int i = 0; i < 40; ++i) {
        messages.push_back("worker " + std::to_string(i) + " died with signal 9");
        messages.push_back("[instance: b9000564-fe1a-409b-b8cc-1e88b294cd1d] VM " +
                           std::string(i % 2 == 0 ? "Started" : "Paused") + " (Lifecycle Event)");
        messages.push_back("removing " + kNames[static_cast<std::size_t>(i) % kNames.size()] +
                           " from the list of peers");
    }
    return messages;
}

domain::ErrorRef errorOf(std::string type, std::string code) {
    auto error = std::make_shared<domain::Error>();
    error->type = std::move(type);
    error->code = std::move(code);
    error->context.component = "payments";
    return error;
}

}  // namespace

/// Which messages make a pattern.
class PatternMinerTest : public QObject {
    Q_OBJECT
private slots:
    void messages_that_differ_in_values_are_one_pattern() {
        const auto counts = mined({"took 12 ms", "took 3 s", "took 1h30m", "took 0.5 s"});
        QCOMPARE(counts.size(), std::size_t{1});
        QCOMPARE(counts.begin()->first, std::string("took <duration>"));
        QCOMPARE(counts.begin()->second, std::uint64_t{4});
    }

    void a_started_vm_is_not_a_paused_one() {
        std::vector<std::string> messages;
        for (int i = 0; i < 50; ++i) {
            for (const char* state : {"Started", "Paused", "Resumed", "Stopped", "Suspended", "Terminated"}) {
                messages.push_back("VM " + std::string(state) + " (Lifecycle Event) on node-" + std::to_string(i));
            }
        }
        QCOMPARE(mined(messages).size(), std::size_t{6});
    }

    void states_in_capitals_stay_apart() {
        std::vector<std::string> messages;
        for (const char* states :
             {"NEW to INITED", "INITED to SETUP", "SETUP to RUNNING", "RUNNING to DONE", "NEW to KILLED"}) {
            messages.push_back("job_1445144423722_0020 Transitioned from " + std::string(states));
        }
        QCOMPARE(mined(messages).size(), std::size_t{5});
    }

    void up_and_down_stay_apart() {
        QCOMPARE(mined({"link on eth0 is up", "link on eth1 is down", "link on eth2 is up"}).size(), std::size_t{2});
    }

    void many_names_in_one_place_are_a_value() {
        const auto counts = mined(withNames("Accepted password for ", " from 10.0.0.1 port 22"));
        QCOMPARE(counts.size(), std::size_t{1});
        QCOMPARE(counts.begin()->first, std::string("Accepted password for <*> from <ip> port <num>"));
    }

    void two_users_are_enough() {
        QCOMPARE(mined({"session opened for user cyrus by (uid=0)", "session opened for user news by (uid=0)"}).size(),
                 std::size_t{1});
    }

    void two_verbs_are_two_messages() {
        QCOMPARE(mined({"Receiving block blk_1", "Deleting block blk_2", "Verifying block blk_3"}).size(),
                 std::size_t{3});
    }

    void single_words_are_never_one_pattern() { QCOMPARE(mined(kNames).size(), kNames.size()); }

    void a_word_where_numbers_stand_is_a_value() {
        QCOMPARE(mined({"Invalid user 0 from 10.0.0.1", "Invalid user admin from 10.0.0.2"}).size(), std::size_t{1});
        QCOMPARE(mined({"synchronized to 10.0.0.1, stratum 3", "synchronized to LOCAL(0), stratum 10"}).size(),
                 std::size_t{1});
    }

    void names_in_two_places_are_found_together() {
        std::vector<std::string> messages;
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            messages.push_back("pod " + kNames[i] + " in namespace " + kNames[(i + 3) % kNames.size()] +
                               " is crash looping");
        }
        const auto counts = mined(messages);
        QCOMPARE(counts.size(), std::size_t{1});
        QCOMPARE(counts.begin()->first, std::string("pod <*> in namespace <*> is crash looping"));
    }

    void values_of_several_words_are_found() {
        const auto counts = mined({"backup of adam ant has been lost", "backup of berta has been lost",
                                   "backup of caesar salad bowl has been lost", "backup of dora has been lost",
                                   "backup of emil zola has been lost"});
        QCOMPARE(counts.size(), std::size_t{1});
        QCOMPARE(counts.begin()->first, std::string("backup of <*> has been lost"));
    }

    void quoted_texts_of_any_length_are_one_value() {
        QCOMPARE(mined({"unknown column 'a' in list", "unknown column \"b c d\" in list"}).size(), std::size_t{1});
    }

    void words_behind_an_equals_sign_are_values_soon() {
        QCOMPARE(mined({"login ok mode=fast", "login ok mode=slow", "login ok mode=lazy"}).size(), std::size_t{1});
    }

    void two_fields_that_vary_together_are_values() {
        QCOMPARE(mined({"took the lock name=phone, ws=null, pid=1", "took the lock name=window, ws=Source{7}, pid=2",
                        "took the lock name=launcher, ws=null, pid=3"})
                     .size(),
                 std::size_t{1});
        QCOMPARE(mined({"peer state=up role=leader of 3", "peer state=down role=follower of 3"}).size(),
                 std::size_t{2});
    }

    void names_of_processes_are_values() {
        QCOMPARE(
            mined({"Out of memory: Killed process 812 (java)", "Out of memory: Killed process 99 (postgres)"}).size(),
            std::size_t{1});
    }

    void lists_of_any_length_are_one_pattern() {
        QCOMPARE(mined({"replicate to 10.0.0.1:80", "replicate to 10.0.0.1:80 10.0.0.2:80", "bad nodes node-1 0x1 <ok>",
                        "bad nodes node-1 0x1 <ok> node-2 0x3 <ok> node-3 0x7 <ok>"})
                     .size(),
                 std::size_t{2});
    }

    void whole_numbers_and_fractions_tell_statements_apart_only_together() {
        std::vector<std::string> apart;
        std::vector<std::string> mixed;
        for (int i = 1; i < 9; ++i) {
            const std::string n = std::to_string(i);
            apart.insert(apart.end(), {"expected " + n + ", got 1" + n, "expected 1." + n + ", got 3." + n});
            mixed.insert(mixed.end(), {"ratio " + n + " of x", "ratio 1." + n + " of x"});
        }
        QCOMPARE(mined(apart).size(), std::size_t{2});
        QCOMPARE(mined(mixed).size(), std::size_t{1});
    }

    void type_and_code_of_an_error_belong_to_its_pattern() {
        PatternMiner miner;
        (void)miner.add("no answer from 10.0.0.1", at(0), errorOf("ConnectTimeout", "28"));
        (void)miner.add("no answer from 10.0.0.2", at(1), errorOf("ConnectTimeout", "28"));
        (void)miner.add("no answer from 10.0.0.3", at(2), errorOf("ReadTimeout", "28"));
        (void)miner.add("no answer from 10.0.0.4", at(3), errorOf("ReadTimeout", ""));
        const auto patterns = miner.patterns();
        QCOMPARE(patterns.size(), std::size_t{3});
        QCOMPARE(patterns[0].text, std::string("ConnectTimeout[28]: no answer from <ip>"));
        QCOMPARE(patterns[0].samples[0].error->context.component, std::string("payments"));
    }

    void types_are_never_taken_for_values() {
        PatternMiner miner;
        for (const std::string& name : kNames) {
            (void)miner.add("there was no answer in time", at(0), errorOf(name, ""));
        }
        QCOMPARE(miner.patterns().size(), kNames.size());
    }

    void the_text_names_the_kind_of_value_where_all_agree() {
        const auto counts = mined({"wrote 3 KB to /var/log/x", "wrote 17 to /var/log/y"});
        QCOMPARE(counts.begin()->first, std::string("wrote <*> to <path>"));
    }

    void ids_do_not_depend_on_order_or_run() {
        std::vector<std::string> messages = mixedLog();
        PatternMiner first;
        addAll(first, messages);
        std::set<std::pair<std::uint64_t, std::string>> ids;
        for (const Pattern& pattern : first.patterns()) ids.insert({pattern.id.value, pattern.text});
        std::mt19937 random(7);
        for (int run = 0; run < 5; ++run) {
            std::shuffle(messages.begin(), messages.end(), random);
            PatternMiner other;
            addAll(other, messages);
            std::set<std::pair<std::uint64_t, std::string>> again;
            for (const Pattern& pattern : other.patterns()) again.insert({pattern.id.value, pattern.text});
            QVERIFY(again == ids);
        }
    }

    void an_id_is_the_same_in_every_build() {
        PatternMiner miner;
        QCOMPARE(miner.add("dial tcp 10.0.0.1:80: i/o timeout", at(0)).value, std::uint64_t{10506514016920173214U});
    }

    void an_early_id_leads_to_the_pattern_that_it_became() {
        PatternMiner miner;
        std::vector<PatternId> ids;
        for (const std::string& message : withNames("Accepted password for ", " from 10.0.0.1")) {
            ids.push_back(miner.add(message, at(0)));
        }
        const PatternId now = miner.patterns().front().id;
        QVERIFY(ids[0] != ids[1]);
        for (const PatternId id : ids) QVERIFY(miner.current(id) == now);
        QVERIFY(miner.add("Accepted password for adam from 10.0.0.9", at(1)) == now);
    }

    void patterns_come_most_frequent_first_with_their_times_and_samples() {
        PatternMiner miner;
        (void)miner.add("rare thing 1", at(5));
        for (int i = 10; i < 20; ++i) (void)miner.add("frequent thing " + std::to_string(i), at(i));
        const auto patterns = miner.patterns();
        QCOMPARE(patterns.size(), std::size_t{2});
        QCOMPARE(patterns[0].text, std::string("frequent thing <num>"));
        QCOMPARE(patterns[0].count, std::uint64_t{10});
        QVERIFY(patterns[0].firstSeen == at(10));
        QVERIFY(patterns[0].lastSeen == at(19));
        QCOMPARE(patterns[0].samples.front().text, std::string("frequent thing 10"));
        QVERIFY(patterns[0].samples.size() <= errors::PatternMinerLimits().samplesPerPattern);
    }

    void merging_adds_up_and_does_not_ask_for_order() {
        const std::vector<std::string> messages = mixedLog();
        PatternMiner left;
        PatternMiner right;
        PatternMiner whole;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            (void)(i % 3 == 0 ? left : right).add(messages[i], at(static_cast<int>(i)));
            (void)whole.add(messages[i], at(static_cast<int>(i)));
        }
        PatternMiner leftFirst;
        leftFirst.merge(left);
        leftFirst.merge(right);
        right.merge(left);
        QVERIFY(countsOf(leftFirst) == countsOf(whole));
        QVERIFY(countsOf(right) == countsOf(whole));
        QCOMPARE(right.total(), std::uint64_t{messages.size()});
        QVERIFY(right.patterns().front().firstSeen == whole.patterns().front().firstSeen);
    }

    void what_was_saved_is_restored() {
        PatternMiner miner;
        addAll(miner, mixedLog());
        const errors::SavedPatterns saved = miner.save();
        PatternMiner restored;
        restored.restore(saved);
        QVERIFY(restored.save() == saved);
        QVERIFY(countsOf(restored) == countsOf(miner));
        QVERIFY(restored.add("worker 99 died with signal 9", at(0)) ==
                miner.add("worker 99 died with signal 9", at(0)));
    }

    void a_flood_of_different_messages_stays_within_bounds_and_is_counted() {
        errors::PatternMinerLimits limits;
        limits.templates = 256;
        PatternMiner miner(limits);
        std::mt19937 random(3);
        const auto word = [&random] {
            std::string text;
            for (int i = 0; i < 8; ++i) text += static_cast<char>('a' + random() % 26);
            return text;
        };
        constexpr int lines = 40'000;
        for (int i = 0; i < lines; ++i) {
            (void)miner.add(word() + ' ' + word() + ' ' + word(), at(i));
            if (i % 10 == 0) (void)miner.add("steady message " + std::to_string(i) + " of all", at(i));
            QVERIFY(miner.templates() <= limits.templates);
        }
        QCOMPARE(miner.total(), std::uint64_t{lines + lines / 10});
        QCOMPARE(sum(miner), miner.total());
        QCOMPARE(countsOf(miner)["steady message <num> of all"], std::uint64_t{lines / 10});
        QCOMPARE(miner.patterns().back().text, std::string("(other messages)"));
    }

    void a_value_with_endless_words_is_folded_and_still_counted() {
        errors::PatternMinerLimits limits;
        limits.templates = 256;
        PatternMiner miner(limits);
        std::mt19937 random(5);
        constexpr int lines = 20'000;
        for (int i = 0; i < lines; ++i) {
            std::string name;
            for (int c = 0; c < 9; ++c) name += static_cast<char>('a' + random() % 26);
            (void)miner.add("could not find the key " + name + " in the cache", at(i));
        }
        const auto patterns = miner.patterns();
        QCOMPARE(patterns.front().text, std::string("could not find the key <*> in the cache"));
        QVERIFY2(patterns.front().count >= lines - 2 * limits.templates,
                 QByteArray::number(qulonglong(patterns.front().count)));
        QCOMPARE(sum(miner), std::uint64_t{lines});
    }

    void hostile_messages_are_patterns_like_others() {
        PatternMiner miner;
        (void)miner.add("", at(0));
        (void)miner.add(std::string(1024 * 1024, 'x'), at(0));
        (void)miner.add(std::string("nul \0 here", 10), at(0));
        (void)miner.add("\xff\xfe broken \xc3\x28", at(0));
        (void)miner.add("<img src='/dev/zero'> \x1b]0;title\x07", at(0));
        std::string words;
        for (int i = 0; i < 1000; ++i) words += "a" + std::string(1, static_cast<char>('a' + i % 26)) + " ";
        (void)miner.add(words, at(0));
        QCOMPARE(sum(miner), std::uint64_t{6});
        for (const Pattern& pattern : miner.patterns()) {
            for (const auto& sample : pattern.samples)
                QVERIFY(sample.text.size() <= errors::PatternMinerLimits().sampleBytes);
        }
    }
};

FUSEBOX_TEST(PatternMinerTest)
#include "pattern_miner_test.moc"
