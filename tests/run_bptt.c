/* run_bptt.c: the program bptt and its command line. */
#include "support/program.h"

PROGRAM_TESTS(run_bptt, "bptt", "--passes 3 --seeds 1")
