#include <fusebox/format/safe_text.h>

#include <QStringView>

#include <algorithm>

namespace fusebox::format::SafeText {

namespace {

enum class Lines { joined, kept };

constexpr char16_t kReplacement = 0xFFFD;
constexpr char16_t kEllipsis = 0x2026;
constexpr char16_t kReturnSign = 0x23CE;

bool isBidiControl(char16_t c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// Characters that draw nothing and so could make two different names look alike. Joiners stay: emoji and scripts need
/// them.
bool isInvisible(char16_t c) {
    return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x00AD || c == 0x180E || c == 0x115F;
}

bool isLineBreak(char16_t c) {
    return c == u'\n' || c == u'\r' || c == 0x2028 || c == 0x2029 || c == 0x0085;
}

/// Zalgo: marks stacked on one letter would paint over the lines above and below.
constexpr int kMarksPerLetter = 4;

char16_t shown(char16_t c) {
    if (c < 0x20) return static_cast<char16_t>(0x2400 + c);  // pictures of control characters
    if (c == 0x7F) return 0x2421;
    if ((c >= 0x80 && c <= 0x9F) || isBidiControl(c) || isInvisible(c)) return kReplacement;
    if (c >= 0xFDD0 && c <= 0xFDEF) return kReplacement;
    if (c == 0xFFFE || c == 0xFFFF) return kReplacement;
    return c;
}

/// Cuts so that the text with the sign of the cut has at most limit units and no surrogate pair is split.
void cut(QString& text, qsizetype limit) {
    if (text.size() <= limit) return;
    qsizetype keep = std::max<qsizetype>(limit - 1, 0);
    if (keep > 0 && text.at(keep - 1).isHighSurrogate()) --keep;
    text.truncate(keep);
    text.append(QChar(kEllipsis));
}

QString clean(QStringView source, qsizetype limit, Lines lines) {
    QString out;
    out.reserve(std::min(source.size(), limit) + 2);
    int marks = 0;
    for (qsizetype i = 0; i < source.size() && out.size() <= limit; ++i) {
        const char16_t c = source[i].unicode();
        if (isLineBreak(c)) {
            if (c == u'\r' && i + 1 < source.size() && source[i + 1] == u'\n') continue;
            out.append(lines == Lines::kept ? QChar(u'\n') : QChar(kReturnSign));
        } else if (c == u'\t') {
            out.append(QChar(u' '));
        } else if (QChar::isHighSurrogate(c)) {
            const bool isPair = i + 1 < source.size() && source[i + 1].isLowSurrogate();
            const char32_t full = isPair ? QChar::surrogateToUcs4(c, source[i + 1].unicode()) : 0;
            // Tag characters are invisible text; they could hide a second message behind the first.
            if (!isPair || (full >= 0xE0000 && full <= 0xE0FFF)) {
                out.append(QChar(kReplacement));
            } else {
                out.append(source[i]).append(source[i + 1]);
            }
            if (isPair) ++i;
        } else if (QChar::isLowSurrogate(c)) {
            out.append(QChar(kReplacement));
        } else if (QChar::category(c) == QChar::Mark_NonSpacing || QChar::category(c) == QChar::Mark_Enclosing) {
            if (++marks <= kMarksPerLetter) out.append(QChar(c));
            continue;
        } else {
            out.append(QChar(shown(c)));
        }
        marks = 0;
    }
    cut(out, limit);
    return out;
}

/// No more of a huge text is decoded than can be shown: four bytes for each unit, and some for what is thrown away.
QString decoded(std::string_view utf8, qsizetype limit) {
    std::size_t room = static_cast<std::size_t>(limit) * 4 + 64;
    if (utf8.size() <= room) return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    // Back to the beginning of a character, at most three bytes: what is no UTF-8 at all must not send us to the start.
    const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(utf8[at]) & 0xC0U) == 0x80U; };
    for (int back = 0; back < 3 && continues(room); ++back) --room;
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(room)) + QChar(kEllipsis);
}

}  // namespace

QString oneLine(const QString& text, qsizetype limit) {
    return clean(text, limit, Lines::joined);
}
QString oneLine(std::string_view utf8, qsizetype limit) {
    return oneLine(decoded(utf8, limit), limit);
}

QString block(const QString& text, qsizetype limit) {
    return clean(text, limit, Lines::kept);
}
QString block(std::string_view utf8, qsizetype limit) {
    return block(decoded(utf8, limit), limit);
}

QString toolTip(const QString& text, qsizetype limit) {
    if (text.isEmpty()) return {};
    return QStringLiteral("<p style=\"white-space:pre-wrap\">") + block(text, limit).toHtmlEscaped() +
           QStringLiteral("</p>");
}
QString toolTip(std::string_view utf8, qsizetype limit) {
    return toolTip(decoded(utf8, limit), limit);
}

QString caption(const QString& text, qsizetype limit) {
    return oneLine(text, limit).replace(QLatin1Char('&'), QStringLiteral("&&"));
}
QString caption(std::string_view utf8, qsizetype limit) {
    return caption(decoded(utf8, limit), limit);
}

QString cell(const QString& text, qsizetype limit) {
    const QString plain = oneLine(text, limit);
    if (plain.isEmpty() || !QStringLiteral("=+-@").contains(plain.front())) return plain;
    bool isNumber = false;
    plain.toDouble(&isNumber);
    return isNumber ? plain : QLatin1Char('\'') + plain;
}

}  // namespace fusebox::format::SafeText
