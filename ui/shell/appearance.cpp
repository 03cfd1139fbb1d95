#include <fusebox/shell/appearance.h>

#include <fusebox/shell/console_style.h>

#include <fusebox/format/figures.h>
#include <fusebox/format/icons.h>
#include <fusebox/format/theme.h>

#include <QApplication>
#include <QSettings>
#include <QToolTip>

namespace fusebox::shell {
namespace {

const QString kKey = QStringLiteral("appearance/theme");
constexpr qreal kFontPoints = 10;

QString wordOf(ThemeChoice choice) {
    switch (choice) {
        case ThemeChoice::system:
            break;
        case ThemeChoice::light:
            return QStringLiteral("light");
        case ThemeChoice::dark:
            return QStringLiteral("dark");
    }
    return QStringLiteral("system");
}

ThemeChoice choiceOf(const QString& word) {
    if (word == QLatin1String("light")) return ThemeChoice::light;
    if (word == QLatin1String("dark")) return ThemeChoice::dark;
    return ThemeChoice::system;
}

}  // namespace

Appearance::Appearance(QSettings& settings, QObject* parent)
    : QObject(parent), m_settings(settings), m_choice(choiceOf(settings.value(kKey).toString())) {
    QApplication::setStyle(new ConsoleStyle);
    QApplication::setFont(format::consoleFont(kFontPoints));
    QApplication::setWindowIcon(format::applicationIcon());
    connect(&m_system, &SystemScheme::changed, this, &Appearance::apply);
    apply();
}

void Appearance::choose(ThemeChoice choice) {
    m_settings.setValue(kKey, wordOf(choice));
    show(choice);
}

void Appearance::show(ThemeChoice choice) {
    m_choice = choice;
    apply();
}

void Appearance::apply() {
    const bool systemDark = m_system.scheme() == Scheme::dark;
    const bool dark = m_choice == ThemeChoice::dark || (m_choice == ThemeChoice::system && systemDark);
    const QPalette palette = (dark ? format::Theme::dark() : format::Theme::light()).palette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

}  // namespace fusebox::shell
