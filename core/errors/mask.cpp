#include <fusebox/errors/mask.h>

namespace fusebox::errors {

std::string_view toWord(Mask mask) {
    switch (mask) {
        case Mask::none:
            return "";
        case Mask::number:
            return "num";
        case Mask::decimal:
            return "dec";
        case Mask::hex:
            return "hex";
        case Mask::id:
            return "id";
        case Mask::size:
            return "size";
        case Mask::duration:
            return "duration";
        case Mask::time:
            return "time";
        case Mask::uuid:
            return "uuid";
        case Mask::ip:
            return "ip";
        case Mask::mac:
            return "mac";
        case Mask::host:
            return "host";
        case Mask::url:
            return "url";
        case Mask::email:
            return "email";
        case Mask::path:
            return "path";
        case Mask::quoted:
            return "str";
        case Mask::boolean:
            return "bool";
        case Mask::value:
        case Mask::word:
            return "*";
        case Mask::tail:
            return "...";
    }
    return "";
}

std::string templateText(std::string_view masked) {
    std::string text;
    text.reserve(masked.size() + 16);
    for (const char c : masked) {
        if (isMask(c)) {
            text += '<';
            text += toWord(static_cast<Mask>(c));
            text += '>';
        } else {
            text += c;
        }
    }
    return text;
}

}  // namespace fusebox::errors
