#include <fusebox/support/test_run.h>

#include <QCoreApplication>

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    return fusebox::support::runRegisteredTests(QCoreApplication::arguments());
}
