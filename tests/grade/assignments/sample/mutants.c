/* sample/mutants.c: sampling with its known mistakes. See mutants.h. */
#include "mutants.h"
#include "sample.h"

enum {
    TEMPERATURE_MULTIPLIES,
    TEMPERATURE_NO_SOFTMAX,
    TEMPERATURE_ON_P,
    TEMPERATURE_NOT_NORMALISED,
    ZERO_DIVIDES,
    TEMPERATURE_IGNORED,
    ALWAYS_LIKELIEST,
    ZERO_DRAWS,
    X_NOT_FED_BACK,
    H_NOT_CARRIED,
    FROM_ZERO,
    HPREV_CHANGED,
    CDF_SHIFTED,
    SEED_IN_RESULT,
    END_IGNORED,
    END_IN_RESULT,
    MUTANTS
};

#define AT "sample", ""
static const known_bug table[MUTANTS] = {
    [TEMPERATURE_MULTIPLIES] = {"temperature-multiplies", 1,
                                "The scores are multiplied by the temperature; divide them by it.",
                                "점수에 온도를 곱했습니다. 온도로 나누어야 합니다.", AT, NULL,
                                NULL},
    [TEMPERATURE_NO_SOFTMAX] = {"temperature-no-softmax", 1,
                                "p is y / temperature; it must still go through softmax.",
                                "p가 y / 온도에 머물렀습니다. 소프트맥스를 지나야 합니다.", AT,
                                NULL, NULL},
    [TEMPERATURE_ON_P] = {"temperature-on-p", 1,
                          "The probabilities are divided by the temperature; divide the scores, "
                          "before softmax.",
                          "확률을 온도로 나누었습니다. 소프트맥스에 넣기 전의 점수를 나누어야 "
                          "합니다.",
                          AT, NULL, NULL},
    [TEMPERATURE_NOT_NORMALISED] = {"temperature-not-normalised", 1,
                                    "The probabilities are divided by the temperature and do not "
                                    "add up to 1 any more; divide the scores, before softmax.",
                                    "확률을 온도로 나누어 합이 1이 아닙니다. 소프트맥스에 넣기 "
                                    "전의 점수를 나누어야 합니다.",
                                    AT, NULL, NULL},
    [ZERO_DIVIDES] = {"zero-divides", 1,
                      "At temperature 0 the scores are divided by 0; put a 1 at the largest score.",
                      "온도 0에서 점수를 0으로 나누었습니다. 가장 큰 점수에 1을 두어야 합니다.", AT,
                      NULL, NULL},
    [TEMPERATURE_IGNORED] = {"temperature-ignored", 1,
                             "sample draws with the network's own probabilities whatever the "
                             "temperature is; call sample_temperature.",
                             "sample이 온도와 상관없이 신경망의 확률로 뽑습니다. "
                             "sample_temperature를 불러야 합니다.",
                             AT, NULL, NULL},
    [ALWAYS_LIKELIEST] = {"always-likeliest", 1,
                          "The likeliest character is always taken; draw one with rng_choice.",
                          "늘 확률이 가장 큰 문자를 골랐습니다. rng_choice로 뽑아야 합니다.", AT,
                          NULL, NULL},
    [ZERO_DRAWS] = {"zero-draws", 1,
                    "A random number is drawn at temperature 0 as well; take the likeliest, draw "
                    "nothing.",
                    "온도 0에서도 난수를 뽑았습니다. 난수 없이 확률이 가장 큰 문자를 골라야 "
                    "합니다.",
                    AT, NULL, NULL},
    [X_NOT_FED_BACK] = {"x-not-fed-back", 1,
                        "Every step reads the first character; the character drawn is the next "
                        "input.",
                        "시각마다 첫 문자를 읽습니다. 뽑은 문자가 다음 입력이 되어야 합니다.", AT,
                        NULL, NULL},
    [H_NOT_CARRIED] = {"h-not-carried", 1,
                       "Every step starts from hprev; carry h from one step to the next.",
                       "시각마다 hprev에서 시작했습니다. h를 다음 시각으로 이어 가야 합니다.", AT,
                       NULL, NULL},
    [FROM_ZERO] = {"sample-from-zero", 1, "The text starts from h = 0; it starts from hprev.",
                   "글을 h = 0에서 시작했습니다. hprev에서 시작해야 합니다.", AT, NULL, NULL},
    [HPREV_CHANGED] = {"hprev-changed", 1,
                       "Sampling writes into hprev, the state of the training; work on a copy: "
                       "s->h.",
                       "샘플링이 학습의 상태인 hprev에 썼습니다. 사본인 s->h에서 일해야 합니다.",
                       AT, NULL, NULL},
    [CDF_SHIFTED] = {"cdf-shifted", 1,
                     "Every id is one too high: u is compared before p[i] is added to the sum.",
                     "번호가 모두 하나씩 큽니다. p[i]를 더하기 전에 u와 비교했습니다.", AT, NULL,
                     NULL},
    [SEED_IN_RESULT] = {"seed-in-result", 1,
                        "The first character is written into the result; only drawn ones belong "
                        "there.",
                        "첫 문자를 결과에 썼습니다. 뽑은 문자만 들어가야 합니다.", AT, NULL, NULL},
    [END_IGNORED] = {"end-ignored", 1, "The text goes on after the end mark; stop there.",
                     "끝 표시 뒤에도 글이 이어집니다. 거기서 멈춰야 합니다.", AT, NULL, NULL},
    [END_IN_RESULT] = {"end-in-result", 1,
                       "The end mark is written into the result; stop before it.",
                       "끝 표시를 결과에 썼습니다. 그 앞에서 멈춰야 합니다.", AT, NULL, NULL},
};

const known_bug *mutant_at(int k) { return k < MUTANTS ? &table[k] : NULL; }

__typeof__(sample_temperature) mutant_sample_temperature;
__typeof__(sample) mutant_sample;

void mutant_sample_temperature(mat *p, mat *y, double temperature)
{
    if (temperature == 0 && !mutant_makes(ZERO_DIVIDES)) {
        mat_zero(p);
        p->v[mat_argmax(y)] = 1;
        return;
    }
    if (mutant_makes(TEMPERATURE_ON_P) || mutant_makes(TEMPERATURE_NOT_NORMALISED)) {
        double sum = 0;
        mat_softmax(p, y);
        for (int i = 0; i < mat_size(p); i++) sum += (double) p->v[i] / temperature;
        for (int i = 0; i < mat_size(p); i++)
            p->v[i] = (real) ((double) p->v[i] / temperature /
                              (mutant_makes(TEMPERATURE_ON_P) ? sum : 1));
        return;
    }
    for (int i = 0; i < mat_size(y); i++)
        y->v[i] = (real) (mutant_makes(TEMPERATURE_MULTIPLIES) ? (double) y->v[i] * temperature
                                                               : (double) y->v[i] / temperature);
    if (mutant_makes(TEMPERATURE_NO_SOFTMAX))
        mat_copy(p, y);
    else
        mat_softmax(p, y);
}

static int drawn(rng *draws, const mat *p)
{
    const int i = rng_choice(draws, p);
    return mutant_makes(CDF_SHIFTED) && i >= 0 && i + 1 < mat_size(p) ? i + 1 : i;
}

int mutant_sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end,
                  rng *draws, sampler *s, int *ixes)
{
    int x = seed_ix, written = 0;
    if (hprev != s->h) mat_copy(s->h, hprev);
    if (mutant_makes(FROM_ZERO)) mat_zero(s->h);
    if (n > 0 && mutant_makes(SEED_IN_RESULT)) ixes[written++] = x;
    while (written < n) {
        rnn_step(net, mutant_makes(X_NOT_FED_BACK) ? seed_ix : x, s->h, s->g, s->y, s->p);
        if (!mutant_makes(H_NOT_CARRIED)) mat_copy(s->h, s->g);
        if (!(s->p->v[0] >= 0)) break;
        if (mutant_makes(HPREV_CHANGED)) mat_copy((mat *) (uintptr_t) hprev, s->h);
        if (temperature != 1 && !mutant_makes(TEMPERATURE_IGNORED))
            mutant_sample_temperature(s->p, s->y, temperature);
        if (mutant_makes(ALWAYS_LIKELIEST) ||
            (temperature == 0 && !mutant_makes(ZERO_DRAWS) && !mutant_makes(TEMPERATURE_IGNORED)))
            x = mat_argmax(s->p);
        else
            x = drawn(draws, s->p);
        if (x < 0) break;
        if (x == end && !mutant_makes(END_IGNORED)) {
            if (mutant_makes(END_IN_RESULT)) ixes[written++] = x;
            break;
        }
        ixes[written++] = x;
    }
    return written;
}
