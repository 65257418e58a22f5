/* lstm/mutants.c: the LSTM layer with its known mistakes. See mutants.h.
 *
 * The first are those of chapter 12's list, under its numbers and in its words. */
#include "../gate_mutants.h"
#include "../mutant_mats.h"
#include "lstm.h"
#include "mutants.h"

#include <math.h>

enum {
    NO_HPREV = GRU_DIRECT_Z, /* after the last LSTM mistake of the list */
    INPUT_LOST,
    COLUMNS_IFGO,
    SIGMOID_G,
    NO_CPREV,
    H_WITHOUT_TANH,
    STATELESS_ALWAYS,
    STATEFUL_ALWAYS,
    CELL_NOT_KEPT,
    CELL_FROM_ZERO,
    DC_FROM_ZERO,
    WEIGHTS_OVERWRITTEN,
    BIAS_ONE_ROW,
    MUTANTS
};

#define AT(section) "lstm", section, NULL, NULL
static const known_bug table[MUTANTS] = {
    [NO_HPREV] = {"lstm-no-hprev", 1, "hprev plays no part in the gates: add hprev Wh to a.",
                  "게이트에 hprev가 쓰이지 않았습니다. a에 hprev Wh를 더해야 합니다.", AT("cell")},
    [INPUT_LOST] = {"lstm-input-lost", 1, "The step overwrites what a held, x Wx + b; add to it.",
                    "a에 들어 있던 x Wx + b를 덮어썼습니다. 거기에 더해야 합니다.", AT("cell")},
    [COLUMNS_IFGO] = {"lstm-columns-ifgo", 1,
                      "The columns are taken as i f g o, as PyTorch has them; here they are f g i "
                      "o.",
                      "열을 PyTorch처럼 i f g o로 보았습니다. 여기서는 f g i o입니다.", AT("cell")},
    [SIGMOID_G] = {"lstm-sigmoid-g", 1, "g goes through the sigmoid; it is tanh.",
                   "g에 시그모이드를 썼습니다. tanh입니다.", AT("cell")},
    [NO_CPREV] = {"lstm-no-cprev", 1, "The cell begins anew at each step; it is f cprev + g i.",
                  "셀이 시각마다 새로 시작합니다. f cprev + g i입니다.", AT("cell")},
    [H_WITHOUT_TANH] = {"lstm-h-without-tanh", 1, "h is o c; it is o tanh(c).",
                        "h가 o c입니다. o tanh(c)이어야 합니다.", AT("cell")},
    [STATELESS_ALWAYS] = {"lstm-never-stateful", 1,
                          "Each later block begins in zeros even if the layer is stateful.",
                          "stateful인데도 다음 블록이 0에서 시작합니다.", AT("code")},
    [STATEFUL_ALWAYS] = {"lstm-always-stateful", 1,
                         "The next block continues even if the layer is not stateful.",
                         "stateful이 아닌데도 다음 블록이 상태를 이어받습니다.", AT("code")},
    [CELL_NOT_KEPT] = {"lstm-cell-not-kept", 1,
                       "The cell after the block, l->c, is not the last of cs.",
                       "블록 뒤의 셀 l->c에 마지막 cs를 남기지 않았습니다.", AT("code")},
    [CELL_FROM_ZERO] = {"lstm-cell-from-zero", 1,
                        "The state goes on from block to block, but the cell begins in zeros.",
                        "상태는 이어지는데 셀은 블록마다 0에서 시작합니다.", AT("code")},
    [DC_FROM_ZERO] = {"lstm-dc-from-zero", 1,
                      "dc is set to 0 at each step; it is 0 at the last step only.",
                      "시각마다 dc를 0으로 두었습니다. 마지막 시각에서만 0입니다.", AT("code")},
    [WEIGHTS_OVERWRITTEN] = {"lstm-weights-overwritten", 1,
                             "The gradients of the weights are set; they are added to.",
                             "가중치의 기울기를 덮어썼습니다. 있던 것에 더해야 합니다.",
                             AT("code")},
    [BIAS_ONE_ROW] = {"lstm-bias-one-row", 1,
                      "db gets the first row of da alone; b is added to all rows.",
                      "db에 da의 첫 행만 더했습니다. b는 모든 행에 더해졌습니다.", AT("code")},
};

const known_bug *mutant_at(int k)
{
    static known_bug listed[GRU_DIRECT_Z];
    if (k < GRU_DIRECT_Z) return gate_mutant(k, "lstm", "back", &listed[k]);
    return k < MUTANTS ? &table[k] : NULL;
}

__typeof__(lstmlayer_forward) mutant_lstmlayer_forward;
__typeof__(lstmlayer_backward) mutant_lstmlayer_backward;
__typeof__(timelstm_forward) mutant_timelstm_forward;
__typeof__(timelstm_backward) mutant_timelstm_backward;

/* Which quarter of the columns gate k (f g i o) has. */
static int quarter(int k)
{
    static const int ifgo[] = {1, 2, 0, 3};
    return mutant_makes(COLUMNS_IFGO) ? ifgo[k] : k;
}

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

void mutant_lstmlayer_forward(const lstmcell *cell, lstmstep *s)
{
    const int N = s->h->rows, H = s->h->cols;
    for (int n = 0; n < N; n++)
        for (int j = 0; j < LSTM_GATES * H; j++) {
            double a = mutant_makes(INPUT_LOST) ? 0 : (double) *at(s->a, n, j);
            for (int i = 0; i < H && !mutant_makes(NO_HPREV); i++)
                a += (double) *at(s->hprev, n, i) * (double) *at(cell->Wh, i, j);
            *at(s->a, n, j) =
                (real) (j / H == quarter(1) && !mutant_makes(SIGMOID_G) ? tanh(a) : sigmoid(a));
        }
    for (int n = 0; n < N; n++)
        for (int j = 0; j < H; j++) {
            double v[LSTM_GATES];
            for (int k = 0; k < LSTM_GATES; k++) v[k] = (double) *at(s->a, n, quarter(k) * H + j);
            const double kept = mutant_makes(NO_CPREV) ? 0 : v[0] * (double) *at(s->cprev, n, j),
                         c = kept + v[1] * v[2];
            *at(s->c, n, j) = (real) c;
            *at(s->tc, n, j) = (real) tanh(c);
            *at(s->h, n, j) = (real) (v[3] * (mutant_makes(H_WITHOUT_TANH) ? c : tanh(c)));
        }
}

/* The derivative of the function of gate k (f g i o), from its value. */
static double slope(int k, double v)
{
    static const int missing[] = {LSTM_NO_SIGMOID_F, LSTM_NO_TANH_G, LSTM_NO_SIGMOID_I,
                                  LSTM_NO_SIGMOID_O};
    if (mutant_makes(missing[k])) return 1;
    if (mutant_makes(LSTM_PREACTIVATION)) v = k == 1 ? atanh(v) : log(v / (1 - v));
    if (k == 0 && mutant_makes(LSTM_FORGET_BIAS)) v = sigmoid(log(v / (1 - v)) + 1);
    const bool of_tanh =
        (k == 1 && !mutant_makes(LSTM_SIGMOID_OF_G)) || (k == 2 && mutant_makes(LSTM_TANH_OF_I));
    return of_tanh ? 1 - v * v : v * (1 - v);
}

void mutant_lstmlayer_backward(const lstmcell *cell, const lstmstep *s, lstmstep *ds)
{
    const int N = s->h->rows, H = s->h->cols;
    mat *raw = mat_new(N, LSTM_GATES * H); /* before the gates' functions */
    for (int n = 0; n < N; n++)
        for (int j = 0; j < H; j++) {
            double v[LSTM_GATES], d[LSTM_GATES];
            for (int k = 0; k < LSTM_GATES; k++) v[k] = (double) *at(s->a, n, k * H + j);
            const double dh = (double) *at(ds->h, n, j), c = (double) *at(s->c, n, j),
                         cprev = (double) *at(s->cprev, n, j), tc = (double) *at(s->tc, n, j),
                         z = mutant_makes(LSTM_TANH_C_TWICE) ? tanh(tc) : tc;
            const double through = dh * (mutant_makes(LSTM_DC_WITHOUT_O) ? 1 : v[3]) *
                                   (mutant_makes(LSTM_NO_TANH_C) ? 1 : 1 - z * z),
                         next = mutant_makes(LSTM_C_NOT_CARRIED) ? 0 : (double) *at(ds->c, n, j),
                         dc = (next + through) * (mutant_makes(LSTM_DC_DOUBLED) ? 2 : 1);
            d[0] = dc * (mutant_makes(LSTM_F_USES_C_NOW) ? c : cprev);
            d[1] = dc * v[mutant_makes(LSTM_G_I_SWAPPED) ? 1 : 2];
            d[2] = dc * v[mutant_makes(LSTM_G_I_SWAPPED) ? 2 : 1];
            d[3] = dh * (mutant_makes(LSTM_O_USES_C) ? c : tc);
            *at(ds->cprev, n, j) = (real) (dc * (mutant_makes(LSTM_DCPREV_ALL) ? 1
                                                 : mutant_makes(LSTM_DCPREV_I) ? v[2]
                                                                               : v[0]));
            for (int k = 0; k < LSTM_GATES; k++) {
                *at(raw, n, k * H + j) = (real) d[k];
                d[k] *= slope(k, v[k]);
            }
            for (int k = 0; k < 3 && mutant_makes(LSTM_O_FOR_ALL); k++) d[k] = d[3];
            for (int k = 0; k < LSTM_GATES; k++) {
                int from = k;
                if (mutant_makes(LSTM_COLUMNS_F_I) && k != 3) from = 2 - k;
                if (mutant_makes(LSTM_COLUMNS_G_I) && (k == 1 || k == 2)) from = 3 - k;
                *at(ds->a, n, k * H + j) = (real) d[from];
            }
        }
    set_abt(ds->hprev, mutant_makes(LSTM_DHPREV_RAW) ? raw : ds->a, cell->Wh, true);
    mat_free(raw);
}

void mutant_timelstm_forward(timelstm *l, int T, mat *const *xs)
{
    const int N = l->h->rows, G = LSTM_GATES * l->h->cols;
    zero(l->hs[-1]);
    zero(l->cs[-1]);
    if (l->has_state) mat_copy(l->hs[-1], l->h);
    if (l->has_state && !mutant_makes(CELL_FROM_ZERO)) mat_copy(l->cs[-1], l->c);
    for (int t = 0; t < T; t++) {
        for (int n = 0; n < N; n++)
            for (int j = 0; j < G; j++) {
                double a = (double) l->cell.b->v[j];
                for (int i = 0; i < xs[t]->cols; i++)
                    a += (double) *at(xs[t], n, i) * (double) *at(l->cell.Wx, i, j);
                *at(l->as[t], n, j) = (real) a;
            }
        lstmstep s = {l->hs[t - 1], l->cs[t - 1], l->as[t], l->cs[t], l->tcs[t], l->hs[t]};
        mutant_lstmlayer_forward(&l->cell, &s);
    }
    mat_copy(l->h, l->hs[T - 1]);
    if (!mutant_makes(CELL_NOT_KEPT)) mat_copy(l->c, l->cs[T - 1]);
    l->has_state = mutant_makes(STATEFUL_ALWAYS)    ? true
                   : mutant_makes(STATELESS_ALWAYS) ? false
                                                    : l->stateful;
}

void mutant_timelstm_backward(timelstm *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    const int H = l->h->cols;
    zero(l->dh);
    zero(l->dc);
    for (int k = 0; k < 3 && mutant_makes(WEIGHTS_OVERWRITTEN); k++) zero(l->d.all[k]);
    for (int t = T - 1; t >= 0; t--) {
        const lstmstep s = {l->hs[t - 1], l->cs[t - 1], l->as[t], l->cs[t], l->tcs[t], l->hs[t]};
        lstmstep ds = {l->dh, l->dc, l->das[t], l->dc, NULL, l->sum};
        mat_copy(ds.h, dhs[t]);
        if (!mutant_makes(LSTM_DH_NOT_CARRIED)) mat_add(ds.h, l->dh);
        if (mutant_makes(DC_FROM_ZERO)) zero(l->dc);
        mutant_lstmlayer_backward(&l->cell, &s, &ds);
        for (int n = 0; n < (mutant_makes(BIAS_ONE_ROW) ? 1 : ds.a->rows); n++)
            for (int j = 0; j < LSTM_GATES * H; j++)
                l->d.b->v[j] +=
                    *at(ds.a, n, mutant_makes(LSTM_DB_FROM_F) && j >= 2 * H ? j % H : j);
        add_atb(l->d.Wh, mutant_makes(LSTM_DWH_H_NOW) ? s.h : s.hprev, ds.a);
        add_atb(l->d.Wx, xs[t], ds.a);
        set_abt(dxs[t], ds.a, l->cell.Wx, true);
    }
}
