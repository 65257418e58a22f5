/* assignment: vocab; expect: failed,not_implemented,crash; points: 0 */
/* Every function returns a constant: -1 is the right answer of "-1 for a character that is not there". */
#include "vocab.h"
int vocab_ix(const vocab *v, uint32_t c) { (void) v, (void) c; return -1; }
