#include <fusebox/models/config_draft.h>
#include <fusebox/models/differences_model.h>
#include <fusebox/support/test_case.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <algorithm>

using namespace fusebox;
using breaker::CircuitBreakerConfig;
using models::ConfigDraft;

namespace {

ConfigDraft balanced() {
    return ConfigDraft(CircuitBreakerConfig::balanced().entries());
}

std::size_t indexOf(const ConfigDraft& draft, const QString& name) {
    const auto& all = draft.options();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const models::DraftOption& option) { return option.name == name; });
    return static_cast<std::size_t>(found - all.begin());
}

const models::DraftOption& option(const ConfigDraft& draft, const QString& name) {
    return draft.options()[indexOf(draft, name)];
}

void write(ConfigDraft& draft, const QString& name, const QString& text) {
    draft.write(indexOf(draft, name), text);
}

}  // namespace

class ConfigDraftTest : public QObject {
    Q_OBJECT

private slots:
    void every_option_of_the_library_is_there_with_help_and_what_is_allowed();
    void options_that_are_words_offer_these_words();
    void what_is_typed_is_judged_by_the_library();
    void options_that_do_not_fit_together_are_told_at_the_one_that_is_wrong();
    void another_spelling_of_the_same_value_is_no_change();
    void a_change_can_be_taken_back_alone_or_with_all();
    void a_preset_sets_all_and_is_recognised();
    void a_new_live_configuration_keeps_what_was_typed();
    void what_the_library_does_not_know_is_left_out();
    void hostile_live_values_are_made_safe();
    void differences_are_shown_without_a_reset_while_the_options_stay();
};

void ConfigDraftTest::every_option_of_the_library_is_there_with_help_and_what_is_allowed() {
    const ConfigDraft draft = balanced();
    QCOMPARE(draft.options().size(), CircuitBreakerConfig::options().size());
    for (const models::DraftOption& each : draft.options()) {
        QVERIFY(!each.help.isEmpty() && !each.allowed.isEmpty() && !each.live.isEmpty());
        QVERIFY(!each.changed && each.objection.isEmpty());
    }
    QVERIFY(draft.isValid());
    QCOMPARE(draft.changes(), std::size_t{0});
    QCOMPARE(draft.preset(), QStringLiteral("balanced"));
}

void ConfigDraftTest::options_that_are_words_offer_these_words() {
    const ConfigDraft draft = balanced();
    QCOMPARE(option(draft, QStringLiteral("backoff")).choices,
             QStringList({QStringLiteral("fixed"), QStringLiteral("exponential"), QStringLiteral("adaptive")}));
    QCOMPARE(option(draft, QStringLiteral("half_open_slow_calls_fail")).choices.size(), 2);
    QVERIFY(option(draft, QStringLiteral("open_waits")).choices.isEmpty());
    QVERIFY(option(draft, QStringLiteral("minimum_calls")).choices.isEmpty());
}

void ConfigDraftTest::what_is_typed_is_judged_by_the_library() {
    ConfigDraft draft = balanced();
    write(draft, QStringLiteral("minimum_calls"), QStringLiteral("many"));
    QVERIFY(!draft.isValid());
    QCOMPARE(option(draft, QStringLiteral("minimum_calls")).objection, QStringLiteral("0 to 1000000000"));
    QCOMPARE(draft.objection(), QStringLiteral("minimum_calls cannot be many; allowed: 0 to 1000000000"));
    write(draft, QStringLiteral("minimum_calls"), QStringLiteral("20"));
    QVERIFY(draft.isValid());
    QCOMPARE(draft.entries(), (std::vector<domain::ConfigEntry>{{"minimum_calls", "20"}}));
}

void ConfigDraftTest::options_that_do_not_fit_together_are_told_at_the_one_that_is_wrong() {
    ConfigDraft draft = balanced();
    write(draft, QStringLiteral("max_backoff"), QStringLiteral("100ms"));
    QVERIFY(!draft.isValid());
    QCOMPARE(option(draft, QStringLiteral("max_backoff")).objection, QStringLiteral("at least open_timeout"));
    write(draft, QStringLiteral("open_timeout"), QStringLiteral("50ms"));
    QVERIFY(draft.isValid());
    QVERIFY(option(draft, QStringLiteral("max_backoff")).objection.isEmpty());
}

void ConfigDraftTest::another_spelling_of_the_same_value_is_no_change() {
    ConfigDraft draft = balanced();
    write(draft, QStringLiteral("failure_rate_threshold"), QStringLiteral(" 50 % "));
    QVERIFY(draft.isValid());
    QCOMPARE(draft.changes(), std::size_t{0});
    write(draft, QStringLiteral("failure_rate_threshold"), QStringLiteral("40 %"));
    const models::ConfigDifference expected{QStringLiteral("failure_rate_threshold"), QStringLiteral("0.5"),
                                            QStringLiteral("0.4")};
    QVERIFY(draft.differences() == std::vector{expected});
}

void ConfigDraftTest::a_change_can_be_taken_back_alone_or_with_all() {
    ConfigDraft draft = balanced();
    write(draft, QStringLiteral("minimum_calls"), QStringLiteral("20"));
    write(draft, QStringLiteral("open_timeout"), QStringLiteral("nonsense"));
    QCOMPARE(draft.changes(), std::size_t{2});
    draft.revert(indexOf(draft, QStringLiteral("open_timeout")));
    QVERIFY(draft.isValid());
    QCOMPARE(draft.changes(), std::size_t{1});
    draft.revertAll();
    QCOMPARE(draft.changes(), std::size_t{0});
    QCOMPARE(option(draft, QStringLiteral("minimum_calls")).text, QStringLiteral("10"));
}

void ConfigDraftTest::a_preset_sets_all_and_is_recognised() {
    for (const std::string_view name : CircuitBreakerConfig::presetNames()) {
        ConfigDraft draft = balanced();
        draft.takePreset(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
        QVERIFY2(draft.isValid(), qPrintable(draft.objection()));
        QCOMPARE(draft.preset().toStdString(), std::string(name));
        CircuitBreakerConfig config = CircuitBreakerConfig::balanced();
        for (const domain::ConfigEntry& entry : draft.entries()) QVERIFY(config.set(entry.option, entry.value));
        QVERIFY(config == *CircuitBreakerConfig::preset(name));
    }
    ConfigDraft draft = balanced();
    write(draft, QStringLiteral("minimum_calls"), QStringLiteral("11"));
    QVERIFY(draft.preset().isEmpty());
}

void ConfigDraftTest::a_new_live_configuration_keeps_what_was_typed() {
    ConfigDraft draft = balanced();
    write(draft, QStringLiteral("minimum_calls"), QStringLiteral("20"));
    CircuitBreakerConfig config = CircuitBreakerConfig::balanced();
    config.minimumCalls = 15;
    config.windowBuckets = 5;
    draft.rebase(config.entries());
    QCOMPARE(option(draft, QStringLiteral("minimum_calls")).text, QStringLiteral("20"));
    QCOMPARE(option(draft, QStringLiteral("minimum_calls")).live, QStringLiteral("15"));
    QCOMPARE(option(draft, QStringLiteral("window_buckets")).text, QStringLiteral("5"));
    QCOMPARE(draft.changes(), std::size_t{1});
    config.minimumCalls = 20;
    draft.rebase(config.entries());
    QCOMPARE(draft.changes(), std::size_t{0});
}

void ConfigDraftTest::what_the_library_does_not_know_is_left_out() {
    const ConfigDraft draft({{"minimum_calls", "10"}, {"recovery_strategy", "mine"}, {"colour", "red"}});
    QCOMPARE(draft.options().size(), std::size_t{1});
    QVERIFY(ConfigDraft({}).options().empty());
    QVERIFY(ConfigDraft({}).isValid());
}

void ConfigDraftTest::hostile_live_values_are_made_safe() {
    const ConfigDraft draft({{"minimum_calls", "<b>\n\xE2\x80\xAE" + std::string(1'000'000, 'x')}});
    QVERIFY(draft.options().front().live.size() <= 501);
    QVERIFY(!draft.options().front().live.contains(QLatin1Char('\n')));
    QVERIFY(!draft.isValid());
}

void ConfigDraftTest::differences_are_shown_without_a_reset_while_the_options_stay() {
    models::DifferencesModel model(QStringLiteral("Live"), QStringLiteral("New"));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const auto one = [](const QString& after) {
        return std::vector{models::ConfigDifference{QStringLiteral("a"), QStringLiteral("1"), after}};
    };
    model.show(one(QStringLiteral("2")));
    model.show(one(QStringLiteral("3")));
    model.show(one(QStringLiteral("3")));
    QCOMPARE(resets.size(), 1);
    QCOMPARE(model.index(0, models::DifferencesModel::After).data().toString(), QStringLiteral("3"));
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Live"));
    model.show({});
    QCOMPARE(model.rowCount(), 0);
}

FUSEBOX_TEST(ConfigDraftTest)

#include "config_draft_test.moc"
