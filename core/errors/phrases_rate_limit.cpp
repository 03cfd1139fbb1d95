#include <fusebox/errors/phrases.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;

constexpr PhraseLine kRateLimit[] = {
    // said outright: these prove throttling whatever the code
    {rateLimit, 10, 10,
     "rate limit* | ratelimit* | rate exceeded | too many requests | too many request | toomanyrequests | "
     "throttl* | slow down | request limit exceeded | requests per second | requests per minute | "
     "requests per hour | requests per day | queries per second | queries per minute | tokens per min* | "
     "calls per second | exceeded rate | exceeded your quota | exceeded your current quota | "
     "quota has been exceeded | over quota | exceeded its quota | quota exhausted | exhausted quota | "
     "quota limit | query limit | call limit | enhance your calm | too many concurrent requests | "
     "throughput exceeded | throughput for the table was exceeded | bandwidth limit | velocity exceeded | "
     "pull rate | flood wait | unusual rate | being rate limited | reduce your request rate | "
     "sending limit exceeded"},
    {rateLimit, 0, 10, "quota exceeded"},
    // near enough
    {rateLimit, 9, 9,
     "request quota | api limit | daily limit | hourly limit | usage limit | limit per minute | "
     "limit per second | concurrent requests | concurrency limit | flood control | abuse detection | abuse | "
     "too many attempts | too many failed | too many tries | too many calls | too many messages | "
     "too many operations | too many queries | sending too fast | too fast | too frequently | request volume | "
     "burst limit | rate too high | message rate | secondary limit | per minute | per second | "
     "rate of requests | traffic limit"},
    {rateLimit, 8, 8,
     "resource exhausted | resources exhausted | rejected execution | queue is full | queue full | "
     "backpressure | circuit breaking"},
    {rateLimit, 8, 7, "request rate | concurrent"},
    {rateLimit, 7, 7, "back off | excessive | max requests | maximum requests | reduce your request"},
    {rateLimit, 6, 6, "request limit"},
    {rateLimit, 3, 4, "quota"},
    // what programs and tools say
    {rateLimit, 10, 10,
     "limiting requests | limiting connections | request rate is large | more request units | "
     "repeated too quickly | you are sending | calls to this api | exceeded the number of requests | "
     "request was throttled | api quota"},
    // how descriptions put it
    {rateLimit, 9, 9, "requests being processed | number of requests | requests exceeded | request rates"},
};

}  // namespace

std::span<const PhraseLine> rateLimitPhrases() {
    return kRateLimit;
}

}  // namespace fusebox::errors
