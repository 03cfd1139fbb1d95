#include <fusebox/server/sse.h>

#include <fusebox/domain/json_writer.h>

namespace fusebox::server {

void appendMessage(std::string& out, std::string_view event, std::string_view data, std::optional<std::uint64_t> id) {
    if (id) {
        out.append("id: ").append(std::to_string(*id)).append("\n");
    }
    out.append("event: ").append(event).append("\ndata: ").append(data).append("\n\n");
}

std::string gapMessage(std::uint64_t from, std::uint64_t to, std::string_view why) {
    std::string data;
    domain::JsonWriter(data)
        .raw("{\"from\":")
        .number(from)
        .raw(",\"to\":")
        .number(to)
        .raw(",\"why\":")
        .text(why)
        .raw("}");
    std::string message;
    appendMessage(message, "gap", data);
    return message;
}

std::string lossMessage(std::uint64_t lost, std::string_view why) {
    std::string data;
    domain::JsonWriter(data).raw("{\"lost\":").number(lost).raw(",\"why\":").text(why).raw("}");
    std::string message;
    appendMessage(message, "gap", data);
    return message;
}

}  // namespace fusebox::server
