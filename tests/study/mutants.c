/* mutants.c: what check-gradients says of random mutants of our backward passes (mutants.py), and which checks catch them.
 * usage: mutants [--list]     (--list: a line for each mutant)
 *
 * Rules. A name is right only if the mutant's gradients are those of the mistakes named on 100 networks that were not
 * used to name it. A verdict leads to the fix if what it says mentions what the changed line computes (dWhh, dh, ...; for
 * the loop over time: the loop, or a step), or if it tells that the program broke down (with the line, under ASan).
 * The exit status is 1 if a name is wrong, or `right` is said of a wrong gradient. */
#define _DEFAULT_SOURCE

#include "bugs.h"
#include "contract.h"
#include "mutants.h"
#include "say.h"
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include "studies.h"
#pragma GCC diagnostic pop
#include "vectors.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    NETWORKS = 100,
    MOST_SIZE = 200,
    SECONDS = 2,
    POINTS = 2,
    COUNT = sizeof mutants / sizeof *mutants
};

/* What the child finds out, in memory shared with the parent. */
typedef struct found {
    double g[BUGS_PROBES][MOST_SIZE]; /* at the probes */
    double at[POINTS]
             [MOST_SIZE]; /* at the points of the table: a usual one, and the start of training */
    char breach[CONTRACT_ROOM];
    double elsewhere;  /* the largest distance from the right gradient at the other shapes */
    double from_right; /* the largest distance on the networks */
    double from_named; /* of the variant of the mistakes named that fits best */
    bool done;
} found;

/* A random network with a sequence whose ids have neighbours. */
typedef struct network {
    double theta[MOST_SIZE], hprev[10];
    int inputs[14], targets[14];
    bugs_point point;
} network;

static void draw_network(network *w, uint32_t seed)
{
    rng draws;
    rng_seed(&draws, 1000 + seed);
    const int V = 2 + (int) (rng_uniform(&draws) * 5), H = V + 1 + (int) (rng_uniform(&draws) * 2),
              T = 1 + (int) (rng_uniform(&draws) * 12);
    for (int i = 0; i < bugs_size(H, V); i++) w->theta[i] = 0.9 * rng_randn(&draws);
    for (int i = 0; i < H; i++) w->hprev[i] = 2 * rng_uniform(&draws) - 1;
    for (int t = 0; t < T + 2; t++) {
        w->inputs[t] = (int) (rng_uniform(&draws) * V);
        w->targets[t] = (int) (rng_uniform(&draws) * V);
    }
    w->point = (bugs_point){H, V, T, w->inputs + 1, w->targets + 1, w->theta, w->hprev, NULL};
}

/* Do this in a child, which may crash or not end. Returns whether it came to its end. */
static bool in_child(void (*what)(int k, const bugs_finding *f, found *r), int k,
                     const bugs_finding *f, found *r)
{
    int status;
    r->done = false;
    const pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr)) _exit(1);
        setrlimit(RLIMIT_CPU, &(struct rlimit){SECONDS, SECONDS});
        what(k, f, r);
        r->done = true;
        _exit(0);
    }
    waitpid(child, &status, 0);
    return r->done;
}

static const bugs *library;
static subject *points[POINTS];

static void compute(int k, const bugs_finding *f, found *r)
{
    static const int probes[] = {0, BUGS_ONE_STEP, BUGS_DISTINCT};
    double loss;
    (void) f;
    for (int probe = 0; probe < BUGS_PROBES; probe++)
        contract_at(mutants[k].pass, bugs_probe(library, probe), r->g[probe], &loss);
    for (int i = 0; i < POINTS; i++)
        contract_at(mutants[k].pass, &points[i]->point, r->at[i], &loss);
    r->breach[0] = '\0';
    for (int i = 0; i < 3 && !r->breach[0]; i++)
        contract_breach(mutants[k].pass, bugs_probe(library, probes[i]), r->breach);
    r->elsewhere = INFINITY;
    r->done = true; /* if it breaks down only now, its gradients are judged all the same */
    double worst = 0, d;
    for (int i = 0; i < contract_shapes(); i++)
        if (contract_elsewhere(mutants[k].pass, i, &d)) worst = fmax(worst, d);
    r->elsewhere = worst;
}

/* Hold the gradients on the networks against the right ones, and those of the mistakes that were named. */
static void hold_against(int k, const bugs_finding *f, found *r)
{
    enum { MOST_VARIANTS = 16 };
    double g[MOST_SIZE], other[MOST_SIZE], scratch[2000], loss, worst[MOST_VARIANTS] = {0};
    const bool named = f->kind == BUGS_NAMED;
    const int first = named ? buglist[f->bug[0]].variants : 0,
              second = named && f->bug[1] >= 0 ? buglist[f->bug[1]].variants : 1;
    r->from_right = 0;
    for (uint32_t seed = 0; seed < NETWORKS; seed++) {
        network w;
        draw_network(&w, seed);
        const bugs_point *p = &w.point;
        contract_at(mutants[k].pass, p, g, &loss);
        bugs_gradient(p, NULL, other, scratch);
        r->from_right = fmax(r->from_right, bugs_distance(p->H, p->V, g, other));
        for (int v = 0; v < first * second; v++) {
            bugs_switches s = {{0}};
            s.on[f->bug[0]] = (unsigned char) (1 + v % first);
            if (f->bug[1] >= 0) s.on[f->bug[1]] = (unsigned char) (1 + v / first);
            bugs_gradient(p, &s, other, scratch);
            worst[v] = fmax(worst[v], bugs_distance(p->H, p->V, g, other));
        }
    }
    r->from_named = INFINITY;
    for (int v = 0; v < first * second; v++) r->from_named = fmin(r->from_named, worst[v]);
}

/* ---- the table of checks ---- */

enum { NOTHING };
typedef enum checks { OURS, STRICT, LAX, TORCH, CHECKS } checks;
static const char *const check_name[CHECKS] = {"ours", "1e-7", "1e-2", "torch"};

static gc_problem problem_at(subject *s, const double *g);

/* Does this check call the gradient wrong? */
static bool accuses(checks how, subject *s, const double *g)
{
    const gc_problem p = problem_at(s, g);
    if (how == OURS) {
        gc_report report;
        const gc_verdict v = gc_check(&p, NULL, &report);
        return v == GC_FAIL || v == GC_NOT_FINITE;
    }
    for (int k = 0, at = 0; k < 5; k++)
        for (int i = 0; i < mat_size(s->tensor[k].value); i++, at++) {
            const double a = g[at], n = gc_central(&p, k, i, how == TORCH ? 1e-6 : 1e-5),
                         miss = fabs(a - n);
            const double allowed = how == TORCH
                                       ? 1e-5 + 1e-3 * fabs(n)
                                       : (how == STRICT ? 1e-7 : 1e-2) * fmax(fabs(a), fabs(n));
            if (!(miss <= allowed)) return true;
        }
    return false;
}

/* The model of a problem whose gradient was computed before. */
static struct {
    subject *s;
    const double *g;
} given;

static double given_loss(void *model)
{
    const rnncheck *c = model;
    return rnn_forward(c->net, c->inputs, c->targets, c->hprev, c->tr);
}

static double given_grad(void *model)
{
    const rnncheck *c = model;
    mats_load(c->d->all, 5, given.g);
    return given_loss(model);
}

static gc_problem problem_at(subject *s, const double *g)
{
    gc_problem p = subject_problem(s);
    given.s = s;
    given.g = g;
    p.loss = given_loss;
    p.grad = given_grad;
    return p;
}

static const char *const point_name[POINTS] = {"weights of 0.5", "start, weights of 0.01"};

static subject *point_of(int i, uint32_t seed) { return subject_new(5, 4, 6, 0.5, seed, i == 1); }

static void print_table(int caught[POINTS][CHECKS], const int wrong[POINTS])
{
    printf("\n%-24s %8s", "caught, of the wrong", "wrong");
    for (int how = 0; how < CHECKS; how++) printf(" %9s", check_name[how]);
    putchar('\n');
    for (int i = 0; i < POINTS; i++) {
        printf("%-24s %8d", point_name[i], wrong[i]);
        for (int how = 0; how < CHECKS; how++) printf(" %9d", caught[i][how]);
        putchar('\n');
    }
    printf("%-24s %8s\n", "accused, of the right", "right");
    for (int i = 0; i < POINTS; i++) {
        int accused[CHECKS] = {0};
        for (uint32_t seed = 0; seed < NETWORKS; seed++) {
            subject *s = point_of(i, seed);
            subject_gradient(s);
            for (int how = 0; how < CHECKS; how++) accused[how] += accuses((checks) how, s, s->g);
            subject_free(s);
        }
        printf("%-24s %8d", point_name[i], NETWORKS);
        for (int how = 0; how < CHECKS; how++) printf(" %9d", accused[how]);
        putchar('\n');
    }
    puts("ours: differences with error bars; 1e-7 and 1e-2: h = 1e-5, the relative error that is "
         "allowed;\n"
         "torch: the rule of torch.autograd.gradcheck, h = 1e-6, atol = 1e-5, rtol = 1e-3");
}

/* ---- the verdicts ---- */

static bool mentions(const char *text, const char *what)
{
    if (strcmp(what, "loop") == 0)
        return strstr(text, "loop") || strstr(text, "step") || strstr(text, "t =");
    char of_d[20];
    snprintf(of_d, sizeof of_d, "d->%s", what + (what[0] == 'd'));
    return what[0] && (strstr(text, what) || strstr(text, of_d));
}

static void explain(const bugs_finding *f, const char *breach, char *text, size_t room)
{
    FILE *file = need(tmpfile());
    bugs_explain(file, f);
    fprintf(file, "%s\n", breach);
    rewind(file);
    text[fread(text, 1, room - 1, file)] = '\0';
    fclose(file);
}

int main(int argc, char **argv)
{
    const bool list = argc > 1 && strcmp(argv[1], "--list") == 0;
    static char text[1 << 14];
    bugs *b = need(bugs_new());
    found *r = mmap(NULL, sizeof *r, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int crashed = 0, same = 0, right = 0, broken = 0, named = 0, wrong_names = 0, described = 0,
        leads = 0, false_right = 0, caught[POINTS][CHECKS] = {{0}}, wrong[POINTS] = {0};
    if (r == MAP_FAILED) return 1;
    library = b;
    for (int i = 0; i < POINTS; i++) points[i] = point_of(i, 1);
    for (int k = 0; k < COUNT; k++) {
        bugs_finding f = {.kind = BUGS_UNKNOWN};
        char name[BUGS_ROOM];
        const double *grad[BUGS_PROBES];
        if (!in_child(compute, k, &f, r)) {
            crashed++;
            leads++;
            if (list) printf("crash\t%s\n", mutants[k].what);
            continue;
        }
        for (int probe = 0; probe < BUGS_PROBES; probe++) grad[probe] = r->g[probe];
        bugs_diagnose(b, grad, &f);
        if (f.kind == BUGS_RIGHT && !(r->elsewhere <= 1e-8)) f.kind = BUGS_UNKNOWN;
        if (!in_child(hold_against, k, &f, r)) r->from_right = r->from_named = INFINITY;
        const bool is_right = r->from_right <= 1e-9, keeps = !r->breach[0];
        explain(&f, r->breach, text, sizeof text);
        const bool told = mentions(text, mutants[k].touches) || !mutants[k].touches[0];
        const char *verdict = bugs_name(name, &f);
        if (is_right && keeps && r->elsewhere <= 1e-8) same++; /* no mutant at all */
        if (f.kind == BUGS_RIGHT && keeps) {
            right++;
            false_right += !is_right;
        } else if (f.kind == BUGS_RIGHT) {
            broken++;
            verdict = r->breach;
        } else if (f.kind == BUGS_NAMED) {
            named++;
            wrong_names += !(r->from_named <= 1e-9);
            if (!(r->from_named <= 1e-9)) printf("WRONG NAME: ");
        } else
            described++;
        if (f.kind != BUGS_RIGHT || !keeps) leads += told;
        if (list)
            printf("%s\t%s\t%s\t%s\n", verdict, told ? "leads" : "leads not", mutants[k].touches,
                   mutants[k].what);
        else if (f.kind == BUGS_NAMED && !(r->from_named <= 1e-9))
            printf("%s: %s\n", verdict, mutants[k].what);
        for (int i = 0; i < POINTS; i++) {
            double *good = points[i]->g;
            const bugs_point *p = &points[i]->point;
            subject_gradient(points[i]);
            const double apart = bugs_distance(p->H, p->V, good, r->at[i]);
            if (!(apart > 1e-8)) continue;
            wrong[i]++;
            for (int how = 0; how < CHECKS; how++)
                caught[i][how] += accuses((checks) how, points[i], r->at[i]);
        }
    }
    const int judged = COUNT - same;
    printf("mutants: %d that compile; %d change nothing and are called right\n", COUNT, same);
    printf(
        "verdicts on the other %d: %d break down, %d named, %d described, %d broken contract, %d "
        "right\n",
        judged, crashed, named, described, broken, right - same);
    printf("names: %d of %d wrong on %d other networks (bar 0)%s\n", wrong_names, named, NETWORKS,
           wrong_names ? "   MISSED" : "   ok");
    printf("right: %d of %d wrong on them (bar 0)%s\n", false_right, right,
           false_right ? "   MISSED" : "   ok");
    printf("leads to the fix: %d of %d, %d %%\n", leads, judged, 100 * leads / judged);
    print_table(caught, wrong);
    for (int i = 0; i < POINTS; i++) subject_free(points[i]);
    bugs_free(b);
    return wrong_names || false_right;
}
