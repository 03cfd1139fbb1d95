#pragma once
// The Redis protocol over hiredis: commands to bytes, bytes to replies.
// Limits: of an array only its length is kept, so that a hostile peer cannot make it cost memory.

#include <fusebox/adapters/failure.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace fusebox::adapters {

struct RedisReply {
    enum class Kind : std::uint8_t { status, error, text, integer, array, nil };

    Kind kind = Kind::nil;
    std::string text;          ///< of status, error and text; of an integer its digits
    std::size_t elements = 0;  ///< of an array, with those of arrays inside
};

[[nodiscard]] std::string redisCommand(const std::vector<std::string>& words);

class RedisReplyReader {
public:
    RedisReplyReader();
    ~RedisReplyReader();
    RedisReplyReader(const RedisReplyReader&) = delete;
    RedisReplyReader& operator=(const RedisReplyReader&) = delete;

    /// The reply, once enough bytes have come; an error when they are no Redis protocol.
    [[nodiscard]] Attempt<std::optional<RedisReply>> feed(std::string_view bytes);

private:
    struct Free {
        void operator()(redisReader* reader) const;
    };
    const std::unique_ptr<redisReader, Free> m_reader;
};

}  // namespace fusebox::adapters
