/* assignment: bptt; expect: crash; points: 0 */
/* The name is that of data. */
#define _GNU_SOURCE

int rnn_backward[64] = {1};
