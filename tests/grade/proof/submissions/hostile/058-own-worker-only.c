/* assignment: bptt; expect: not_implemented; points: 0 */
/* Its own worker_call, and nothing that is asked. */
#define _GNU_SOURCE

void worker_call(void *request, void *answer) { (void) request, (void) answer; }
int guard_intact(void) { return 1; }
int frame_ended(const void *f) { return (void) f, 1; }
