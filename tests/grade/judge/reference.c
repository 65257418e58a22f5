/* reference.c: what worker.h declares, for the calls that run inside the grader. See reference.h. */
#include "reference.h"

#include "require.h"
#include "worker.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static reference_answer *now;

void worker_not_implemented(void) { abort(); }

void worker_bad_request(void) { abort(); }

/* A block of ours; the worker's has a rest. */
static void *block(size_t bytes, size_t align)
{
    const size_t room = (bytes + 127) / 64 * 64; /* a mutant that reads past the end reads zeros */
    void *v = aligned_alloc(align < sizeof(void *) ? sizeof(void *) : align, room);
    if (!v) abort();
    return memset(v, 0, room);
}

void *guard_bytes(size_t bytes, size_t align)
{
    now->rest += (int) guard_slack(bytes, align);
    return block(bytes, align);
}

mat *guard_mat(int rows, int cols, const double *v)
{
    mat *A = mat_new(rows, cols);
    if (!A) abort();
    now->rest +=
        (int) guard_slack(offsetof(mat, v) + (size_t) mat_size(A) * sizeof *A->v, MAT_ALIGN);
    for (int i = 0; i < mat_size(A); i++) A->v[i] = v ? (real) v[i] : guard_unwritten();
    return A;
}

size_t guard_slack(size_t bytes, size_t align) { return (align - bytes % align) % align; }

mat *worker_mat(frame *request, int rows, int cols)
{
    double *v = block((size_t) (rows * cols) * sizeof *v, sizeof *v);
    if (!frame_get_reals(request, v, rows * cols)) abort();
    mat *A = guard_mat(rows, cols, v);
    free(v);
    return A;
}

int *worker_ints(frame *request, int n)
{
    int *v = guard_bytes((size_t) n * sizeof *v, sizeof *v);
    if (!frame_get_ints(request, v, n)) abort();
    return v;
}

static double *copied(const real *v, int n)
{
    if (!v) return NULL;
    double *copy = block((size_t) n * sizeof *copy, sizeof *copy);
    for (int i = 0; i < n; i++) copy[i] = (double) v[i];
    return copy;
}

void worker_say(frame *answer, const char *part, int t, const real *v, int n, const real *before)
{
    (void) answer;
    REQUIRE(now->parts, <, REFERENCE_MOST);
    now->part[now->parts++] = (reference_part){part, t, n, copied(v, n), copied(before, n)};
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
    const real v = (real) x;
    worker_say(answer, part, t, &v, 1, NULL);
}

void reference_ask(const frame *request, void (*call)(frame *, frame *), reference_answer *a)
{
    int head[2];
    frame copy = frame_of(request->bytes, request->size);
    a->parts = a->rest = 0;
    now = a;
    if (!frame_get_ints(&copy, head, 2)) abort();
    do call(&copy, NULL);
    while (!frame_ended(&copy));
}
