#pragma once
// Owns one file descriptor and closes it.

#include <unistd.h>

#include <utility>

namespace fusebox::lab {

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : m_fd(fd) {}
    Descriptor(Descriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~Descriptor() { reset(); }

    [[nodiscard]] int value() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }

    void reset() {
        if (m_fd >= 0) ::close(std::exchange(m_fd, -1));
    }

private:
    int m_fd = -1;
};

}  // namespace fusebox::lab
