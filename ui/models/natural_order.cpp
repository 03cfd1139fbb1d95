#include <fusebox/models/natural_order.h>

namespace fusebox::models {

namespace {

bool isDigit(QChar c) {
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

/// Takes the run of digits at the front away, without leading zeros.
QStringView takeNumber(QStringView& text) {
    while (text.size() > 1 && text.front() == QLatin1Char('0') && isDigit(text[1])) text = text.sliced(1);
    qsizetype length = 0;
    while (length < text.size() && isDigit(text[length])) ++length;
    const QStringView number = text.first(length);
    text = text.sliced(length);
    return number;
}

}  // namespace

int naturalCompare(QStringView a, QStringView b) {
    while (!a.isEmpty() && !b.isEmpty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const QStringView first = takeNumber(a);
            const QStringView second = takeNumber(b);
            if (first.size() != second.size()) return first.size() < second.size() ? -1 : 1;
            if (const int order = first.compare(second); order != 0) return order;
            continue;
        }
        const char32_t first = a.front().toCaseFolded().unicode();
        const char32_t second = b.front().toCaseFolded().unicode();
        if (first != second) return first < second ? -1 : 1;
        a = a.sliced(1);
        b = b.sliced(1);
    }
    return static_cast<int>(a.size() > b.size()) - static_cast<int>(a.size() < b.size());
}

}  // namespace fusebox::models
