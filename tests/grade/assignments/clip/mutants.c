/* clip/mutants.c: clipping with its known mistakes. See mutants.h. */
#include "clip.h"
#include "mutants.h"

#include <math.h>

enum {
    UPPER_ONLY,
    LOWER_ONLY,
    ZEROED,
    LEAST_IGNORED,
    VALUE_BY_NORM,
    VALUE_FIRST_ONLY,
    VALUE_WEIGHTS_ONLY,
    VALUE_FIVE,
    VALUE_FIXED,
    NORM_NO_ROOT,
    NORM_OF_ABSOLUTES,
    NORM_OF_EACH,
    NORM_ALWAYS,
    NORM_AFTER,
    NORM_BY_VALUE,
    NORM_WEIGHTS_ONLY,
    NORM_FIVE,
    NORM_MEAN,
    MUTANTS
};

#define AT "clip", "clip"
static const known_bug table[MUTANTS] = {
    [UPPER_ONLY] = {"clip-upper-only", 1,
                    "Only what is too large is clipped; what is below `least` becomes `least`.",
                    "너무 큰 값만 잘랐습니다. least보다 작은 값은 least로 바꿔야 합니다.", AT, NULL,
                    NULL},
    [LOWER_ONLY] = {"clip-lower-only", 1,
                    "Only what is too small is clipped; what is above `most` becomes `most`.",
                    "너무 작은 값만 잘랐습니다. most보다 큰 값은 most로 바꿔야 합니다.", AT, NULL,
                    NULL},
    [ZEROED] = {"clip-to-zero", 1,
                "What is out of range becomes 0; it becomes the limit that it went past.",
                "범위 밖의 값을 0으로 바꿨습니다. 넘은 쪽의 한계로 바꿔야 합니다.", AT, NULL, NULL},
    [LEAST_IGNORED] = {"clip-least-ignored", 1,
                       "clip_mat clips to +-most; the range is given as [least, most].",
                       "clip_mat이 ±most로 잘랐습니다. 범위는 [least, most]로 주어집니다.", AT,
                       NULL, NULL},
    [VALUE_BY_NORM] = {"value-by-norm", 1,
                       "clip_value scales the whole gradient; clip each element by itself.",
                       "clip_value가 기울기 전체를 줄였습니다. 원소를 하나씩 잘라야 합니다.", AT,
                       NULL, NULL},
    [VALUE_FIRST_ONLY] = {"value-first-only", 1,
                          "clip_value clips d[0] alone; the loop goes over all n matrices.",
                          "clip_value가 d[0]만 잘랐습니다. 반복문이 행렬 n개를 모두 돌아야 "
                          "합니다.",
                          AT, NULL, NULL},
    [VALUE_WEIGHTS_ONLY] = {"value-weights-only", 1,
                            "clip_value leaves dbh and dby as they are; clip all n matrices.",
                            "clip_value가 dbh와 dby를 그대로 두었습니다. 행렬 n개를 모두 잘라야 "
                            "합니다.",
                            AT, NULL, NULL},
    [VALUE_FIVE] = {"value-always-five", 1,
                    "clip_value clips five matrices whatever n is; the loop goes over n.",
                    "clip_value가 n과 상관없이 행렬 다섯을 자릅니다. 반복문이 n개를 돌아야 합니다.",
                    AT, NULL, NULL},
    [VALUE_FIXED] = {"value-fixed-limit", 1,
                     "clip_value always clips to +-5; use the limit that is given.",
                     "clip_value가 늘 ±5로 자릅니다. 넘겨받은 한계를 써야 합니다.", AT, NULL, NULL},
    [NORM_NO_ROOT] = {"norm-no-root", 1, "The norm is the sum of squares; take its square root.",
                      "노름이 제곱의 합에 머물렀습니다. 제곱근을 구해야 합니다.", AT, NULL, NULL},
    [NORM_OF_ABSOLUTES] =
        {"norm-of-absolutes", 1,
         "The norm adds up absolute values; it is the square root of the sum of squares.",
         "노름을 절댓값의 합으로 구했습니다. 제곱의 합의 제곱근입니다.", AT, NULL, NULL},
    [NORM_OF_EACH] = {"norm-of-each", 1,
                      "Each matrix is scaled by a norm of its own; there is one norm of all n.",
                      "행렬마다 자기 노름으로 줄였습니다. 노름은 행렬 n개 전체에 하나입니다.", AT,
                      NULL, NULL},
    [NORM_ALWAYS] = {"norm-always-scales", 1,
                     "A short gradient is stretched to the limit; scale only where norm > most.",
                     "짧은 기울기를 한계까지 늘였습니다. norm > most일 때만 줄여야 합니다.", AT,
                     NULL, NULL},
    [NORM_AFTER] = {"norm-after", 1,
                    "clip_norm returns the length after clipping; return the one before.",
                    "clip_norm이 자른 뒤의 노름을 반환합니다. 자르기 전의 노름을 반환해야 합니다.",
                    AT, NULL, NULL},
    [NORM_BY_VALUE] = {"norm-by-value", 1,
                       "clip_norm clips element by element; multiply all by most / norm.",
                       "clip_norm이 원소를 하나씩 잘랐습니다. 모두에 most / norm을 곱해야 합니다.",
                       AT, NULL, NULL},
    [NORM_WEIGHTS_ONLY] =
        {"norm-weights-only", 1,
         "clip_norm leaves out dbh and dby; they count in the norm and are scaled as well.",
         "clip_norm이 dbh와 dby를 빠뜨렸습니다. 노름에도 들어가고 함께 줄어야 합니다.", AT, NULL,
         NULL},
    [NORM_FIVE] =
        {"norm-always-five", 1,
         "clip_norm takes five matrices whatever n is; both loops go over n.",
         "clip_norm이 n과 상관없이 행렬 다섯을 셈합니다. 두 반복문이 n개를 돌아야 합니다.", AT,
         NULL, NULL},
    [NORM_MEAN] = {"norm-of-mean", 1,
                   "The root of the mean of squares is taken; the norm is the root of their sum.",
                   "제곱의 평균의 제곱근을 구했습니다. 노름은 제곱의 합의 제곱근입니다.", AT, NULL,
                   NULL},
};

const known_bug *mutant_at(int k) { return k < MUTANTS ? &table[k] : NULL; }

__typeof__(clip_mat) mutant_clip_mat;
__typeof__(clip_value) mutant_clip_value;
__typeof__(clip_norm) mutant_clip_norm;

mat *mutant_clip_mat(mat *A, double least, double most)
{
    if (mutant_makes(LEAST_IGNORED)) least = -most;
    for (int i = 0; i < mat_size(A); i++) {
        const double x = (double) A->v[i];
        if (x < least && !mutant_makes(UPPER_ONLY))
            A->v[i] = (real) (mutant_makes(ZEROED) ? 0 : least);
        if (x > most && !mutant_makes(LOWER_ONLY))
            A->v[i] = (real) (mutant_makes(ZEROED) ? 0 : most);
    }
    return A;
}

static double norm_of(mat *const d[], int from, int to)
{
    double sum = 0;
    int n = 0;
    for (int k = from; k < to; k++) {
        n += mat_size(d[k]);
        for (int i = 0; i < mat_size(d[k]); i++) {
            const double g = (double) d[k]->v[i];
            sum += mutant_makes(NORM_OF_ABSOLUTES) ? fabs(g) : g * g;
        }
    }
    if (mutant_makes(NORM_MEAN)) sum /= n;
    return mutant_makes(NORM_NO_ROOT) || mutant_makes(NORM_OF_ABSOLUTES) ? sum : sqrt(sum);
}

static void scale(mat *const d[], int from, int to, double norm, double most)
{
    if (!(norm > most) && !mutant_makes(NORM_ALWAYS)) return;
    for (int k = from; k < to; k++)
        for (int i = 0; i < mat_size(d[k]); i++) d[k]->v[i] *= (real) (most / norm);
}

/* How many of n are done, where of the weights and biases of a network only the weights are, or always all five. */
static int reach(int n, bool weights_only, bool five)
{
    if (five) n = 5;
    return weights_only && n > 3 ? 3 : n;
}

void mutant_clip_value(mat *const d[], int n, double most)
{
    const int to = mutant_makes(VALUE_FIRST_ONLY)
                       ? 1
                       : reach(n, mutant_makes(VALUE_WEIGHTS_ONLY), mutant_makes(VALUE_FIVE));
    if (mutant_makes(VALUE_FIXED)) most = 5;
    if (mutant_makes(VALUE_BY_NORM)) {
        scale(d, 0, to, norm_of(d, 0, to), most);
        return;
    }
    for (int k = 0; k < to; k++) mutant_clip_mat(d[k], -most, most);
}

double mutant_clip_norm(mat *const d[], int n, double most)
{
    const int to = reach(n, mutant_makes(NORM_WEIGHTS_ONLY), mutant_makes(NORM_FIVE));
    const double norm = norm_of(d, 0, to);
    if (mutant_makes(NORM_BY_VALUE))
        for (int k = 0; k < to; k++) mutant_clip_mat(d[k], -most, most);
    else if (mutant_makes(NORM_OF_EACH))
        for (int k = 0; k < to; k++) scale(d, k, k + 1, norm_of(d, k, k + 1), most);
    else
        scale(d, 0, to, norm, most);
    return mutant_makes(NORM_AFTER) ? norm_of(d, 0, to) : norm;
}
