#include <fusebox/lab/banner_service.h>
#include <fusebox/lab/dns_service.h>
#include <fusebox/lab/http_service.h>
#include <fusebox/lab/ledger_service.h>
#include <fusebox/lab/resp_service.h>
#include <fusebox/lab/services.h>

namespace fusebox::lab {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

HttpTraits ordersApi() {
    HttpTraits traits;
    traits.name = "orders-api";
    traits.path = "/orders";
    traits.body =
        R"({"service":"orders","status":"ok","orders":[{"id":4711,"total":"19.90"},{"id":4712,"total":"4.50"}]})";
    traits.goodAnswer = R"("status":"ok")";
    traits.temper = {.latency = milliseconds(3), .latencySigma = 0.4, .rateLimit = {}, .capacity = 40};
    traits.callsPerSecond = 18;
    return traits;
}

HttpTraits searchApi() {
    HttpTraits traits;
    traits.name = "search-api";
    traits.path = "/search";
    traits.body = R"({"service":"search","status":"ok","hits":128,"results":["fuse","breaker","relay"]})";
    traits.goodAnswer = R"("status":"ok")";
    traits.temper = {.latency = milliseconds(120), .latencySigma = 0.5, .rateLimit = {}, .capacity = 16};
    traits.callsPerSecond = 8;
    return traits;
}

HttpTraits partnerApi() {
    HttpTraits traits;
    traits.name = "partner-api";
    traits.path = "/rates";
    traits.body = R"({"service":"partner","status":"ok","rates":{"EUR":1.0,"USD":1.08}})";
    traits.goodAnswer = R"("status":"ok")";
    traits.temper = {.latency = milliseconds(25), .latencySigma = 0.3, .rateLimit = 9, .capacity = 16};
    traits.callsPerSecond = 7;
    return traits;
}

HttpTraits accountsApi() {
    HttpTraits traits;
    traits.name = "accounts-api";
    traits.path = "/accounts";
    traits.body = R"({"service":"accounts","status":"ok","accounts":42})";
    traits.goodAnswer = R"("status":"ok")";
    traits.token = "lab-token-for-accounts";
    traits.temper = {.latency = milliseconds(12), .latencySigma = 0.3, .rateLimit = {}, .capacity = 20};
    traits.callsPerSecond = 9;
    return traits;
}

BannerTraits mailRelay() {
    return {"mail-relay", {.latency = milliseconds(8), .latencySigma = 0.3, .rateLimit = {}, .capacity = 14}, 6};
}

RespTraits sessionCache() {
    return {"session-cache", {.latency = microseconds(500), .latencySigma = 0.3, .rateLimit = {}, .capacity = 50}, 20};
}

DnsTraits serviceNames() {
    return {"service-names",
            "orders.lab.test",
            {.latency = milliseconds(2), .latencySigma = 0.3, .rateLimit = {}, .capacity = 14},
            5};
}

}  // namespace

std::vector<std::unique_ptr<Service>> makeServices(EventLoop& loop) {
    std::vector<std::unique_ptr<Service>> services;
    // Fixed seeds: the lab's luck is the same at each start.
    std::uint64_t seed = 1;
    services.push_back(std::make_unique<HttpService>(loop, ordersApi(), seed++));
    services.push_back(std::make_unique<HttpService>(loop, searchApi(), seed++));
    services.push_back(std::make_unique<HttpService>(loop, partnerApi(), seed++));
    services.push_back(std::make_unique<HttpService>(loop, accountsApi(), seed++));
    services.push_back(std::make_unique<BannerService>(loop, mailRelay(), seed++));
    services.push_back(std::make_unique<LedgerService>(loop, LedgerTraits{"ledger-db", 8}, seed++));
    services.push_back(std::make_unique<RespService>(loop, sessionCache(), seed++));
    services.push_back(std::make_unique<DnsService>(loop, serviceNames(), seed++));
    return services;
}

}  // namespace fusebox::lab
