// The program fuseboxctl, as a script or a person starts it.
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <string>

namespace ctl_test {

struct Ended {
    int code = -1;  // -1: it did not end by itself
    QString out;
    QString err;

    [[nodiscard]] std::string text() const {
        return QString("exit code %1\n%2\n%3").arg(code).arg(out, err).toStdString();
    }
};

// Without anything that the test's own surroundings say of agents.
[[nodiscard]] QProcessEnvironment plainEnvironment();

// Standard input is empty.
[[nodiscard]] Ended run(const QStringList& arguments, const QProcessEnvironment& environment = plainEnvironment());

// At a terminal of 100 columns; `typed` is what the person types, with "\n". Everything that is shown stands in `out`.
[[nodiscard]] Ended runAtTerminal(const QStringList& arguments, const QByteArray& typed,
                                  const QProcessEnvironment& environment = plainEnvironment());

}  // namespace ctl_test
