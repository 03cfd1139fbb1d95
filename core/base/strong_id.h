#pragma once
// Ids that cannot be mixed up: a BreakerId is no CommandId, though both are text or numbers inside.

#include <cstddef>  // ahead of <compare>: moc cannot read that one of gcc 12 first

#include <compare>
#include <functional>
#include <utility>

namespace fusebox::base {

template <typename Tag, typename Value>
struct StrongId {
    Value value{};

    StrongId() = default;
    explicit StrongId(Value v) : value(std::move(v)) {}

    auto operator<=>(const StrongId&) const = default;
    bool operator==(const StrongId&) const = default;
};

}  // namespace fusebox::base

template <typename Tag, typename Value>
struct std::hash<fusebox::base::StrongId<Tag, Value>> {
    std::size_t operator()(const fusebox::base::StrongId<Tag, Value>& id) const noexcept {
        return std::hash<Value>{}(id.value);
    }
};
