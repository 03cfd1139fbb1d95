#pragma once
// What can be given instead of an answer: the last good values by key, and default values.
// Threads: all functions from any thread.
// Time: a value's age counts from when it was kept, by the given clock.
// Errors: why there is nothing to give, in one sentence.
// Limits: CacheLimits; the value that was kept longest ago goes first. Bytes are those that heldBytes() says. Defaults have no
// limit: the program sets them.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/handling/policy.h>

#include <tl/expected.hpp>

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <typeinfo>
#include <unordered_map>
#include <utility>

namespace fusebox::handling {

/// The memory that a value takes. Types that own more than themselves say so by an overload in their own namespace.
template <typename Value>
[[nodiscard]] std::size_t heldBytes(const Value&) {
    return sizeof(Value);
}
[[nodiscard]] inline std::size_t heldBytes(const std::string& text) {
    return sizeof(text) + text.size();
}

class FallbackManager {
public:
    template <typename Value>
    struct Kept {
        std::shared_ptr<const Value> value;  ///< never null
        base::Duration age{};
    };
    template <typename Value>
    using Found = tl::expected<Kept<Value>, std::string>;

    /// REQUIRES: the clock outlives this.
    FallbackManager(const CacheLimits& limits, const base::Clock& clock) : m_limits(limits), m_clock(clock) {}
    FallbackManager(const FallbackManager&) = delete;
    FallbackManager& operator=(const FallbackManager&) = delete;

    /// Takes the place of the key's previous value. A value larger than all that may be kept is not kept.
    template <typename Value>
    void keep(std::string_view key, Value value) {
        if (!keepsValues()) return;
        const std::size_t bytes = heldBytes(value);
        keep(key, Held{std::make_shared<const Value>(std::move(value)), &typeid(Value), bytes, m_clock.now()});
    }

    /// The last good value, unless it is too old.
    template <typename Value>
    [[nodiscard]] Found<Value> last(std::string_view key) {
        return find(key, typeid(Value)).map([](Aged found) {
            return Kept<Value>{std::static_pointer_cast<const Value>(std::move(found.value)), found.age};
        });
    }

    /// For this key; with an empty key: for all keys that have none of their own.
    template <typename Value>
    void setDefault(std::string_view key, Value value) {
        setDefault(key, Held{std::make_shared<const Value>(std::move(value)), &typeid(Value), 0, {}});
    }

    template <typename Value>
    [[nodiscard]] Found<Value> defaultValue(std::string_view key) const {
        return findDefault(key, typeid(Value)).map([](std::shared_ptr<const void> value) {
            return Kept<Value>{std::static_pointer_cast<const Value>(std::move(value)), {}};
        });
    }

    [[nodiscard]] bool hasDefaults() const;
    [[nodiscard]] bool keepsValues() const noexcept { return m_limits.age > base::Duration::zero(); }

    /// Forgets the last good values, says how many; defaults stay.
    std::size_t clear();

    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Held {
        std::shared_ptr<const void> value;
        const std::type_info* type = nullptr;
        std::size_t bytes = 0;
        base::Time at{};
    };
    struct Entry {
        std::string key;
        Held held;
    };
    struct Aged {
        std::shared_ptr<const void> value;
        base::Duration age{};
    };
    using Entries = std::list<Entry>;  ///< the one kept longest ago first

    void keep(std::string_view key, Held held);
    void setDefault(std::string_view key, Held held);
    [[nodiscard]] tl::expected<Aged, std::string> find(std::string_view key, const std::type_info& type);
    [[nodiscard]] tl::expected<std::shared_ptr<const void>, std::string> findDefault(std::string_view key,
                                                                                     const std::type_info& type) const;
    void take(Entries::iterator entry, Entries& into) FUSEBOX_REQUIRES(m_mutex);

    const CacheLimits m_limits;
    const base::Clock& m_clock;
    mutable base::Mutex m_mutex;
    Entries m_entries FUSEBOX_GUARDED_BY(m_mutex);
    std::unordered_map<std::string_view, Entries::iterator> m_byKey FUSEBOX_GUARDED_BY(m_mutex);  ///< into m_entries
    std::size_t m_bytes FUSEBOX_GUARDED_BY(m_mutex) = 0;
    std::map<std::string, Held, std::less<>> m_defaults FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::handling
