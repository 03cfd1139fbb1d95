// A process with all its descendants, whatever group they moved to: PostgreSQL's workers lead groups of their own.
#pragma once

#include <sys/types.h>

namespace fusebox::e2e {

void signalTree(pid_t root, int signal);

// Freezes a tree and thaws it at the latest when it goes out of scope.
class FrozenTree {
public:
    explicit FrozenTree(pid_t root);
    ~FrozenTree();
    FrozenTree(const FrozenTree&) = delete;
    FrozenTree& operator=(const FrozenTree&) = delete;

    void thaw();

private:
    pid_t m_root;
};

}  // namespace fusebox::e2e
