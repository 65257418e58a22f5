/* scaling.c: how much many machines help. A model of one iteration on 1 to 1,024 of them, from a few figures of machine,
 * network and program; --measure takes these from the ranks that run it, and holds the model against what they do. */
#include "args.h"
#include "halving.h"
#include "live.h"
#include "runlog.h"
#include "step.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char NAME[] = "scaling";

enum { MOST = 1024 /* ranks in the table */, V = 65, T = 50 };

/* What the model knows. Times are in milliseconds. */
typedef struct figures {
    int hidden, batch,
        total;      /* H = D; sequences of a rank; of all ranks, where their number is fixed */
    double symbols; /* that a rank alone learns in a second */
    double latency; /* of a message, microseconds */
    double bandwidth, adding; /* GB a second, sent and added */
    double late;              /* mean lateness of a rank */
    bool measure;             /* --measure */
    const char *log;          /* --log */
} figures;

/* ---- the model ---- */

static double weights(const figures *f)
{
    const double H = f->hidden;
    return 2 * V * H + V + 4 * H * (2 * H + 1);
}

/* Rounds of halving: p is a power of two. */
static int rounds(int p)
{
    int n = 0;
    for (; p > 1; p /= 2) n++;
    return n;
}

/* To send and to add so many bytes. */
static double sending(const figures *f, double bytes) { return bytes / f->bandwidth / 1e6; }
static double adding(const figures *f, double bytes) { return bytes / f->adding / 1e6; }

/* Halving and doubling: as many rounds of each, in which every rank sends (p - 1) / p of the bytes, and adds as many. */
static double by_halving(const figures *f, int p)
{
    const double bytes = weights(f) * sizeof(real) * (p - 1) / p;
    return 2 * rounds(p) * f->latency / 1e3 + 2 * sending(f, bytes) + adding(f, bytes);
}

/* Around a ring: as many bytes, but p - 1 rounds of each. */
static double by_ring(const figures *f, int p)
{
    const double bytes = weights(f) * sizeof(real) * (p - 1) / p;
    return 2 * (p - 1) * f->latency / 1e3 + 2 * sending(f, bytes) + adding(f, bytes);
}

/* All send everything to one, and it answers each. */
static double by_one(const figures *f, int p)
{
    const double bytes = weights(f) * sizeof(real) * (p - 1);
    return 2 * (p - 1) * f->latency / 1e3 + 2 * sending(f, bytes) + adding(f, bytes);
}

/* Each rank is late by a random time, exponential with the mean f->late. The last of p is late by 1 + 1/2 + ... + 1/p
 * times that. */
static double waiting(const figures *f, int p)
{
    double sum = 0;
    for (int k = 1; k <= p; k++) sum += f->late / k;
    return sum;
}

/* A rank's own work for so many sequences. */
static double computing(const figures *f, double sequences)
{
    return 1e3 * sequences * T / f->symbols;
}

static double iteration(const figures *f, int p, double sequences)
{
    return computing(f, sequences) + waiting(f, p) + by_halving(f, p);
}

/* ---- the table ---- */

static void show_figures(const figures *f)
{
    printf(say("LSTM, H = D = %d, V = %d: %.0f weights, %s MB of gradient\n",
               "LSTM, H = D = %d, V = %d: 가중치 %.0f개, 기울기 %s MB\n"),
           f->hidden, (int) V, weights(f), NUM("%.2f", weights(f) * sizeof(real) / 1e6));
    printf(say("a rank: %d sequences of %d steps in %s ms, late by %s ms; it adds %s GB/s\n",
               "랭크 하나: 시퀀스 %d개(%d단계)에 %s ms, 늦는 시간 %s ms, 초당 더하기 %s GB\n"),
           f->batch, (int) T, NUM("%.2f", computing(f, f->batch)), NUM("%.2f", f->late),
           NUM("%.2f", f->adding));
    printf(say("between ranks: latency %s us, bandwidth %s GB/s\n",
               "랭크 사이: 지연 %s us, 대역폭 %s GB/s\n"),
           NUM("%.2f", f->latency), NUM("%.2f", f->bandwidth));
}

static void show_table(const figures *f, FILE *log)
{
    const double weak = iteration(f, 1, f->batch), strong = iteration(f, 1, f->total);
    printf(say("the sum, ms; the last rank's lateness, ms; %d sequences a rank; %d in all:\n",
               "합, ms. 가장 늦은 랭크가 늦는 시간, ms. 랭크마다 시퀀스 %d개. 모두 %d개:\n"),
           f->batch, f->total);
    puts(say("  ranks   halving      ring    to one   waiting     ms    use       ms    times",
             "   랭크      반씩      고리   한 곳에    기다림     ms   효율       ms       배"));
    if (log) fputs("ranks\thalving\tring\tone\twaiting\tweak\tuse\tstrong\ttimes\n", log);
    for (int p = 1; p <= MOST; p *= 2) {
        const double sequences = (double) f->total / p;
        const double row[] = {by_halving(f, p),
                              by_ring(f, p),
                              by_one(f, p),
                              waiting(f, p),
                              iteration(f, p, f->batch),
                              100 * weak / iteration(f, p, f->batch),
                              iteration(f, p, sequences),
                              strong / iteration(f, p, sequences)};
        printf("  %5d %9s %9s %9s %9s %6s %5s%% %8s %8s\n", p, NUM("%.2f", row[0]),
               NUM("%.2f", row[1]), NUM("%.1f", row[2]), NUM("%.2f", row[3]), NUM("%.0f", row[4]),
               NUM("%.0f", row[5]), NUM("%.1f", row[6]), NUM("%.1f", row[7]));
        if (log) fprintf(log, "%d", p);
        for (int k = 0; log && k < 8; k++) fprintf(log, "\t%s", NUM("%.6g", row[k]));
        if (log) fputc('\n', log);
    }
}

/* ---- measuring ---- */

enum { ROUNDS = 20 };

/* All ranks begin what follows together. */
static void meet(void)
{
    char all[CHARNET_SHARDS] = {0};
    ranks_gather(all, 1);
}

/* A matrix swapped with the neighbour: the least time, ms. */
static double swapping(mat *give, mat *take)
{
    const ranks_range all = {0, mat_size(give)};
    double best = INFINITY;
    for (int k = 0; k < 10 * ROUNDS; k++) {
        const double since = live_seconds();
        ranks_swap(ranks_me() ^ 1, &give, &all, &take, &all, 1);
        best = fmin(best, 1e3 * (live_seconds() - since));
    }
    return best;
}

/* The figures of what lies between the ranks: from a swap of one number, a swap of many, and a sum of two matrices. */
static void measure_machine(figures *f)
{
    const double bytes = 1 << 22;
    const int many = (1 << 22) / (int) sizeof(real);
    mat *a = need(mat_new(1, many)), *b = need(mat_new(1, many));
    mat *one = need(mat_new(1, 1)), *other = need(mat_new(1, 1));
    double best = INFINITY;
    f->latency = 1e3 * swapping(one, other);
    f->bandwidth = bytes / (swapping(a, b) - f->latency / 1e3) / 1e6;
    for (int k = 0; k < 10 * ROUNDS; k++) {
        const double since = live_seconds();
        mat_add(a, b);
        best = fmin(best, 1e3 * (live_seconds() - since));
    }
    f->adding = bytes / best / 1e6;
    mat_free(a);
    mat_free(b);
    mat_free(one);
    mat_free(other);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

/* The figures of a rank: the time for its own work that one in ten is under (the least of all may have had to itself a
 * core that two share), and how much longer they take in the mean. */
static void measure_rank(figures *f, charnet *r)
{
    const int all = ranks_count() * ROUNDS;
    double *spent = need(calloc((size_t) all, sizeof *spent)), sum = 0;
    for (int k = 0; k < ROUNDS; k++) {
        meet();
        const double since = live_seconds();
        charnet_load(r);
        step_gradient(r);
        charnet_update(r);
        spent[ranks_me() * ROUNDS + k] = 1e3 * (live_seconds() - since);
    }
    ranks_gather(spent, ROUNDS * sizeof *spent);
    qsort(spent, (size_t) all, sizeof *spent, by_size);
    const double usual = spent[all / 10];
    for (int k = 0; k < all; k++) sum += spent[k] - usual;
    f->symbols = 1e3 * f->batch * T / usual;
    f->late = fmax(sum, 0) / all;
    free(spent);
}

/* The least time of the sum, and the mean time of an iteration, ms. */
static void measure_iteration(charnet *r, double *sum, double *whole)
{
    *sum = INFINITY;
    for (int k = 0; k < ROUNDS; k++) {
        meet();
        const double since = live_seconds();
        step_sum(r);
        *sum = fmin(*sum, 1e3 * (live_seconds() - since));
    }
    meet();
    const double since = live_seconds();
    for (int k = 0; k < ROUNDS; k++) step_together(r);
    *whole = 1e3 * (live_seconds() - since) / ROUNDS;
}

static void measure(figures *f, double *sum, double *whole)
{
    const int p = ranks_count(), N = f->batch * p, count = 100 * N * T + 1;
    const charnet_options o = {.layers = 1,
                               .hidden = f->hidden,
                               .embed = f->hidden,
                               .batch = N,
                               .shards = p,
                               .seq_length = T,
                               .learning_rate = 0.001,
                               .clip_norm = 5,
                               .forget_bias = 1,
                               .threads = 1};
    int *ids = need(calloc((size_t) count, sizeof *ids));
    rng draws;
    rng_seed(&draws, 0);
    for (int i = 0; i < count; i++) ids[i] = (int) (rng_uniform(&draws) * V);
    charnet *r = need(charnet_new(&o, ids, count, V));
    step_together(r);
    measure_machine(f);
    measure_iteration(r, sum, whole);
    measure_rank(f, r);
    charnet_free(r);
    free(ids);
}

static void compare(const figures *f, double sum, double whole)
{
    const int p = ranks_count();
    printf(say("%d ranks, measured and by the model, ms:\n", "랭크 %d개, 잰 것과 모형, ms:\n"), p);
    printf(say("  the sum       %9s %9s\n", "  합            %9s %9s\n"), NUM("%.3f", sum),
           NUM("%.3f", by_halving(f, p)));
    printf(say("  an iteration  %9s %9s\n", "  반복          %9s %9s\n"), NUM("%.3f", whole),
           NUM("%.3f", iteration(f, p, f->batch)));
}

/* ---- the command line ---- */

static int read_command_line(figures *f, int argc, char **argv)
{
    const args_option options[] = {
        {"hidden", ARGS_INT, &f->hidden, 1, 4096, "H and D of the LSTM", "LSTM의 H와 D"},
        {"batch", ARGS_INT, &f->batch, 1, 1024, "sequences of a rank", "랭크 하나의 시퀀스 수"},
        {"total", ARGS_INT, &f->total, 1, 1000000, "sequences of all ranks, where these are fixed",
         "모두 합한 시퀀스 수를 정해 둘 때의 수"},
        {"symbols", ARGS_REAL, &f->symbols, 1, 1e12, "symbols that a rank learns in a second",
         "랭크 하나가 1초에 배우는 기호 수"},
        {"latency", ARGS_REAL, &f->latency, 0, 1e9, "of a message, microseconds",
         "메시지의 지연, 마이크로초"},
        {"bandwidth", ARGS_REAL, &f->bandwidth, 1e-6, 1e6, "GB a second between two ranks",
         "두 랭크 사이의 초당 GB"},
        {"adding", ARGS_REAL, &f->adding, 1e-6, 1e6, "GB a second that a rank adds",
         "랭크 하나가 1초에 더하는 GB"},
        {"late", ARGS_REAL, &f->late, 0, 1e9, "mean lateness of a rank, milliseconds",
         "랭크 하나가 늦는 시간의 평균, 밀리초"},
        {"measure", ARGS_FLAG, &f->measure, 0, 0, "take the figures from the ranks that run this",
         "이것을 돌리는 랭크에서 잰 수치를 씀"},
        {"log", ARGS_FILE, &f->log, 0, 0, "write the table to FILE", "표를 FILE에 적음"},
        {.kind = ARGS_END},
    };
    const args a = {NAME,
                    "",
                    0,
                    "How much many machines help: a model of one iteration on 1 to 1,024 of them.",
                    "여러 컴퓨터가 얼마나 도움이 되는지, 1대에서 1,024대까지 반복 하나의 모형.",
                    options};
    return args_read(&a, argc, argv, NULL);
}

/* Can these ranks be measured? */
static bool can_measure(error *e)
{
    const int p = ranks_count();
    if (p > 1 && p <= CHARNET_SHARDS && (p & (p - 1)) == 0) return true;
    return error_set(e,
                     say("--measure with %d rank(s): start 2 to %d of them, a power of two, by "
                         "mpirun or srun",
                         "--measure, 랭크 %d개: 2개에서 %d개까지, 2의 거듭제곱을 mpirun이나 "
                         "srun으로 시작하십시오"),
                     p, (int) CHARNET_SHARDS);
}

int main(int argc, char **argv)
{
    error e;
    runlog log = {0};
    double sum = NAN, whole = NAN;
    figures f = {.hidden = 256,
                 .batch = 32,
                 .total = 1024,
                 .symbols = 20000,
                 .latency = 30,
                 .bandwidth = 1.1,
                 .adding = 8,
                 .late = 1};
    ranks_begin();
    int status = ranks_me() == 0 ? read_command_line(&f, argc, argv) : 0;
    if (status == ARGS_GO_ON && ((f.measure && !can_measure(&e)) || !runlog_table(&log, f.log, &e)))
        status = say_error(NAME, &e);
    ranks_tell(0, &status, sizeof status); /* all go on, or none */
    ranks_tell(0, &f, sizeof f);
    if (status == ARGS_GO_ON && f.measure) measure(&f, &sum, &whole);
    if (status == ARGS_GO_ON && ranks_me() == 0) {
        show_figures(&f);
        if (f.measure) compare(&f, sum, whole);
        show_table(&f, log.stream);
        status = runlog_close(&log, &e) ? EXIT_SUCCESS : say_error(NAME, &e);
    }
    status = say_done(NAME, ranks_me() == 0 ? status : EXIT_SUCCESS);
    ranks_end();
    return status;
}
