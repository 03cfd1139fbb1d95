// The score on a labelled collection of errors that lies beside the tree, where it does.

#include <fusebox/errors/error_classifier.h>
#include <fusebox/errors/system_names.h>
#include <fusebox/support/test_case.h>

#include <QFile>
#include <QString>

namespace {

using namespace fusebox;

struct Score {
    int rows = 0;
    int strict = 0;
    int lenient = 0;
};

QByteArray categoryOf(const errors::ErrorClassifier& classifier, const QList<QByteArray>& cells) {
    domain::Error error;
    error.codeSystem = errors::systemNamed(cells[1].toStdString());
    error.code = cells[2].toStdString();
    error.type = cells[3].toStdString();
    error.message = cells[4].toStdString();
    return QByteArray(domain::toWord(classifier.classify(error).category).data());
}

}  // namespace

class PublicScoreTest : public QObject {
    Q_OBJECT
private slots:
    void the_labelled_errors_keep_their_score() {
        QFile file(QStringLiteral(FUSEBOX_TEST_DATA "/../../../../shared/data/classify_public.tsv"));
        if (!file.open(QIODevice::ReadOnly)) QSKIP("no labelled errors beside the tree");
        QCOMPARE(file.readLine().split('\t').mid(0, 6),
                 (QList<QByteArray>{"id", "source", "code", "name", "message_or_description", "label"}));
        const errors::ErrorClassifier classifier;
        Score score;
        while (!file.atEnd()) {
            const QList<QByteArray> cells = file.readLine().trimmed().split('\t');
            if (cells.size() < 8) continue;
            const QByteArray found = categoryOf(classifier, cells);
            ++score.rows;
            score.strict += found == cells[5] ? 1 : 0;
            score.lenient += found == cells[5] || cells.value(8).split(',').contains(found) ? 1 : 0;
        }
        QVERIFY(score.rows > 1000);
        QVERIFY2(score.strict >= 0.92 * score.rows, QByteArray::number(1.0 * score.strict / score.rows));
        QVERIFY2(score.lenient >= 0.98 * score.rows, QByteArray::number(1.0 * score.lenient / score.rows));
    }
};

FUSEBOX_TEST(PublicScoreTest)
#include "public_score_test.moc"
