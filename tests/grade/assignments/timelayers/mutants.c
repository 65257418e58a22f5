/* timelayers/mutants.c: the time layers with their known mistakes. See mutants.h. */
#include "../mutant_mats.h"
#include "mutants.h"
#include "timelayers.h"

#include <math.h>

enum {
    NO_BIAS,
    INPUT_LOST,
    NO_HPREV,
    WH_TRANSPOSED,
    NO_TANH_SLOPE,
    BIAS_ONE_ROW,
    DWH_H_NOW,
    WEIGHTS_OVERWRITTEN,
    DHPREV_NOT_TRANSPOSED,
    DX_FROM_DH,
    ALWAYS_STATEFUL,
    NEVER_STATEFUL,
    FROM_ZERO,
    STATE_NOT_KEPT,
    NOTHING_HANDED_BACK,
    LAST_STEP_ONLY,
    FIRST_TO_LAST,
    EMBEDDING_OVERWRITTEN,
    AFFINE_BIAS_ONE_ROW,
    AFFINE_OVERWRITTEN,
    AFFINE_NO_BIAS,
    LOSS_SUM,
    LOSS_OVER_ALL,
    LOSS_OVER_T,
    LOSS_COUNTS_IGNORED,
    DYS_SUM,
    DYS_OVER_ALL,
    DYS_OVER_T,
    DYS_NO_MINUS_ONE,
    DYS_IGNORED_ROWS,
    MUTANTS
};

#define AT(section) "time-layers", section, NULL, NULL
static const known_bug table[MUTANTS] = {
    [NO_BIAS] = {"rnn-no-bias", 1, "b is not in what the steps begin with; it is x Wx + b.",
                 "시각마다 시작하는 값에 b가 빠졌습니다. x Wx + b입니다.", AT("rnn")},
    [INPUT_LOST] = {"layer-input-lost", 1,
                    "The step overwrites what h held, x Wx + b; add hprev Wh to it.",
                    "h에 들어 있던 x Wx + b를 덮어썼습니다. 거기에 hprev Wh를 더해야 합니다.",
                    AT("step")},
    [NO_HPREV] = {"layer-no-hprev", 1,
                  "The previous state plays no part in the step: add hprev Wh.",
                  "앞의 상태가 쓰이지 않았습니다. hprev Wh를 더해야 합니다.", AT("step")},
    [WH_TRANSPOSED] = {"layer-wh-transposed", 1,
                       "The step multiplies hprev by the transpose of Wh; states are rows here: "
                       "hprev Wh.",
                       "hprev에 Wh의 전치를 곱했습니다. 여기서는 상태가 행이므로 hprev Wh입니다.",
                       AT("step")},
    [NO_TANH_SLOPE] = {"layer-no-tanh-slope", 1,
                       "The derivative of tanh is missing: da = (1 - h*h) * dh.",
                       "tanh의 도함수가 빠졌습니다. da = (1 - h∘h) ∘ dh입니다.", AT("step-back")},
    [BIAS_ONE_ROW] =
        {"rnn-bias-one-row", 1,
         "db gets the first row of da alone; b is added to all rows, so all are summed.",
         "db에 da의 첫 행만 더했습니다. b는 모든 행에 더해졌으므로 모든 행을 더합니다.",
         AT("rnn-back")},
    [DWH_H_NOW] = {"rnn-dwh-h-now", 1,
                   "dWh is computed with the new state h; what was multiplied by Wh is hprev.",
                   "dWh에 새 상태 h를 썼습니다. Wh에 곱해진 것은 hprev입니다.", AT("rnn-back")},
    [WEIGHTS_OVERWRITTEN] = {"rnn-weights-overwritten", 1,
                             "The gradients of the weights are set; they are added to.",
                             "가중치의 기울기를 덮어썼습니다. 있던 것에 더해야 합니다.",
                             AT("rnn-back")},
    [DHPREV_NOT_TRANSPOSED] = {"layer-dhprev-not-transposed", 1,
                               "dhprev is da Wh; the way back takes the transpose.",
                               "dhprev가 da Wh입니다. 거꾸로 갈 때에는 Wh의 전치를 곱합니다.",
                               AT("step-back")},
    [DX_FROM_DH] = {"rnn-dx-from-dh", 1,
                    "dx is computed from dh; it comes from da, behind the tanh.",
                    "dx를 dh에서 구했습니다. tanh를 지난 da에서 구해야 합니다.", AT("rnn-back")},
    [ALWAYS_STATEFUL] = {"rnn-always-stateful", 1,
                         "The next block continues even if the layer is not stateful.",
                         "stateful이 아닌데도 다음 블록이 상태를 이어받습니다.", AT("rnn")},
    [NEVER_STATEFUL] = {"rnn-never-stateful", 1,
                        "Each later block begins in zeros even if the layer is stateful.",
                        "stateful인데도 다음 블록이 0에서 시작합니다.", AT("rnn")},
    [FROM_ZERO] = {"rnn-from-zero", 1,
                   "The block always begins in zeros; if there is a state, it begins in that.",
                   "블록이 늘 0에서 시작합니다. 상태가 있으면 그 상태에서 시작해야 합니다.",
                   AT("rnn")},
    [STATE_NOT_KEPT] = {"rnn-state-not-kept", 1,
                        "The state after the block, l->h, is not the last hs.",
                        "블록 뒤의 상태 l->h에 마지막 hs를 남기지 않았습니다.", AT("rnn")},
    [NOTHING_HANDED_BACK] = {"rnn-nothing-handed-back", 1,
                             "A step gets dhs[t] from above alone; add what the next step hands "
                             "back.",
                             "시각마다 위에서 온 dhs[t]만 썼습니다. 다음 시각이 거슬러 넘긴 것을 "
                             "더해야 합니다.",
                             AT("rnn-back")},
    [LAST_STEP_ONLY] = {"rnn-last-step-only", 1,
                        "Only the last step is gone back through; the loop ends at t = 0.",
                        "마지막 시각만 거슬렀습니다. 반복문은 t = 0까지 가야 합니다.",
                        AT("rnn-back")},
    [FIRST_TO_LAST] = {"rnn-first-to-last", 1,
                       "The steps are gone through from the first to the last; backward begins at "
                       "the last.",
                       "시각을 처음부터 차례로 지났습니다. 역전파는 마지막 시각에서 시작합니다.",
                       AT("rnn-back")},
    [EMBEDDING_OVERWRITTEN] =
        {"embedding-overwritten", 1,
         "A word's row is set at each occurrence; the occurrences are summed.",
         "단어가 나올 때마다 행을 덮어썼습니다. 나온 자리의 기울기를 모두 "
         "더해야 합니다.",
         AT("others")},
    [AFFINE_BIAS_ONE_ROW] = {"affine-bias-one-row", 1,
                             "db gets the first row of dys[t] alone; sum all rows.",
                             "db에 dys[t]의 첫 행만 더했습니다. 모든 행을 더해야 합니다.",
                             AT("others")},
    [AFFINE_OVERWRITTEN] = {"affine-overwritten", 1,
                            "dW is set at each step; the steps are summed.",
                            "시각마다 dW를 덮어썼습니다. 모든 시각을 더해야 합니다.", AT("others")},
    [AFFINE_NO_BIAS] = {"affine-no-bias", 1, "db stays as it was; it gets the rows of all dys.",
                        "db가 그대로입니다. 모든 dys의 행을 더해야 합니다.", AT("others")},
    [LOSS_SUM] = {"loss-sum", 1, "The loss is the sum; divide by the targets that count.",
                  "손실이 합입니다. 세는 정답의 수로 나누어야 합니다.", AT("mean")},
    [LOSS_OVER_ALL] = {"loss-over-all", 1,
                       "The loss is divided by T N; ignored targets do not count.",
                       "손실을 T N으로 나누었습니다. 세지 않는 정답은 빼야 합니다.", AT("mean")},
    [LOSS_OVER_T] = {"loss-over-t", 1,
                     "The loss is divided by T; divide by the targets that count.",
                     "손실을 T로 나누었습니다. 세는 정답의 수로 나누어야 합니다.", AT("mean")},
    [LOSS_COUNTS_IGNORED] = {"loss-counts-ignored", 1,
                             "An ignored target is taken for id 0; leave it out.",
                             "세지 않는 정답을 0번으로 셌습니다. 빼야 합니다.", AT("mean")},
    [DYS_SUM] = {"dys-not-divided", 1,
                 "dys is not divided by the number of targets that count, as the loss is.",
                 "dys를 세는 정답의 수로 나누지 않았습니다. 손실은 나눈 것입니다.", AT("mean")},
    [DYS_OVER_ALL] = {"dys-over-all", 1, "dys is divided by T N; ignored targets do not count.",
                      "dys를 T N으로 나누었습니다. 세지 않는 정답은 빼야 합니다.", AT("mean")},
    [DYS_OVER_T] = {"dys-over-t", 1, "dys is divided by T; divide by the targets that count.",
                    "dys를 T로 나누었습니다. 세는 정답의 수로 나누어야 합니다.", AT("mean")},
    [DYS_NO_MINUS_ONE] = {"dys-no-minus-one", 1,
                          "At the target, dys is p - 1 before it is divided; the 1 is missing.",
                          "정답의 자리에서는 나누기 전의 dys가 p - 1입니다. 1을 빼지 않았습니다.",
                          AT("mean")},
    [DYS_IGNORED_ROWS] = {"dys-ignored-rows", 1,
                          "The rows of ignored targets are not 0; they have no part in the loss.",
                          "세지 않는 정답의 행이 0이 아닙니다. 손실에 들지 않으므로 0입니다.",
                          AT("mean")},
};

const known_bug *mutant_at(int k) { return k < MUTANTS ? &table[k] : NULL; }

__typeof__(rnnlayer_forward) mutant_rnnlayer_forward;
__typeof__(rnnlayer_backward) mutant_rnnlayer_backward;
__typeof__(timernn_forward) mutant_timernn_forward;
__typeof__(timernn_backward) mutant_timernn_backward;
__typeof__(timeembedding_backward) mutant_timeembedding_backward;
__typeof__(timeaffine_backward) mutant_timeaffine_backward;
__typeof__(timeloss_forward) mutant_timeloss_forward;
__typeof__(timeloss_backward) mutant_timeloss_backward;

void mutant_rnnlayer_forward(const rnncell *cell, rnnstep *s)
{
    const int N = s->h->rows, H = s->h->cols;
    for (int n = 0; n < N; n++)
        for (int j = 0; j < H; j++) {
            double a = mutant_makes(INPUT_LOST) ? 0 : (double) *at(s->h, n, j);
            for (int i = 0; i < H && !mutant_makes(NO_HPREV); i++)
                a += (double) *at(s->hprev, n, i) * (double) (mutant_makes(WH_TRANSPOSED)
                                                                  ? *at(cell->Wh, j, i)
                                                                  : *at(cell->Wh, i, j));
            *at(s->h, n, j) = (real) tanh(a);
        }
}

void mutant_rnnlayer_backward(const rnncell *cell, const rnnstep *s, rnnstep *ds)
{
    for (int i = 0; i < mat_size(ds->a); i++) {
        const double h = (double) s->h->v[i], slope = mutant_makes(NO_TANH_SLOPE) ? 1 : 1 - h * h;
        ds->a->v[i] = (real) (slope * (double) ds->h->v[i]);
    }
    set_abt(ds->hprev, ds->a, cell->Wh, !mutant_makes(DHPREV_NOT_TRANSPOSED));
}

void mutant_timernn_forward(timernn *l, int T, mat *const *xs)
{
    const int N = l->h->rows, H = l->h->cols;
    if (l->has_state && !mutant_makes(FROM_ZERO))
        mat_copy(l->hs[-1], l->h);
    else
        zero(l->hs[-1]);
    for (int t = 0; t < T; t++) {
        for (int n = 0; n < N; n++)
            for (int j = 0; j < H; j++) {
                double a = mutant_makes(NO_BIAS) ? 0 : (double) l->cell.b->v[j];
                for (int i = 0; i < xs[t]->cols; i++)
                    a += (double) *at(xs[t], n, i) * (double) *at(l->cell.Wx, i, j);
                *at(l->hs[t], n, j) = (real) a;
            }
        rnnstep s = {.hprev = l->hs[t - 1], .h = l->hs[t]};
        mutant_rnnlayer_forward(&l->cell, &s);
    }
    if (!mutant_makes(STATE_NOT_KEPT)) mat_copy(l->h, l->hs[T - 1]);
    l->has_state = mutant_makes(ALWAYS_STATEFUL)  ? true
                   : mutant_makes(NEVER_STATEFUL) ? false
                                                  : l->stateful;
}

void mutant_timernn_backward(timernn *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    zero(l->dh);
    for (int k = 0; k < 3 && mutant_makes(WEIGHTS_OVERWRITTEN); k++) zero(l->d.all[k]);
    for (int k = 0; k < (mutant_makes(LAST_STEP_ONLY) ? 1 : T); k++) {
        const int t = mutant_makes(FIRST_TO_LAST) ? k : T - 1 - k;
        const rnnstep s = {.hprev = l->hs[t - 1], .h = l->hs[t]};
        rnnstep ds = {.hprev = l->dh, .a = l->das[t], .h = l->sum};
        mat_copy(ds.h, dhs[t]);
        if (!mutant_makes(NOTHING_HANDED_BACK)) mat_add(ds.h, l->dh);
        mutant_rnnlayer_backward(&l->cell, &s, &ds);
        add_rows(l->d.b, ds.a, mutant_makes(BIAS_ONE_ROW));
        add_atb(l->d.Wh, mutant_makes(DWH_H_NOW) ? s.h : s.hprev, ds.a);
        add_atb(l->d.Wx, xs[t], ds.a);
        set_abt(dxs[t], mutant_makes(DX_FROM_DH) ? ds.h : ds.a, l->cell.Wx, true);
    }
    for (int t = 0; t < T - 1 && mutant_makes(LAST_STEP_ONLY); t++) zero(dxs[t]);
}

void mutant_timeembedding_backward(mat *dW, int T, int N, const int *ids, mat *const *dxs)
{
    for (int t = 0; t < T; t++)
        for (int n = 0; n < N; n++)
            for (int j = 0; j < dW->cols; j++) {
                real *sum = at(dW, ids[t * N + n], j);
                *sum = *at(dxs[t], n, j) + (mutant_makes(EMBEDDING_OVERWRITTEN) ? 0 : *sum);
            }
}

void mutant_timeaffine_backward(const mat *W, mat *dW, mat *db, int T, mat *const *hs,
                                mat *const *dys, mat **dhs)
{
    for (int t = 0; t < T; t++) {
        if (mutant_makes(AFFINE_OVERWRITTEN)) zero(dW);
        if (!mutant_makes(AFFINE_NO_BIAS)) add_rows(db, dys[t], mutant_makes(AFFINE_BIAS_ONE_ROW));
        add_atb(dW, hs[t], dys[t]);
        set_abt(dhs[t], dys[t], W, true);
    }
}

/* By what the loss, or its gradient, is divided. */
static double divisor(int T, int N, const int *targets, bool sum, bool over_all, bool over_t)
{
    int counted = 0;
    for (int i = 0; i < T * N; i++) counted += targets[i] != TIMELOSS_IGNORED;
    return sum ? 1 : over_all ? T * N : over_t ? T : counted ? counted : 1;
}

double mutant_timeloss_forward(int T, int N, mat *const *ys, const int *targets, mat **ps)
{
    double loss = 0;
    for (int t = 0; t < T; t++) {
        mat_softmax_rows(ps[t], ys[t]);
        for (int n = 0; n < N; n++) {
            int target = targets[t * N + n];
            if (target == TIMELOSS_IGNORED && mutant_makes(LOSS_COUNTS_IGNORED)) target = 0;
            if (target != TIMELOSS_IGNORED) loss -= log((double) *at(ps[t], n, target));
        }
    }
    return loss / divisor(T, N, targets, mutant_makes(LOSS_SUM),
                          mutant_makes(LOSS_OVER_ALL) || mutant_makes(LOSS_COUNTS_IGNORED),
                          mutant_makes(LOSS_OVER_T));
}

void mutant_timeloss_backward(int T, int N, const int *targets, mat *const *ps, mat **dys)
{
    const double by = divisor(T, N, targets, mutant_makes(DYS_SUM), mutant_makes(DYS_OVER_ALL),
                              mutant_makes(DYS_OVER_T));
    for (int t = 0; t < T; t++)
        for (int n = 0; n < N; n++) {
            const int target = targets[t * N + n];
            const bool counts = target != TIMELOSS_IGNORED || mutant_makes(DYS_IGNORED_ROWS);
            for (int k = 0; k < ps[t]->cols; k++) {
                const double one = k == target && !mutant_makes(DYS_NO_MINUS_ONE);
                *at(dys[t], n, k) = (real) (counts ? ((double) *at(ps[t], n, k) - one) / by : 0);
            }
        }
}
