/* bug-zoo.c: the mistakes of bugs.h, one by one: what the gradient check shows, how training goes, and where the
 * mistake was seen. For `make bug-zoo`. */
#include "args.h"
#include "experiment.h"
#include "rnncheck.h"
#include "runlog.h"
#include "vectors.h"
#include "words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HIDDEN = 20, ROOM = 200, CURVE = 24 };

/* Trains experiment B with the gradients of a mistake. */
typedef struct trainer {
    words *w;
    double *start, *theta, *g, *scratch, *h0;
    int size, passes;
    double learning_rate;
} trainer;

static trainer trainer_new(uint32_t seed, int passes, double learning_rate)
{
    text t;
    error e;
    rng draws;
    if (!text_from(&t, words_two, "words", &e)) exit(say_error("bug-zoo", &e));
    trainer r = {
        .w = need(words_new(&t, HIDDEN)), .passes = passes, .learning_rate = learning_rate};
    text_free(&t);
    const int V = r.w->vocab->size;
    rnn *net = need(rnn_new(HIDDEN, V));
    rng_seed(&draws, seed);
    make_parameters(net, &draws);
    r.size = bugs_size(HIDDEN, V);
    r.start = need(calloc((size_t) r.size, sizeof *r.start));
    r.theta = need(calloc((size_t) r.size, sizeof *r.theta));
    r.g = need(calloc((size_t) r.size, sizeof *r.g));
    r.h0 = need(calloc(HIDDEN, sizeof *r.h0));
    r.scratch = need(calloc((size_t) bugs_scratch(HIDDEN, V, r.w->tr->room), sizeof *r.scratch));
    mats_store(r.start, net->all, 5);
    rnn_free(net);
    return r;
}

static void trainer_free(trainer *r)
{
    words_free(r->w);
    free(r->start);
    free(r->theta);
    free(r->g);
    free(r->scratch);
    free(r->h0);
}

/* losses[k]: the mean loss of a word in pass k; nan from the first pass on where it is not finite. */
static void train(trainer *r, const bugs_switches *s, double *losses)
{
    const words *w = r->w;
    bool finite = true;
    memcpy(r->theta, r->start, (size_t) r->size * sizeof *r->theta);
    for (int pass = 0; pass < r->passes; pass++) {
        double sum = 0;
        for (int i = 0; finite && i < w->count; i++) {
            const int *inputs = w->ix + w->start[i], T = w->start[i + 1] - w->start[i] - 1;
            const bugs_point p = {HIDDEN,     w->vocab->size, T,     inputs,
                                  inputs + 1, r->theta,       r->h0, NULL};
            sum += bugs_gradient(&p, s, r->g, r->scratch);
            for (int k = 0; k < r->size; k++) r->theta[k] -= r->learning_rate * r->g[k];
        }
        finite = finite && isfinite(sum);
        losses[pass] = finite ? sum / w->count : NAN;
    }
}

/* Print the curve as a row of blocks, on a logarithmic scale from 0.001 to 10. */
static void print_curve(const double *losses, int passes)
{
    static const char *const block[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    for (int k = 0; k < CURVE && k < passes; k++) {
        const double loss = losses[passes <= CURVE ? k : k * (passes - 1) / (CURVE - 1)],
                     height = (log10(loss) + 3) / 4 * 8;
        fputs(isnan(loss) ? "!" : block[height < 0 ? 0 : height > 7 ? 7 : (int) height], stdout);
    }
}

/* The shortest length of the probe's sequence at which the mistake changes the gradient; 0: none. */
static int first_wrong_length(const bugs_point *p, const bugs_switches *s)
{
    double right[ROOM], wrong[ROOM], scratch[ROOM * 20];
    for (int T = 1; T <= p->T; T++) {
        bugs_point shorter = *p;
        shorter.T = T;
        bugs_gradient(&shorter, NULL, right, scratch);
        bugs_gradient(&shorter, s, wrong, scratch);
        if (bugs_distance(p->H, p->V, right, wrong) > 1e-6) return T;
    }
    return 0;
}

/* Check at the first probe, and if nothing is found at the one with large gradients, which shows clipping. */
static rnnprobe *check(const bugs *b, const bugs_switches *s, const bugs_point **where,
                       gc_report *report)
{
    static const int order[] = {0, BUGS_NAMING - 1};
    rnnprobe *p = NULL;
    for (int k = 0; k < 2; k++) {
        rnnprobe_free(p);
        *where = bugs_probe(b, order[k]);
        p = need(rnnprobe_at(*where));
        p->check.mistakes = s;
        if (rnncheck_run(&p->check, NULL, report) != GC_OK) return p;
    }
    return p;
}

/* A tensor's finding in short: ok, 0 everywhere, a factor, or how many elements are wrong. */
static const char *in_a_word(char *out, size_t room, const gc_row *row)
{
    if (row->verdict == GC_OK)
        snprintf(out, room, "ok");
    else if (row->verdict != GC_FAIL)
        snprintf(out, room, "%s", gc_word(row->verdict));
    else if (row->ratio == 0)
        snprintf(out, room, "=0");
    else if (!isnan(row->ratio))
        snprintf(out, room, "x%s", NUM("%.3g", row->ratio));
    else
        snprintf(out, room, "%d/%d", row->failed, row->checked);
    return out;
}

static void show(const bugs *b, int k, const double *losses, int passes, bool table)
{
    const known_bug *known = &buglist[k];
    const bugs_point *where;
    bugs_switches s = {{0}};
    gc_report report;
    char word[24];
    s.on[k] = 1;
    rnnprobe *p = check(b, &s, &where, &report);
    printf("%-22s", known->id);
    for (int i = 0; i < 5; i++)
        printf("  %s %-6s", rnn_name[i], in_a_word(word, sizeof word, &report.row[i]));
    printf(say("  from T = %d\n", "  T = %d부터\n"), first_wrong_length(where, &s));
    printf("    %s\n", say(known->en, known->ko));
    if (known->seen_en)
        printf(say("    seen: %s\n", "    본 곳: %s\n"), say(known->seen_en, known->seen_ko));
    fputs("    ", stdout);
    print_curve(losses, passes);
    printf(say("  loss %s after %d passes\n", "  손실 %s(%d번 훑은 뒤)\n"),
           NUM("%.4f", losses[passes - 1]), passes);
    if (table) {
        gc_tensor tensor[5];
        const gc_problem problem = rnncheck_problem(&p->check, tensor);
        printf(say("\nH = %d, V = %d, T = %d (analytic = the wrong one):\n",
                   "\nH = %d, V = %d, T = %d (analytic = 틀린 역전파):\n"),
               where->H, where->V, where->T);
        gc_print(stdout, &problem, &report);
    }
    rnnprobe_free(p);
}

static void write_log(FILE *log, double *const *losses, int runs, int passes)
{
    char names[BUGS * 40] = "right";
    size_t length = strlen(names);
    for (int k = 0; log && k < runs - 1; k++)
        length += (size_t) snprintf(names + length, sizeof names - length, "\t%s", buglist[k].id);
    experiment_table(log, names, losses, runs, passes);
}

int main(int argc, char **argv)
{
    uint32_t seed = 0;
    int passes = 200;
    double learning_rate = 0.1;
    const char *log_path = NULL, *only = NULL;
    error e;
    runlog log;
    const args_option options[] = {
        {"bug", ARGS_TEXT, &only, 0, 0, "only this one, with its whole table",
         "이것 하나만, 표 전체와 함께"},
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the weights", "가중치의 시드"},
        {"passes", ARGS_INT, &passes, 1, 100000, "passes over the words", "단어들을 훑는 횟수"},
        {"learning-rate", ARGS_REAL, &learning_rate, 0, 1000, "learning rate of gradient descent",
         "경사 하강법의 학습률"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of the losses", "손실을 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {
        "bug-zoo", "", 0, "The known mistakes of a backward pass.", "역전파에서 알려진 실수들.",
        options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    const int chosen = only ? buglist_find(only) : -1;
    if (only && chosen < 0) {
        error_set(&e,
                  say("--bug %s: no such mistake; without --bug all are shown",
                      "--bug %s: 그런 실수는 없습니다. --bug 없이 부르면 모두 보입니다"),
                  only);
        say_error(a.program, &e);
        return 2;
    }
    if (!runlog_table(&log, log_path, &e)) return say_error(a.program, &e);

    bugs *b = need(bugs_new());
    trainer r = trainer_new(seed, passes, learning_rate);
    double *losses[BUGS + 1];
    for (int k = 0; k <= BUGS; k++) losses[k] = need(calloc((size_t) passes, sizeof **losses));
    train(&r, NULL, losses[0]);
    puts(say(
        "What the check sees of each tensor (wrong elements; =0: nothing is added; x: a factor on "
        "all),\n"
        "from which length T on the mistake shows, and the loss of experiment B trained with it:",
        "텐서마다 검사가 본 것(틀린 원소 수, =0: 더해진 것이 없음, x: 전체에 곱해진 수),\n"
        "실수가 드러나는 길이 T, 그 기울기로 학습한 실험 B의 손실:"));
    printf("\n%-22s\n    ", say("right", "올바름"));
    print_curve(losses[0], passes);
    printf(say("  loss %s after %d passes (without memory: %s)\n\n",
               "  손실 %s(%d번 훑은 뒤, 기억 없이는 %s)\n\n"),
           NUM("%.4f", losses[0][passes - 1]), passes, NUM("%.4f", experiment_floor()));
    int learnt = 0;
    for (int k = 0; k < BUGS; k++) {
        bugs_switches s = {{0}};
        s.on[k] = 1;
        if (only && k != chosen) continue;
        train(&r, &s, losses[k + 1]);
        show(b, k, losses[k + 1], passes, only);
        learnt += losses[k + 1][passes - 1] < experiment_floor();
    }
    if (!only)
        printf(say("\n%d of %d train below what is possible without memory: a curve that falls "
                   "proves nothing.\n",
                   "\n기억 없이 이를 수 있는 손실보다 낮아진 것: %d개(%d개 가운데). 내려가는 "
                   "곡선은 아무것도 증명하지 않습니다.\n"),
               learnt, BUGS);
    write_log(log.stream, losses, BUGS + 1, passes);
    for (int k = 0; k <= BUGS; k++) free(losses[k]);
    trainer_free(&r);
    bugs_free(b);
    if (!runlog_close(&log, &e)) return say_error(a.program, &e);
    return say_done(a.program, EXIT_SUCCESS);
}
