#include <fusebox/adapters/redis_protocol.h>

#include <hiredis/hiredis.h>

#include <cstdlib>

namespace fusebox::adapters {

namespace {

// hiredis builds replies through these. Only the outermost object is made; elements are counted on it.

RedisReply* outermost(const redisReadTask* task) {
    return task->parent != nullptr ? static_cast<RedisReply*>(task->parent->obj) : nullptr;
}

void* reply(const redisReadTask* task, RedisReply::Kind kind, std::string text) {
    if (RedisReply* whole = outermost(task)) {
        ++whole->elements;
        return whole;
    }
    return new RedisReply{kind, std::move(text), 0};
}

void* onString(const redisReadTask* task, char* bytes, std::size_t length) {
    const auto kind = task->type == REDIS_REPLY_ERROR    ? RedisReply::Kind::error
                      : task->type == REDIS_REPLY_STATUS ? RedisReply::Kind::status
                                                         : RedisReply::Kind::text;
    return reply(task, kind, task->parent == nullptr ? std::string(bytes, length) : std::string());
}

// The type of the count differs between the versions of hiredis.
template <typename Count>
void* onArray(const redisReadTask* task, Count) {
    return reply(task, RedisReply::Kind::array, {});
}

void* onInteger(const redisReadTask* task, long long value) {
    return reply(task, RedisReply::Kind::integer, std::to_string(value));
}

void* onNil(const redisReadTask* task) {
    return reply(task, RedisReply::Kind::nil, {});
}

void onFree(void* object) {
    delete static_cast<RedisReply*>(object);
}

/// Newer versions know more types; without a function of ours they would hand out what is no pointer.
template <typename Functions>
void addNewerTypes(Functions& functions) {
    if constexpr (requires { functions.createDouble; }) {
        functions.createDouble = [](const redisReadTask* task, double, char* bytes, std::size_t length) {
            return reply(task, RedisReply::Kind::text, std::string(bytes, length));
        };
        functions.createBool = [](const redisReadTask* task, int value) {
            return reply(task, RedisReply::Kind::integer, std::to_string(value));
        };
    }
}

redisReplyObjectFunctions* functions() {
    static redisReplyObjectFunctions table = [] {
        redisReplyObjectFunctions made{};
        made.createString = onString;
        made.createArray = onArray;
        made.createInteger = onInteger;
        made.createNil = onNil;
        made.freeObject = onFree;
        addNewerTypes(made);
        return made;
    }();
    return &table;
}

}  // namespace

std::string redisCommand(const std::vector<std::string>& words) {
    std::vector<const char*> starts;
    std::vector<std::size_t> lengths;
    for (const std::string& word : words) {
        starts.push_back(word.data());
        lengths.push_back(word.size());
    }
    char* bytes = nullptr;
    const int length = ::redisFormatCommandArgv(&bytes, static_cast<int>(words.size()), starts.data(), lengths.data());
    if (length < 0) return {};
    std::string command(bytes, static_cast<std::size_t>(length));
    ::redisFreeCommand(bytes);
    return command;
}

void RedisReplyReader::Free::operator()(redisReader* reader) const {
    ::redisReaderFree(reader);
}

RedisReplyReader::RedisReplyReader() : m_reader(::redisReaderCreateWithFunctions(functions())) {}

RedisReplyReader::~RedisReplyReader() = default;

Attempt<std::optional<RedisReply>> RedisReplyReader::feed(std::string_view bytes) {
    void* object = nullptr;
    if (!m_reader || ::redisReaderFeed(m_reader.get(), bytes.data(), bytes.size()) != REDIS_OK ||
        ::redisReaderGetReply(m_reader.get(), &object) != REDIS_OK) {
        return tl::unexpected(failure("ProtocolError", std::string("the answer is no Redis protocol: ") +
                                                           (m_reader ? m_reader->errstr : "out of memory")));
    }
    if (object == nullptr) return std::optional<RedisReply>();
    const std::unique_ptr<RedisReply> whole(static_cast<RedisReply*>(object));
    return std::optional(std::move(*whole));
}

}  // namespace fusebox::adapters
