#include <fusebox/console/start_trouble.h>

#include <fusebox/format/safe_text.h>

#include <QGuiApplication>
#include <QMessageBox>

#include <unistd.h>

#include <cstdio>

namespace fusebox::console {
namespace {

// Desktops start programs without a terminal. The offscreen platform has nobody who could answer a dialog.
bool isStartedFromDesktop() {
    const QString platform = QGuiApplication::platformName();
    const bool canBeSeen = platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland"));
    return canBeSeen && ::isatty(STDIN_FILENO) == 0 && ::isatty(STDERR_FILENO) == 0;
}

}  // namespace

void tellStartTrouble(const std::string& headline, const std::string& details) {
    const char* const end = details.empty() || details.back() != '\n' ? "\n" : "";
    std::fprintf(stderr, "fusebox: %s\n%s%s", headline.c_str(), details.c_str(), end);
    if (!isStartedFromDesktop()) return;
    QMessageBox box(QMessageBox::Critical, QStringLiteral("Fusebox"), QString(), QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    box.setText(format::SafeText::oneLine(headline));
    box.setInformativeText(QObject::tr("The console cannot start."));
    box.setDetailedText(format::SafeText::block(details));
    box.exec();
}

}  // namespace fusebox::console
