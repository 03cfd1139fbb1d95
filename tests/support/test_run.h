// Runs the registered test classes one after the other through QtTest.
// Arguments go through to QtTest; `-class Name` picks one class.
// Errors: a failing test, or any qWarning or qCritical that no QTest::ignoreMessage expected, fails the run.
#pragma once

#include <QStringList>

namespace fusebox::support {

int runRegisteredTests(QStringList arguments);

}  // namespace fusebox::support
