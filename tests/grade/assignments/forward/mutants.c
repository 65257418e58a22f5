/* forward/mutants.c: the initial weights and the forward pass with their known mistakes. See mutants.h. */
#include "fn.h"
#include "mutants.h"
#include "require.h"
#include "rnn.h"

#include <math.h>

enum {
    WEIGHTS_NOT_SCALED,
    WEIGHTS_UNIFORM,
    WEIGHTS_ZERO,
    BIASES_DRAWN,
    NO_BH,
    NO_BY,
    NO_RECURRENCE,
    WHH_TRANSPOSED,
    WXH_STRIDE,
    WHY_TRANSPOSED,
    SIGMOID,
    NO_ACTIVATION,
    Y_FROM_HPREV,
    SOFTMAX_NO_SUM,
    SOFTMAX_NO_MAX,
    HPREV_IGNORED,
    HPREV_NOT_STORED,
    H_NOT_HANDED_ON,
    XS_NOT_STORED,
    X_NOT_CLEARED,
    LOG_BASE_2,
    LOG_BASE_10,
    LOSS_MEAN,
    LOSS_SIGN,
    LOSS_AT_INPUT,
    LOSS_LAST_ONLY,
    MUTANTS
};

#define AT "forward", ""
static const known_bug table[MUTANTS] = {
    [WEIGHTS_NOT_SCALED] = {"weights-not-scaled", 1,
                            "The initial weights are randn; multiply them by 0.01.",
                            "가중치의 초깃값이 randn 그대로입니다. 0.01을 곱해야 합니다.", AT, NULL,
                            NULL},
    [WEIGHTS_UNIFORM] =
        {"weights-uniform", 1,
         "The initial weights are drawn with rng_uniform; they are 0.01 * rng_randn.",
         "가중치의 초깃값을 rng_uniform으로 뽑았습니다. 0.01 * rng_randn이어야 합니다.", AT, NULL,
         NULL},
    [WEIGHTS_ZERO] = {"weights-zero", 1,
                      "All initial weights are 0; draw Wxh, Whh and Why from 0.01 * randn.",
                      "가중치의 초깃값이 모두 0입니다. Wxh, Whh, Why는 0.01 * randn으로 뽑아야 "
                      "합니다.",
                      AT, NULL, NULL},
    [BIASES_DRAWN] = {"biases-drawn", 1,
                      "bh and by are drawn at random; they start at 0, and nothing is drawn for "
                      "them.",
                      "bh와 by를 난수로 뽑았습니다. 0에서 시작하고 난수를 쓰지 않습니다.", AT, NULL,
                      NULL},
    [NO_BH] = {"no-bh", 1, "bh is missing: h = tanh(Wxh x + Whh h[t-1] + bh).",
               "bh가 빠졌습니다. h = tanh(Wxh x + Whh h[t-1] + bh)입니다.", AT, NULL, NULL},
    [NO_BY] = {"no-by", 1, "by is missing: y = Why h + by.",
               "by가 빠졌습니다. y = Why h + by입니다.", AT, NULL, NULL},
    [NO_RECURRENCE] = {"no-recurrence", 1,
                       "h does not depend on the step before: Whh h[t-1] is missing.",
                       "h가 앞 시각에 기대지 않습니다. Whh h[t-1]이 빠졌습니다.", AT, NULL, NULL},
    [WHH_TRANSPOSED] = {"whh-transposed", 1,
                        "Whh is applied transposed; row i of Whh makes element i of h.",
                        "Whh를 전치하여 곱했습니다. Whh의 i행이 h의 i번 원소를 만듭니다.", AT, NULL,
                        NULL},
    [WXH_STRIDE] =
        {"wxh-stride", 1,
         "Wxh is read with the wrong stride: element (i, x) of H x V is v[i * V + x].",
         "Wxh를 잘못된 폭으로 읽었습니다. H x V 행렬의 (i, x) 원소는 v[i * V + x]입니다.", AT, NULL,
         NULL},
    [WHY_TRANSPOSED] = {"why-transposed", 1,
                        "Why is read with the wrong stride: element (k, i) of V x H is "
                        "v[k * H + i].",
                        "Why를 잘못된 폭으로 읽었습니다. V x H 행렬의 (k, i) 원소는 v[k * H + "
                        "i]입니다.",
                        AT, NULL, NULL},
    [SIGMOID] = {"sigmoid", 1, "h goes through the sigmoid; the activation function is tanh.",
                 "h에 시그모이드를 썼습니다. 활성화 함수는 tanh입니다.", AT, NULL, NULL},
    [NO_ACTIVATION] = {"no-activation", 1, "The tanh is missing: h = tanh(...).",
                       "tanh가 빠졌습니다. h = tanh(...)입니다.", AT, NULL, NULL},
    [Y_FROM_HPREV] = {"y-from-hprev", 1, "y is made from h[t-1]; make it from the new h.",
                      "y를 h[t-1]로 만들었습니다. 새 h로 만들어야 합니다.", AT, NULL, NULL},
    [SOFTMAX_NO_SUM] = {"softmax-no-sum", 1,
                        "The probabilities do not add up to 1; divide exp(y) by its sum.",
                        "확률의 합이 1이 아닙니다. exp(y)를 그 합으로 나누어야 합니다.", AT, NULL,
                        NULL},
    [SOFTMAX_NO_MAX] = {"softmax-no-max", 1,
                        "exp overflows where scores are large; subtract the largest score first.",
                        "점수가 크면 exp가 오버플로를 일으킵니다. 가장 큰 점수를 먼저 빼야 합니다.",
                        AT, NULL, NULL},
    [HPREV_IGNORED] = {"hprev-ignored", 1, "The sequence starts from h = 0; it starts from hprev.",
                       "시퀀스를 h = 0에서 시작했습니다. hprev에서 시작해야 합니다.", AT, NULL,
                       NULL},
    [HPREV_NOT_STORED] = {"hprev-not-stored", 1,
                          "hs[-1] is not set; copy hprev there: the backward pass reads it.",
                          "hs[-1]을 정하지 않았습니다. 역전파가 읽으므로 hprev를 복사해야 합니다.",
                          AT, NULL, NULL},
    [H_NOT_HANDED_ON] = {"h-not-handed-on", 1,
                         "Every step starts from hprev; step t starts from hs[t-1].",
                         "시각마다 hprev에서 시작했습니다. t 시각은 hs[t-1]에서 시작합니다.", AT,
                         NULL, NULL},
    [XS_NOT_STORED] = {"xs-not-stored", 1,
                       "tr->xs[t] is not set; the backward pass needs inputs[t] there.",
                       "tr->xs[t]를 정하지 않았습니다. 역전파에 inputs[t]가 필요합니다.", AT, NULL,
                       NULL},
    [X_NOT_CLEARED] = {"x-not-cleared", 1,
                       "Earlier inputs stay in x; clear the one-hot vector at every step.",
                       "앞의 입력이 x에 남아 있습니다. 원-핫 벡터를 시각마다 비워야 합니다.", AT,
                       NULL, NULL},
    [LOG_BASE_2] = {"log-base-2", 1, "The loss is in bits (log2); take the natural logarithm.",
                    "손실을 log2로 구했습니다. 자연로그를 써야 합니다.", AT, NULL, NULL},
    [LOG_BASE_10] = {"log-base-10", 1, "The loss uses log10; take the natural logarithm.",
                     "손실을 log10으로 구했습니다. 자연로그를 써야 합니다.", AT, NULL, NULL},
    [LOSS_MEAN] = {"loss-mean", 1, "The loss is divided by T; it is a sum over the steps.",
                   "손실을 T로 나누었습니다. 손실은 시각에 걸친 합입니다.", AT, NULL, NULL},
    [LOSS_SIGN] = {"loss-sign", 1, "The minus is missing: loss += -ln p[target].",
                   "빼기 부호가 빠졌습니다. loss += -ln p[target]입니다.", AT, NULL, NULL},
    [LOSS_AT_INPUT] = {"loss-at-input", 1, "The loss takes p at inputs[t]; take it at targets[t].",
                       "손실에 inputs[t] 위치의 p를 썼습니다. targets[t] 위치의 p를 써야 합니다.",
                       AT, NULL, NULL},
    [LOSS_LAST_ONLY] = {"loss-last-only", 1, "The loss is set with =; add up the steps with +=.",
                        "손실을 =로 덮어썼습니다. 시각마다 +=로 더해야 합니다.", AT, NULL, NULL},
};

const known_bug *mutant_at(int k) { return k < MUTANTS ? &table[k] : NULL; }

__typeof__(make_parameters) mutant_make_parameters;
__typeof__(rnn_step) mutant_rnn_step;
__typeof__(rnn_forward) mutant_rnn_forward;

void mutant_make_parameters(rnn *net, rng *draws)
{
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++) {
            double w = 0;
            if (mutant_makes(WEIGHTS_ZERO) || (k >= 3 && !mutant_makes(BIASES_DRAWN)))
                w = 0;
            else if (mutant_makes(WEIGHTS_UNIFORM))
                w = 0.01 * rng_uniform(draws);
            else
                w = rng_randn(draws) * (mutant_makes(WEIGHTS_NOT_SCALED) ? 1 : 0.01);
            net->all[k]->v[i] = (real) w;
        }
}

static void softmax(mat *p, const mat *y)
{
    const int V = mat_size(y);
    double max = (double) y->v[0], sum = 0;
    for (int k = 1; k < V; k++) max = fmax(max, (double) y->v[k]);
    if (mutant_makes(SOFTMAX_NO_MAX)) max = 0;
    for (int k = 0; k < V; k++) {
        p->v[k] = (real) fn_exp((double) y->v[k] - max);
        sum += (double) p->v[k];
    }
    for (int k = 0; k < V && !mutant_makes(SOFTMAX_NO_SUM); k++) p->v[k] /= (real) sum;
}

/* One step with n inputs: more than one if earlier ones were not cleared. */
static void step(const rnn *net, const int *xs, int n, const mat *hprev, mat *h, mat *y, mat *p)
{
    const int H = net->bh->rows, V = net->by->rows;
    for (int i = 0; i < H; i++) {
        double a = mutant_makes(NO_BH) ? 0 : (double) net->bh->v[i];
        for (int k = 0; k < n; k++)
            a += (double) net->Wxh->v[mutant_makes(WXH_STRIDE) ? xs[k] * H + i : i * V + xs[k]];
        for (int j = 0; j < H && !mutant_makes(NO_RECURRENCE); j++)
            a += (double) net->Whh->v[mutant_makes(WHH_TRANSPOSED) ? j * H + i : i * H + j] *
                 (double) hprev->v[j];
        if (mutant_makes(SIGMOID))
            a = 1 / (1 + fn_exp(-a));
        else if (!mutant_makes(NO_ACTIVATION))
            a = fn_tanh(a);
        h->v[i] = (real) a;
    }
    const mat *from = mutant_makes(Y_FROM_HPREV) ? hprev : h;
    for (int k = 0; k < V; k++) {
        double a = mutant_makes(NO_BY) ? 0 : (double) net->by->v[k];
        for (int i = 0; i < H; i++)
            a += (double) net->Why->v[mutant_makes(WHY_TRANSPOSED) ? i * V + k : k * H + i] *
                 (double) from->v[i];
        y->v[k] = (real) a;
    }
    softmax(p, y);
}

void mutant_rnn_step(const rnn *net, int x, const mat *hprev, mat *h, mat *y, mat *p)
{
    step(net, &x, 1, hprev, h, y, p);
}

double mutant_rnn_forward(const rnn *net, const int *inputs, const int *targets, const mat *hprev,
                          trace *tr)
{
    enum { MOST = 100 };
    int xs[MOST], n = 0;
    double loss = 0;
    mat *start = mat_new(net->bh->rows, 1);
    REQUIRE(start != NULL, ==, 1);
    REQUIRE(tr->T, <=, MOST);
    if (!mutant_makes(HPREV_IGNORED)) mat_copy(start, hprev);
    if (!mutant_makes(HPREV_NOT_STORED)) mat_copy(tr->hs[-1], start);
    for (int t = 0; t < tr->T; t++) {
        bool there = false;
        if (!mutant_makes(XS_NOT_STORED)) tr->xs[t] = inputs[t];
        if (!mutant_makes(X_NOT_CLEARED)) n = 0;
        for (int k = 0; k < n; k++) there = there || xs[k] == inputs[t];
        if (!there) xs[n++] = inputs[t];
        step(net, xs, n, t == 0 || mutant_makes(H_NOT_HANDED_ON) ? start : tr->hs[t - 1], tr->hs[t],
             tr->ys[t], tr->ps[t]);
        double one =
            -fn_log((double) tr->ps[t]->v[mutant_makes(LOSS_AT_INPUT) ? inputs[t] : targets[t]]);
        if (mutant_makes(LOG_BASE_2)) one /= fn_log(2);
        if (mutant_makes(LOG_BASE_10)) one /= fn_log(10);
        loss = mutant_makes(LOSS_LAST_ONLY) ? one : loss + one;
    }
    mat_free(start);
    if (mutant_makes(LOSS_MEAN)) loss /= tr->T;
    return mutant_makes(LOSS_SIGN) ? -loss : loss;
}
