/* fast/mutants.c: the pass of chapter 14 with its known mistakes. See mutants.h. */
#include "../mutant_mats.h"
#include "fast.h"
#include "mutants.h"

#include <math.h>

enum {
    NOTHING_HANDED_BACK,
    FIRST_TO_LAST,
    LAST_STEP_ONLY,
    WHH_TRANSPOSED,
    NOTHING_FROM_DY,
    DH_NOT_ZEROED,
    DH_HANDED_BACK,
    NO_TANH_SLOPE,
    SLOPE_OF_HPREV,
    DBH_FROM_DH,
    NO_DBH,
    NO_DBY,
    FIRST_STREAM_ONLY,
    WXH_OVERWRITTEN,
    WXH_OF_TARGETS,
    IDS_BY_STREAM,
    NOT_THE_MEAN,
    MEAN_OF_SHARD,
    MUTANTS
};

#define AT "fast", "hoist", NULL, NULL
static const known_bug table[MUTANTS] = {
    [NOTHING_HANDED_BACK] = {"fast-nothing-handed-back", 1,
                             "dh has nothing of dhraw[t+1]; add Whh' dhraw[t+1].",
                             "dh에 dhraw[t+1]의 몫이 없습니다. Whhᵀ dhraw[t+1]을 더합니다.", AT},
    [FIRST_TO_LAST] =
        {"fast-first-to-last", 1,
         "The recurrence goes from the first step to the last; it begins at the last.",
         "점화식을 처음부터 돌렸습니다. 마지막 시각에서 시작합니다.", AT},
    [LAST_STEP_ONLY] = {"fast-last-step-only", 1,
                        "Only the last step is gone back through; the loop ends at t = 0.",
                        "마지막 시각만 거슬렀습니다. 반복문은 t = 0까지 가야 합니다.", AT},
    [WHH_TRANSPOSED] = {"fast-whh-transposed", 1,
                        "The way back takes WhhT; as rows, it is dhraw Whh.",
                        "거꾸로 갈 때 WhhT를 썼습니다. 행으로 쓰면 dhraw Whh입니다.", AT},
    [NOTHING_FROM_DY] = {"fast-nothing-from-dy", 1, "dh has nothing of dy; it begins as dy Why.",
                         "dh에 dy의 몫이 없습니다. dy Why에서 시작합니다.", AT},
    [DH_NOT_ZEROED] = {"fast-dh-not-zeroed", 1,
                       "dh still has what was there before; product() adds to it.",
                       "dh에 앞서 있던 수가 남았습니다. product()는 거기에 더합니다.", AT},
    [DH_HANDED_BACK] = {"fast-dh-handed-back", 1,
                        "dh[t+1] goes back through Whh; dhraw[t+1], behind the tanh, must.",
                        "Whh로 넘긴 것이 dh[t+1]입니다. tanh를 지난 dhraw[t+1]이어야 합니다.", AT},
    [NO_TANH_SLOPE] = {"fast-no-tanh-slope", 1,
                       "The derivative of tanh is missing: dhraw = (1 - h h) dh.",
                       "tanh의 도함수가 빠졌습니다. dhraw = (1 - h∘h) ∘ dh입니다.", AT},
    [SLOPE_OF_HPREV] = {"fast-slope-of-hprev", 1, "1 - h h is taken of hs[t-1]; it is hs[t].",
                        "1 - h∘h에 hs[t-1]을 썼습니다. hs[t]입니다.", AT},
    [DBH_FROM_DH] = {"fast-dbh-from-dh", 1, "dbh sums dh; it is the sum of dhraw.",
                     "dbh에 dh를 더했습니다. dhraw의 합입니다.", AT},
    [NO_DBH] = {"fast-dbh-missing", 1, "dbh stays 0; add all rows of dhraw.",
                "dbh가 0 그대로입니다. dhraw의 모든 행을 더합니다.", AT},
    [NO_DBY] = {"fast-dby-missing", 1, "dby stays 0; add all rows of dy.",
                "dby가 0 그대로입니다. dy의 모든 행을 더합니다.", AT},
    [FIRST_STREAM_ONLY] = {"fast-first-stream-only", 1,
                           "The gradients get the first stream's rows alone; sum all streams.",
                           "기울기에 첫 스트림의 행만 더했습니다. 모든 스트림을 더합니다.", AT},
    [WXH_OVERWRITTEN] = {"fast-wxh-overwritten", 1,
                         "The row of a character is set each time; its occurrences are summed.",
                         "문자가 나올 때마다 행을 덮어썼습니다. 나온 자리를 모두 더합니다.", AT},
    [WXH_OF_TARGETS] = {"fast-wxh-of-targets", 1,
                        "dWxh gets the rows of the targets; they are those of the inputs.",
                        "dWxh의 행을 정답으로 골랐습니다. 입력의 행입니다.", AT},
    [IDS_BY_STREAM] = {"fast-ids-by-stream", 1,
                       "inputs has n ids for each step: that of stream i is t n + i.",
                       "inputs에는 시각마다 번호가 n개씩 있습니다. 스트림 i의 것은 t n + i입니다.",
                       AT},
    [NOT_THE_MEAN] = {"fast-not-the-mean", 1,
                      "dy is of the sum over the streams; divide it by their number.",
                      "dy가 스트림의 합의 것입니다. 스트림의 수로 나누어야 합니다.", AT},
    [MEAN_OF_SHARD] = {"fast-mean-of-shard", 1,
                       "dy is divided by the streams of this shard; divide by all streams.",
                       "dy를 이 몫의 스트림 수로 나누었습니다. 모든 스트림의 수로 나눕니다.", AT},
};

const known_bug *mutant_at(int k) { return k < MUTANTS ? &table[k] : NULL; }

__typeof__(fast_pass) mutant_fast_pass;

/* Row i of C += A's, or of its transpose, times B; without B's padding rows. */
static void add_row(mat *C, int i, const mat *A, int terms, const mat *B)
{
    for (int l = 0; l < terms; l++)
        for (int j = 0; j < C->cols; j++) *at(C, i, j) += *at(A, i, l) * *at(B, l, j);
}

static void forward(const fast *r, fastshard *s, int n)
{
    s->loss = 0;
    for (int t = 0; t < r->o.seq_length; t++)
        for (int i = 0; i < n; i++) {
            const int x = s->inputs[t * n + i], target = s->targets[t * n + i];
            double sum = 0;
            for (int j = 0; j < r->HP; j++)
                *at(s->hs[t], i, j) = r->net.bh->v[j] + *at(r->net.WxhT, x, j);
            add_row(s->hs[t], i, s->hs[t - 1], r->o.hidden, r->WhhT);
            for (int j = 0; j < r->HP; j++)
                *at(s->hs[t], i, j) = (real) tanh((double) *at(s->hs[t], i, j));
            for (int j = 0; j < r->VP; j++) *at(s->ys[t], i, j) = r->net.by->v[j];
            add_row(s->ys[t], i, s->hs[t], r->o.hidden, r->WhyT);
            for (int j = 0; j < r->VP; j++) sum += exp((double) *at(s->ys[t], i, j));
            for (int j = 0; j < r->VP; j++)
                *at(s->ps[t], i, j) = (real) (exp((double) *at(s->ys[t], i, j)) / sum);
            s->loss -= log((double) *at(s->ps[t], i, target));
        }
}

/* dy in the place of p. */
static void scores(const fast *r, fastshard *s, int n)
{
    const double by = mutant_makes(NOT_THE_MEAN)    ? 1
                      : mutant_makes(MEAN_OF_SHARD) ? n
                                                    : r->o.streams;
    for (int t = 0; t < r->o.seq_length; t++)
        for (int i = 0; i < n; i++)
            for (int j = 0; j < r->VP; j++) {
                real *p = at(s->ps[t], i, j);
                *p = (real) (((double) *p - (j == s->targets[t * n + i])) / by);
            }
}

static void backward(const fast *r, fastshard *s, int t, int n)
{
    if (!mutant_makes(DH_NOT_ZEROED)) zero(s->dh[t]);
    for (int i = 0; i < n; i++) {
        if (!mutant_makes(NOTHING_FROM_DY)) add_row(s->dh[t], i, s->ps[t], r->V, r->net.Why);
        if (t + 1 < r->o.seq_length && !mutant_makes(NOTHING_HANDED_BACK) &&
            !mutant_makes(FIRST_TO_LAST))
            add_row(s->dh[t], i, (mutant_makes(DH_HANDED_BACK) ? s->dh : s->dhraw)[t + 1],
                    r->o.hidden, mutant_makes(WHH_TRANSPOSED) ? r->WhhT : r->net.Whh);
        if (t > 0 && mutant_makes(FIRST_TO_LAST))
            add_row(s->dh[t], i, s->dhraw[t - 1], r->o.hidden, r->net.Whh);
        for (int j = 0; j < r->HP; j++) {
            const real h = *at(s->hs[mutant_makes(SLOPE_OF_HPREV) ? t - 1 : t], i, j);
            *at(s->dhraw[t], i, j) =
                (mutant_makes(NO_TANH_SLOPE) ? 1 : 1 - h * h) * *at(s->dh[t], i, j);
        }
    }
}

static void gradients(const fast *r, fastshard *s, int t, int n)
{
    for (int i = 0; i < (mutant_makes(FIRST_STREAM_ONLY) ? 1 : n); i++) {
        const int place = mutant_makes(IDS_BY_STREAM) ? i * r->o.seq_length + t : t * n + i,
                  x = (mutant_makes(WXH_OF_TARGETS) ? s->targets : s->inputs)[place];
        for (int j = 0; j < r->VP && !mutant_makes(NO_DBY); j++)
            s->d.by->v[j] += *at(s->ps[t], i, j);
        for (int j = 0; j < r->HP; j++) {
            const real dhraw = *at(s->dhraw[t], i, j);
            real *sum = at(s->d.WxhT, x, j);
            *sum = dhraw + (mutant_makes(WXH_OVERWRITTEN) ? 0 : *sum);
            if (!mutant_makes(NO_DBH))
                s->d.bh->v[j] += mutant_makes(DBH_FROM_DH) ? *at(s->dh[t], i, j) : dhraw;
        }
    }
}

void mutant_fast_pass(void *run, int k, int worker)
{
    const fast *r = run;
    fastshard *s = &r->shard[k];
    const int T = r->o.seq_length, n = r->o.streams / r->o.shards;
    (void) worker;
    forward(r, s, n);
    scores(r, s, n);
    for (int t = 0; t < T; t++) zero(s->dhraw[t]);
    for (int l = 0; l < (mutant_makes(LAST_STEP_ONLY) ? 1 : T); l++)
        backward(r, s, mutant_makes(FIRST_TO_LAST) ? l : T - 1 - l, n);
    for (int t = 0; t < T; t++) gradients(r, s, t, n);
}
