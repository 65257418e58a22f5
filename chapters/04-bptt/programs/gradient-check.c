/* gradient-check.c: how far can a gradient check be trusted? Six short experiments, on correct code and on the
 * mistakes of bugs.h. For `make gradient-check`. */
#include "args.h"
#include "rnncheck.h"
#include "runlog.h"

#include <math.h>
#include <stdlib.h>

static const bugs_switches RIGHT = {{0}};

/* A network at the start of training (weights 0.01 randn; biases, hprev 0), or at a generic point. */
static rnnprobe *network(int H, int V, int T, bool start, uint32_t seed)
{
    rnnprobe *p = need(rnnprobe_new(H, V, T, start ? 0.01 : 1 / sqrt(H), seed));
    if (start) {
        mat_zero(p->check.net->bh);
        mat_zero(p->check.net->by);
        mat_zero(p->hprev);
    }
    return p;
}

static const char *where(bool start)
{
    return start ? say("at the start (0.01)", "출발점(0.01)")
                 : say("at a generic point", "일반적인 점");
}

/* ---- 1: the classic check on correct code ---- */

typedef struct classic {
    int compared, above_7, above_5, nans;
    double worst;
} classic;

/* Ten random elements of each tensor, h = 1e-5, |a - n| / |a + n|. */
static classic run_classic(rnnprobe *p, uint32_t seed)
{
    classic c = {0};
    rng draws;
    gc_tensor tensor[5];
    const gc_problem problem = rnncheck_problem(&p->check, tensor);
    problem.grad(problem.model);
    rng_seed(&draws, seed);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < 10; i++) {
            const int at = (int) (rng_uniform(&draws) * mat_size(tensor[k].value));
            const double a = tensor[k].grad->v[at], n = gc_central(&problem, k, at, 1e-5),
                         miss = fabs(a - n) / fabs(a + n);
            c.compared++;
            c.nans += isnan(miss);
            c.above_7 += miss > 1e-7;
            c.above_5 += miss > 1e-5;
            if (miss > c.worst) c.worst = miss;
        }
    return c;
}

static void show_classic(uint32_t seed)
{
    enum { RUNS = 10 };
    puts(say(
        "1. The classic check: ten random elements of each tensor, h = 1e-5, |a-n|/|a+n|; 1e-7 or\n"
        "   less is said to be right. On correct code, H = 100, V = 65, T = 25, 10 networks:",
        "1. 고전적인 검사: 텐서마다 무작위 원소 열 개, h = 1e-5, |a-n|/|a+n|가 1e-7 이하면 맞다고 "
        "합니다.\n"
        "   맞는 코드에 H = 100, V = 65, T = 25로, 신경망 10개에서:"));
    for (int start = 1; start >= 0; start--) {
        int runs_7 = 0, runs_5 = 0, nans = 0;
        double worst = 0;
        for (uint32_t k = 0; k < RUNS; k++) {
            rnnprobe *p = network(100, 65, 25, start, seed + k);
            const classic c = run_classic(p, seed + k);
            runs_7 += c.above_7 > 0;
            runs_5 += c.above_5 > 0;
            nans += c.nans;
            worst = fmax(worst, c.worst);
            rnnprobe_free(p);
        }
        printf(say("   %s: above 1e-7 in %d of %d runs, above 1e-5 in %d, worst %s; nan (0/0): %s "
                   "a run\n",
                   "   %s: 1e-7을 넘은 실험 %d/%d, 1e-5를 넘은 실험 %d, 최악 %s, nan(0/0)은 한 "
                   "번에 %s개\n"),
               where(start), runs_7, RUNS, runs_5, NUM("%.0e", worst),
               NUM("%.1f", (double) nans / (double) RUNS));
    }
    puts(say("   The nan are columns of Wxh whose character does not occur: 0 on both sides.",
             "   nan은 나오지 않은 문자의 Wxh 열입니다. 양쪽 다 0입니다."));
}

/* ---- 2: mistakes that pass ---- */

/* Does the mistake pass this check? */
static bool passes_classic(rnnprobe *p, uint32_t seed, double threshold)
{
    return !(run_classic(p, seed).worst > threshold);
}

static bool passes_ladder(rnnprobe *p)
{
    gc_report r;
    const gc_verdict v = rnncheck_run(&p->check, NULL, &r);
    return v < GC_FAIL;
}

static void show_mistakes(uint32_t seed)
{
    printf(say("\n2. How many of %d wrong backward passes get through (H = 8, V = 7, T = 9)?\n",
               "\n2. 틀린 역전파 %d가지 가운데 몇 개가 빠져나갈까요? (H = 8, V = 7, T = 9)\n"),
           BUGS);
    for (int start = 1; start >= 0; start--) {
        int loose = 0, strict = 0, ladder = 0, length = 0;
        char through[BUGS * 40] = "";
        rnnprobe *p = network(8, 7, 9, start, seed);
        p->check.mistakes = &RIGHT;
        const bool right_loose = passes_classic(p, seed, 1e-2),
                   right_strict = passes_classic(p, seed, 1e-7), right_ladder = passes_ladder(p);
        for (int k = 0; k < BUGS; k++) {
            bugs_switches s = RIGHT;
            s.on[k] = 1;
            p->check.mistakes = &s;
            loose += passes_classic(p, seed, 1e-2);
            strict += passes_classic(p, seed, 1e-7);
            if (!passes_ladder(p)) continue;
            length +=
                snprintf(through + length, sizeof through - (size_t) length, " %s", buglist[k].id);
            ladder++;
        }
        const char *yes = say("passes", "통과"), *no = say("is accused", "누명");
        printf("   %s:\n", where(start));
        printf(say("     classic, 1e-2:  %2d get through; correct code %s\n",
                   "     고전, 1e-2:  %2d개 통과, 맞는 코드는 %s\n"),
               loose, right_loose ? yes : no);
        printf(say("     classic, 1e-7:  %2d get through; correct code %s\n",
                   "     고전, 1e-7:  %2d개 통과, 맞는 코드는 %s\n"),
               strict, right_strict ? yes : no);
        printf(say("     ladder:         %2d get through; correct code %s\n       (they change "
                   "nothing there:%s)\n",
                   "     사다리:      %2d개 통과, 맞는 코드는 %s\n       (거기서는 아무것도 바꾸지 "
                   "않는 것들:%s)\n"),
               ladder, right_ladder ? yes : no, through);
        rnnprobe_free(p);
    }
    puts(say("   With h[-1] = 0 nothing tells whether h[-1] was used: where one checks matters "
             "more than how.",
             "   h[-1]이 0이면 h[-1]을 썼는지 알 길이 없습니다. 어떻게보다 어디서 검사하는지가 "
             "중요합니다."));
}

/* ---- 3: the step ---- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

/* Difference rules; their errors are the median over dWhh of |n - a|, divided by the largest |a| of dWhh. */
enum { FORWARD, CENTRAL, TWO_LEVELS, RULES };

static void step_errors(rnnprobe *p, double h, double errors[RULES])
{
    enum { WHH = 1, MOST = 400 };
    static double miss[RULES][MOST];
    gc_tensor tensor[5];
    const gc_problem problem = rnncheck_problem(&p->check, tensor);
    const double L = problem.grad(problem.model);
    const mat *a = tensor[WHH].grad;
    mat *x = tensor[WHH].value;
    double largest = 0;
    int n = mat_size(a) < MOST ? mat_size(a) : MOST;
    for (int i = 0; i < n; i++) {
        const double ai = a->v[i], one = gc_central(&problem, WHH, i, h),
                     half = gc_central(&problem, WHH, i, h / 2);
        const real keep = x->v[i];
        x->v[i] = (real) (keep + h);
        const double step = (double) x->v[i] - keep;
        miss[FORWARD][i] = fabs((problem.loss(problem.model) - L) / step - ai);
        x->v[i] = keep;
        miss[CENTRAL][i] = fabs(one - ai);
        miss[TWO_LEVELS][i] = fabs((4 * half - one) / 3 - ai);
        largest = fmax(largest, fabs(ai));
    }
    for (int k = 0; k < RULES; k++) {
        qsort(miss[k], (size_t) n, sizeof miss[k][0], by_size);
        errors[k] = miss[k][n / 2] / largest;
    }
}

static void show_steps(uint32_t seed, FILE *log)
{
    puts(say("\n3. The step h: too wide, and the curve bends; too narrow, and the loss has no "
             "digits left.\n"
             "   Median error over dWhh, as a part of its largest (H = 16, V = 12, T = 12, generic "
             "point):",
             "\n3. 간격 h: 넓으면 곡선이 휘고, 좁으면 손실의 자릿수가 모자랍니다.\n"
             "   dWhh 전체의 오차 중앙값, 가장 큰 값에 견준 비율(H = 16, V = 12, T = 12, 일반적인 "
             "점):"));
    printf("   %7s  %9s  %9s  %9s\n", "h", say("forward", "전진"), say("central", "중앙"),
           say("Richardson", "리처드슨"));
    if (log) fputs("h\tforward\tcentral\trichardson\tstart_central\n", log);
    rnnprobe *p = network(16, 12, 12, false, seed), *s = network(16, 12, 12, true, seed);
    /* Four steps per decade, written out because pow() differs from machine to machine. */
    double next[4] = {1, 0.562341325190349, 0.316227766016838, 0.177827941003892};
    for (int k = 0; k <= 48; k++) {
        double errors[RULES], start[RULES];
        const double h = next[k % 4];
        next[k % 4] /= 10;
        step_errors(p, h, errors);
        if (k % 4 == 0)
            printf("   %7s  %9s  %9s  %9s\n", NUM("%.0e", h), NUM("%.0e", errors[FORWARD]),
                   NUM("%.0e", errors[CENTRAL]), NUM("%.0e", errors[TWO_LEVELS]));
        if (!log) continue;
        step_errors(s, h, start);
        fprintf(log, "%.6e\t%.6e\t%.6e\t%.6e\t%.6e\n", h, errors[FORWARD], errors[CENTRAL],
                errors[TWO_LEVELS], start[CENTRAL]);
    }
    rnnprobe_free(p);
    rnnprobe_free(s);
}

/* ---- 4: central and ladder ---- */

static void show_methods(uint32_t seed)
{
    puts(say("\n4. All 668 elements: the worst error, as a part of its tensor's largest, and the "
             "error bar:",
             "\n4. 원소 668개 전부: 최악의 오차(텐서의 가장 큰 값에 견준 비율)와 오차 막대:"));
    for (int start = 1; start >= 0; start--) {
        rnnprobe *p = network(16, 12, 12, start, seed);
        gc_tensor tensor[5];
        const gc_problem problem = rnncheck_problem(&p->check, tensor);
        double noise, central = 0, ladder = 0, bar = 0;
        if (!gc_noise(&problem, seed, &noise)) need(NULL);
        problem.grad(problem.model);
        for (int k = 0; k < 5; k++) {
            double worst[3] = {0}, largest = 0;
            for (int i = 0; i < mat_size(tensor[k].value); i++) {
                const double a = tensor[k].grad->v[i];
                const gc_number n = gc_derivative(&problem, k, i, noise);
                largest = fmax(largest, fabs(a));
                worst[0] = fmax(worst[0], fabs(gc_central(&problem, k, i, 1e-5) - a));
                worst[1] = fmax(worst[1], fabs(n.n - a));
                worst[2] = fmax(worst[2], n.bar);
            }
            central = fmax(central, worst[0] / largest);
            ladder = fmax(ladder, worst[1] / largest);
            bar = fmax(bar, worst[2] / largest);
        }
        printf(say("   %s: central 1e-5 %s; ladder %s, its bars up to %s\n",
                   "   %s: 중앙 차분 1e-5 %s, 사다리 %s, 그 막대는 %s 이하\n"),
               where(start), NUM("%.0e", central), NUM("%.0e", ladder), NUM("%.0e", bar));
        rnnprobe_free(p);
    }
}

/* ---- 5: the third verdict ---- */

static void show_third(uint32_t seed)
{
    puts(say("\n5. Neither right nor wrong: one step from h[-1] = 0 tells nothing of Whh (analytic "
             "= yours),",
             "\n5. 맞지도 틀리지도 않음: h[-1] = 0에서 한 시각만 가면 Whh에 대해 알 수 "
             "없고(analytic = 우리 코드),"));
    rnnprobe *p = need(rnnprobe_new(5, 7, 1, 0.5, seed));
    mat_zero(p->hprev);
    rnncheck_print(&p->check, NULL, stdout);
    rnnprobe_free(p);
    puts(say("   and with weights about 0.7, H = 20 and T = 50 the network is chaotic: the loss "
             "itself is not "
             "known so well.",
             "   가중치가 0.7쯤이고 H = 20, T = 50이면 신경망이 혼돈이라 손실부터 그만큼 정확하지 "
             "않습니다."));
    p = need(rnnprobe_new(20, 7, 50, 0.7, seed));
    rnncheck_print(&p->check, NULL, stdout);
    rnnprobe_free(p);
}

/* ---- 6: Taylor ---- */

static void show_taylor(uint32_t seed)
{
    enum { STEPS = 6 };
    static const int mistakes[] = {-1, NO_DHNEXT, TANH_TWICE, DIVIDED_BY_T};
    double h[STEPS], rest[STEPS], slope;
    puts(say("\n6. Without any tolerance: how |L(θ + h u) - L(θ) - h g·u| falls when h is halved. "
             "By 4 (slope 2)\n"
             "   where g is the gradient, by 2 (slope 1) where it is not:",
             "\n6. 허용 오차 없이: h를 반으로 줄일 때 |L(θ + h u) - L(θ) - h g·u|가 줄어드는 모습. "
             "g가 기울기면\n"
             "   1/4로(지수 2), 아니면 1/2로(지수 1) 줍니다."));
    for (int k = 0; k < STEPS; k++) h[k] = 0.04 / (1 << k);
    for (size_t m = 0; m < sizeof mistakes / sizeof *mistakes; m++) {
        rnnprobe *p = network(16, 12, 12, false, seed);
        gc_tensor tensor[5];
        bugs_switches s = RIGHT;
        if (mistakes[m] >= 0) s.on[mistakes[m]] = 1;
        p->check.mistakes = &s;
        const gc_problem problem = rnncheck_problem(&p->check, tensor);
        if (!gc_taylor(&problem, seed, STEPS, h, rest, &slope)) need(NULL);
        printf("   %-13s", mistakes[m] < 0 ? say("right", "올바름") : buglist[mistakes[m]].id);
        for (int k = 0; k < STEPS; k++) printf("  %s", NUM("%.1e", rest[k]));
        printf(say("  slope %s\n", "  지수 %s\n"), NUM("%.2f", slope));
        rnnprobe_free(p);
    }
}

int main(int argc, char **argv)
{
    uint32_t seed = 0;
    const char *log_path = NULL;
    error e;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the networks", "신경망의 시드"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of the errors by step",
         "간격마다의 오차를 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {"gradient-check",
                    "",
                    0,
                    "Interlude: how far a gradient check can be trusted.",
                    "막간: 기울기 검사를 어디까지 믿을 수 있는가.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    runlog log;
    if (!runlog_table(&log, log_path, &e)) return say_error(a.program, &e);
    show_classic(seed);
    show_mistakes(seed);
    show_steps(seed, log.stream);
    show_methods(seed);
    show_third(seed);
    show_taylor(seed);
    if (!runlog_close(&log, &e)) return say_error(a.program, &e);
    return say_done(a.program, EXIT_SUCCESS);
}
