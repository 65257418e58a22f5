/* adagrad/mutants.c: Adagrad with its known mistakes. See mutants.h. */
#include "adagrad.h"
#include "mutants.h"

#include <math.h>

enum {
    MEMORY_OVERWRITTEN,
    MEMORY_DECAYS,
    MEMORY_NOT_SQUARED,
    MEMORY_SHARED,
    MEMORY_LATE,
    NO_ROOT,
    NO_EPSILON,
    EPSILON_OUTSIDE,
    UPHILL,
    NO_RATE,
    PLAIN_SGD,
    FIXED_RATE,
    BIASES_LEFT,
    ALWAYS_FIVE,
    MUTANTS
};

#define AT "adagrad", ""
static const known_bug table[MUTANTS] = {
    [MEMORY_OVERWRITTEN] = {"memory-overwritten", 1,
                            "mem is set to d*d with =; add up all steps with +=.",
                            "mem을 =로 d*d로 덮어썼습니다. 모든 단계를 +=로 누적해야 합니다.", AT,
                            NULL, NULL},
    [MEMORY_DECAYS] =
        {"memory-decays", 1,
         "mem fades as in RMSprop (0.9 mem + 0.1 d*d); Adagrad keeps all of it: mem += d*d.",
         "mem이 RMSprop처럼 옅어집니다(0.9 mem + 0.1 d*d). Adagrad는 모두 누적하여 mem += "
         "d*d입니다.",
         AT, NULL, NULL},
    [MEMORY_NOT_SQUARED] = {"memory-not-squared", 1,
                            "mem adds up |d|; it is the sum of squares: mem += d*d.",
                            "mem에 |d|를 누적했습니다. 제곱의 합이므로 mem += d*d입니다.", AT, NULL,
                            NULL},
    [MEMORY_SHARED] =
        {"memory-shared", 1,
         "All parameters use the memory of the first; each has one of its own: mem[k].",
         "파라미터가 모두 첫째의 mem을 씁니다. 저마다 자기 것, mem[k]가 있습니다.", AT, NULL, NULL},
    [MEMORY_LATE] = {"memory-late", 1,
                     "The step is made before d*d is added to mem; add first, then divide.",
                     "d*d를 mem에 더하기 전에 갱신했습니다. 먼저 더하고 나서 나누어야 합니다.", AT,
                     NULL, NULL},
    [NO_ROOT] = {"no-root", 1, "The step is divided by mem; divide by sqrt(mem + 1e-8).",
                 "mem으로 나누었습니다. sqrt(mem + 1e-8)로 나누어야 합니다.", AT, NULL, NULL},
    [NO_EPSILON] = {"no-epsilon", 1, "The 1e-8 is missing: divide by sqrt(mem + 1e-8).",
                    "1e-8이 빠졌습니다. sqrt(mem + 1e-8)로 나누어야 합니다.", AT, NULL, NULL},
    [EPSILON_OUTSIDE] =
        {"epsilon-outside", 1,
         "The 1e-8 is added outside the root; it belongs inside: sqrt(mem + 1e-8).",
         "1e-8을 제곱근 밖에서 더했습니다. 안에서 더해 sqrt(mem + 1e-8)로 나누어야 합니다.", AT,
         NULL, NULL},
    [UPHILL] = {"uphill", 1, "The step is added to the parameter; it goes downhill: param -= ...",
                "갱신을 파라미터에 더했습니다. 내려가야 하므로 param -= ...입니다.", AT, NULL,
                NULL},
    [NO_RATE] = {"no-rate", 1, "The learning rate is missing in the step.",
                 "갱신에 학습률이 빠졌습니다.", AT, NULL, NULL},
    [PLAIN_SGD] = {"plain-sgd", 1,
                   "The step is learning_rate * d, plain SGD; divide by sqrt(mem + 1e-8).",
                   "갱신이 learning_rate * d, 곧 SGD입니다. sqrt(mem + 1e-8)로 나누어야 합니다.",
                   AT, NULL, NULL},
    [FIXED_RATE] = {"fixed-rate", 1, "The learning rate is always 0.1; use the one that is given.",
                    "학습률이 늘 0.1입니다. 넘겨받은 learning_rate를 써야 합니다.", AT, NULL, NULL},
    [BIASES_LEFT] = {"biases-not-updated", 1,
                     "bh and by are not updated; the loop goes over all n parameters.",
                     "bh와 by를 갱신하지 않았습니다. 반복문이 파라미터 n개를 모두 돌아야 합니다.",
                     AT, NULL, NULL},
    [ALWAYS_FIVE] = {"always-five", 1,
                     "Five parameters are updated whatever n is; the loop goes over n.",
                     "n과 상관없이 파라미터 다섯을 갱신합니다. 반복문이 n개를 돌아야 합니다.", AT,
                     NULL, NULL},
};

const known_bug *mutant_at(int k) { return k < MUTANTS ? &table[k] : NULL; }

__typeof__(adagrad) mutant_adagrad;

void mutant_adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n,
                    double learning_rate)
{
    const double rate = mutant_makes(NO_RATE)      ? 1
                        : mutant_makes(FIXED_RATE) ? 0.1
                                                   : learning_rate,
                 sign = mutant_makes(UPHILL) ? -1 : 1,
                 inside = mutant_makes(NO_EPSILON) || mutant_makes(EPSILON_OUTSIDE) ? 0 : 1e-8,
                 outside = mutant_makes(EPSILON_OUTSIDE) ? 1e-8 : 0;
    if (mutant_makes(ALWAYS_FIVE)) n = 5;
    if (mutant_makes(BIASES_LEFT) && n > 3) n = 3;
    for (int k = 0; k < n; k++) {
        mat *memory = mem[mutant_makes(MEMORY_SHARED) ? 0 : k];
        for (int i = 0; i < mat_size(param[k]); i++) {
            real *sum = &memory->v[i % mat_size(memory)];
            const double g = (double) dparam[k]->v[i], before = (double) *sum,
                         more = mutant_makes(MEMORY_NOT_SQUARED) ? fabs(g) : g * g;
            double after = before + more;
            if (mutant_makes(MEMORY_OVERWRITTEN)) after = more;
            if (mutant_makes(MEMORY_DECAYS)) after = 0.9 * before + 0.1 * more;
            *sum = (real) after;
            const double under = (mutant_makes(MEMORY_LATE) ? before : after) + inside;
            double by = (mutant_makes(NO_ROOT) ? under : sqrt(under)) + outside;
            if (mutant_makes(PLAIN_SGD)) by = 1;
            param[k]->v[i] -= (real) (sign * rate * g / by);
        }
    }
}
