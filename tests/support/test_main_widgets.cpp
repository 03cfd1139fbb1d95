#include <fusebox/support/test_run.h>

#include <QApplication>

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    return fusebox::support::runRegisteredTests(QCoreApplication::arguments());
}
