// Makes calls and says how long they took, or how soon a stop request ended them.
#pragma once

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/base/clock.h>

#include <QTest>
#include <future>

namespace fusebox::adapters {

struct TimedCall {
    CallResult result;
    std::chrono::milliseconds took;
};

inline TimedCall timedCall(DataAdapter& adapter, std::stop_token stop = {}) {
    const base::SteadyClock clock;
    const base::Time begin = clock.now();
    CallResult result = adapter.call(std::move(stop));
    return {std::move(result), std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - begin)};
}

// Starts a call, stops it once `isUnderWay` holds, and measures from the stop request to the end of the call.
template <class Predicate>
TimedCall stoppedCall(DataAdapter& adapter, Predicate isUnderWay) {
    const base::SteadyClock clock;
    std::stop_source source;
    auto running = std::async(std::launch::async, [&] { return adapter.call(source.get_token()); });
    const bool came = QTest::qWaitFor(isUnderWay, 5000);
    const base::Time begin = clock.now();
    source.request_stop();
    CallResult result = running.get();
    if (!came) result = tl::unexpected(domain::Error{.type = "the call never got under way"});
    return {std::move(result), std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - begin)};
}

inline CallLimits limitsOf(int connectMs, int totalMs) {
    return {std::chrono::milliseconds(connectMs), std::chrono::milliseconds(totalMs)};
}

inline QString text(const std::string& bytes) {
    return QString::fromStdString(bytes);
}

inline bool isValidUtf8(const std::string& bytes) {
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())).toUtf8().toStdString() == bytes;
}

}  // namespace fusebox::adapters

// The call failed with this type, code system and code.
#define COMPARE_ERROR(result, expectedType, expectedSystem, expectedCode)            \
    do {                                                                             \
        const auto& outcome = (result);                                              \
        QVERIFY2(!outcome.has_value(), outcome ? outcome->summary.c_str() : "");     \
        const QByteArray whole = QByteArray::fromStdString(outcome.error().text());  \
        QVERIFY2(outcome.error().type == (expectedType), whole.constData());         \
        QVERIFY2(outcome.error().codeSystem == (expectedSystem), whole.constData()); \
        QVERIFY2(outcome.error().code == (expectedCode), whole.constData());         \
    } while (false)

#define VERIFY_BETWEEN(call, leastMs, mostMs)                                     \
    QVERIFY2((call).took.count() >= (leastMs) && (call).took.count() <= (mostMs), \
             QByteArray::number(static_cast<qlonglong>((call).took.count())).constData())
