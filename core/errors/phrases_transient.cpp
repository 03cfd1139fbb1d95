#include <fusebox/errors/phrases.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;

constexpr PhraseLine kTransient[] = {
    // connections
    {transient, 9, 9,
     "connection reset by peer | connection refused | connect refused | actively refused | refused the connection | "
     "connection was refused | connection reset | reset by peer | socket hang up | broken pipe | "
     "connection aborted | connection was aborted | forcibly closed | connection was reset | "
     "software caused connection abort | connection terminated | lost connection | connection lost | "
     "connection loss | lost the connection | connection to server was lost | server has gone away | "
     "server had gone away | went away | remote end hung up | write failed broken pipe"},
    {transient, 8, 8,
     "connection closed | connection was closed | closed the connection | closed connection | server closed | "
     "connection has been closed | connection is closed | connection already closed | closed unexpectedly | "
     "closed by remote host | use of closed network connection | underlying connection was closed | "
     "channel connection is closed | remote end closed | closed without response | connection forced"},
    {transient, 7, 7,
     "connection failed | connection failure | connect failed | connection error | connect error | "
     "failed to connect | cannot connect | cant connect | could not connect | unable to connect | "
     "couldnt connect | connection not open | connection was killed | connection is not open | not connected | "
     "disconnect* | no connection | connection is broken | bad connection | "
     "connection is no longer usable | connection is not usable | connection exception | "
     "connection could not be established | could not be established | failed to establish | "
     "unable to establish | communication link failure | communications link failure | communication failure | "
     "communication error | error while sending | error writing data to the connection | "
     "no connection could be made | error occurred while sending the request | failed to fetch | fetch failed | "
     "could not open jdbc connection | no connection to the server | is dead or not enabled | "
     "did not properly respond | failed to respond | did not respond | not responding | no response | "
     "empty response | physical connection is not usable | adaptive server connection failed | "
     "broker may not be available | marked by the client driver as unrecoverable | "
     "unable to read data from the transport connection | connection is not available | channel is closed | "
     "session is closed"},
    {transient, 6, 6,
     "eof | end of file | end of stream | unexpected end of file | hung up | hangup | transport endpoint | "
     "transport error | socket error | socket closed | socket | broken connection | stream closed | "
     "stream error | early eof | rst stream | ssl syscall error"},
    {transient, 8, 8,
     "unexpected eof | eof detected | eof occurred | premature | prematurely | "
     "end of file on communication channel | incomplete read | no route to host | network is unreachable | "
     "network unreachable | host unreachable | host is unreachable | unreachable network | host is down | "
     "host down | network is down | network down | unreachable | network error | network failure | "
     "network request failed | network changed | internet disconnected | network name is no longer available | "
     "packets out of order | server terminated abnormally | terminated abnormally | reset by server | "
     "stream reset | goaway | go away | refused stream | upstream connect error | no healthy upstream | "
     "no live upstreams | no healthy | no alive nodes | connection to node"},
    {transient, 5, 6, "upstream prematurely closed | upstream | bad gateway | gateway"},
    // names
    {transient, 8, 9, "temporary failure in name resolution | getaddrinfo failed try again | server misbehaving"},
    {transient, 6, 7,
     "could not resolve host | couldnt resolve host | could not resolve | failed to resolve | "
     "unable to resolve host | name or service not known | nodename nor servname provided | "
     "no address associated | getaddrinfo failed | could not translate host name | name resolution | "
     "lookup failed | name not resolved | could not be resolved"},
    // time
    {transient, 9, 8,
     "timeout* | timed out | time out | timedout | times out | deadline exceeded | deadline has elapsed | "
     "exceeded time limit | time limit exceeded | max time expired | took too long | timeout exceeded | "
     "time limit | connection timed out | operation timed out | request timed out | gateway timeout | "
     "request timeout | read timeout | timeout expired | handshake timeout | handshake timed out | "
     "login timeout expired | liveness probe failed | readiness probe failed | semaphore timeout period | "
     "client timeout"},
    // busy, away, coming back
    {transient, 8, 8,
     "temporarily unavailable | temporarily | temporary | transient | try again | please retry | retry later | "
     "retry your request | please try again later | service unavailable | server unavailable | "
     "currently unavailable | is unavailable | not currently available | warming up | greylisted | "
     "temporarily deferred | temporary failure | retry the operation | retry the transaction | rerun"},
    {transient, 7, 7,
     "unavailable | not available at this time | server is busy | server busy | too busy | system is busy | "
     "busy | overload* | over capacity | at capacity | insufficient capacity | not enough capacity | "
     "under heavy load | high load | high demand | capacity issue"},
    {transient, 8, 8,
     "shutting down | is shutting down | shut down | shutdown | is starting up | starting up | being shut down | "
     "aborted connection | aborting connection | recovery mode | in recovery | crash of another server process | "
     "administrator command | maintenance | back off restarting | backoff restarting | script upgrade mode | "
     "state not recovered | seamless scaling | reparent operation | being resharded | not serving | inactivity"},
    {transient, 7, 7,
     "is loading | loading the dataset | not ready | not yet ready | initializing | restarting | restart | "
     "failover | fail over | in progress | in transition | being created | "
     "being deleted | being updated | being used by another process | held by process | another process | "
     "already running | is in use by another"},
    {transient, 6, 6, "retry | retried | resubmit | rescheduled | requeue"},
    {transient, 8, 8,
     "not leader | not the leader | no leader | leader changed | leader not available | leader lost | election | "
     "stepped down | not primary | not master | read only replica | not coordinator | rebalance in progress | "
     "is rebalancing | rebalanced | not enough replicas | no quorum | no primary | node is down | "
     "no node available | no nodes available | none of the nodes | all shards failed | node not connected | "
     "nodes are available insufficient | insufficient cpu | insufficient memory"},
    {transient, 4, 3, "leader | coordinator | quorum | replica | stale | no available"},
    {transient, 6, 5, "replication lag | moved | stale file handle"},
    // locks and conflicts that pass
    {transient, 9, 9,
     "deadlock detected | deadlock found | deadlock victim | deadlock* | lock wait timeout | "
     "database is locked | table is locked | lock timeout | could not obtain lock | could not get lock | "
     "unable to acquire | unable to lock | serialization failure | could not serialize | serialize access | "
     "restart transaction | retry transaction | conflict with recovery | object has been modified | "
     "apply your changes to the latest version | updated or deleted by another transaction | "
     "resource deadlock avoided"},
    {transient, 7, 7,
     "write conflict | update conflict | concurrent update | concurrent transactions | snapshot too old | "
     "locked | resource locked | cannot obtain exclusive access"},
    {transient, 5, 4,
     "lock | contention | conflicting operation | transaction aborted | transaction was aborted | "
     "was rolled back"},
    // resources that come back
    {transient, 8, 8,
     "too many connections | too many clients | too many open files | connection limit | pool exhausted | "
     "pool timeout | remaining connection slots | pool is full | no more connections | connection pool | "
     "max client connections | maximum connections | connections exceeded | resource temporarily unavailable | "
     "cannot allocate memory | not enough memory | interrupted system call | device or resource busy | "
     "text file busy | address already in use | queue limit of size | pool connection limit exceeded | "
     "pool size | from the pool"},
    {transient, 7, 7,
     "out of memory | low memory | insufficient resources | resource busy | memory limit exceeded | "
     "query memory limit"},
    {transient, 6, 5,
     "memory limit | oom | oomkilled | killed | interrupted | not enough resources | input output error | "
     "i o error | swap"},
    // the server's own trouble
    {transient, 6, 8,
     "server issue | server side error | dependent service | dependency failure | downstream | transient error | "
     "misbehaving"},
    {transient, 6, 4,
     "internal server error | internal error | server error | internal failure | server failure | "
     "service failure | backend error | internal service | service error | internal exception | "
     "processing error"},
    {transient, 5, 3, "unexpected exception | internal | partial file | flaky | glitch"},
    // what programs and tools say
    {transient, 7, 8,
     "transport connection broken | connection broken | with body length | startup message | startup packet | "
     "tcp provider | was refused | was lost | exited unexpectedly | respawning | unexpectedly closed | "
     "cant contact | offline | no servers could be reached | no living connections | missed heartbeat* | "
     "heartbeat | transport failure | transport is closing | all addresses | zero addresses | concurrently | "
     "worker lost | workerlost | link is down | unable to create new native thread | maximum execution time | "
     "worker connections are not enough | max number of clients | acquiring the state lock | state lock | "
     "another operation | low on resource | out of shared memory | unbound immediate | failed to pull image | "
     "failing to pull | greylist* | file changed as we read it | does not host this topic | read only option | "
     "servfail | try the request again | will be retried | retrying | row count | "
     "insufficient system resources | resource limit alarm | connection attempt failed | before server preface | "
     "nsurlerrordomain | operation now in progress | appears to be down | not enough servers | "
     "resolving timed out | waiting for the condition"},
    // how descriptions put it
    {transient, 7, 7,
     "deadline expired | service not available | not available for login | going away | server is down | "
     "is down | bootstrapping | network data | server stopped | has stopped | not the correct | "
     "local error in processing | requested action aborted | being altered | currently being | pending update | "
     "concurrency issue | concurrency control | was not met | unable to process your request at this time | "
     "not accepting network messages | connect to validation target | connect time | unexpected condition | "
     "resource error | resource contention"},
    // dependencies
    {transient, 7, 6, "dependency exception | dependency error | dependency timeout | failed dependency"},
    // more of them
    {transient, 7, 8,
     "back off pulling | backoff pulling | read conflict | had an error while processing | sufficient capacity | "
     "not have sufficient capacity | failed to update metadata | "
     "coordinator is not available | replica is not available | broker is not available | "
     "server is not available | a task was canceled | connection to server on socket | "
     "capacity in the availability zone"},
    // said outright
    {transient, 10, 9, "retriable | retryable | is retriable | retryable conflict | retriable conflict"},
};

}  // namespace

std::span<const PhraseLine> transientPhrases() {
    return kTransient;
}

std::string_view delayPhrases() {
    return "retry after | retry in | retry delay | retry after ms | retry after seconds | try again in | try again "
           "after | "
           "retry request after | retry the request after | retry your request after | please wait | wait for | "
           "wait at least | retrying in | requests available in | reset in | resets in | reset after | come back in | "
           "backoff for | back off for | retry interval | blocked for | flood wait | a wait of";
}

}  // namespace fusebox::errors
