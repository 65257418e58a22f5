/* worker.c: runs a student's functions on a request. See worker.h.
 *
 * The request is read from descriptor 0 and the answer written to descriptor 3. The program ends with _exit, so that no
 * code of the student's runs afterwards. */
#define _DEFAULT_SOURCE

#include "worker.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { ANSWER = 3 };

static int nonce;

static _Noreturn void send_answer(const frame *answer)
{
    size_t sent = 0;
    while (sent < answer->size) {
        const ssize_t n = write(ANSWER, answer->bytes + sent, answer->size - sent);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) _exit(92);
        sent += (size_t) n;
    }
    _exit(answer->bad ? 92 : 0);
}

static frame begin(int status)
{
    frame answer = frame_new();
    frame_put_ints(&answer, (const int[]){FRAME_MAGIC, nonce, status}, 3);
    return answer;
}

void worker_not_implemented(void)
{
    const frame answer = begin(WORKER_NOT_IMPLEMENTED);
    send_answer(&answer);
}

void worker_bad_request(void) { _exit(WORKER_BAD_REQUEST); }

mat *worker_mat(frame *request, int rows, int cols)
{
    const int n = rows * cols;
    double *v = malloc((size_t) n * sizeof *v);
    if (!v || !frame_get_reals(request, v, n)) worker_bad_request();
    mat *A = guard_mat(rows, cols, v);
    free(v);
    return A;
}

int *worker_ints(frame *request, int n)
{
    int *v = guard_bytes((size_t) n * sizeof *v, sizeof *v);
    if (!frame_get_ints(request, v, n)) worker_bad_request();
    return v;
}

void worker_say(frame *answer, const char *part, int t, const real *v, int n, const real *before)
{
    (void) part, (void) t, (void) before;
    double *copy = malloc((size_t) n * sizeof *copy);
    if (!copy) _exit(92);
    for (int i = 0; i < n; i++) copy[i] = (double) v[i];
    frame_put_reals(answer, copy, n);
    free(copy);
}

void worker_say_mat(frame *answer, const char *part, int t, const mat *A)
{
    worker_say(answer, part, t, A->v, mat_size(A), NULL);
}

void worker_say_grown(frame *answer, const char *part, const mat *A, const mat *before)
{
    worker_say(answer, part, -1, A->v, mat_size(A), before->v);
}

void worker_say_number(frame *answer, const char *part, int t, double x)
{
    (void) part, (void) t;
    frame_put_reals(answer, &x, 1);
}

static frame read_request(void)
{
    static unsigned char buffer[1 << 16];
    unsigned char *bytes = NULL;
    size_t size = 0, room = 0;
    for (;;) {
        const ssize_t n = read(0, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) worker_bad_request();
        if (n == 0) return frame_of(bytes, size);
        if ((size_t) n > room - size) {
            room = 2 * room + (size_t) n;
            bytes = realloc(bytes, room);
            if (!bytes) worker_bad_request();
        }
        for (ssize_t i = 0; i < n; i++) bytes[size++] = buffer[i];
    }
}

int main(void)
{
    int head[2];
    frame request = read_request();
    if (!frame_get_ints(&request, head, 2) || head[0] != FRAME_MAGIC) worker_bad_request();
    nonce = head[1];
    frame answer = begin(0);
    do worker_call(&request, &answer);
    while (!frame_ended(&request));
    size_t size;
    const unsigned char *rest = guard_rest(&size);
    if (!rest || size > FRAME_MOST) _exit(92);
    frame_put_bytes(&answer, rest, (int) size);
    send_answer(&answer);
}
