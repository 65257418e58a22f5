/* ask.c: asks the questions of an assignment, and tells what came of it. See ask.h. */
#include "ask.h"

#include "guard.h"
#include "say.h"
#include "worker.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* How far an answer may be from the right one, and a mark from a mistake's, relative to the size of the numbers. */
#define TOLERANCE 1e-10
#define NEAR 1e-9

/* One array of the right answer. */
typedef struct piece {
    int name, t, n;
    double *want, *before; /* before: NULL if nothing is there before the call */
} piece;

typedef struct question {
    char *about; /* the function */
    unsigned char *request;
    size_t size;
    int names, pieces;
    char *name[ASK_NAMES];
    piece *piece;
} question;

/* What a known mistake answers to a question. */
typedef struct marks {
    bool wrong; /* otherwise the right answer */
    double mark[ASK_NAMES], size[ASK_NAMES];
} marks;

typedef struct mistake {
    char *id, *en, *ko, *where;
    marks *answer; /* one for each question */
} mistake;

typedef struct row {
    char *en, *ko, *parts;
    int points, question;
} row;

struct asks {
    int level, questions, mistakes, rows;
    question *question;
    mistake *mistake;
    row *row;
};

/* ---- reading ---- */

/* Zeroed memory; a frame that is bad, or a lack of memory, gives NULL and makes the frame bad. */
static void *room(frame *f, int n, size_t each)
{
    void *v = f->bad || n < 0 ? NULL : calloc((size_t) n + 1, each);
    if (!v) f->bad = true;
    return v;
}

static char *text(frame *f)
{
    const int n = frame_next(f);
    char *s = room(f, n, 1);
    int *codes = room(f, n, sizeof *codes);
    if (codes && frame_get_ints(f, codes, n))
        for (int i = 0; i < n; i++) s[i] = (char) codes[i];
    free(codes);
    return s;
}

static double *reals(frame *f, int *n)
{
    *n = frame_next(f);
    double *v = room(f, *n, sizeof *v);
    if (v) frame_get_reals(f, v, *n);
    return v;
}

static void read_question(frame *f, question *q)
{
    int head[3] = {0};
    q->about = text(f);
    frame_get_ints(f, head, 3);
    const int words = frame_next(f);
    q->request = room(f, words, sizeof(int));
    if (q->request) frame_get_ints(f, (int *) (void *) q->request, words);
    if (f->bad || head[0] < 0 || head[0] > 4 * words || head[1] < 0 || head[1] > ASK_NAMES) {
        f->bad = true;
        return;
    }
    q->size = (size_t) head[0];
    q->names = head[1];
    for (int k = 0; k < q->names; k++) q->name[k] = text(f);
    q->piece = room(f, head[2], sizeof *q->piece);
    for (int k = 0; q->piece && k < head[2] && !f->bad; k++) {
        int at[3] = {0}, n;
        piece *p = &q->piece[q->pieces++];
        frame_get_ints(f, at, 3);
        if (at[0] < 0 || at[0] >= q->names) f->bad = true;
        p->name = at[0];
        p->t = at[1];
        p->want = reals(f, &p->n);
        if (at[2]) p->before = reals(f, &n);
        if (at[2] && n != p->n) f->bad = true;
    }
}

static void read_mistake(frame *f, const asks *a, mistake *m)
{
    m->id = text(f);
    m->en = text(f);
    m->ko = text(f);
    m->where = text(f);
    m->answer = room(f, a->questions, sizeof *m->answer);
    for (int q = 0; m->answer && q < a->questions && !f->bad; q++) {
        int wrong = 0;
        frame_get_ints(f, &wrong, 1);
        m->answer[q].wrong = wrong;
        if (!wrong) continue;
        frame_get_reals(f, m->answer[q].mark, a->question[q].names);
        frame_get_reals(f, m->answer[q].size, a->question[q].names);
    }
}

asks *asks_read(const void *bytes, size_t size)
{
    frame f = frame_of(bytes, size);
    int head[5] = {0};
    asks *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    if (!frame_get_ints(&f, head, 5) || head[0] != ASK_MAGIC) f.bad = true;
    a->level = head[1];
    a->question = room(&f, head[2], sizeof *a->question);
    for (int k = 0; k < head[2] && !f.bad; k++) read_question(&f, &a->question[a->questions++]);
    a->mistake = room(&f, head[3], sizeof *a->mistake);
    for (int k = 0; k < head[3] && !f.bad; k++) read_mistake(&f, a, &a->mistake[a->mistakes++]);
    a->row = room(&f, head[4], sizeof *a->row);
    for (int k = 0; k < head[4] && !f.bad; k++) {
        int at[2] = {0};
        row *r = &a->row[a->rows++];
        r->en = text(&f);
        r->ko = text(&f);
        r->parts = text(&f);
        frame_get_ints(&f, at, 2);
        r->points = at[0];
        r->question = at[1];
        if (at[1] < 0 || at[1] >= a->questions) f.bad = true;
    }
    if (frame_ended(&f)) return a;
    asks_free(a);
    return NULL;
}

void asks_free(asks *a)
{
    if (!a) return;
    for (int k = 0; k < a->questions; k++) {
        question *q = &a->question[k];
        for (int i = 0; i < q->pieces; i++) {
            free(q->piece[i].want);
            free(q->piece[i].before);
        }
        for (int i = 0; i < q->names; i++) free(q->name[i]);
        free(q->piece);
        free(q->request);
        free(q->about);
    }
    for (int k = 0; k < a->mistakes; k++) {
        const mistake *m = &a->mistake[k];
        free(m->id);
        free(m->en);
        free(m->ko);
        free(m->where);
        free(m->answer);
    }
    for (int k = 0; k < a->rows; k++) {
        free(a->row[k].en);
        free(a->row[k].ko);
        free(a->row[k].parts);
    }
    free(a->question);
    free(a->mistake);
    free(a->row);
    free(a);
}

int asks_count(const asks *a) { return a->questions; }

/* ---- asking: what worker.h promises to call.c, within this process ---- */

static struct {
    const question *q;
    ask_result *r;
    int said;              /* pieces so far */
    int places[ASK_NAMES]; /* elements of each name so far */
    int cols;              /* of the matrix that is told; 0: it is none */
    jmp_buf gone;          /* back to ask() */
} now;

static _Noreturn void leave(ask_status status)
{
    now.r->status = status;
    longjmp(now.gone, 1);
}

void worker_not_implemented(void) { leave(ASK_NOT_WRITTEN); }

void worker_bad_request(void) { leave(ASK_OTHER_SHAPE); }

mat *worker_mat(frame *request, int rows, int cols)
{
    mat *A = guard_mat(rows, cols, NULL);
    double *v = malloc(((size_t) (rows * cols) + 1) * sizeof *v);
    const bool good = v && frame_get_reals(request, v, rows * cols);
    for (int i = 0; good && i < rows * cols; i++) A->v[i] = (real) v[i];
    free(v);
    if (!good) worker_bad_request();
    return A;
}

int *worker_ints(frame *request, int n)
{
    int *v = guard_bytes((size_t) n * sizeof *v, sizeof *v);
    if (!frame_get_ints(request, v, n)) worker_bad_request();
    return v;
}

/* Compare an array with the right one; the first wrong one of its name is kept. */
static void compare(const piece *p, const real *v, ask_part *part)
{
    double largest = 0;
    bool touched = false, changes = !p->before;
    for (int i = 0; i < p->n; i++) {
        const double before = p->before ? p->before[i] : NAN, x = (double) v[i];
        const double grown = p->want[i] - (p->before ? before : 0);
        if (isfinite(grown)) largest = fmax(largest, fabs(grown));
        touched = touched || !guard_left(x, p->before ? &p->before[i] : NULL);
        changes = changes || (p->want[i] != before && !isnan(p->want[i]));
        part->mark += ask_weight(now.places[p->name]++) * ask_grown(x, before);
    }
    if (part->verdict != ASK_RIGHT) return;
    if (largest == 0) largest = 1;
    for (int i = 0; i < p->n; i++) {
        const double x = (double) v[i],
                     off = isfinite(x) ? fabs(x - p->want[i]) / largest : INFINITY;
        const bool same = x == p->want[i] || (isnan(x) && isnan(p->want[i]));
        if (same || off <= TOLERANCE) continue;
        *part = (ask_part){ASK_WRONG, p->t, i, now.cols, x, p->want[i], part->mark};
        break;
    }
    if (!touched && changes && part->verdict && now.places[p->name] == p->n)
        part->verdict = ASK_LEFT_AS_IT_WAS; /* and no array of this name was right before */
}

void worker_say(frame *answer, const char *name, int t, const real *v, int n, const real *before)
{
    (void) answer, (void) t, (void) before;
    if (now.said >= now.q->pieces) leave(ASK_OTHER_SHAPE);
    const piece *p = &now.q->piece[now.said++];
    if (p->n != n || strcmp(now.q->name[p->name], name) != 0) leave(ASK_OTHER_SHAPE);
    compare(p, v, &now.r->part[p->name]);
}

void worker_say_mat(frame *answer, const char *name, int t, const mat *A)
{
    now.cols = A->cols;
    worker_say(answer, name, t, A->v, mat_size(A), NULL);
    now.cols = 0;
}

void worker_say_grown(frame *answer, const char *name, const mat *A, const mat *before)
{
    now.cols = A->cols;
    worker_say(answer, name, -1, A->v, mat_size(A), before->v);
    now.cols = 0;
}

void worker_say_number(frame *answer, const char *name, int t, double x)
{
    const real v = (real) x;
    worker_say(answer, name, t, &v, 1, NULL);
}

/* Is the pattern still there between all blocks and their forbidden pages? */
static bool intact(void)
{
    size_t size;
    unsigned char *rest = guard_rest(&size);
    bool good = rest;
    for (size_t i = 0; good && i < size; i++) good = rest[i] == GUARD_PATTERN;
    free(rest);
    return good;
}

void ask(const asks *a, int k, ask_call *call, ask_result *r)
{
    *r = (ask_result){.status = ASK_ENDED};
    memset(&now, 0, sizeof now);
    now.q = &a->question[k];
    now.r = r;
    frame request = frame_of(now.q->request, now.q->size), answer = {0};
    int head[2];
    if (setjmp(now.gone)) return;
    if (!frame_get_ints(&request, head, 2)) worker_bad_request();
    do call(&request, &answer);
    while (!frame_ended(&request));
    r->status = !intact()                   ? ASK_PAST_THE_END
                : now.said == now.q->pieces ? ASK_ANSWERED
                                            : ASK_OTHER_SHAPE;
}

/* ---- telling ---- */

static bool right(const question *q, const ask_result *r)
{
    bool good = r->status == ASK_ANSWERED;
    for (int k = 0; k < q->names; k++) good = good && r->part[k].verdict == ASK_RIGHT;
    return good;
}

/* Is this what the mistake answers? */
static bool fits(const asks *a, const mistake *m, int k, const ask_result *r)
{
    const marks *w = &m->answer[k];
    if (!w->wrong) return right(&a->question[k], r);
    bool good = r->status == ASK_ANSWERED;
    for (int i = 0; i < a->question[k].names; i++)
        good = good && fabs(r->part[i].mark - w->mark[i]) <= NEAR * w->size[i];
    return good;
}

/* Do two mistakes (or one twice) explain all answers to the questions about a function (NULL: all)? Where both change
 * the same answer, that is not known. */
static bool explain(const asks *a, const mistake *m, const mistake *n, const ask_result *results,
                    const char *about)
{
    bool by_m = false, by_n = false;
    for (int k = 0; k < a->questions; k++) {
        const bool m_wrong = m->answer[k].wrong, n_wrong = n->answer[k].wrong;
        if (about && strcmp(a->question[k].about, about) != 0) continue;
        if (m != n && m_wrong && n_wrong) return false;
        if (!fits(a, n_wrong ? n : m, k, &results[k])) return false;
        by_m = by_m || m_wrong;
        by_n = by_n || n_wrong;
    }
    return by_m && by_n;
}

/* The one mistake, or the one pair, that explains the answers: how many are stored in names. */
static int named(const asks *a, const ask_result *results, const char *about,
                 const mistake *names[2])
{
    int found = 0;
    for (int m = 0; m < a->mistakes; m++)
        if (explain(a, &a->mistake[m], &a->mistake[m], results, about)) {
            found++;
            names[0] = &a->mistake[m];
        }
    if (found) return found == 1;
    for (int m = 0; m < a->mistakes; m++)
        for (int n = m + 1; n < a->mistakes; n++)
            if (explain(a, &a->mistake[m], &a->mistake[n], results, about)) {
                found++;
                names[0] = &a->mistake[m];
                names[1] = &a->mistake[n];
            }
    return found == 1 ? 2 : 0;
}

/* Name the mistakes that show in the answers to a question; false if none is known. */
static bool tell_mistakes(const asks *a, int k, const ask_result *results, FILE *out)
{
    const mistake *names[2];
    bool told = false;
    int n = named(a, results, NULL, names);
    if (n == 0) n = named(a, results, a->question[k].about, names);
    for (int i = 0; i < n; i++) {
        if (!names[i]->answer[k].wrong) continue;
        fprintf(out,
                say("            Probably: %s. %s\n", "            아마도 이 실수입니다: %s. %s\n"),
                names[i]->id, say(names[i]->en, names[i]->ko));
        if (a->level >= 4 && names[i]->where[0])
            fprintf(out, say("            Read: %s\n", "            읽을 곳: %s\n"),
                    names[i]->where);
        told = true;
    }
    return told;
}

static const char *reason(ask_status status)
{
    switch (status) {
    case ASK_NOT_WRITTEN:
        return say("Not written yet: the function is not there.",
                   "아직 쓰지 않았습니다. 함수가 없습니다.");
    case ASK_PAST_THE_END:
        return say("It wrote past the end of an array.", "배열의 끝을 넘어 썼습니다.");
    case ASK_OTHER_SHAPE:
        return say("The answer has another length than it must have.",
                   "답의 길이가 있어야 할 길이와 다릅니다.");
    case ASK_BAD_MEMORY:
        return say("It crashed: it read or wrote memory that is not its own, such as the element "
                   "after the last one of an array, or what NULL points to.",
                   "멈췄습니다. 제 것이 아닌 메모리를 읽거나 썼습니다. 배열의 마지막 다음 원소나 "
                   "NULL이 가리키는 곳 같은 것입니다.");
    case ASK_BAD_NUMBER:
        return say("It crashed in a computation with integers, such as a division by 0.",
                   "멈췄습니다. 0으로 나누는 것처럼 정수로 할 수 없는 계산을 했습니다.");
    case ASK_BROKEN_CONTRACT:
        return say("It was stopped: what a function of the course requires does not hold.",
                   "멈췄습니다. 책의 함수가 요구하는 것을 지키지 않았습니다.");
    case ASK_TOO_LONG:
        return say("It took too long: does the loop end?",
                   "너무 오래 걸렸습니다. 반복문이 끝나는지 보십시오.");
    default:
        return say("It ended the program instead of returning.",
                   "반환하지 않고 프로그램을 끝냈습니다.");
    }
}

/* The first array of a row that is not right; NULL if all are. */
static const ask_part *first_wrong(const row *w, const question *q, const ask_result *r, int *name)
{
    for (int k = 0; k < q->names; k++) {
        char spaced[64];
        snprintf(spaced, sizeof spaced, " %s ", q->name[k]);
        *name = k;
        if (r->part[k].verdict != ASK_RIGHT && strstr(w->parts, spaced)) return &r->part[k];
    }
    return NULL;
}

static void tell_wrong(const char *name, const ask_part *p, FILE *out)
{
    char at[60] = "", element[60], got[NUM_ROOM], want[NUM_ROOM];
    if (p->t >= 0) snprintf(at, sizeof at, say(" at step %d", ", 시각 %d"), p->t);
    if (p->cols)
        snprintf(element, sizeof element, "[%d,%d]", p->index / p->cols, p->index % p->cols);
    else
        snprintf(element, sizeof element, say("element %d", "%d번 원소"), p->index);
    fprintf(out,
            say("            %s%s, %s: got %s, expected %s.\n",
                "            %s%s, %s: 나온 값 %s, 맞는 값 %s.\n"),
            name, at, element, num_text(got, "%.10g", p->got), num_text(want, "%.10g", p->want));
}

int ask_report(const asks *a, const ask_result *results, FILE *out, int *of)
{
    int points = 0, told = -1;
    bool named_here = false;
    *of = 0;
    for (int k = 0; k < a->rows; k++) {
        const row *w = &a->row[k];
        const ask_result *r = &results[w->question];
        const question *q = &a->question[w->question];
        int name = 0;
        const ask_part *p = r->status == ASK_ANSWERED ? first_wrong(w, q, r, &name) : NULL;
        const bool good = r->status == ASK_ANSWERED && !p;
        const bool unwritten =
            r->status == ASK_NOT_WRITTEN || (p && p->verdict == ASK_LEFT_AS_IT_WAS);
        points += good ? w->points : 0;
        *of += w->points;
        fprintf(out, "  %c %3d/%-3d  %s\n",
                good        ? '+'
                : unwritten ? '.'
                            : '-',
                good ? w->points : 0, w->points, say(w->en, w->ko));
        if (good || a->level == 0) continue;
        if (!p && told != w->question)
            fprintf(out, "            %s\n", reason(r->status));
        else if (p && p->verdict == ASK_WRONG)
            tell_wrong(q->name[name], p, out);
        if (r->said[0] && told != w->question) fprintf(out, "            %s\n", r->said);
        if (!p) told = w->question;
        if (!p) continue;
        /* A mistake, or the reason of a crash, is told once for the rows of a question. */
        if (told != w->question) named_here = tell_mistakes(a, told = w->question, results, out);
        if (p->verdict == ASK_LEFT_AS_IT_WAS)
            fprintf(out,
                    named_here ? say("            %s was left as it was.\n",
                                     "            %s: 처음 그대로입니다.\n")
                               : say("            Not written yet: %s was left as it was.\n",
                                     "            아직 쓰지 않았습니다. %s: 처음 그대로입니다.\n"),
                    q->name[name]);
    }
    return points;
}

const char *ask_verdict_line(const asks *a, const ask_result *results, char *line)
{
    const mistake *names[2];
    int wrong = 0, past = 0, memory = 0, broken = -1;
    for (int k = 0; k < a->questions; k++) {
        wrong += !right(&a->question[k], &results[k]);
        past += results[k].status == ASK_PAST_THE_END;
        memory += results[k].status == ASK_BAD_MEMORY; /* the same, where a sanitizer saw it */
        if (results[k].status == ASK_BROKEN_CONTRACT) broken = k;
    }
    const int found = wrong ? named(a, results, NULL, names) : 0;
    if (wrong == 0)
        snprintf(line, ASK_VERDICT_ROOM, "right");
    else if (past && past + memory == wrong)
        snprintf(line, ASK_VERDICT_ROOM, "broken contract: writes past the end of an array");
    else if (broken >= 0)
        snprintf(line, ASK_VERDICT_ROOM, "broken contract: %s: %.150s", a->question[broken].about,
                 results[broken].said);
    else
        snprintf(line, ASK_VERDICT_ROOM, "%s%s%s%s",
                 found ? "named: " : "not one of the known mistakes", found ? names[0]->id : "",
                 found == 2 ? " + " : "", found == 2 ? names[1]->id : "");
    return line;
}
