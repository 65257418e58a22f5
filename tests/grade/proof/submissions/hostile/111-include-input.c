/* assignment: bptt; expect: not_implemented,compile_error; points: 0 */
/* The compiler is to read its input. */
#define _GNU_SOURCE
#include "backward.h"

#include "/dev/stdin"
#include "/proc/self/fd/0"
