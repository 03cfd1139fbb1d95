// Registration of QtTest classes: every class named by FUSEBOX_TEST runs when the room's test program runs.
#pragma once

#include <QObject>
#include <QTest>
#include <functional>
#include <memory>
#include <vector>

namespace fusebox::support {

struct TestCase {
    const char* name;
    std::function<std::unique_ptr<QObject>()> make;
};

// The cases of this program in order of registration; filled before main() starts.
std::vector<TestCase>& testCases();

template <class T>
bool registerTestCase(const char* name) {
    testCases().push_back({name, [] { return std::make_unique<T>(); }});
    return true;
}

}  // namespace fusebox::support

#define FUSEBOX_TEST(Class) \
    [[maybe_unused]] static const bool registered_##Class = ::fusebox::support::registerTestCase<Class>(#Class);
