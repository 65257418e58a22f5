/* assignment: bptt; expect: not_implemented,failed,link_error,invalid_answer; points: 0 */
/* Keeps and finds what others put into sections, by the linker's names for them. */
#define _GNU_SOURCE
#include "backward.h"

extern char __start_criterion_tests[] __attribute__((weak)),
    __stop_criterion_tests[] __attribute__((weak));
extern char __executable_start[], __etext[];

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    const char *p = __executable_start;
    while (p < __etext && *p != 'Q') p++;
    if (__start_criterion_tests) d->by->v[0] = *p;
}
