#include "closed_port.h"

#include <fusebox/config/load.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/support/frame_log.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>
#include <fusebox/wiring/wiring.h>

#include <algorithm>
#include <fstream>
#include <functional>

namespace fusebox::wiring {

namespace {

using namespace std::chrono_literals;

config::Settings nobodyListens() {
    return {{closedPort("nobody")}, {}};
}

bool hasPatterns(const domain::Frame& frame) {
    return frame.errors != nullptr && !frame.errors->patterns.empty();
}

}  // namespace

class PatternKeeperTest : public QObject {
    Q_OBJECT
private slots:
    void init() { std::filesystem::remove(m_file); }

    void patterns_come_back_after_a_restart() {
        const config::Settings settings = nobodyListens();
        std::shared_ptr<const domain::ErrorReport> before;
        run(settings, [&](support::FrameLog& log) {
            QVERIFY(log.waitForFrame([&](const domain::Frame& frame) {
                before = frame.errors;
                return hasPatterns(frame);
            }));
        });
        QVERIFY(std::filesystem::exists(m_file));
        run(settings, [&](support::FrameLog& log) {
            const domain::ErrorPattern& was = before->patterns.front();
            QVERIFY(log.waitForFrame([&](const domain::Frame& frame) {
                if (!hasPatterns(frame)) return false;
                const domain::ErrorPattern& is = frame.errors->patterns.front();
                return is.id == was.id && is.firstSeen == was.firstSeen && is.count > was.count;
            }));
        });
    }

    void a_file_that_cannot_be_used_is_put_aside_and_told() {
        std::ofstream(m_file) << "{\"format\":\"something else\",\"version\":1}";
        run(nobodyListens(), [&](support::FrameLog& log) {
            QVERIFY(log.waitForFrame(hasPatterns));
            const auto isTold = [&log] {
                const auto events = log.events();
                return std::any_of(events.begin(), events.end(), [](const domain::Event& event) {
                    return event.text.find("The patterns of errors are not restored") != std::string::npos &&
                           event.text.find("must be \"fusebox errors\"") != std::string::npos &&
                           event.text.find("It is kept as") != std::string::npos;
                });
            };
            QTRY_VERIFY(isTold());
        });
        const auto files = std::filesystem::directory_iterator(m_folder.path());
        const auto isAside = [](const auto& entry) {
            return entry.path().filename().string().starts_with("patterns.json.");
        };
        QVERIFY(std::any_of(begin(files), end(files), isAside));
    }

    void no_secret_is_written() {
        base::ManualClock clock;
        const auto errors =
            std::make_shared<sources::ErrorSource>(std::make_shared<const errors::ErrorClassifier>(), clock);
        const auto noteOf = [&](const std::string& message, const std::string& cause) {
            auto error = std::make_shared<domain::Error>();
            error->message = message;
            if (!cause.empty()) {
                auto inner = std::make_shared<domain::Error>();
                inner->message = cause;
                error->cause = inner;
            }
            errors->note(domain::BreakerId("db"), error);
        };
        noteOf("no answer", "");
        noteOf("login refused with password=canary-one for bob", "");
        noteOf("cannot connect", "postgres://ann:canary-two@db/shop");
        PatternKeeper keeper(m_file, errors, std::make_shared<Notices>(clock), clock, {});
        keeper.saveLast();
        std::ifstream file(m_file);
        const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        QVERIFY(text.find("no answer") != std::string::npos);
        QVERIFY(text.find("cannot connect") != std::string::npos);
        QVERIFY2(text.find("canary") == std::string::npos, text.c_str());
    }

private:
    void run(const config::Settings& settings, const std::function<void(support::FrameLog&)>& during) {
        const auto log = std::make_shared<support::FrameLog>();
        auto wiring = Wiring::withSettings(settings);
        QVERIFY(wiring);
        (*wiring)->keepState(m_folder.path(), StateStart::restored);
        (*wiring)->addSink(log);
        (*wiring)->start();
        during(*log);
        (*wiring)->stop();
    }

    support::TempDir m_folder;
    const std::filesystem::path m_file = m_folder.path() / "patterns.json";
};

FUSEBOX_TEST(PatternKeeperTest)

}  // namespace fusebox::wiring

#include "pattern_keeper_test.moc"
