#include <fusebox/format/theme.h>
#include <fusebox/support/test_case.h>

#include <algorithm>
#include <array>
#include <cmath>

using namespace fusebox;
using format::contrast;
using format::Theme;
using format::Tone;

namespace {

constexpr std::array kTones{Tone::closed, Tone::open, Tone::halfOpen, Tone::forced, Tone::unknown};
constexpr double kText = 4.5;
constexpr double kGraphics = 3.0;

/// How a colour looks to an eye without one of the receptors: Machado, Oliveira, Fernandes 2009, severity 1.
struct Deficiency {
    const char* name;
    std::array<double, 9> matrix;
};
constexpr std::array kDeficiencies{
    Deficiency{"protanopia",
               {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998}},
    Deficiency{"deuteranopia",
               {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881}},
    Deficiency{"tritanopia",
               {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}},
};

double linear(double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

std::array<double, 3> labOf(const QColor& colour, const std::array<double, 9>& m) {
    const std::array<double, 3> in{linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())};
    std::array<double, 3> rgb{};
    for (std::size_t i = 0; i < 3; ++i) {
        rgb[i] = std::clamp(m[3 * i] * in[0] + m[3 * i + 1] * in[1] + m[3 * i + 2] * in[2], 0.0, 1.0);
    }
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
    const double y = f(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
    const double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const QColor& a, const QColor& b, const std::array<double, 9>& matrix) {
    const auto first = labOf(a, matrix);
    const auto second = labOf(b, matrix);
    return std::hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void contrast_is_that_of_the_standard();
    void text_is_readable_data();
    void text_is_readable();
    void lamps_and_lines_stand_out_data();
    void lamps_and_lines_stand_out();
    void colour_blind_eyes_tell_open_from_closed_data();
    void colour_blind_eyes_tell_open_from_closed();
    void a_palette_leads_back_to_its_theme();
};

void ThemeTest::contrast_is_that_of_the_standard() {
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
    QVERIFY(std::abs(contrast(QColor(0x777777), Qt::white) - 4.48) < 0.01);
}

static void bothThemes() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

static const Theme& chosen() {
    QFETCH(bool, dark);
    return dark ? Theme::dark() : Theme::light();
}

static void atLeast(double limit, const QColor& a, const QColor& b, const char* what) {
    const double found = contrast(a, b);
    QVERIFY2(found >= limit,
             qPrintable(QStringLiteral("%1: %2 on %3 is %4").arg(QLatin1String(what), a.name(), b.name()).arg(found)));
}

void ThemeTest::text_is_readable_data() {
    bothThemes();
}

void ThemeTest::text_is_readable() {
    const Theme& theme = chosen();
    for (const QColor& ground : {theme.window, theme.surface, theme.alternateSurface}) {
        atLeast(kText, theme.text, ground, "text");
        atLeast(kText, theme.mutedText, ground, "muted text");
        atLeast(kText, theme.accent, ground, "link");
        atLeast(kText, theme.warning, ground, "warning");
        atLeast(kText, theme.danger, ground, "danger");
        for (const Tone tone : kTones) atLeast(kText, theme.colour(tone), ground, "state word in its colour");
    }
    atLeast(kText, theme.textOnAccent, theme.accent, "selected text");
    for (const Tone tone : kTones) atLeast(kText, theme.textOnState, theme.colour(tone), "text on a state");
    const QPalette palette = theme.palette();
    atLeast(kText, palette.color(QPalette::ButtonText), palette.color(QPalette::Button), "button");
    atLeast(kText, palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase), "tooltip");
    atLeast(kText, palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base), "placeholder");
}

void ThemeTest::lamps_and_lines_stand_out_data() {
    bothThemes();
}

void ThemeTest::lamps_and_lines_stand_out() {
    const Theme& theme = chosen();
    for (const QColor& line : {theme.seriesP50, theme.seriesP95, theme.seriesP99, theme.outcomeSuccess,
                               theme.outcomeFailure, theme.outcomeSlow, theme.outcomeRejected, theme.threshold}) {
        atLeast(kGraphics, line, theme.surface, "line");
    }
    QVERIFY(contrast(theme.grid, theme.surface) > 1.05);
    QVERIFY(contrast(theme.grid, theme.surface) < contrast(theme.mutedText, theme.surface));
}

void ThemeTest::colour_blind_eyes_tell_open_from_closed_data() {
    bothThemes();
}

void ThemeTest::colour_blind_eyes_tell_open_from_closed() {
    const Theme& theme = chosen();
    constexpr double kClearlyDifferent = 15;
    for (const Deficiency& eyes : kDeficiencies) {
        for (const auto& [a, b] :
             {std::pair(theme.stateClosed, theme.stateOpen), std::pair(theme.stateOpen, theme.stateForced),
              std::pair(theme.stateClosed, theme.stateForced), std::pair(theme.stateClosed, theme.stateHalfOpen),
              std::pair(theme.seriesP50, theme.seriesP95), std::pair(theme.seriesP95, theme.seriesP99),
              std::pair(theme.seriesP50, theme.seriesP99), std::pair(theme.outcomeSuccess, theme.outcomeFailure),
              std::pair(theme.outcomeFailure, theme.outcomeRejected)}) {
            const double found = distance(a, b, eyes.matrix);
            QVERIFY2(found >= kClearlyDifferent, qPrintable(QStringLiteral("%1: %2 and %3 are %4 apart")
                                                                .arg(QLatin1String(eyes.name), a.name(), b.name())
                                                                .arg(found)));
        }
    }
}

void ThemeTest::a_palette_leads_back_to_its_theme() {
    QCOMPARE(Theme::of(Theme::dark().palette()).brightness, format::Brightness::dark);
    QCOMPARE(Theme::of(Theme::light().palette()).brightness, format::Brightness::light);
}

FUSEBOX_TEST(ThemeTest)

#include "theme_test.moc"
