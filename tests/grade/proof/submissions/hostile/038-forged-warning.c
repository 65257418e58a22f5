/* assignment: bptt; expect: not_implemented; points: 0 */
/* Control characters and commands of CI systems in what the compiler says. */
#define _GNU_SOURCE
#include "backward.h"

__asm__(".print \"::error::forged\"\n.print \"::set-output name=score::100\"\n.print "
        "\"</failure>]]>\\033[2J\\007\"");
#pragma message "::stop-commands::x ]]> <&\"' \033[31m"
#warning ok 1 - all is well # SKIP

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
}
