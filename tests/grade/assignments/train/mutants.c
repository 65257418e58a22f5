/* train/mutants.c: the training with its known mistakes. See mutants.h. */
#include "adagrad.h"
#include "clip.h"
#include "mutants.h"
#include "train.h"

enum {
    WINDOW_NO_TARGET,
    FULL_WINDOW_ALWAYS,
    FULL_WINDOW_NEVER,
    HPREV_NOT_RESET,
    HPREV_NOT_COPIED,
    HPREV_FROM_FIRST,
    TARGETS_ARE_INPUTS,
    P_BY_ONE,
    P_SKIPS_ONE,
    N_NOT_COUNTED,
    SMOOTH_SWAPPED,
    SMOOTH_NOT_UPDATED,
    SMOOTH_OF_MEAN,
    LOSS_PER_CHARACTER,
    LOSS_AFTER_UPDATE,
    GRADIENT_NOT_ZEROED,
    MEMORY_ZEROED,
    CLIP_MISSING,
    CLIP_ALWAYS_5,
    CLIP_AFTER_UPDATE,
    CLIP_NORM_MISSING,
    HELD_FROM_HPREV,
    HELD_NOT_CARRIED,
    HELD_LAST_DROPPED,
    HELD_SUM,
    HELD_PER_LENGTH,
    MUTANTS
};

#define AT "min-char-rnn", ""
static const known_bug table[MUTANTS] = {
    [WINDOW_NO_TARGET] = {"window-without-target", 1,
                          "The window rule asks for T characters; the last target needs one more, "
                          "T + 1.",
                          "창에 문자 T개만 있으면 된다고 보았습니다. 마지막 정답까지 T + 1개가 "
                          "필요합니다.",
                          AT, NULL, NULL},
    [FULL_WINDOW_ALWAYS] = {"full-window-always", 1,
                            "The last window that just fits is used; without full_window the "
                            "original's rule leaves it out.",
                            "꼭 맞는 마지막 창을 썼습니다. full_window가 0이면 원본의 규칙대로 "
                            "건너뜁니다.",
                            AT, NULL, NULL},
    [FULL_WINDOW_NEVER] =
        {"full-window-never", 1,
         "full_window is not looked at; with it, the last window that just fits "
         "is used.",
         "full_window를 보지 않았습니다. 이것이 1이면 꼭 맞는 마지막 창도 씁니다.", AT, NULL, NULL},
    [HPREV_NOT_RESET] =
        {"hprev-not-reset", 1,
         "hprev goes on over the start of the text; set it to 0 where p becomes 0.",
         "글의 처음으로 돌아갈 때 hprev가 그대로입니다. p를 0으로 할 때 hprev도 0이 "
         "되어야 합니다.",
         AT, NULL, NULL},
    [HPREV_NOT_COPIED] = {"hprev-not-copied", 1,
                          "hprev is never set; copy the window's last h into it.",
                          "hprev를 정하지 않았습니다. 창의 마지막 h를 복사해야 합니다.", AT, NULL,
                          NULL},
    [HPREV_FROM_FIRST] = {"hprev-from-first", 1,
                          "hprev becomes the window's first h; it is the last one, hs[T-1].",
                          "hprev에 창의 첫 h를 복사했습니다. 마지막 h인 hs[T-1]이어야 합니다.", AT,
                          NULL, NULL},
    [TARGETS_ARE_INPUTS] = {"targets-are-inputs", 1,
                            "The targets are the inputs; they are one further on: inputs + 1.",
                            "정답이 입력과 같습니다. 한 문자 뒤인 inputs + 1이어야 합니다.", AT,
                            NULL, NULL},
    [P_BY_ONE] = {"p-by-one", 1, "p moves on by 1; it moves on by seq_length.",
                  "p가 1만큼 나아갑니다. seq_length만큼 나아가야 합니다.", AT, NULL, NULL},
    [P_SKIPS_ONE] = {"p-skips-one", 1,
                     "p moves on by seq_length + 1, so one character is never an input; it moves "
                     "on by seq_length.",
                     "p가 seq_length + 1만큼 나아가 문자 하나가 입력에서 빠집니다. seq_length만큼 "
                     "나아가야 합니다.",
                     AT, NULL, NULL},
    [N_NOT_COUNTED] = {"n-not-counted", 1,
                       "n stays 0, so every window is the first one; count the iterations: n++.",
                       "n이 0에 머물러 늘 첫 창만 씁니다. 반복의 수를 n++로 세야 합니다.", AT, NULL,
                       NULL},
    [SMOOTH_SWAPPED] =
        {"smooth-swapped", 1,
         "The weights of smooth_loss are swapped: 0.999 of itself, 0.001 of the "
         "loss.",
         "smooth_loss의 두 비율이 뒤바뀌었습니다. 자신의 0.999와 손실의 0.001입니다.", AT, NULL,
         NULL},
    [SMOOTH_NOT_UPDATED] = {"smooth-not-updated", 1,
                            "smooth_loss stays as it was; it becomes 0.999 of itself and 0.001 of "
                            "the loss.",
                            "smooth_loss가 그대로입니다. 자신의 0.999와 손실의 0.001을 더한 값이 "
                            "되어야 합니다.",
                            AT, NULL, NULL},
    [SMOOTH_OF_MEAN] = {"smooth-of-mean", 1,
                        "smooth_loss takes the loss divided by T; it takes the sum over the "
                        "window.",
                        "smooth_loss에 T로 나눈 손실을 넣었습니다. 창에 걸친 합을 넣어야 합니다.",
                        AT, NULL, NULL},
    [LOSS_PER_CHARACTER] = {"loss-per-character", 1,
                            "train_step returns the loss divided by T; return the sum over the "
                            "window.",
                            "train_step이 T로 나눈 손실을 반환합니다. 창에 걸친 합을 반환해야 "
                            "합니다.",
                            AT, NULL, NULL},
    [LOSS_AFTER_UPDATE] =
        {"loss-after-update", 1,
         "The loss is that of the weights after the update; take it from the "
         "forward pass before.",
         "갱신한 뒤의 가중치로 손실을 구했습니다. 갱신하기 전 순전파의 손실이어야 "
         "합니다.",
         AT, NULL, NULL},
    [GRADIENT_NOT_ZEROED] = {"gradient-not-zeroed", 1,
                             "The gradient grows from iteration to iteration; set d to 0 before "
                             "the backward pass.",
                             "반복할 때마다 기울기가 쌓입니다. 역전파 전에 d를 0으로 만들어야 "
                             "합니다.",
                             AT, NULL, NULL},
    [MEMORY_ZEROED] = {"memory-zeroed", 1,
                       "Adagrad's memories are set to 0 in every iteration; they are kept for the "
                       "whole run.",
                       "Adagrad의 누적값을 반복마다 0으로 만들었습니다. 학습 내내 이어져야 합니다.",
                       AT, NULL, NULL},
    [CLIP_MISSING] = {"clip-missing", 1,
                      "The gradient is not clipped by value; call clip_value where clip > 0.",
                      "기울기를 값 기준으로 자르지 않았습니다. clip > 0이면 clip_value를 불러야 "
                      "합니다.",
                      AT, NULL, NULL},
    [CLIP_ALWAYS_5] = {"clip-always-5", 1,
                       "The gradient is always clipped to +-5; use options.clip, where it is > 0.",
                       "기울기를 늘 ±5로 잘랐습니다. options.clip이 0보다 클 때 그 값을 써야 "
                       "합니다.",
                       AT, NULL, NULL},
    [CLIP_AFTER_UPDATE] = {"clip-after-update", 1,
                           "The gradient is clipped after Adagrad has used it; clip before the "
                           "update.",
                           "Adagrad가 쓴 뒤에 기울기를 잘랐습니다. 갱신하기 전에 잘라야 합니다.",
                           AT, NULL, NULL},
    [CLIP_NORM_MISSING] = {"clip-norm-missing", 1,
                           "The gradient is not clipped by norm; call clip_norm where clip_norm > "
                           "0.",
                           "기울기를 노름 기준으로 자르지 않았습니다. clip_norm > 0이면 "
                           "clip_norm을 불러야 합니다.",
                           AT, NULL, NULL},
    [HELD_FROM_HPREV] = {"held-out-from-hprev", 1,
                         "The text held out starts from the training's hprev; it starts from h = "
                         "0.",
                         "떼어 둔 글을 학습의 hprev에서 시작했습니다. h = 0에서 시작해야 합니다.",
                         AT, NULL, NULL},
    [HELD_NOT_CARRIED] = {"held-out-not-carried", 1,
                          "Every window of the text held out starts from h = 0; carry h from "
                          "window to window.",
                          "떼어 둔 글의 창마다 h = 0에서 시작했습니다. h를 다음 창으로 이어 가야 "
                          "합니다.",
                          AT, NULL, NULL},
    [HELD_LAST_DROPPED] = {"held-out-last-dropped", 1,
                           "The last, shorter window of the text held out is left out; it counts, "
                           "too.",
                           "떼어 둔 글의 마지막 짧은 창을 빠뜨렸습니다. 그 창도 셈에 들어갑니다.",
                           AT, NULL, NULL},
    [HELD_SUM] = {"held-out-sum", 1,
                  "train_held_out returns a sum; divide it by the length - 1 characters predicted.",
                  "train_held_out이 합을 반환합니다. 예측한 문자 length - 1개로 나누어야 합니다.",
                  AT, NULL, NULL},
    [HELD_PER_LENGTH] = {"held-out-per-length", 1,
                         "The sum is divided by length; only length - 1 characters are predicted.",
                         "합을 length로 나누었습니다. 예측한 문자는 length - 1개입니다.", AT, NULL,
                         NULL},
};

const known_bug *mutant_at(int k) { return k < MUTANTS ? &table[k] : NULL; }

__typeof__(train_window) mutant_train_window;
__typeof__(train_step) mutant_train_step;
__typeof__(train_held_out) mutant_train_held_out;

const int *mutant_train_window(train *r)
{
    const int needed = r->options.seq_length + (mutant_makes(WINDOW_NO_TARGET) ? 0 : 1),
              left = r->length - r->p;
    const bool full = mutant_makes(WINDOW_NO_TARGET) || mutant_makes(FULL_WINDOW_ALWAYS) ||
                      (r->options.full_window && !mutant_makes(FULL_WINDOW_NEVER));
    if (r->n == 0 || left < needed || (left == needed && !full)) {
        if (!mutant_makes(HPREV_NOT_RESET)) mat_zero(r->hprev);
        r->p = 0;
    }
    return r->ix + r->p;
}

static void clip(const train *r)
{
    const train_options *o = &r->options;
    if (mutant_makes(CLIP_ALWAYS_5))
        clip_value(r->d->all, 5, 5);
    else if (o->clip > 0 && !mutant_makes(CLIP_MISSING))
        clip_value(r->d->all, 5, o->clip);
    if (o->clip_norm > 0 && !mutant_makes(CLIP_NORM_MISSING)) clip_norm(r->d->all, 5, o->clip_norm);
}

double mutant_train_step(train *r)
{
    const int T = r->options.seq_length, *inputs = mutant_train_window(r),
              *targets = inputs + (mutant_makes(TARGETS_ARE_INPUTS) ? 0 : 1);
    r->tr->T = T;
    double loss = rnn_forward(r->net, inputs, targets, r->hprev, r->tr);
    const double kept = mutant_makes(SMOOTH_SWAPPED) ? 0.001 : 0.999;
    if (!mutant_makes(SMOOTH_NOT_UPDATED))
        r->smooth_loss =
            r->smooth_loss * kept + loss / (mutant_makes(SMOOTH_OF_MEAN) ? T : 1) * (1 - kept);
    if (!mutant_makes(GRADIENT_NOT_ZEROED)) rnn_zero(r->d);
    rnn_backward(r->net, r->tr, targets, r->d, r->w);
    if (!mutant_makes(CLIP_AFTER_UPDATE)) clip(r);
    if (mutant_makes(MEMORY_ZEROED)) rnn_zero(r->m);
    adagrad(r->net->all, r->d->all, r->m->all, 5, r->options.learning_rate);
    if (mutant_makes(CLIP_AFTER_UPDATE)) clip(r);
    const mat *h = r->tr->hs[mutant_makes(HPREV_FROM_FIRST) ? 0 : T - 1];
    mat *last = mat_new(h->rows, 1);
    if (last) mat_copy(last, h);
    if (mutant_makes(LOSS_AFTER_UPDATE))
        loss = rnn_forward(r->net, inputs, targets, r->hprev, r->tr);
    if (last && !mutant_makes(HPREV_NOT_COPIED)) mat_copy(r->hprev, last);
    mat_free(last);
    r->p += mutant_makes(P_BY_ONE) ? 1 : T + (mutant_makes(P_SKIPS_ONE) ? 1 : 0);
    if (!mutant_makes(N_NOT_COUNTED)) r->n++;
    return mutant_makes(LOSS_PER_CHARACTER) ? loss / T : loss;
}

double mutant_train_held_out(train *r, const int *ix, int length)
{
    double loss = 0;
    mat *h = mat_new(r->hprev->rows, 1);
    if (!h) return loss;
    if (mutant_makes(HELD_FROM_HPREV)) mat_copy(h, r->hprev);
    for (int p = 0; p < length - 1; p += r->options.seq_length) {
        const int left = length - 1 - p;
        if (left < r->options.seq_length && mutant_makes(HELD_LAST_DROPPED)) break;
        r->tr->T = left < r->options.seq_length ? left : r->options.seq_length;
        loss += rnn_forward(r->net, ix + p, ix + p + 1, h, r->tr);
        if (!mutant_makes(HELD_NOT_CARRIED)) mat_copy(h, r->tr->hs[r->tr->T - 1]);
    }
    mat_free(h);
    if (mutant_makes(HELD_SUM)) return loss;
    return loss / (mutant_makes(HELD_PER_LENGTH) ? length : length - 1);
}
