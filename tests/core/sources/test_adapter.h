#pragma once
// An adapter for tests: answers as it is told to, counts its calls.

#include <fusebox/adapters/data_adapter.h>

#include <atomic>
#include <functional>
#include <utility>

class PlainAdapter : public fusebox::adapters::DataAdapter {
public:
    using Answer = std::function<fusebox::adapters::CallResult(std::stop_token)>;

    explicit PlainAdapter(Answer answer) : m_answer(std::move(answer)) {}

    std::string_view kind() const noexcept override { return "plain"; }
    std::string target() const override { return "nowhere"; }
    fusebox::adapters::CallResult call(std::stop_token stop) override {
        ++calls;
        return m_answer(std::move(stop));
    }
    void resetConnections() override {}

    std::atomic<int> calls{0};

private:
    Answer m_answer;
};

inline fusebox::domain::Error errorOf(fusebox::domain::CodeSystem system, std::string code,
                                      std::string type = "Refused") {
    fusebox::domain::Error error;
    error.type = std::move(type);
    error.message = "no";
    error.codeSystem = system;
    error.code = std::move(code);
    return error;
}
