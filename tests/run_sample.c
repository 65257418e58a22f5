/* run_sample.c: the program sample and its command line. */
#include "support/program.h"

PROGRAM_TESTS(run_sample, "sample", "--passes 3")
