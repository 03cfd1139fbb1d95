#include <fusebox/agent/hardening.h>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace fusebox::agent {

void harden() {
    ::umask(077);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace fusebox::agent
