/* roofline.c: how fast chapter 14 can be on this machine. Counts the operations and bytes of a character, measures what
 * one core can do of each, and how near training comes to that. */
#include "args.h"
#include "fast.h"
#include "fn.h"
#include "runlog.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char NAME[] = "roofline";

enum { LEVELS = 12, SMALLEST = 8 /* KiB */ };
static const int V = 65;

/* What one core can do. */
typedef struct machine {
    double peak;              /* products and sums in registers, 1e9/s */
    double bandwidth[LEVELS]; /* bytes read, 1e9/s, from SMALLEST << k KiB */
    double update;            /* Adagrad's weights, 1e9/s */
    double tanh, exp;         /* 1e9/s */
} machine;

/* The parts of the work for one character. */
typedef struct part {
    const char *en, *ko;
    double operations, bytes; /* products and sums; read or written beyond the first cache */
    double count;             /* weights updated, or values of tanh and exp */
} part;

enum { RECURRENCES, AT_ONCE, UPDATE, TANH, EXP, PARTS };

static void count(const fast_options *o, part parts[PARTS])
{
    const double H = o->hidden, T = o->seq_length, size = sizeof(real);
    const double weights = H * H + 2 * H * V + H + V;
    parts[RECURRENCES] = (part){"the two recurrences", "두 점화식", 4 * H * H, 2 * H * H * size, 0};
    parts[AT_ONCE] = (part){"products for all steps", "한꺼번에 하는 곱", 2 * H * H + 6 * H * V,
                            2 * H * V * size / T, 0};
    parts[UPDATE] =
        (part){"clip and Adagrad", "자르기와 Adagrad", 0, 4 * weights * size / T, weights / T};
    parts[TANH] = (part){"tanh", "tanh", 0, 0, H};
    parts[EXP] = (part){"exp", "exp", 0, 0, V};
}

/* ---- measuring ---- */

/* Of this process, whatever else the machine does. */
static double seconds(void) { return (double) clock() / CLOCKS_PER_SEC; }

/* Seconds for a call of f, the best of some. */
static double best_of(void (*f)(int n, real *v), int n, real *v, int calls)
{
    double best = INFINITY;
    for (int round = 0; round < 15; round++) {
        const double since = seconds();
        for (int k = 0; k < calls; k++) f(n, v);
        const double spent = (seconds() - since) / calls;
        if (spent < best) best = spent;
    }
    return best;
}

/* As many sums as the registers hold, none of which waits for another. */
static void in_registers(int n, real *v)
{
    enum { LANES = 768 / sizeof(real) };
    real x[LANES];
    for (int k = 0; k < (int) LANES; k++) x[k] = v[k];
    for (int i = 0; i < n; i++)
        for (int k = 0; k < (int) LANES; k++) x[k] = x[k] * (real) 0.999 + (real) 1e-3;
    for (int k = 0; k < (int) LANES; k++) v[k] = x[k];
}

/* Rows added to a row that stays in the first cache, as in a recurrence: n numbers are read. */
static void read_rows(int n, real *v)
{
    enum { ROW = 1024 / sizeof(real) };
    real sum[ROW] = {0};
    for (int i = 0; i + 8 * (int) ROW <= n; i += 8 * (int) ROW) {
        const real *a = v + i;
        for (int j = 0; j < (int) ROW; j++)
            sum[j] += ((a[j] + a[ROW + j]) + (a[2 * ROW + j] + a[3 * ROW + j])) +
                      ((a[4 * ROW + j] + a[5 * ROW + j]) + (a[6 * ROW + j] + a[7 * ROW + j]));
    }
    v[0] = sum[0] * 0;
    for (int j = 1; j < (int) ROW; j++) v[0] += sum[j] * 0;
}

/* n / 2 weights and as many memories: what update.c does, without the gradient's clip. */
static void update(int n, real *v)
{
    real *restrict W = v, *restrict m = v + n / 2;
    for (int i = 0; i < n / 2; i++) {
        m[i] += (real) 1e-6;
        W[i] -= (real) 1e-3 / (real) sqrt(m[i] + (real) 1e-8);
    }
}

static void measure(machine *m)
{
    const int LANES = 768 / (int) sizeof(real), MANY = 20000, SOME = 1024;
    const int most = (SMALLEST << (LEVELS - 1)) * 1024 / (int) sizeof(real);
    mat *A = need(mat_new(1, most));
    m->peak = 2.0 * LANES * MANY / best_of(in_registers, MANY, A->v, 20) / 1e9;
    for (int k = 0; k < LEVELS; k++) {
        const int n = most >> (LEVELS - 1 - k);
        m->bandwidth[k] =
            n * (double) sizeof(real) / best_of(read_rows, n, A->v, 1 + most / n) / 1e9;
    }
    m->update = SOME / 2 / best_of(update, SOME, A->v, MANY / 10) / 1e9;
    m->tanh = SOME / best_of(fn_tanh_all, SOME, A->v, MANY / 10) / 1e9;
    m->exp = SOME / best_of(fn_exp_all, SOME, mat_zero(A)->v, MANY / 10) / 1e9;
    mat_free(A);
}

/* Bytes a second where `bytes` of data are in use, over and over. */
static double bandwidth(const machine *m, double bytes)
{
    int k = 0;
    while (k < LEVELS - 1 && (SMALLEST << k) * 1024.0 < bytes) k++;
    return m->bandwidth[k];
}

/* Nanoseconds for a part: by its arithmetic or by its memory, whichever takes longer. */
static double least(const machine *m, const part *parts, int k, double bytes)
{
    const double rate[PARTS] = {1, 1, m->update, m->tanh, m->exp};
    return fmax(parts[k].operations / m->peak + parts[k].count / rate[k],
                parts[k].bytes / bandwidth(m, bytes));
}

/* Characters a second of real training, on a text of random characters. */
static double trained(const fast_options *o)
{
    enum { LENGTH = 100000 };
    int *ix = need(calloc(LENGTH, sizeof *ix));
    rng draws;
    double best = 0;
    rng_seed(&draws, 0);
    for (int i = 0; i < LENGTH; i++) ix[i] = (int) (rng_uniform(&draws) * V);
    fast *r = need(fast_new(o, ix, LENGTH, V));
    for (int round = 0; round < 50; round++) {
        const int done = r->n;
        const double since = seconds();
        while (seconds() < since + 0.02) fast_step(r);
        const double spent = seconds() - since;
        best = fmax(best, (double) (r->n - done) * o->seq_length * o->streams / spent);
    }
    fast_free(r);
    free(ix);
    return best;
}

/* ---- the tables ---- */

static void show_counts(const fast_options *o, const part parts[PARTS])
{
    printf(say("H = %d, T = %d, V = %d, batch 1, %s: for one character\n",
               "H = %d, T = %d, V = %d, 배치 1, %s: 문자 하나에\n"),
           o->hidden, o->seq_length, V, REAL_IS_DOUBLE ? "double" : "float");
    puts(say("  operations      bytes  operations/byte", "        연산     바이트  연산/바이트"));
    for (int k = 0; k < PARTS; k++)
        printf("  %10.0f %10.0f %16s  %s\n", parts[k].operations + parts[k].count, parts[k].bytes,
               parts[k].bytes > 0
                   ? NUM("%.2f", (parts[k].operations + parts[k].count) / parts[k].bytes)
                   : "-",
               say(parts[k].en, parts[k].ko));
}

static void show_machine(const machine *m, FILE *log)
{
    printf(say("one core: %s thousand million operations/s; Adagrad %s, tanh %s, exp %s\n",
               "코어 하나: 초당 연산 %s십억, Adagrad %s, tanh %s, exp %s\n"),
           NUM("%.1f", m->peak), NUM("%.2f", m->update), NUM("%.2f", m->tanh), NUM("%.2f", m->exp));
    for (int k = 0; k < LEVELS; k++)
        printf(say("  %6d KiB: %s GB/s\n", "  %6d KiB: %s GB/s\n"), SMALLEST << k,
               NUM("%.1f", m->bandwidth[k]));
    if (!log) return;
    fprintf(log, "KiB\tGB/s\tpeak\n");
    for (int k = 0; k < LEVELS; k++)
        fprintf(log, "%d\t%s\t%s\n", SMALLEST << k, NUM("%.3f", m->bandwidth[k]),
                NUM("%.3f", m->peak));
}

static void show_bound(const machine *m, const fast_options *o, const part parts[PARTS])
{
    const double H = o->hidden, size = sizeof(real);
    double sum = 0;
    for (int k = 0; k < PARTS; k++) {
        const double bytes = (k == UPDATE ? 4 * (H * H + 2 * H * V) : H * H) * size;
        const double ns = least(m, parts, k, bytes);
        printf("  %8s ns  %s\n", NUM("%.0f", ns), say(parts[k].en, parts[k].ko));
        sum += ns;
    }
    const double speed = trained(o);
    printf(say("bound: %.0f characters/s; training: %.0f, %.0f %% of it\n",
               "한계: 초당 %.0f자, 학습: %.0f자, 그것의 %.0f%%\n"),
           1e9 / sum, speed, 100 * speed * sum / 1e9);
}

int main(int argc, char **argv)
{
    fast_options o = {.hidden = 100,
                      .seq_length = 25,
                      .learning_rate = 0.01,
                      .clip = 5,
                      .streams = 1,
                      .shards = 1,
                      .threads = 1};
    bool no_speed = false;
    const char *path = NULL;
    const args_option options[] = {
        {"hidden", ARGS_INT, &o.hidden, 1, 4096, "size of the hidden state", "은닉 상태의 크기"},
        {"seq-length", ARGS_INT, &o.seq_length, 1, 1000, "steps of a window",
         "한 번에 펼치는 단계 수"},
        {"seed", ARGS_SEED, &o.seed, 0, 0, "seed of the random numbers", "난수의 시드"},
        {"no-speed", ARGS_FLAG, &no_speed, 0, 0, "count only, measure nothing",
         "세기만 하고 재지 않음"},
        {"log", ARGS_FILE, &path, 0, 0, "write the bandwidths as a table to FILE",
         "대역폭의 표를 FILE에 적음"},
        {.kind = ARGS_END},
    };
    const args a = {NAME,
                    "",
                    0,
                    "The limits of this machine, and of chapter 14 on it.",
                    "이 컴퓨터의 한계, 그 위에서 14장의 한계를 잽니다.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(NAME, status);
    error e;
    runlog log;
    part parts[PARTS];
    machine m;
    if (!runlog_table(&log, path, &e)) return say_error(NAME, &e);
    count(&o, parts);
    show_counts(&o, parts);
    if (!no_speed) {
        measure(&m);
        show_machine(&m, log.stream);
        show_bound(&m, &o, parts);
    }
    return say_done(NAME, runlog_close(&log, &e) ? EXIT_SUCCESS : say_error(NAME, &e));
}
