/* assignment: clip; expect: failed,not_implemented; points: 0 */
/* Returns what it was given, and does nothing. */
#define _GNU_SOURCE
#include "clip.h"

mat *clip_mat(mat *A, double least, double most) { return (void) least, (void) most, A; }
void clip_value(mat *const d[], int n, double most) { (void) d, (void) n, (void) most; }
double clip_norm(mat *const d[], int n, double most) { return (void) d, (void) n, most; }
