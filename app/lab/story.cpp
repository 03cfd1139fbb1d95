#include <fusebox/lab/story.h>

namespace fusebox::lab {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Faults answering(Answer answer, seconds retryAfter = seconds(5)) {
    Faults faults;
    faults.answer = answer;
    faults.retryAfter = retryAfter;
    return faults;
}

Faults failing(double errorShare) {
    Faults faults;
    faults.errorShare = errorShare;
    return faults;
}

Faults slowBy(milliseconds latency) {
    Faults faults;
    faults.latency = latency;
    return faults;
}

Faults healedOver(seconds recovery) {
    Faults faults;
    faults.slowRecovery = recovery;
    return faults;
}

Story ordersFallIll() {
    return {"Orders fall ill",
            "orders-api answers most calls with errors, then comes back with little capacity at first.",
            {{seconds(2), "orders-api", failing(0.85), "orders-api answers 85 % of its calls with errors"},
             {seconds(15), "orders-api", healedOver(seconds(10)),
              "orders-api comes back, with 5 % of its capacity at first"}},
            seconds(34)};
}

Story cacheHangs() {
    return {"Cache hangs",
            "session-cache accepts connections and never answers: each call costs its whole timeout.",
            {{seconds(1), "session-cache", answering(Answer::hang), "session-cache accepts calls and never answers"},
             {seconds(13), "session-cache", {}, "session-cache answers again"}},
            seconds(26)};
}

Story partnerLimits() {
    return {"Partner limits the rate",
            "partner-api says 429 and when to come back; its breaker waits as long as it was asked to.",
            {{seconds(1), "partner-api", answering(Answer::rateLimited, seconds(4)),
              "partner-api answers 429 with Retry-After: 4"},
             {seconds(13), "partner-api", {}, "partner-api serves again"}},
            seconds(26)};
}

Story ledgerLocked() {
    return {"Ledger is locked",
            "Another connection holds an exclusive lock on the SQLite file of ledger-db.",
            {{seconds(1), "ledger-db", answering(Answer::hang), "another connection locks ledger-db"},
             {seconds(12), "ledger-db", {}, "the lock on ledger-db is gone"}},
            seconds(26)};
}

Story searchSlows() {
    return {"Search slows down",
            "search-api gets slower and slower until many of its answers come too late.",
            {{seconds(1), "search-api", slowBy(milliseconds(350)), "search-api needs 350 ms more"},
             {seconds(9), "search-api", slowBy(milliseconds(1100)),
              "search-api needs 1.1 s more: most answers come too late"},
             {seconds(20), "search-api", {}, "search-api is fast again"}},
            seconds(34)};
}

Story loginExpires() {
    return {"Login expires",
            "accounts-api says 401 to everybody: the caller's own fault, so that its breaker stays closed.",
            {{seconds(1), "accounts-api", answering(Answer::unauthorized),
              "accounts-api does not accept the token any more"},
             {seconds(12), "accounts-api", {}, "accounts-api accepts the token again"}},
            seconds(22)};
}

Story mailRefuses() {
    return {"Mail relay is down",
            "mail-relay closes its port: connections are refused at once.",
            {{seconds(1), "mail-relay", answering(Answer::refuse), "mail-relay closes its port"},
             {seconds(14), "mail-relay", {}, "mail-relay listens on its old port again"}},
            seconds(28)};
}

Story namesVanish() {
    return {"Names vanish",
            "service-names, a name server, says that nobody has the name orders.lab.test.",
            {{seconds(1), "service-names", answering(Answer::wrongBody), "service-names answers NXDOMAIN"},
             {seconds(12), "service-names", {}, "service-names knows its name again"}},
            seconds(24)};
}

Story everythingAtOnce() {
    return {"Everything at once",
            "Five services fail within seconds, each in its own way, and come back one by one.",
            {{seconds(1), "session-cache", answering(Answer::refuse), "session-cache closes its port"},
             {seconds(2), "orders-api", failing(0.7), "orders-api, without its cache, fails 70 % of its calls"},
             {seconds(3), "search-api", slowBy(milliseconds(1500)), "search-api needs 1.5 s more"},
             {seconds(4), "ledger-db", answering(Answer::hang), "another connection locks ledger-db"},
             {seconds(5), "mail-relay", answering(Answer::hang), "mail-relay accepts and says nothing"},
             {seconds(15), "session-cache", {}, "session-cache is back"},
             {seconds(17), "ledger-db", {}, "the lock on ledger-db is gone"},
             {seconds(19), "orders-api", healedOver(seconds(8)),
              "orders-api comes back, with 5 % of its capacity at first"},
             {seconds(21), "search-api", {}, "search-api is fast again"},
             {seconds(23), "mail-relay", {}, "mail-relay greets again"}},
            seconds(42)};
}

}  // namespace

const std::vector<Story>& outageStories() {
    static const std::vector<Story> stories{ordersFallIll(), cacheHangs(),  partnerLimits(),
                                            ledgerLocked(),  searchSlows(), loginExpires(),
                                            mailRefuses(),   namesVanish(), everythingAtOnce()};
    return stories;
}

}  // namespace fusebox::lab
