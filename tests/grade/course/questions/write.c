/* write.c: writes the questions that go along with a student's folder: what is asked, the right answers, and a mark of
 * each known mistake's answers. No source of an answer is in it. See ask.h.
 *
 * usage: write LEVEL < rows > questions. LEVEL: how much is hinted (manifest.tsv); rows: a line for each row that may
 * be shown, in its order: id, points, English, Korean. */
#include "ask.h"
#include "mutants.h"
#include "reference.h"
#include "rows.h"
#include "worker.h"

#include <string.h>

enum { MOST = 64, NAMES_LEVEL = 3, SEEDS = 16, LARGE = 100000 };

static struct {
    const char *id, *parts;
    row_asker *asker;
} table[MOST];
static int in_table;

static struct {
    row_asker *asker;
    const char *about;
    frame request;
    reference_answer right;
    int names;
    const char *name[ASK_NAMES];
} question[MOST];
static int questions;

void rows_add(const char *row, row_asker *asker, const char *parts)
{
    if (in_table == MOST) abort();
    table[in_table].id = row;
    table[in_table].parts = parts;
    table[in_table++].asker = asker;
}

/* ---- what the grader's rows.c and diagnose.c do for assignments ---- */

static int made = -1;

void mutant_make(int a, int b) { made = b < 0 ? a : -1; }

bool mutant_makes(int k) { return k == made; }

frame row_request(void)
{
    frame f = frame_new();
    frame_put_ints(&f, (const int[]){FRAME_MAGIC, 0}, 2);
    return f;
}

void row_put_randn(frame *f, rng *draws, int n, double scale)
{
    for (double *v = calloc((size_t) n + 1, sizeof *v); v; free(v), v = NULL) {
        for (int i = 0; i < n; i++) v[i] = scale * rng_randn(draws);
        frame_put_reals(f, v, n);
    }
}

void row_put_ids(frame *f, rng *draws, int n, int V)
{
    for (int *v = calloc((size_t) n + 1, sizeof *v); v; free(v), v = NULL) {
        for (int i = 0; i < n; i++) v[i] = (int) (V * rng_uniform(draws));
        frame_put_ints(f, v, n);
    }
}

row_numbers row_numbers_of(frame *request, const int *n, int arrays)
{
    (void) request, (void) n, (void) arrays;
    abort();
}

/* ---- writing ---- */

static void put_text(frame *f, const char *s)
{
    int codes[2000], n = 0;
    for (; s[n]; n++) {
        if (n == 2000) abort();
        codes[n] = (unsigned char) s[n];
    }
    frame_put_ints(f, codes, n);
}

static int name_of(int q, const char *name)
{
    for (int k = 0; k < question[q].names; k++)
        if (strcmp(question[q].name[k], name) == 0) return k;
    if (question[q].names == ASK_NAMES) abort();
    question[q].name[question[q].names] = name;
    return question[q].names++;
}

/* Is this another answer? */
static bool differs(const reference_answer *a, const reference_answer *right)
{
    if (a->parts != right->parts) return true;
    for (int k = 0; k < right->parts; k++) {
        const reference_part *p = &right->part[k], *x = &a->part[k];
        double largest = 0;
        if (x->n != p->n) return true;
        for (int i = 0; i < p->n; i++) {
            const double grown = fabs(p->v[i] - (p->before ? p->before[i] : 0));
            if (isfinite(grown)) largest = fmax(largest, grown);
        }
        for (int i = 0; i < p->n; i++)
            if (!(x->v[i] == p->v[i] || (isnan(x->v[i]) && isnan(p->v[i])) ||
                  fabs(x->v[i] - p->v[i]) <= 1e-10 * largest))
                return true;
    }
    return false;
}

/* How many known mistakes show in the answer to a request. */
static int shown(const frame *request, const reference_answer *right)
{
    static reference_answer answer;
    int n = 0;
    for (int k = 0; mutant_at(k); k++) {
        mutant_make(k, -1);
        reference_ask(request, mutant_call, &answer);
        mutant_make(-1, -1);
        n += differs(&answer, right);
    }
    return n;
}

/* The number of the asker's question: with the random numbers, of a few, that show the most mistakes. */
static int question_of(row_asker *asker)
{
    for (int k = 0; k < questions; k++)
        if (question[k].asker == asker) return k;
    if (questions == MOST) abort();
    static reference_answer right;
    const int q = questions++;
    question[q].asker = asker;
    question[q].about = "";
    for (const row_question *r = row_questions; r->asker; r++)
        if (r->asker == asker) question[q].about = r->about;
    for (unsigned seed = 0, best = 0; seed < SEEDS; seed++) {
        rng draws;
        rng_seed(&draws, 5000u + SEEDS * (unsigned) q + seed);
        frame request = row_request();
        asker(&request, &draws);
        reference_ask(&request, worker_call, &right);
        const unsigned n = 1 + (unsigned) shown(&request, &right);
        if (n > best) {
            best = n;
            question[q].request = request;
            question[q].right = right;
        }
        if (request.size > LARGE) break;
    }
    for (int k = 0; k < question[q].right.parts; k++) name_of(q, question[q].right.part[k].name);
    return q;
}

static void put_question(frame *f, int q)
{
    const reference_answer *a = &question[q].right;
    const frame *r = &question[q].request;
    const size_t words = (r->size + sizeof(int) - 1) / sizeof(int);
    int *packed = calloc(words + 1, sizeof *packed);
    if (!packed) abort();
    memcpy(packed, r->bytes, r->size);
    put_text(f, question[q].about);
    frame_put_ints(f, (const int[]){(int) r->size, question[q].names, a->parts}, 3);
    frame_put_ints(f, packed, (int) words);
    free(packed);
    for (int k = 0; k < question[q].names; k++) put_text(f, question[q].name[k]);
    for (int k = 0; k < a->parts; k++) {
        const reference_part *p = &a->part[k];
        frame_put_ints(f, (const int[]){name_of(q, p->name), p->t, p->before != NULL}, 3);
        frame_put_reals(f, p->v, p->n);
        if (p->before) frame_put_reals(f, p->before, p->n);
    }
}

/* The marks of an answer, and the size of what they sum. */
static void marks_of(int q, const reference_answer *a, double *mark, double *size)
{
    int place[ASK_NAMES] = {0};
    for (int k = 0; k < question[q].names; k++) mark[k] = size[k] = 0;
    for (int k = 0; k < a->parts; k++) {
        const reference_part *p = &a->part[k];
        const int name = name_of(q, p->name);
        for (int i = 0; i < p->n; i++) {
            const double x =
                ask_weight(place[name]++) * ask_grown(p->v[i], p->before ? p->before[i] : NAN);
            mark[name] += x;
            size[name] += fabs(x);
        }
    }
}

static void put_mistake(frame *f, int k)
{
    static reference_answer answer;
    const known_bug *m = mutant_at(k);
    char where[200] = "";
    if (m->lesson && m->lesson[0])
        snprintf(where, sizeof where, "chapters/*-%s/README.md%s%s", m->lesson,
                 m->section && m->section[0] ? "#" : "", m->section ? m->section : "");
    put_text(f, m->id);
    put_text(f, m->en);
    put_text(f, m->ko);
    put_text(f, where);
    for (int q = 0; q < questions; q++) {
        double mark[ASK_NAMES], size[ASK_NAMES];
        mutant_make(k, -1);
        reference_ask(&question[q].request, mutant_call, &answer);
        mutant_make(-1, -1);
        const reference_answer *right = &question[q].right;
        bool same = answer.parts == right->parts;
        for (int i = 0; same && i < answer.parts; i++) same = answer.part[i].n == right->part[i].n;
        const int wrong = differs(&answer, right);
        frame_put_ints(f, &wrong, 1);
        if (!wrong) continue;
        marks_of(q, &answer, mark, size);
        if (!same) mark[0] = NAN; /* no answer of the right shape is this one */
        frame_put_reals(f, mark, question[q].names);
        frame_put_reals(f, size, question[q].names);
    }
}

/* The next of a line's cells; NULL after the last one. */
static char *cell(char **at)
{
    char *from = *at;
    if (!from) return NULL;
    from[strcspn(from, "\n")] = '\0';
    *at = strchr(from, '\t');
    if (*at) *(*at)++ = '\0';
    return from;
}

int main(int argc, char **argv)
{
    static char line[4000];
    frame rows = frame_new(), f = frame_new();
    const int level = argc == 2 ? atoi(argv[1]) : 4;
    int listed = 0, mistakes = 0;
    while (fgets(line, sizeof line, stdin)) {
        char *at = line, *id = cell(&at), *points = cell(&at), *en = cell(&at), *ko = cell(&at);
        int k = 0;
        while (k < in_table && ko && strcmp(strchr(table[k].id, '.') + 1, id) != 0) k++;
        if (!ko || k == in_table) {
            fprintf(stderr, "write: %s: no such row\n", id);
            return 1;
        }
        put_text(&rows, en);
        put_text(&rows, ko);
        put_text(&rows, table[k].parts);
        frame_put_ints(&rows, (const int[]){atoi(points), question_of(table[k].asker)}, 2);
        listed++;
    }
    for (const row_question *r = row_questions; r->asker; r++) question_of(r->asker);
    while (level >= NAMES_LEVEL && mutant_at(mistakes)) mistakes++;
    frame_put_ints(&f, (const int[]){ASK_MAGIC, level, questions, mistakes, listed}, 5);
    for (int q = 0; q < questions; q++) put_question(&f, q);
    for (int k = 0; k < mistakes; k++) put_mistake(&f, k);
    const bool good = !rows.bad && !f.bad && fwrite(f.bytes, 1, f.size, stdout) == f.size &&
                      fwrite(rows.bytes, 1, rows.size, stdout) == rows.size && fflush(stdout) == 0;
    if (!good) fputs("write: the questions cannot be written\n", stderr);
    return good ? 0 : 1;
}
