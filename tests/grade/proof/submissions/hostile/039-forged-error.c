/* assignment: bptt; expect: compile_error; points: 0 */
/* An error message with all that XML, JSON, TAP and terminals take for their own. */
#define _GNU_SOURCE
#include "backward.h"

_Static_assert(
    0, "\n::error::x\n1..14\nok 1\n]]></failure>\033]0;title\007\033[2J {\"score\":100} <&\'>");
#error "]]>" </testsuite> {"score": 100}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
}
