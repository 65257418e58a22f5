/* diagnose.c: finds the known mistake that gives the worker's answers. See mutants.h, and row_diagnose() in rows.h.
 *
 * The worker, the reference and every mutant are asked row_questions. A mistake is named if the mutant gives the
 * worker's numbers on all questions and these are not the right ones; a pair of mistakes is named if only the two
 * together give them. If neither is found (another function is missing, or wrong in an unknown way), the questions
 * about the row's own function decide. A worker that crashes on one of them gets no name. */
#include "mutants.h"
#include "reference.h"
#include "rows.h"
#include "worker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How close the numbers of a mutant must be, relative to the largest element of the array. */
#define NEAR 1e-9

enum { MOST_QUESTIONS = 16, MOST_MUTANTS = 64 };

static int made[2] = {-1, -1};

void mutant_make(int a, int b)
{
    made[0] = a;
    made[1] = b;
}

bool mutant_makes(int k) { return k == made[0] || k == made[1]; }

/* All answers, question by question. */
static struct {
    int questions, mutants;
    frame request[MOST_QUESTIONS];
    reference_answer *right[MOST_QUESTIONS];
    row_numbers worker[MOST_QUESTIONS];
    bool worker_right[MOST_QUESTIONS];
    bool affects[MOST_MUTANTS][MOST_QUESTIONS]; /* the mutant's answer is wrong */
    bool fits[MOST_MUTANTS][MOST_QUESTIONS];    /* the mutant's answer is the worker's */
} all;

/* Does the answer consist of these numbers? */
static bool same(const reference_answer *a, double *const *v)
{
    for (int k = 0; k < a->parts; k++) {
        const reference_part *p = &a->part[k];
        double largest = 0;
        for (int i = 0; i < p->n; i++) {
            const double grown = fabs(p->v[i] - (p->before ? p->before[i] : 0));
            if (isfinite(grown)) largest = fmax(largest, grown);
        }
        for (int i = 0; i < p->n; i++) {
            const double x = p->v[i], y = v[k][i];
            if (!(x == y || (isnan(x) && isnan(y)) || fabs(x - y) <= NEAR * largest)) return false;
        }
    }
    return true;
}

static double **numbers_of(const reference_answer *a)
{
    double **v = calloc((size_t) a->parts + 1, sizeof *v);
    cr_assert(v);
    for (int k = 0; k < a->parts; k++) v[k] = (double *) (uintptr_t) a->part[k].v;
    return v;
}

static const reference_answer *mutants_answer(int q, int a, int b)
{
    static reference_answer answer;
    mutant_make(a, b);
    reference_ask(&all.request[q], mutant_call, &answer);
    mutant_make(-1, -1);
    return &answer;
}

/* A question; its numbers are the same for every submission. */
static frame question(int q)
{
    rng draws;
    frame f = row_request();
    rng_seed(&draws, 1000u + (unsigned) q);
    row_questions[q].asker(&f, &draws);
    return f;
}

void mutant_try_pairs(int k)
{
    for (int q = 0; row_questions[q].asker; q++) {
        all.request[q] = question(q);
        for (int b = k + 1; k >= 0 && mutant_at(b); b++) mutants_answer(q, k, b);
    }
}

static void ask_all(void)
{
    while (mutant_at(all.mutants)) all.mutants++;
    cr_assert(all.mutants <= MOST_MUTANTS);
    for (int q = 0; row_questions[q].asker; q++) {
        cr_assert(q < MOST_QUESTIONS);
        frame *request = &all.request[q], sent = question(q);
        *request = question(q);
        reference_answer *right = all.right[q] = malloc(sizeof *right);
        cr_assert(right);
        reference_ask(request, worker_call, right);
        int *n = calloc((size_t) right->parts + 1, sizeof *n);
        cr_assert(n);
        for (int k = 0; k < right->parts; k++) n[k] = right->part[k].n;
        const row_numbers worker = all.worker[q] = row_numbers_of(&sent, n, right->parts);
        free(n);
        double **numbers = numbers_of(right);
        all.worker_right[q] = worker.good && same(right, worker.v);
        for (int m = 0; m < all.mutants; m++) {
            const reference_answer *a = mutants_answer(q, m, -1);
            all.affects[m][q] = !same(a, numbers);
            all.fits[m][q] = worker.good && same(a, worker.v);
        }
        free(numbers);
        all.questions++;
    }
}

/* Do a and b (-1: a alone) together give the worker's answers to the questions about this function? If only one of them
 * affects an answer, its own answer is that of both. */
static bool gives(int a, int b, const char *about)
{
    bool wrong = false, wrong_b = b < 0;
    for (int q = 0; q < all.questions; q++) {
        if (about && strcmp(row_questions[q].about, about) != 0) continue;
        const bool by_a = all.affects[a][q], by_b = b >= 0 && all.affects[b][q];
        if (!all.worker[q].good) return false;
        if (by_a && by_b)
            wrong = wrong_b = true; /* asked below: that takes longer */
        else if (!(by_a ? all.fits[a][q] : by_b ? all.fits[b][q] : all.worker_right[q]))
            return false;
        wrong = wrong || by_a;
        wrong_b = wrong_b || by_b;
    }
    for (int q = 0; b >= 0 && q < all.questions; q++)
        if ((!about || strcmp(row_questions[q].about, about) == 0) && all.affects[a][q] &&
            all.affects[b][q] && !same(mutants_answer(q, a, b), all.worker[q].v))
            return false;
    return wrong && wrong_b;
}

/* Find the one mistake, or the one pair, that gives the worker's answers. False if there is none, or several. */
static bool found(const char *about, int names[2])
{
    int n = 0;
    for (int a = 0; a < all.mutants; a++)
        if (gives(a, -1, about)) {
            n++;
            names[0] = a;
            names[1] = -1;
        }
    for (int a = 0; n == 0 && !about && a < all.mutants; a++)
        for (int b = a + 1; b < all.mutants && n < 2; b++)
            if (gives(a, b, about)) {
                n++;
                names[0] = a;
                names[1] = b;
            }
    return n == 1;
}

static bool touches(int k, const char *about)
{
    for (int q = 0; q < all.questions; q++)
        if (k >= 0 && strcmp(row_questions[q].about, about) == 0 && all.affects[k][q]) return true;
    return false;
}

static void say(FILE *out, const char *about, const int names[2])
{
    const bool first = touches(names[0], about), second = touches(names[1], about);
    fprintf(out, "%s\t", about);
    if (first) fputs(mutant_at(names[0])->id, out);
    if (first && second) fputs(" + ", out);
    if (second) fputs(mutant_at(names[1])->id, out);
    if (!first && !second) fputs("unknown", out);
    fputc('\n', out);
}

__attribute__((weak)) void row_diagnose(FILE *out)
{
    int whole[2] = {-1, -1}, own[2];
    ask_all();
    const bool named = found(NULL, whole);
    for (int q = 0; q < all.questions; q++) {
        const char *about = row_questions[q].about;
        bool told = false, answered = true;
        for (int k = 0; k < all.questions; k++) {
            if (strcmp(row_questions[k].about, about) != 0) continue;
            told = told || k < q;
            answered = answered && all.worker[k].good;
        }
        if (told || !answered) continue;
        if (named && (touches(whole[0], about) || touches(whole[1], about)))
            say(out, about, whole);
        else if (found(about, own))
            say(out, about, own);
        else
            fprintf(out, "%s\tunknown\n", about);
    }
}
