#pragma once
// Tasks for tests: they count, they can be held up like a hung dependency, they can throw.

#include <fusebox/collector/task.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

/// Runs a function at a fixed delay.
class PlainTask : public fusebox::collector::Task {
public:
    using Delay = std::optional<fusebox::base::Duration>;

    PlainTask(Delay delay, std::function<void(std::stop_token)> body, std::uint32_t limit = 1)
        : m_delay(delay), m_body(std::move(body)), m_limit(limit) {}

    std::string name() const override { return "orders"; }
    Delay nextDelay() override {
        ++draws;
        return m_delay;
    }
    std::uint32_t concurrencyLimit() const override { return m_limit; }
    void run(std::stop_token stop) override {
        ++runs;
        if (m_body) m_body(stop);
    }

    void setDelay(Delay delay) { m_delay = delay; }

    std::atomic<int> runs{0};
    std::atomic<int> draws{0};

private:
    Delay m_delay;
    std::function<void(std::stop_token)> m_body;
    std::uint32_t m_limit;
};

/// A door that calls wait at until it is opened or they are asked to stop.
class Door {
public:
    void waitAt(std::stop_token stop) {
        std::unique_lock lock(m_mutex);
        ++m_waiting;
        m_changed.notify_all();
        m_changed.wait(lock, stop, [&] { return m_open; });
        --m_waiting;
    }
    void open() {
        std::lock_guard lock(m_mutex);
        m_open = true;
        m_changed.notify_all();
    }
    int waiting() {
        std::lock_guard lock(m_mutex);
        return m_waiting;
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    int m_waiting = 0;
    bool m_open = false;
};
