/* assignment: bptt; expect: compile_error; points: 0 */
/* Includes itself twice each time: 2 to the 200. */
#ifdef AGAIN
#undef AGAIN
#endif
#include "student.c"
#include "student.c"
