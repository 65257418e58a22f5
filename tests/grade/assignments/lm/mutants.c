/* lm/mutants.c: the training of the word language model with its known mistakes. See mutants.h. */
#include "adagrad.h"
#include "lmtrain.h"
#include "mutants.h"

#include <math.h>
#include <stdlib.h>

enum {
    ONE_START,
    STANDS_STILL,
    TARGETS_ARE_INPUTS,
    SEQUENCE_BY_SEQUENCE,
    WRAPS_LATE,
    GRADIENTS_NOT_ZEROED,
    UPHILL,
    NOT_UPDATED,
    LOSS_AFTERWARDS,
    SUM_NOT_KEPT,
    NOT_COUNTED,
    STATE_RESET,
    FIXED_RATE,
    EPOCH_BITS,
    EPOCH_SUM,
    EPOCH_KEEPS_SUM,
    EPOCH_KEEPS_ITERATION,
    EPOCH_NOT_COUNTED,
    EPOCH_EARLY,
    TEST_STATE_KEPT,
    TEST_BY_LENGTH,
    TEST_NO_EXP,
    TEST_NO_MEMORY,
    TEST_SKIPS_NOTHING,
    COUNT_NOT_SMOOTHED,
    COUNT_ADD_ONE,
    COUNT_BY_LENGTH,
    COUNT_UNIGRAM_OF_A,
    COUNT_NO_EXP,
    MUTANTS
};

#define AT(section) "rnnlm", section, NULL, NULL
static const known_bug table[MUTANTS] = {
    [ONE_START] =
        {"batch-one-start", 1,
         "All sequences of the batch begin at the same word; sequence n begins n jumps "
         "further.",
         "배치의 시퀀스가 모두 같은 곳에서 시작합니다. n번은 jump의 n배 뒤에서 시작합니다.",
         AT("batch")},
    [STANDS_STILL] =
        {"batch-stands-still", 1,
         "time_idx does not move on; the next block begins where this one ends.",
         "time_idx가 나아가지 않았습니다. 다음 블록은 이 블록이 끝난 곳에서 시작합니다.",
         AT("batch")},
    [TARGETS_ARE_INPUTS] = {"batch-targets-are-inputs", 1,
                            "ts is the same as xs; a target is the word after.",
                            "ts가 xs와 같습니다. 정답은 그다음 단어입니다.", AT("batch")},
    [SEQUENCE_BY_SEQUENCE] =
        {"batch-sequence-by-sequence", 1,
         "The block is stored sequence by sequence; step t of sequence n is at "
         "t * N + n.",
         "블록을 시퀀스 차례로 담았습니다. n번 시퀀스의 시각 t는 t * N + n번 "
         "자리입니다.",
         AT("batch")},
    [WRAPS_LATE] =
        {"batch-wraps-late", 1,
         "Positions are taken modulo count; the last word has no next one, so it is "
         "count - 1.",
         "자리를 count로 나눈 나머지로 구했습니다. 마지막 단어에는 다음이 없으므로 count "
         "- 1입니다.",
         AT("batch")},
    [GRADIENTS_NOT_ZEROED] =
        {"step-not-zeroed", 1,
         "The gradients of the block before are still in d; set it to 0 first.",
         "앞 블록의 기울기가 d에 남아 있습니다. 먼저 0으로 만들어야 합니다.", AT("step")},
    [UPHILL] = {"step-uphill", 1, "The step is added to the weights; it goes downhill.",
                "갱신을 가중치에 더했습니다. 손실이 줄어드는 쪽으로 가야 합니다.", AT("step")},
    [NOT_UPDATED] = {"step-not-updated", 1, "The weights are not updated.",
                     "가중치를 갱신하지 않았습니다.", AT("step")},
    [LOSS_AFTERWARDS] = {"step-loss-afterwards", 1,
                         "The loss is measured again after the update; the one before it counts.",
                         "갱신한 뒤에 손실을 다시 쟀습니다. 갱신하기 전의 손실이어야 합니다.",
                         AT("step")},
    [SUM_NOT_KEPT] = {"step-sum-not-kept", 1, "The loss is not added to sum.",
                      "손실을 sum에 더하지 않았습니다.", AT("step")},
    [NOT_COUNTED] = {"step-not-counted", 1, "The iteration is not counted.",
                     "반복을 세지 않았습니다.", AT("step")},
    [STATE_RESET] = {"step-state-reset", 1,
                     "The state is reset at each block; the blocks continue each other.",
                     "블록마다 상태를 0으로 되돌렸습니다. 블록은 이어집니다.", AT("step")},
    [FIXED_RATE] = {"step-fixed-rate", 1, "The learning rate is always 0.1; use the option.",
                    "학습률이 늘 0.1입니다. 옵션의 학습률을 써야 합니다.", AT("step")},
    [EPOCH_BITS] = {"epoch-two-to-the-loss", 1,
                    "The perplexity is 2 to the power of a loss in nat; it is e to that power.",
                    "nat로 잰 손실에 2의 거듭제곱을 썼습니다. e의 거듭제곱이어야 합니다.",
                    AT("perplexity")},
    [EPOCH_SUM] = {"epoch-of-the-sum", 1,
                   "The perplexity is of the sum of the losses; divide it by the iterations.",
                   "손실의 합으로 퍼플렉서티를 구했습니다. 반복의 수로 나누어야 합니다.",
                   AT("perplexity")},
    [EPOCH_KEEPS_SUM] = {"epoch-keeps-sum", 1, "sum is not set to 0 for the next epoch.",
                         "다음 에폭을 위해 sum을 0으로 만들지 않았습니다.", AT("perplexity")},
    [EPOCH_KEEPS_ITERATION] = {"epoch-keeps-iteration", 1,
                               "iteration is not set to 0 for the next epoch.",
                               "다음 에폭을 위해 iteration을 0으로 만들지 않았습니다.",
                               AT("perplexity")},
    [EPOCH_NOT_COUNTED] = {"epoch-not-counted", 1, "The epoch is not counted.",
                           "에폭을 세지 않았습니다.", AT("perplexity")},
    [EPOCH_EARLY] = {"epoch-too-early", 1, "The epoch ends one iteration too early.",
                     "에폭이 한 반복 일찍 끝납니다.", AT("perplexity")},
    [TEST_STATE_KEPT] = {"test-state-kept", 1,
                         "The state goes on over an unknown word; it is reset to zero there.",
                         "모르는 단어를 지나서도 상태가 이어집니다. 거기서 0으로 되돌려야 합니다.",
                         AT("test")},
    [TEST_BY_LENGTH] =
        {"test-by-length", 1,
         "The sum is divided by the words of the text; divide by the predicted ones.",
         "손실의 합을 글의 단어 수로 나누었습니다. 예측한 단어의 수로 나누어야 "
         "합니다.",
         AT("test")},
    [TEST_NO_EXP] = {"test-is-the-loss", 1, "The mean loss is returned; its exponential is wanted.",
                     "평균 손실을 반환했습니다. e의 거듭제곱이어야 합니다.", AT("test")},
    [TEST_NO_MEMORY] = {"test-no-memory", 1,
                        "The state is reset at each word; only unknown words reset it.",
                        "단어마다 상태를 0으로 되돌렸습니다. 모르는 단어에서만 되돌립니다.",
                        AT("test")},
    [TEST_SKIPS_NOTHING] =
        {"test-unknown-is-word-0", 1,
         "An unknown word is taken for word 0; it is skipped, and counted as such.",
         "모르는 단어를 0번 단어로 다루었습니다. 건너뛰고 그 수를 세어야 합니다.", AT("test")},
    [COUNT_NOT_SMOOTHED] =
        {"count-not-smoothed", 1,
         "The pairs are not smoothed: a pair that was never seen has probability "
         "0.",
         "두 단어의 수를 다듬지 않았습니다. 나온 적이 없는 쌍의 확률이 0이 "
         "됩니다.",
         AT("count")},
    [COUNT_ADD_ONE] = {"count-add-one", 1,
                       "1 is added to each pair; add the word's own probability P(b).",
                       "쌍마다 1을 더했습니다. 단어의 확률 P(b)를 더해야 합니다.", AT("count")},
    [COUNT_BY_LENGTH] = {"count-by-length", 1,
                         "The sums are divided by length - 1; unknown words do not count.",
                         "합을 length - 1로 나누었습니다. 모르는 단어는 세지 않습니다.",
                         AT("count")},
    [COUNT_UNIGRAM_OF_A] =
        {"count-first-of-the-pair", 1,
         "The unigram is of the first word of each pair; the second is predicted.",
         "쌍의 첫 단어로 유니그램을 구했습니다. 예측하는 것은 둘째 단어입니다.", AT("count")},
    [COUNT_NO_EXP] = {"count-is-the-loss", 1,
                      "Mean losses are returned; perplexities are their exponentials.",
                      "평균 손실을 남겼습니다. 퍼플렉서티는 e의 거듭제곱입니다.", AT("count")},
};

const known_bug *mutant_at(int k) { return k < MUTANTS ? &table[k] : NULL; }

__typeof__(lm_batch) mutant_lm_batch;
__typeof__(lm_step) mutant_lm_step;
__typeof__(lm_epoch_done) mutant_lm_epoch_done;
__typeof__(lm_test) mutant_lm_test;
__typeof__(lm_count) mutant_lm_count;

void mutant_lm_batch(lm *m)
{
    const int N = m->options.batch, T = m->options.time,
              pairs = mutant_makes(WRAPS_LATE) ? m->count : m->count - 1, jump = pairs / N;
    for (int t = 0; t < T; t++)
        for (int n = 0; n < N; n++) {
            const int from = mutant_makes(ONE_START) ? 0 : n * jump,
                      at = (from + m->time_idx + t) % pairs,
                      to = mutant_makes(SEQUENCE_BY_SEQUENCE) ? n * T + t : t * N + n;
            m->xs[to] = m->ids[at];
            m->ts[to] = m->ids[mutant_makes(TARGETS_ARE_INPUTS) ? at : (at + 1) % m->count];
        }
    if (!mutant_makes(STANDS_STILL)) m->time_idx = (m->time_idx + T) % pairs;
}

double mutant_lm_step(lm *m)
{
    timestack *s = m->s;
    const int T = m->options.time;
    const double rate = mutant_makes(FIXED_RATE) ? 0.1 : m->options.learning_rate;
    mutant_lm_batch(m);
    if (mutant_makes(STATE_RESET)) timernn_reset_state(s->rnn);
    double loss = timestack_forward(s, T, m->xs, m->ts);
    if (!mutant_makes(GRADIENTS_NOT_ZEROED)) timenet_zero(s->d);
    timestack_backward(s, T, m->xs, m->ts);
    if (!mutant_makes(NOT_UPDATED))
        sgd(s->net->all, s->d->all, TIMENET_TENSORS, mutant_makes(UPHILL) ? -rate : rate);
    if (mutant_makes(LOSS_AFTERWARDS)) loss = timestack_forward(s, T, m->xs, m->ts);
    if (!mutant_makes(SUM_NOT_KEPT)) m->sum += loss;
    if (!mutant_makes(NOT_COUNTED)) m->iteration++;
    return loss;
}

bool mutant_lm_epoch_done(lm *m, double *perplexity)
{
    const int all = lm_iterations(m);
    if (m->iteration < (mutant_makes(EPOCH_EARLY) ? all - 1 : all)) return false;
    const double mean = mutant_makes(EPOCH_SUM) ? m->sum : m->sum / all;
    *perplexity = mutant_makes(EPOCH_BITS) ? exp2(mean) : exp(mean);
    if (!mutant_makes(EPOCH_NOT_COUNTED)) m->epoch++;
    if (!mutant_makes(EPOCH_KEEPS_ITERATION)) m->iteration = 0;
    if (!mutant_makes(EPOCH_KEEPS_SUM)) m->sum = 0;
    return true;
}

lm_score mutant_lm_test(lm *m, const int *ids, int count)
{
    timestack *one = m->one;
    for (int k = 0; k < TIMENET_TENSORS; k++) mat_copy(one->net->all[k], m->s->net->all[k]);
    timernn_reset_state(one->rnn);
    lm_score score = {NAN, 0, 0};
    double sum = 0;
    const bool all = mutant_makes(TEST_SKIPS_NOTHING);
    for (int i = 0; i < count; i++) score.skipped += ids[i] < 0 && !all;
    for (int i = 0; i + 1 < count; i++) {
        const int x = all && ids[i] < 0 ? 0 : ids[i], y = all && ids[i + 1] < 0 ? 0 : ids[i + 1];
        if (mutant_makes(TEST_NO_MEMORY)) timernn_reset_state(one->rnn);
        if (x < 0 || y < 0) {
            if (!mutant_makes(TEST_STATE_KEPT)) timernn_reset_state(one->rnn);
            continue;
        }
        sum += timestack_forward(one, 1, &x, &y);
        score.counted++;
    }
    const double mean = sum / (mutant_makes(TEST_BY_LENGTH) ? count : score.counted);
    score.perplexity = mutant_makes(TEST_NO_EXP) ? mean : exp(mean);
    return score;
}

bool mutant_lm_count(const int *ids, int count, int V, const int *test, int length,
                     lm_baselines *out)
{
    int counted = 0;
    double unigram = 0, bigram = 0;
    for (int i = 0; i + 1 < length; i++) {
        const int a = test[i], b = test[i + 1];
        int times = 0, first = 0, both = 0;
        if (a < 0 || b < 0) continue;
        for (int k = 0; k < count; k++) {
            times += ids[k] == (mutant_makes(COUNT_UNIGRAM_OF_A) ? a : b);
            first += k + 1 < count && ids[k] == a;
            both += k + 1 < count && ids[k] == a && ids[k + 1] == b;
        }
        const double alone = (double) times / count;
        unigram -= log(alone);
        bigram -= mutant_makes(COUNT_NOT_SMOOTHED) ? log((double) both / first)
                  : mutant_makes(COUNT_ADD_ONE)    ? log((both + 1.0) / (first + V))
                                                   : log((both + alone) / (first + 1));
        counted++;
    }
    const double by = mutant_makes(COUNT_BY_LENGTH) ? length - 1 : counted;
    const bool raw = mutant_makes(COUNT_NO_EXP);
    *out = (lm_baselines){V, raw ? unigram / by : exp(unigram / by),
                          raw ? bigram / by : exp(bigram / by)};
    return true;
}
