// Log lines as they stand in a file.
#include <fusebox/base/log.h>
#include <fusebox/base/log_sink.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <QJsonDocument>
#include <QJsonObject>

#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace fusebox;
using namespace fusebox::base;

namespace {

QString contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return QString::fromStdString({std::istreambuf_iterator<char>(stream), {}});
}

QStringList linesOf(const std::filesystem::path& file) {
    return contentOf(file).split('\n', Qt::SkipEmptyParts);
}

QJsonObject jsonOf(const QString& line) {
    return QJsonDocument::fromJson(line.toUtf8()).object();
}

}  // namespace

class LogSinkTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_folder = std::make_unique<support::TempDir>();
        m_file = m_folder->path() / "log";
    }

    void each_message_is_one_json_object_in_one_line() {
        const auto log = start(LogFormat::json);
        log->warn("said \"{}\" \\ with a\nbreak and a \x07", "this");
        const QStringList lines = linesOf(m_file);
        QCOMPARE(lines.size(), 1);
        const QJsonObject line = jsonOf(lines[0]);
        QCOMPARE(line["level"].toString(), QString("warning"));
        QCOMPARE(line["component"].toString(), QString("tested"));
        QCOMPARE(line["text"].toString(), QString("said \"this\" \\ with a\nbreak and a \x07"));
        QVERIFY2(QRegularExpression("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$")
                     .match(line["at"].toString())
                     .hasMatch(),
                 qPrintable(lines[0]));
        QVERIFY(!line.contains("event"));
        QVERIFY(!line.contains("request"));
    }

    void a_line_knows_its_event_and_its_request() {
        const auto log = start(LogFormat::json);
        {
            const LogScope outer(17, "req-1");
            log->info("a");
            {
                const LogScope inner(0, "req-2");
                log->info("b");
            }
            log->info("c");
        }
        log->info("d");
        const QStringList lines = linesOf(m_file);
        QCOMPARE(lines.size(), 4);
        QCOMPARE(jsonOf(lines[0])["event"].toInt(), 17);
        QCOMPARE(jsonOf(lines[0])["request"].toString(), QString("req-1"));
        QVERIFY(!jsonOf(lines[1]).contains("event"));
        QCOMPARE(jsonOf(lines[1])["request"].toString(), QString("req-2"));
        QCOMPARE(jsonOf(lines[2])["request"].toString(), QString("req-1"));
        QVERIFY(!jsonOf(lines[3]).contains("request"));
    }

    void bytes_that_are_no_text_leave_the_line_readable() {
        start(LogFormat::json)->info("x\xff\xfey");
        QCOMPARE(jsonOf(linesOf(m_file).at(0))["text"].toString(), QString("x??y"));
    }

    void a_flood_of_one_component_is_cut_and_counted_and_others_go_on() {
        const auto log = start(LogFormat::json);
        for (int i = 0; i < 2000; ++i) log->info("flood");
        logger("other")->info("still heard");
        const QStringList lines = linesOf(m_file);
        QVERIFY2(lines.size() >= 500 && lines.size() < 700, qPrintable(QString::number(lines.size())));
        QVERIFY(lines.back().contains("still heard"));
    }

    void the_lines_left_out_are_said_when_the_flood_is_over() {
        LogSink sink(m_file.string(), LogFormat::text);
        QVERIFY(sink.open());
        const auto start = spdlog::log_clock::time_point(std::chrono::hours(1));
        for (int i = 0; i < 600; ++i) sink.log({start, {}, "tested", spdlog::level::info, "flood"});
        sink.log({start + std::chrono::seconds(5), {}, "tested", spdlog::level::info, "after"});
        const QStringList lines = linesOf(m_file);
        QCOMPARE(lines.size(), 502);
        QVERIFY(lines[500].contains("100 lines were left out"));
        QVERIFY(lines[501].endsWith("info    tested: after"));
    }

    void a_rotated_file_is_made_anew_and_is_its_owners_alone() {
        auto sink = std::make_shared<LogSink>(m_file.string(), LogFormat::text);
        QVERIFY(sink->open());
        setLogSink(sink, spdlog::level::info);
        logger("tested")->info("before");
        std::filesystem::rename(m_file, m_folder->path() / "log.1");
        logger("tested")->info("between");
        QVERIFY(sink->open());
        logger("tested")->info("behind");
        QVERIFY(contentOf(m_folder->path() / "log.1").contains("between"));
        QVERIFY(contentOf(m_file).contains("behind"));
        QVERIFY(!contentOf(m_file).contains("between"));
        struct stat status {};
        QCOMPARE(::stat(m_file.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
    }

    void a_file_that_cannot_be_opened_is_told_and_lines_go_on() {
        auto sink = std::make_shared<LogSink>(m_file.string(), LogFormat::text);
        QVERIFY(sink->open());
        setLogSink(sink, spdlog::level::info);
        std::filesystem::rename(m_file, m_folder->path() / "log.1");
        std::filesystem::create_symlink("/dev/null", m_file);
        const auto opened = sink->open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, TroubleCode::refused);
        logger("tested")->info("goes on");
        QVERIFY(contentOf(m_folder->path() / "log.1").contains("goes on"));
        QVERIFY(!LogSink("/nowhere/log", LogFormat::text).open());
    }

    void what_is_below_the_level_is_not_written() {
        const auto log = start(LogFormat::json);
        log->debug("quiet");
        setLogLevel(spdlog::level::debug);
        log->debug("loud");
        QCOMPARE(linesOf(m_file).size(), 1);
    }

private:
    std::shared_ptr<spdlog::logger> start(LogFormat format) {
        auto sink = std::make_shared<LogSink>(m_file.string(), format);
        if (!sink->open()) qFatal("no log file");
        setLogSink(sink, spdlog::level::info);
        return logger("tested");
    }

    std::unique_ptr<support::TempDir> m_folder;
    std::filesystem::path m_file;
};

FUSEBOX_TEST(LogSinkTest)
#include "log_sink_test.moc"
