// What every server has to go through: healthy, a fault with its own error, OPEN, HALF_OPEN, CLOSED again.
#pragma once

#include "guarded_services.h"

#include <fusebox/support/server_process.h>

#include <QTest>
#include <functional>
#include <string>

namespace fusebox::e2e {

struct Outage {
    std::string breaker;
    std::function<void()> begin;
    std::string error;  // part of the error that must be seen
    std::function<void()> end;
};

inline void goThrough(GuardedServices& services, const Outage& outage) {
    using domain::State;
    QVERIFY2(services.becomesHealthy(outage.breaker), services.describe(outage.breaker).c_str());
    const std::size_t mark = services.log().mark();
    outage.begin();
    QVERIFY2(services.log().waitForPath(outage.breaker, {State::open}, mark),
             services.describe(outage.breaker).c_str());
    QVERIFY2(services.fails(outage.breaker, outage.error), services.describe(outage.breaker).c_str());
    outage.end();
    QVERIFY2(services.log().waitForPath(outage.breaker, {State::open, State::halfOpen, State::closed}, mark),
             services.describe(outage.breaker).c_str());
    QVERIFY2(services.becomesHealthy(outage.breaker), services.describe(outage.breaker).c_str());
}

inline void mustStart(support::ServerProcess& process) {
    const auto trouble = process.start();
    QVERIFY2(!trouble, trouble.value_or("").c_str());
}

}  // namespace fusebox::e2e
