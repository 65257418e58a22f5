/* assignment: bptt; expect: blocked; points: 0 */
/* A socket. */
#define _GNU_SOURCE
#include "backward.h"

#include <sys/socket.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    socket(AF_INET, SOCK_STREAM, 0);
    socket(AF_UNIX, SOCK_STREAM, 0);
}
