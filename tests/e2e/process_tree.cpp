#include "process_tree.h"

#include <signal.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::e2e {
namespace {

// "4711 (post gres) S 4710 ...": the parent stands after the state, behind the last bracket.
pid_t parentOf(const std::filesystem::path& process) {
    std::ifstream file(process / "stat");
    std::string line;
    std::getline(file, line);
    const std::size_t bracket = line.rfind(')');
    return bracket == std::string::npos || bracket + 4 >= line.size() ? 0 : std::stoi(line.substr(bracket + 4));
}

std::multimap<pid_t, pid_t> childrenByParent() {
    std::multimap<pid_t, pid_t> children;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (std::isdigit(static_cast<unsigned char>(name.front())) == 0) continue;
        children.emplace(parentOf(entry.path()), std::stoi(name));
    }
    return children;
}

}  // namespace

void signalTree(pid_t root, int signal) {
    if (root <= 0) return;
    const auto children = childrenByParent();
    std::vector<pid_t> waiting{root};
    while (!waiting.empty()) {
        const pid_t next = waiting.back();
        waiting.pop_back();
        ::kill(next, signal);
        const auto [begin, end] = children.equal_range(next);
        for (auto child = begin; child != end; ++child) waiting.push_back(child->second);
    }
}

FrozenTree::FrozenTree(pid_t root) : m_root(root) {
    signalTree(m_root, SIGSTOP);
}

FrozenTree::~FrozenTree() {
    thaw();
}

void FrozenTree::thaw() {
    signalTree(std::exchange(m_root, -1), SIGCONT);
}

}  // namespace fusebox::e2e
