/* rows.c: asks a worker and judges its answer. See rows.h.
 *
 * Criterion runs each test in its own process, so the core passes its settings in the environment: GRADE_OUT (the
 * folder for the results), GRADE_WORKERS (paths of the worker's builds, separated by ':'), GRADE_SEED, GRADE_MODE,
 * GRADE_LANDLOCK; and GRADE_MUTANT if one of our own mutants answers in the worker's place. */
#define _GNU_SOURCE

#include "rows.h"

#include "hash.h"
#include "mutants.h"
#include "reference.h"
#include "sandbox.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How far an answer may be from the reference, relative to the largest element of the array. */
#define TOLERANCE 1e-10

enum {
    MOST_ANSWER = 16 << 20,
    MOST_TIMEOUTS = 2, /* after so many answers that took too long, */
    HURRIED_MS = 200   /* this is what each has: twenty times what an honest one takes */
};

typedef enum row_status {
    PASSED,
    FAILED,
    NOT_IMPLEMENTED,
    TIMEOUT,
    CRASH,
    INVALID_ANSWER,
    BLOCKED,
    INFRA_ERROR
} row_status;

static const char *const status_name[] = {"passed",  "failed",     "not_implemented",
                                          "timeout", "crash",      "invalid_answer",
                                          "blocked", "infra_error"};

/* The result of a row. */
typedef struct finding {
    row_status status;
    const char *part; /* the wrong array */
    int t, index;     /* its step and its first wrong element, or -1 */
    double got, want; /* of that element */
    int worst;        /* its worst element, or -1 */
    double error;     /* how far off that is, relative to the largest element */
    char hint[400];   /* names of mistakes; INFRA_ERROR: why */
} finding;

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    if (!value) cr_assert_fail("%s is not set: the core sets it", name);
    return value;
}

static int nonce;

frame row_request(void)
{
    frame f = frame_new();
    frame_put_ints(&f, (const int[]){FRAME_MAGIC, nonce}, 2);
    return f;
}

void row_put_randn(frame *f, rng *draws, int n, double scale)
{
    double *v = malloc((size_t) n * sizeof *v);
    cr_assert(v);
    for (int i = 0; i < n; i++) v[i] = scale * rng_randn(draws);
    frame_put_reals(f, v, n);
    free(v);
}

void row_put_ids(frame *f, rng *draws, int n, int V)
{
    int *v = malloc(((size_t) n + 1) * sizeof *v);
    cr_assert(v);
    for (int i = 0; i < n; i++) v[i] = (int) (V * rng_uniform(draws));
    frame_put_ints(f, v, n);
    free(v);
}

/* A file in which the rows tell each other something: a row is a process. */
static FILE *shared(const char *name, const char *mode)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", setting("GRADE_OUT"), name);
    return fopen(path, mode);
}

/* How many answers took too long so far, before adding `more`. */
static int timeouts(int more)
{
    int n = 0;
    FILE *f = shared("timeouts", "r");
    if (f) {
        if (fscanf(f, "%d", &n) != 1) n = 0;
        fclose(f);
    }
    if (more && (f = shared("timeouts", "w"))) {
        fprintf(f, "%d\n", n + more);
        fclose(f);
    }
    return n;
}

/* Why the machine failed; one row without a result is no grade, so that the rows after it are not asked. */
static void keep_failure(const char *why)
{
    FILE *f = shared("failure", "w");
    if (!f) return;
    fprintf(f, "%.*s\n", (int) strcspn(why, "\t\n"), why);
    fclose(f);
}

static bool failed_before(char *why, size_t room)
{
    FILE *f = shared("failure", "r");
    if (!f) return false;
    if (!fgets(why, (int) room, f)) why[0] = '\0';
    why[strcspn(why, "\n")] = '\0';
    fclose(f);
    return true;
}

static row_status status_of(const sandbox_result *r)
{
    switch (r->status) {
    case SANDBOX_DONE:
        return r->overflow ? INVALID_ANSWER : PASSED;
    case SANDBOX_EXITED: /* a student's function can exit with any status */
    case SANDBOX_CRASHED:
        return CRASH;
    case SANDBOX_TIMEOUT:
        return TIMEOUT;
    case SANDBOX_BLOCKED:
        return BLOCKED;
    default:
        return INFRA_ERROR;
    }
}

/* A mutant's answer, as a worker would send it. */
static frame mutants_answer(const char *mutant, const frame *request)
{
    reference_answer *a = malloc(sizeof *a);
    cr_assert(a);
    mutant_make(atoi(mutant), -1);
    reference_ask(request, mutant_call, a);
    mutant_make(-1, -1);
    frame f = frame_new();
    frame_put_ints(&f, (const int[]){FRAME_MAGIC, nonce, 0}, 3);
    for (int k = 0; k < a->parts; k++) frame_put_reals(&f, a->part[k].v, a->part[k].n);
    unsigned char *rest = malloc((size_t) a->rest + 1);
    cr_assert(rest);
    memset(rest, GUARD_PATTERN, (size_t) a->rest);
    frame_put_bytes(&f, rest, a->rest);
    free(rest);
    free(a);
    cr_assert(!f.bad);
    return frame_of(f.bytes, f.size);
}

/* Run one build of the worker on a request. If PASSED, *answer is read up to its second array. */
static row_status run(const char *program, const frame *request, size_t room, double seconds,
                      sandbox_result *r, frame *answer)
{
    int head[3];
    const char *mutant = getenv("GRADE_MUTANT");
    if (mutant) {
        *answer = mutants_answer(mutant, request);
        return frame_get_ints(answer, head, 3) ? PASSED : INFRA_ERROR;
    }
    const sandbox box = {.mode = strcmp(setting("GRADE_MODE"), "bwrap") == 0 ? SANDBOX_BWRAP
                                                                             : SANDBOX_SECCOMP,
                         .landlock = atoi(setting("GRADE_LANDLOCK"))};
    sandbox_limits limits = sandbox_run_limits();
    limits.cpu_ms = timeouts(0) < MOST_TIMEOUTS ? (int) (1000 * seconds) : HURRIED_MS;
    limits.idle_ms = limits.cpu_ms;
    const int worker = open(program, O_PATH | O_CLOEXEC);
    if (worker < 0 || request->bad) {
        error_set(&r->why, "%s", strerror(worker < 0 ? errno : ENOMEM));
        return INFRA_ERROR;
    }
    *r = sandbox_run(&box, worker, request->bytes, request->size, room, &limits);
    close(worker);
    row_status status = status_of(r);
    if (status == TIMEOUT || (status != PASSED && r->cpu_ms > HURRIED_MS)) timeouts(1);
    if (status != PASSED) return status;
    *answer = frame_of(r->answer, r->size);
    if (!frame_get_ints(answer, head, 3) || head[0] != FRAME_MAGIC || head[1] != nonce)
        return INVALID_ANSWER;
    if (head[2] == WORKER_NOT_IMPLEMENTED) return NOT_IMPLEMENTED;
    return head[2] == 0 ? PASSED : INVALID_ANSWER;
}

/* Was anything written into this array? */
static bool touched(const reference_part *want, const double *got)
{
    for (int i = 0; i < want->n; i++)
        if (!guard_left(got[i], want->before ? &want->before[i] : NULL)) return true;
    return false;
}

/* Compare an array; if it is wrong, store its first and its worst wrong element in f. */
static void compare(const reference_part *want, const double *got, finding *f)
{
    double largest = 0;
    for (int i = 0; i < want->n; i++) {
        const double before = want->before ? want->before[i] : 0, grown = want->v[i] - before;
        if (isfinite(grown)) largest = fmax(largest, fabs(grown));
    }
    if (largest == 0) largest = 1;
    for (int i = 0; i < want->n; i++) {
        const double off = isfinite(got[i]) ? fabs(got[i] - want->v[i]) / largest : INFINITY;
        if (want->v[i] == got[i] || (isnan(want->v[i]) && isnan(got[i])) || off <= TOLERANCE)
            continue;
        if (f->status != FAILED) {
            f->part = want->name;
            f->t = want->t;
            f->index = f->worst = i;
            f->error = off;
            f->got = got[i];
            f->want = want->v[i];
            f->status = FAILED;
        } else if (off > f->error) {
            f->worst = i;
            f->error = off;
        }
    }
    /* An output that should have changed and did not, or that is still guard_unwritten(), has not been written yet. */
    bool changes = !want->before;
    for (int i = 0; i < want->n && !changes; i++)
        changes = want->v[i] != want->before[i] && !isnan(want->v[i]);
    if (changes && f->status == FAILED && !touched(want, got)) f->status = NOT_IMPLEMENTED;
}

/* What stands past the ends of the worker's arrays: as it was, changed, or not of this length (-1: any). */
static row_status past_the_ends(frame *answer, int size)
{
    const int n = size < 0 ? frame_next(answer) : size;
    unsigned char *rest = n >= 0 && n <= FRAME_MOST ? malloc((size_t) n + 1) : NULL;
    row_status status =
        rest && frame_get_bytes(answer, rest, n) && frame_ended(answer) ? PASSED : INVALID_ANSWER;
    for (int i = 0; status == PASSED && i < n; i++)
        if (rest[i] != GUARD_PATTERN) status = CRASH;
    free(rest);
    return status;
}

/* Compare the arrays named in `parts` with the reference. The first wrong one is reported. */
static void judge(frame *answer, const reference_answer *want, const char *parts, finding *f)
{
    for (int k = 0; k < want->parts; k++) {
        const reference_part *p = &want->part[k];
        char name[64];
        double *got = malloc((size_t) p->n * sizeof *got);
        cr_assert(got);
        snprintf(name, sizeof name, " %s ", p->name);
        if (!frame_get_reals(answer, got, p->n))
            f->status = INVALID_ANSWER;
        else if (f->status == PASSED && strstr(parts, name)) {
            compare(p, got, f);
            /* The function wrote an earlier array of this name, and rightly. */
            for (int i = 0; i < k && f->status == NOT_IMPLEMENTED; i++)
                if (strcmp(want->part[i].name, p->name) == 0) f->status = FAILED;
        } else if (f->status == NOT_IMPLEMENTED && strcmp(f->part, p->name) == 0 && touched(p, got))
            f->status = FAILED; /* or a later one */
        free(got);
        if (f->status == INVALID_ANSWER) return;
    }
    const row_status rest = past_the_ends(answer, want->rest);
    if (rest != PASSED) f->status = rest;
}

static void number(FILE *out, double x)
{
    if (isfinite(x))
        fprintf(out, "\t%.17g", x);
    else
        fputs("\t-", out);
}

static void finish(const char *row, const finding *f)
{
    char path[700], final[700];
    snprintf(path, sizeof path, "%s/rows/%s.part", setting("GRADE_OUT"), row);
    snprintf(final, sizeof final, "%s/rows/%s", setting("GRADE_OUT"), row);
    FILE *out = fopen(path, "w");
    if (!out) cr_assert_fail("%s: %s", row, "cannot write what was found");
    fprintf(out, "%s\t%s\t%s\t%d\t%d", row, status_name[f->status], f->part ? f->part : "", f->t,
            f->index);
    number(out, f->error);
    number(out, f->got);
    number(out, f->want);
    fprintf(out, "\t%d\t%s\n", f->worst, f->hint);
    if (fclose(out) != 0 || rename(path, final) != 0)
        cr_assert_fail("%s: %s", row, "cannot write what was found");
    cr_assert(f->status == PASSED, "%s: %s", row, status_name[f->status]);
}

/* The names of the mistakes in a wrong row. The first wrong row looks for them; later rows read them from a file. */
static void diagnose(row_asker *asker, char *ids, size_t size)
{
    char path[600], part[600], line[300];
    const char *about = "";
    snprintf(path, sizeof path, "%s/diagnosis", setting("GRADE_OUT"));
    snprintf(part, sizeof part, "%s/diagnosis.part", setting("GRADE_OUT"));
    ids[0] = '\0';
    for (const row_question *q = row_questions; q->asker; q++)
        if (q->asker == asker) about = q->about;
    FILE *f = fopen(path, "r");
    if (!f) {
        if (!(f = fopen(part, "w"))) return;
        row_diagnose(f);
        if (fclose(f) != 0 || rename(part, path) != 0 || !(f = fopen(path, "r"))) return;
    }
    while (fgets(line, sizeof line, f)) {
        char *tab = strchr(line, '\t');
        if (!tab) continue;
        *tab = '\0';
        tab[1 + strcspn(tab + 1, "\n")] = '\0';
        if (strcmp(line, about) == 0) snprintf(ids, size, "%s", tab + 1);
    }
    fclose(f);
}

void row_grade(const char *row, row_asker *asker, const char *parts, double seconds)
{
    static reference_answer want;
    finding f = {.t = -1, .index = -1, .worst = -1};
    rng draws;
    const char *given = setting("GRADE_SEED");
    const uint64_t course = hash_bytes(HASH_START, given, strlen(given));
    const uint64_t drawn = hash_bytes(course, row, strlen(row));
    const uint32_t seed = (uint32_t) (drawn ^ drawn >> 32); /* one for each row */
    rng_seed(&draws, seed);
    nonce = (int) (seed >> 1);
    frame request = row_request();
    asker(&request, &draws);
    reference_ask(&request, worker_call, &want);
    size_t room = 3 * sizeof(int) + 16 + (size_t) want.rest;
    for (int k = 0; k < want.parts; k++) room += 8 + (size_t) want.part[k].n * sizeof(double);
    char programs[2000];
    snprintf(programs, sizeof programs, "%s", setting("GRADE_WORKERS"));
    if (!programs[0] || failed_before(f.hint, sizeof f.hint)) f.status = INFRA_ERROR;
    for (char *rest = NULL, *program = strtok_r(programs, ":", &rest);
         program && f.status == PASSED; program = strtok_r(NULL, ":", &rest)) {
        sandbox_result r = {0};
        frame answer = {0};
        f.status = run(program, &request, room, seconds, &r, &answer);
        if (f.status == PASSED) judge(&answer, &want, parts, &f);
        if (f.status == INFRA_ERROR) {
            keep_failure(r.why.text);
            failed_before(f.hint, sizeof f.hint);
        }
        sandbox_result_free(&r);
    }
    frame_free(&request);
    if (f.status == FAILED || f.status == NOT_IMPLEMENTED) diagnose(asker, f.hint, sizeof f.hint);
    if (f.status == NOT_IMPLEMENTED && strcmp(f.hint, "unknown") == 0) f.hint[0] = '\0';
    finish(row, &f);
}

row_numbers row_numbers_of(frame *request, const int *n, int arrays)
{
    row_numbers a = {false, calloc((size_t) arrays, sizeof *a.v)};
    char program[2000];
    cr_assert(a.v);
    snprintf(program, sizeof program, "%s", setting("GRADE_WORKERS"));
    program[strcspn(program, ":")] = '\0';
    sandbox_result r = {0};
    frame answer = {0};
    a.good = run(program, request, MOST_ANSWER, 2, &r, &answer) == PASSED;
    for (int k = 0; k < arrays; k++) {
        a.v[k] = calloc((size_t) n[k], sizeof **a.v);
        cr_assert(a.v[k]);
        a.good = a.good && frame_get_reals(&answer, a.v[k], n[k]);
    }
    a.good = a.good && past_the_ends(&answer, -1) == PASSED;
    sandbox_result_free(&r);
    frame_free(request);
    return a;
}
