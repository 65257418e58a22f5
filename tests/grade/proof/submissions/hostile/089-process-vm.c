/* assignment: bptt; expect: blocked; points: 0 */
/* Reads its parent's memory. */
#define _GNU_SOURCE
#include "backward.h"

#include <sys/uio.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    char bytes[64];
    struct iovec mine = {bytes, 64}, theirs = {(void *) 0x400000, 64};
    process_vm_readv(getppid(), &mine, 1, &theirs, 1, 0);
}
