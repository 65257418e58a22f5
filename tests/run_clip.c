/* run_clip.c: the program clip and its command line. */
#include "support/program.h"

PROGRAM_TESTS(run_clip, "clip", "--passes 3")
