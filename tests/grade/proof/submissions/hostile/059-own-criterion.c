/* assignment: bptt; expect: not_implemented; points: 0 */
/* Criterion's names and sections. */
#define _GNU_SOURCE
#include "backward.h"

int criterion_run_all_tests(void *set) { return (void) set, 1; }
void *criterion_initialize(void) { return 0; }
int criterion_test_set;
__attribute__((section("cr_tst"), used)) static const void *const test = 0;
__attribute__((section("criterion_tests"), used)) static const void *const more = 0;

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
}
