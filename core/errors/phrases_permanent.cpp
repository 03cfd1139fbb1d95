#include <fusebox/errors/phrases.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;

constexpr PhraseLine kPermanent[] = {
    // said outright
    {permanent, 10, 10,
     "not retriable | not retryable | non retriable | non retryable | do not retry | dont retry | "
     "should not be retried | cannot be retried | will not be retried | will not retry | permanent failure | "
     "permanently | permanent | unrecoverable"},
    {permanent, 8, 8,
     "not recoverable | non recoverable | irrecoverable | manual intervention | contact your administrator"},
    // not there, there already
    {permanent, 9, 8,
     "not found | does not exist | doesnt exist | do not exist | no such | not exist | nonexistent | "
     "cannot find | could not find | cant find | unable to find | cannot find the file | no longer exists | "
     "no longer available | not present | cannot locate | no such host | unknown host | host not found | "
     "enotfound | no such file | no such table | no such column | no such key | no such bucket | "
     "undefined table | undefined column | undefined function | undefined symbol | undefined reference | "
     "undefined variable | unknown column | unknown table | unknown database | not registered | "
     "no rows in result | no queue | no exchange | no suitable driver | no qualifying bean | no bean named | "
     "no rule to make target | not a git repository | repository not found | name not known"},
    {permanent, 8, 8,
     "unknown command | unknown option | unknown method | unknown system variable | unknown topic | "
     "unknown key | migration | unknown argument | unrecognized arguments | unrecognized option | user unknown | "
     "no such user here"},
    {permanent, 9, 8,
     "already exists | already exist | already registered | already taken | already owned | already defined | "
     "exists | already started"},
    {permanent, 7, 6,
     "already | conflict | in use | still in use | not empty | gone | has been deleted | was deleted | deleted | "
     "removed"},
    {permanent, 7, 7,
     "precondition failed | failed precondition | precondition | condition not met | does not satisfy | "
     "version mismatch | version conflict | non fast forward | merge conflict | current transaction is aborted | "
     "has not been applied | out of date"},
    // not so, never so
    {permanent, 9, 8,
     "not supported | unsupported | not implemented | unimplemented | notimpl* | isnt supported | "
     "no longer supported | not available in | method not allowed | not allowed | "
     "not acceptable | not applicable | cannot be used | deprecated | obsolete | illegal operation | "
     "not a function | not defined | is not defined | no attribute | has no attribute | unsupported operand | "
     "has been discontinued | end of life | retired | decommissioned"},
    {permanent, 8, 8,
     "not enabled | disabled | not configured | misconfigured | misconfiguration | configuration error | "
     "bad configuration | invalid configuration | missing configuration | required configuration | "
     "not installed | not activated | not subscribed | incompatible | protocol error | not a directory | "
     "is a directory | wrong architecture | exec format | bad interpreter | cannot execute | "
     "cannot open shared object | shared object | cannot import | no module named | cannot find module | "
     "could not find module | import error | class not found | glibc | abi | dependency tree | unresolved | "
     "html instead | server gave http response | plain http request"},
    {permanent, 2, 4, "configuration | subscription"},
    {permanent, 8, 7,
     "sql syntax error | you have an error in your sql syntax | error in your sql syntax | sql syntax | "
     "bad sql grammar | syntax error | wrong number of arguments | invalid sql | ambiguous column | "
     "unknown function"},
    {permanent, 8, 8,
     "too many redirects | unsupported protocol | unknown protocol | unsupported protocol scheme | "
     "read only file system | file exists | index read only | too many levels | cors | blocked by client | "
     "blocked by"},
    {permanent, 7, 6,
     "read only | immutable | cannot modify | cannot change | cannot delete | cannot drop | cannot create | "
     "cannot perform | cannot be modified | cannot be changed | cannot be deleted | cannot access a disposed | "
     "disposed | is closed pool"},
    {permanent, 8, 8,
     "name unknown | manifest unknown | blob unknown | mailbox unavailable | mailbox full | mailbox is full | "
     "relay access | relaying denied | blacklisted | blocklist* | spamhaus | does not accept mail | null mx"},
    // limits that do not refill
    {permanent, 8, 8,
     "no space left | disk full | disk is full | disk quota exceeded | storage full | out of disk | "
     "storage quota | space on the disk | database space exceeded | volume is full | insufficient disk | "
     "inodes"},
    {permanent, 7, 7,
     "limit exceeded | limit reached | limit has been reached | exceeds the limit | maximum number | "
     "exceeded the limit | maximum limit | max limit | exceeded maximum | billing | payment required | "
     "insufficient funds | insufficient quota | quota exceeded fault | quota exceeded exception | would exceed | "
     "plan and billing | license | licence | license expired | suspended | terminated account | credit balance | "
     "balance is too low | card was declined | card declined | exceeded quota | in your plan | "
     "upgrade your plan | trial"},
    // trust between machines: the same at each try
    {permanent, 8, 9,
     "certificate has expired | certificate expired | expired certificate | certificate is not yet valid | "
     "certificate revoked | certificate verify failed | certificate signed by unknown authority | "
     "self signed certificate | self signed | unknown ca | unable to verify the first certificate | "
     "unable to get local issuer certificate | certificate verification failed | certificate is not valid | "
     "certificate is not trusted | not trusted | hostname mismatch | ip address mismatch | "
     "doesnt match any of the subject | certificate is valid for | certification path | path building failed | "
     "certificate problem | certificate has been revoked | x509 | handshake failure | wrong version number | "
     "no shared cipher | no common cipher | protocol version | unknown certificate | bad certificate | "
     "certificate name | fatal alert | cert authority invalid | cert date invalid | cert common name invalid | "
     "ssl protocol error | no matching host key | no matching key exchange | no matching cipher"},
    {permanent, 3, 6, "certificate | cert | tls | ssl | cipher | handshake failed | altname"},
    // broken for good
    {permanent, 8, 8,
     "corrupt* | data loss | data corruption | malformed database | database disk image is malformed | "
     "not a database | segmentation fault | core dumped | bus error | illegal instruction | panic | "
     "assertion failed | assertion | nil pointer | nil map | null pointer | null reference | "
     "object reference not set | stack overflow | stackoverflow* | call stack size | recursion depth | "
     "cannot read properties | cannot read property | of undefined | of null | nonetype | "
     "goroutines are asleep | invalid memory address | invalid page | double free | heap corruption | "
     "use after free | class cast | collection was modified | no elements | "
     "heap out of memory | gc overhead"},
    {permanent, 8, 7,
     "cancelled | canceled | cancellation | aborted by | user aborted | aborted by user | "
     "operation was aborted | context canceled | user request"},
    {permanent, 5, 5, "unexpected response | unexpected status | command not found | abort"},
    {permanent, 4, 3, "expired"},
    // what programs and tools say
    {permanent, 8, 8,
     "is not set | not set | environment variable | unknown directive | could not load | cannot load | "
     "circular dependency | circular | no matches for kind | could not be found | unable to locate | "
     "unmet dependencies | no matching distribution | dubious ownership | updates were rejected | "
     "failed to push | would be overwritten | did not match any | unrelated histories | "
     "has no deployed releases | undeclared | not declared | was not declared | mismatched types | linker | "
     "externally managed | no such instruction | cleartext | valid win32 application | transport security | "
     "is not enabled on the server | does not support | does not allow | marked as crashed | the table is full | "
     "cyclic redundancy | flood stage | forbidden 12 index read only | maximum shards | detached entity | "
     "no session | failed to bind properties | uninitialized constant | undefined method | undefined local | "
     "undefined index | headers already sent | object is not | unhashable | positional argument | "
     "keyword argument | before assignment | cannot pickle | event loop is closed | can only concatenate | "
     "general contract | nxdomain | driver version | "
     "port is already allocated | invalid configuration option | bad configuration option | has no method | "
     "is undefined | kernel panic | soft lockup | stack smashing | rejected as spam | "
     "recipient address rejected | mailbox for user is full | repository does not have | is not a function | "
     "unknown file format | version is insufficient | storage limit | will exceed | deactivating | locked for"},
    // in names only
    {permanent, 5, 0, "exceeded | expired report | report expired"},
    // how descriptions put it
    {permanent, 7, 6,
     "not correspond | not associated | not attached | isnt allowed | cannot be enabled | cant be enabled | "
     "not mergeable | prohibited | could not be opened | loop detected | routing loop | "
     "inconsistency | fences | fenced | youve exceeded | limit was exceeded | you have exceeded | "
     "you have reached | reached the maximum | maximum allowed number | protocol violated | newer producer | "
     "already connected | can only | cannot bind | signature failure | chain too long | is not eligible | "
     "ineligible | not part of | does not belong | not available"},
    // limits and dependencies
    {permanent, 5, 3, "too many"},
    // more of them
    {permanent, 8, 9,
     "field is immutable | all goroutines are asleep deadlock | java heap space | readonly database | "
     "memory size | cannot invoke"},
};

}  // namespace

std::span<const PhraseLine> permanentPhrases() {
    return kPermanent;
}

}  // namespace fusebox::errors
