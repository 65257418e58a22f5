/* assignment: bptt; expect: compile_error; points: 0 */
/* The compiler is to read the reference. */
#define _GNU_SOURCE
#include "backward.h"

#include "../../../chapters/04-bptt/backward.c"
