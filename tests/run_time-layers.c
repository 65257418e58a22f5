/* run_time-layers.c: the program time-layers and its command line. */
#include "support/program.h"

PROGRAM_TESTS(run_time_layers, "time-layers", "")
