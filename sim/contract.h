#pragma once

#include <cstdio>
#include <cstdlib>

/// EXPECTS(condition): what a caller owes. ENSURES(condition): what a function promises. A broken
/// one is a bug in this program, never a bad input: it prints its place and aborts. Both stay on in
/// every build that the tests use; where NDEBUG is defined they cost nothing and do not evaluate
/// the condition, unless HOLDFAST_CHECKS is defined too.

namespace sim::detail {

[[noreturn]] inline void contract_broken(const char* kind, const char* condition, const char* file,
                                         int line) {
  std::fprintf(stderr, "%s:%d: %s(%s) does not hold: this is a bug in holdfast\n", file, line, kind,
               condition);
  std::abort();
}

}  // namespace sim::detail

#if !defined(NDEBUG) || defined(HOLDFAST_CHECKS)
#define HOLDFAST_CONTRACT(kind, condition) \
  ((condition) ? static_cast<void>(0)      \
               : ::sim::detail::contract_broken(kind, #condition, __FILE__, __LINE__))
#else
#define HOLDFAST_CONTRACT(kind, condition) static_cast<void>(sizeof((condition) ? 1 : 0))
#endif

#define EXPECTS(condition) HOLDFAST_CONTRACT("EXPECTS", condition)
#define ENSURES(condition) HOLDFAST_CONTRACT("ENSURES", condition)
