#pragma once
// Decides whether a place of a template, where otherwise equal templates differ, holds a value.
// Threads: pure functions.

#include <fusebox/errors/template_tokens.h>

#include <cstddef>

namespace fusebox::errors {

/// What has been seen in the place.
struct PlaceEvidence {
    std::size_t words = 0;  ///< different ones, values not among them
    std::size_t states = 0;
    std::size_t caps = 0;
    std::size_t letters = 0;
    bool value = false;  ///< a masked value
    bool known = false;  ///< the place was found to be a value before

    void add(WordKind kind);
};

/// What the templates agree in.
struct PlaceContext {
    bool first = false;         ///< the message's first word
    bool assigned = false;      ///< "=" right before it
    bool user = false;          ///< the word "user" before it
    bool process = false;       ///< in brackets behind a process and its number
    std::size_t constants = 0;  ///< other words
};

[[nodiscard]] bool isValuePlace(const PlaceEvidence& evidence, const PlaceContext& context);

}  // namespace fusebox::errors
