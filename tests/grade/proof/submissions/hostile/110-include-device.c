/* assignment: bptt; expect: compile_error; points: 0 */
/* The compiler is to read without an end. */
#define _GNU_SOURCE
#include "backward.h"

#include "/dev/zero"
