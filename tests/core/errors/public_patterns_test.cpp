// How well patterns agree with the true groups of logs that lie beside the tree, where they do.

#include <fusebox/errors/pattern_miner.h>
#include <fusebox/support/test_case.h>

#include <QDir>
#include <QFile>
#include <QHash>
#include <QSet>
#include <QString>

#include <vector>

namespace {

using namespace fusebox;

const QString kData = QStringLiteral(FUSEBOX_TEST_DATA "/../../../../shared/data/");

struct Agreement {
    double lines = 0;   ///< the share of lines in groups that are exactly right
    double groups = 0;  ///< the harmonic mean of the shares of right groups among those found and among the true ones
};

QList<QByteArray> linesOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    QList<QByteArray> lines = file.readAll().split('\n');
    if (lines.last().isEmpty()) lines.removeLast();
    return lines;
}

Agreement agreement(const QList<QByteArray>& content, const QList<QByteArray>& truth) {
    errors::PatternMiner miner;
    std::vector<domain::PatternId> ids;
    for (const QByteArray& line : content) ids.push_back(miner.add(line.toStdString(), {}));
    QHash<quint64, QSet<int>> found;
    QHash<QByteArray, QSet<int>> wanted;
    for (int i = 0; i < content.size(); ++i) {
        found[miner.current(ids[static_cast<std::size_t>(i)]).value].insert(i);
        wanted[truth[i + 1].split('\t').first()].insert(i);
    }
    int rightLines = 0;
    int rightGroups = 0;
    for (const QSet<int>& group : std::as_const(found)) {
        const bool right = wanted[truth[*group.begin() + 1].split('\t').first()] == group;
        rightLines += right ? static_cast<int>(group.size()) : 0;
        rightGroups += right ? 1 : 0;
    }
    return {static_cast<double>(rightLines) / static_cast<double>(content.size()),
            2.0 * rightGroups / static_cast<double>(found.size() + wanted.size())};
}

}  // namespace

class PublicPatternsTest : public QObject {
    Q_OBJECT
private slots:
    void real_logs_are_grouped_as_their_programs_wrote_them() {
        const QStringList sets = QDir(kData + "loghub").entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        if (sets.isEmpty()) QSKIP("no logs beside the tree");
        Agreement mean;
        for (const QString& set : sets) {
            const QString folder = kData + "loghub/" + set;
            const Agreement one = agreement(linesOf(folder + "/content.txt"), linesOf(folder + "/truth_original.tsv"));
            QVERIFY2(one.lines >= 0.95, qPrintable(QStringLiteral("%1: %2").arg(set).arg(one.lines)));
            mean.lines += one.lines / static_cast<double>(sets.size());
            mean.groups += one.groups / static_cast<double>(sets.size());
        }
        QVERIFY2(mean.lines >= 0.99, QByteArray::number(mean.lines));
        QVERIFY2(mean.groups >= 0.96, QByteArray::number(mean.groups));
    }

    void values_of_all_kinds_are_grouped() {
        const QList<QByteArray> content = linesOf(kData + "variants_public.txt");
        if (content.isEmpty()) QSKIP("no messages beside the tree");
        const Agreement all = agreement(content, linesOf(kData + "variants_public.truth.tsv"));
        QVERIFY2(all.lines >= 0.99, QByteArray::number(all.lines));
        QVERIFY2(all.groups >= 0.99, QByteArray::number(all.groups));
    }
};

FUSEBOX_TEST(PublicPatternsTest)
#include "public_patterns_test.moc"
