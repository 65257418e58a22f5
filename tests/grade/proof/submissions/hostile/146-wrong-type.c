/* assignment: bptt; expect: compile_error; points: 0 */
/* Another type than the header's. */
#define _GNU_SOURCE
#include "backward.h"

int rnn_backward(int x) { return x; }
