#include <fusebox/format/theme.h>

#include <algorithm>
#include <cmath>

namespace fusebox::format {

namespace {

// The hues follow Okabe and Ito: blue-green, vermilion, amber, purple stay apart for all common forms of colour
// blindness.
Theme makeLight() {
    Theme theme;
    theme.brightness = Brightness::light;
    theme.window = QColor(0xF1F3F6);
    theme.surface = QColor(0xFFFFFF);
    theme.alternateSurface = QColor(0xF7F8FA);
    theme.text = QColor(0x18202A);
    theme.mutedText = QColor(0x566270);
    theme.border = QColor(0xCBD2DA);
    theme.accent = QColor(0x1B5FB8);
    theme.textOnAccent = QColor(0xFFFFFF);
    theme.warning = QColor(0x8A5200);
    theme.danger = QColor(0xB3310B);
    theme.stateClosed = QColor(0x00795C);
    theme.stateOpen = QColor(0xC23A0A);
    theme.stateHalfOpen = QColor(0x946200);
    theme.stateForced = QColor(0x6A3FA8);
    theme.stateUnknown = QColor(0x5E6976);
    theme.textOnState = QColor(0xFFFFFF);
    theme.seriesP50 = QColor(0x2C77C9);
    theme.seriesP95 = QColor(0xB07A00);
    theme.seriesP99 = QColor(0xB0307A);
    theme.outcomeSuccess = QColor(0x14967A);
    theme.outcomeFailure = QColor(0xCF4A1B);
    theme.outcomeSlow = QColor(0xB88400);
    theme.outcomeRejected = QColor(0x7A5BB0);
    theme.threshold = QColor(0xB3310B);
    theme.grid = QColor(0xE1E5EA);
    return theme;
}

Theme makeDark() {
    Theme theme;
    theme.brightness = Brightness::dark;
    theme.window = QColor(0x15191E);
    theme.surface = QColor(0x1C2127);
    theme.alternateSurface = QColor(0x20262D);
    theme.text = QColor(0xE4E8ED);
    theme.mutedText = QColor(0x9BA7B4);
    theme.border = QColor(0x3A434E);
    theme.accent = QColor(0x6FAEF7);
    theme.textOnAccent = QColor(0x0C1218);
    theme.warning = QColor(0xF0B23E);
    theme.danger = QColor(0xFF8A63);
    theme.stateClosed = QColor(0x3CC7A0);
    theme.stateOpen = QColor(0xFF7F52);
    theme.stateHalfOpen = QColor(0xEFB640);
    theme.stateForced = QColor(0xB99AF5);
    theme.stateUnknown = QColor(0x9BA7B4);
    theme.textOnState = QColor(0x0F1419);
    theme.seriesP50 = QColor(0x64ABF5);
    theme.seriesP95 = QColor(0xEFB640);
    theme.seriesP99 = QColor(0xF07CB8);
    theme.outcomeSuccess = QColor(0x34B792);
    theme.outcomeFailure = QColor(0xFF7F52);
    theme.outcomeSlow = QColor(0xE2AA35);
    theme.outcomeRejected = QColor(0xA98BE6);
    theme.threshold = QColor(0xFF8A63);
    theme.grid = QColor(0x2D343D);
    return theme;
}

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

QColor mixed(const QColor& a, const QColor& b, float share) {
    return QColor::fromRgbF(a.redF() + (b.redF() - a.redF()) * share, a.greenF() + (b.greenF() - a.greenF()) * share,
                            a.blueF() + (b.blueF() - a.blueF()) * share);
}

}  // namespace

QColor Theme::colour(Tone tone) const {
    switch (tone) {
        case Tone::closed:
            return stateClosed;
        case Tone::open:
            return stateOpen;
        case Tone::halfOpen:
            return stateHalfOpen;
        case Tone::forced:
            return stateForced;
        case Tone::unknown:
            return stateUnknown;
    }
    return stateUnknown;
}

QPalette Theme::palette() const {
    const bool isDark = brightness == Brightness::dark;
    const QColor button = isDark ? QColor(0x272E36) : QColor(0xF8F9FB);
    QPalette palette(button, window);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, surface);
    palette.setColor(QPalette::AlternateBase, alternateSurface);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Button, button);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, danger);
    palette.setColor(QPalette::PlaceholderText, mutedText);
    palette.setColor(QPalette::ToolTipBase, isDark ? button : surface);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, textOnAccent);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, stateForced);
    // Fusion draws its outlines from these.
    palette.setColor(QPalette::Light, isDark ? mixed(button, text, 0.12F) : QColor(Qt::white));
    palette.setColor(QPalette::Midlight, mixed(window, border, 0.5F));
    palette.setColor(QPalette::Mid, border);
    palette.setColor(QPalette::Dark, mixed(border, text, 0.25F));
    palette.setColor(QPalette::Shadow, isDark ? QColor(Qt::black) : mixed(border, text, 0.6F));
    const QColor disabledText = mixed(mutedText, window, 0.35F);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, disabledText);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, border);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, mutedText);
    return palette;
}

const Theme& Theme::light() {
    static const Theme theme = makeLight();
    return theme;
}

const Theme& Theme::dark() {
    static const Theme theme = makeDark();
    return theme;
}

const Theme& Theme::of(const QPalette& palette) {
    return luminance(palette.color(QPalette::Window)) < 0.18 ? dark() : light();
}

double contrast(const QColor& a, const QColor& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace fusebox::format
