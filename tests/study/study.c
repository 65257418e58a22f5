/* study.c: measures every figure claimed of the gradient checker. For `make study`; takes some minutes.
 * usage: study [MODELS]      (random networks in the study of false alarms; default 10,000)
 *        study --digest N    (prints a hash of all verdicts on N networks)
 * The exit status is 1 if any line ends in MISSED. */
#define _POSIX_C_SOURCE 200809L

#include "bugs/students.h"
#include "studies.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static int missed = 0;

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double) t.tv_sec + 1e-6 * (double) t.tv_nsec;
}

static void hold(bool good)
{
    missed += !good;
    puts(good ? "   ok" : "   MISSED");
    fflush(stdout);
}

/* The shortest time of several runs, which other processes disturb least. */
static double time_check(subject *s, const gc_options *o)
{
    const gc_problem problem = subject_problem(s);
    gc_report report;
    double least = INFINITY;
    for (int k = 0; k < 9; k++) {
        const double start = milliseconds();
        gc_check(&problem, o, &report);
        least = fmin(least, milliseconds() - start);
    }
    return least;
}

/* The processor's name, or "?". */
static void print_processor(void)
{
    char line[256], name[256] = "?";
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "model name : %255[^\n]", name) == 1) break;
    if (file) fclose(file);
    printf("times, on %s:\n", name);
}

static void times(void)
{
    subject *s = subject_new(16, 12, 12, 0.25, 0, false);
    print_processor();
    printf("  every element of H=16, V=12, T=12 (%d): %.1f ms\n", s->size, time_check(s, NULL));
    subject_free(s);
    s = subject_new(7, 5, 6, 0.9, 0, false);
    printf("  a probe, H=7, V=5, T=6 (%d): %.2f ms\n", s->size, time_check(s, NULL));
    subject_free(s);
    s = subject_new(100, 65, 25, 0.1, 0, false);
    printf("  H=100, V=65, T=25, 20 elements a tensor and directions: %.0f ms\n",
           time_check(s, &(gc_options){.sample = 20}));
    subject_free(s);
}

static void ask(bugs *b, void (*who)(const bugs_point *, int, int, double *), int mistake,
                bugs_finding *f)
{
    static double g[BUGS_PROBES][200];
    const double *grad[BUGS_PROBES];
    for (int k = 0; k < BUGS_PROBES; k++) {
        who(bugs_probe(b, k), mistake, NO_MISTAKE, g[k]);
        grad[k] = g[k];
    }
    bugs_diagnose(b, grad, f);
}

static void names(void)
{
    static double g[BUGS_PROBES][200], scratch[5000];
    const double *grad[BUGS_PROBES];
    bugs *b = need(bugs_new());
    bugs_finding f;
    int named[2] = {0}, outside = 0, wrong = 0, pairs = 0, visible = 0, described = 0;
    const int asked = BUGS_PAIRS - (BUGS - 1);
    double next = INFINITY, slowest = 0;
    for (int k = 0; k < BUGS; k++) {
        if (k == DH_IS_DHNEXT) continue; /* described, not named */
        ask(b, student_double, k, &f);
        named[0] += f.kind == BUGS_NAMED && f.bug[0] == k && f.bug[1] < 0;
        next = fmin(next, f.next_distance);
        ask(b, student_float, k, &f);
        named[1] += f.kind == BUGS_NAMED && f.bug[0] == k && f.bug[1] < 0;
    }
    printf(
        "names: %d of %d in another style, %d of %d in float; next explanation off by %.3f or more",
        named[0], BUGS - 1, named[1], BUGS - 1, next);
    hold(named[0] == BUGS - 1 && named[1] == BUGS - 1);
    for (int k = BUGS; k < OUTSIDE_END; k++, outside++) {
        ask(b, student_double, k, &f);
        wrong += f.kind == BUGS_NAMED;
    }
    printf("names: %d of %d mistakes outside the library wrongly named (bar 0 of 20)", wrong,
           outside);
    hold(wrong == 0 && outside >= 20);
    for (int i = 0; i < BUGS; i++)
        for (int j = i + 1; j < BUGS; j++) {
            bugs_switches s = {{0}};
            if (i == DH_IS_DHNEXT || j == DH_IS_DHNEXT) continue;
            s.on[i] = s.on[j] = 1;
            for (int k = 0; k < BUGS_PROBES; k++) {
                bugs_gradient(bugs_probe(b, k), &s, g[k], scratch);
                grad[k] = g[k];
            }
            const double start = milliseconds();
            bugs_diagnose(b, grad, &f);
            slowest = fmax(slowest, milliseconds() - start);
            pairs += f.kind == BUGS_NAMED && f.bug[0] == i && f.bug[1] == j;
            described += f.ambiguous;
            visible += f.kind == BUGS_NAMED && f.bug[1] < 0 && (f.bug[0] == i || f.bug[0] == j);
        }
    printf("names: %d of %d pairs (bar 95 %%), %d more by the member that shows, %d described",
           pairs, asked, visible, described);
    hold(20 * pairs >= 19 * asked && pairs + visible + described == asked);
    printf("  naming, all pairs included: %.1f ms at most\n", slowest);
    bugs_free(b);
}

static void oracle_studies(void)
{
    for (int start = 0; start < 2; start++) {
        accuracy a;
        study_accuracy(16, 12, 12, start, 20, &a);
        const double bar = start ? 1e-8 : 1e-10;
        printf("oracle: H=16, V=12, T=12, %s, 20 seeds, %d elements: numeric %.1e (bar %.0e), "
               "analytic %.1e, real part %.1e (bar 1e-14)",
               start ? "the start at 0.01" : "weights 1/sqrt(H)", a.elements, a.numeric, bar,
               a.analytic, a.real_part);
        hold(a.numeric <= bar && a.analytic <= 1e-12 && a.real_part <= 1e-14);
    }
    bars r;
    study_bars(1000000, &r);
    printf(
        "bars: %ld of %ld elements farther than 4 bars from the truth (bar 1 in 100,000); median "
        "bar %.0f times the error (bar 100)",
        r.outside, r.elements, r.median);
    hold((double) r.outside <= 1e-5 * (double) r.elements && r.median <= 100);
}

static void verdicts(uint32_t models)
{
    alarms a;
    study_alarms(0, models, 0.01, 0.5, &a);
    printf("false alarms: %d in %d right networks with weights 0.01 to 0.5 (%ld elements); %d "
           "unresolved",
           a.false_fails, a.models, a.elements, a.unresolved);
    hold(a.false_fails == 0);
    study_alarms(0, models / 2, 0.5, 3, &a);
    printf(
        "false alarms: %d in %d right networks with weights 0.5 to 3 (%ld elements); %d unresolved",
        a.false_fails, a.models, a.elements, a.unresolved);
    hold(a.false_fails == 0);
    catches c;
    study_catches(0, models / 50, &c);
    printf(
        "mistakes: %d caught of %d that differ by 1e-8, in %d networks; %d passed, %d unresolved",
        c.caught, c.live, c.pairs / BUGS, c.passed, c.unresolved);
    hold(c.passed == 0 && c.unresolved == 0 && c.caught == c.live);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--digest") == 0) {
        alarms a;
        study_alarms(0, (uint32_t) atoi(argv[2]), 0.01, 3, &a);
        printf("%016" PRIx64 " %d ok, %d unresolved, %d failed\n", a.digest, a.ok, a.unresolved,
               a.false_fails);
        return 0;
    }
    say_program("study");
    times();
    names();
    oracle_studies();
    verdicts(argc > 1 ? (uint32_t) atoi(argv[1]) : 10000);
    printf("%s\n", missed ? "a bar was missed" : "every bar was met");
    return missed > 0;
}
