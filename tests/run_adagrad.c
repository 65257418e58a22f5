/* run_adagrad.c: the program adagrad and its command line. */
#include "support/program.h"

PROGRAM_TESTS(run_adagrad, "adagrad", "--passes 3")
