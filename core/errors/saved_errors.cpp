#include <fusebox/errors/saved_errors.h>

#include <fusebox/domain/error_report_json.h>
#include <fusebox/domain/json_document.h>
#include <fusebox/domain/json_reader.h>
#include <fusebox/domain/json_writer.h>
#include <fusebox/domain/read_errors.h>

#include <utility>

namespace fusebox::errors {

namespace {

using domain::JsonReader;
using domain::JsonWriter;

constexpr std::string_view kFormat = "fusebox errors";
constexpr std::uint64_t kVersion = 1;
constexpr domain::JsonLimits kLimits{.bytes = kLargestSavedErrors, .values = 1'000'000};
constexpr std::size_t kMostTemplates = 10'000;
constexpr std::size_t kLongestTemplate = 16U << 10U;
constexpr std::uint64_t kLargestCount = 1ULL << 60U;

void writeTemplate(JsonWriter& out, const SavedTemplate& one) {
    out.raw("{\"text\":").text(one.text).raw(",\"general\":").truth(one.general);
    out.raw(",\"count\":").number(one.count);
    out.raw(",\"first_seen_unix_ms\":").unixMs(one.firstSeen);
    out.raw(",\"last_seen_unix_ms\":").unixMs(one.lastSeen).raw("}");
}

SavedTemplate readTemplate(JsonReader in) {
    SavedTemplate one;
    one.text = in.text("text");
    if (one.text.size() > kLongestTemplate) in.complain("text", "is longer than 16 KiB");
    one.general = in.truth("general");
    one.count = in.number("count", kLargestCount);
    one.firstSeen = in.unixMs("first_seen_unix_ms");
    one.lastSeen = in.unixMs("last_seen_unix_ms");
    return one;
}

}  // namespace

std::string savedErrorsToJson(const SavedErrors& saved) {
    std::string text;
    {
        JsonWriter out(text);
        out.raw("{\"format\":").word(kFormat).raw(",\"version\":").number(kVersion).raw(",\n\"report\":");
    }
    domain::appendJson(text, saved.report);
    {
        JsonWriter out(text);
        out.raw(",\n\"others\":").number(saved.mined.others);
        out.listField(",\n\"templates\":", saved.mined.templates,
                      [&](const SavedTemplate& one) { writeTemplate(out, one); });
        out.raw("}\n");
    }
    return text;
}

base::Result<SavedErrors> savedErrorsFromJson(std::string_view text) {
    const auto document = domain::parseJson(text, kLimits);
    if (!document) return tl::unexpected(document.error());
    domain::ReadTrouble trouble;
    JsonReader in(*document, {}, trouble);
    if (in.text("format") != kFormat) in.complain("format", "must be \"fusebox errors\"");
    if (in.number("version") != kVersion) {
        in.complain("version", "must be 1: the file is of another version of Fusebox");
    }
    SavedErrors saved;
    saved.report = domain::readErrorReport(in.at("report"));
    saved.mined.others = in.number("others", kLargestCount);
    in.list("templates", kMostTemplates,
            [&](JsonReader each) { saved.mined.templates.push_back(readTemplate(std::move(each))); });
    if (trouble.first()) return tl::unexpected(*trouble.first());
    return saved;
}

}  // namespace fusebox::errors
