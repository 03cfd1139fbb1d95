// A lab that remembers what it was asked for.
#pragma once

#include <fusebox/views/lab_control.h>

#include <algorithm>
#include <string>
#include <vector>

namespace fusebox::views {

class FakeLab final : public LabControl {
public:
    FakeLab() {
        const std::vector<LabAnswer> http{LabAnswer::healthy,   LabAnswer::rateLimited, LabAnswer::unauthorized,
                                          LabAnswer::wrongBody, LabAnswer::refuse,      LabAnswer::hang};
        const std::vector<LabAnswer> tcp{LabAnswer::healthy, LabAnswer::wrongBody, LabAnswer::refuse, LabAnswer::hang};
        shown = {{"orders-api", "http", "http://127.0.0.1:8001/orders", http, {}, 18},
                 {"search-api", "http", "http://127.0.0.1:8002/search", http, {}, 8},
                 {"partner-api", "http", "http://127.0.0.1:8003/rates", http, {}, 7},
                 {"accounts-api", "http", "http://127.0.0.1:8004/accounts", http, {}, 9},
                 {"mail-relay", "tcp", "127.0.0.1:8005", tcp, {}, 6},
                 {"ledger-db", "sqlite", "ledger.db", tcp, {}, 8},
                 {"session-cache", "redis", "127.0.0.1:8007", tcp, {}, 20}};
    }

    std::vector<LabService> services() const override { return shown; }
    void setFaults(const std::string& service, const LabFaults& faults) override { find(service).faults = faults; }
    void setCallsPerSecond(const std::string& service, double callsPerSecond) override {
        find(service).callsPerSecond = callsPerSecond;
    }
    void healAll() override {
        for (LabService& service : shown) service.faults = {};
        playing.clear();
    }
    std::vector<LabStory> stories() const override {
        return {{"Orders fall ill", "orders-api answers with errors."},
                {"Cache hangs", "session-cache never answers."},
                {"Partner limits the rate", "partner-api says 429."},
                {"Ledger is locked", "The database is locked."},
                {"Search slows down", "search-api takes longer and longer."},
                {"Login expires", "accounts-api refuses the login."},
                {"Mail relay is down", "mail-relay refuses connections."},
                {"Names vanish", "The name server does not know the names."},
                {"Everything at once", "A long bad day in one minute."}};
    }
    void playStory(const std::string& name) override { playing = name; }
    void stopStory() override { playing.clear(); }
    std::optional<LabScene> scene() const override {
        if (playing.empty()) return std::nullopt;
        return LabScene{playing, "orders-api answers 85 % of its calls with errors", std::chrono::seconds(24)};
    }

    std::vector<LabService> shown;
    std::string playing;

private:
    LabService& find(const std::string& name) {
        return *std::find_if(shown.begin(), shown.end(), [&](const LabService& each) { return each.name == name; });
    }
};

}  // namespace fusebox::views
