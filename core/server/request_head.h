#pragma once
// Reads the head of an HTTP request (request line and header fields) as strictly as the standard allows: what two
// programs could read in different ways is refused, so that nobody in front of us sees another request than we do.
// Errors: an HTTP status for each refusal; see README.md.
// Limits: kLongestHead bytes, kLongestTarget, kMostFields.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fusebox::server {

enum class Method { get, head, post, options, put, patch, del };

/// "GET", ... Nothing for those that are not spoken here.
[[nodiscard]] std::optional<Method> methodFromWord(std::string_view word);
[[nodiscard]] std::string_view toWord(Method method);

using Field = std::pair<std::string_view, std::string_view>;

/// What one field of a request says; nothing when there is none.
[[nodiscard]] std::optional<std::string_view> fieldOf(const std::vector<Field>& fields, std::string_view name);

struct RequestHead {
    Method method = Method::get;
    std::string_view target;    ///< as it stands in the request line: path and query
    std::vector<Field> fields;  ///< in the order in which they came
    std::size_t length = 0;     ///< of the head, with the empty line that ends it
};

/// Why a head is refused: an HTTP status.
struct Refusal {
    unsigned status = 400;
};

/// What stands in a part of a head that has come so far.
struct HeadLook {
    std::optional<RequestHead> head;  ///< complete and sound; its texts lie in the bytes given
    std::optional<Refusal> refusal;   ///< neither: more must come
};

[[nodiscard]] HeadLook lookAtHead(std::string_view bytes);

/// What is wrong with the parts of a head that was taken apart by someone else; nothing when it is sound.
[[nodiscard]] std::optional<Refusal> objectionTo(std::string_view method, std::string_view version,
                                                 std::string_view target, const std::vector<Field>& fields);

}  // namespace fusebox::server
