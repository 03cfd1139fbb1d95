#pragma once
// What a program that holds secrets owes its machine from the first line on: no file that others can read, no core dump with tokens in it.

namespace fusebox::agent {

/// umask 077, no core dumps, no debugger of the same user.
void harden();

}  // namespace fusebox::agent
