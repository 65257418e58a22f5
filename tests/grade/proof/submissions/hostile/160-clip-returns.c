/* assignment: clip; expect: failed,not_implemented; points: 0 */
/* Returns what it was given, and does nothing. */
#define _GNU_SOURCE
#include "clip.h"

mat *clip_mat(mat *A, double least, double most) { return (void) least, (void) most, A; }
void clip_value(rnn *d, double most) { (void) d, (void) most; }
double clip_norm(rnn *d, double most) { return (void) d, most; }
