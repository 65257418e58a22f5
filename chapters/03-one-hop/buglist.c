/* buglist.c: the texts of the known mistakes. What each computes is in bugs.c. */
#include "buglist.h"

#include <string.h>

#define SHARED_NOTES_EN "deep-learning homework and forum threads, again and again"
#define SHARED_NOTES_KO "딥러닝 과제와 질문 게시판에서 되풀이해 보입니다"

const known_bug buglist[BUGS] = {
    [NO_MINUS_ONE] = {"no-minus-one", 1,
                      "dy = p, but the gradient of -ln p[target] is p with 1 subtracted at the "
                      "target, after dy = p.",
                      "dy = p로 끝났습니다. -ln p[target]의 기울기는 dy = p 다음에 정답 위치에서 "
                      "1을 뺀 것입니다.",
                      "one-hop", "dy", NULL, NULL},
    [MINUS_ONE_AT_INPUT] = {"minus-one-at-input", 1,
                            "The 1 is subtracted at inputs[t]; subtract it at targets[t].",
                            "1을 inputs[t] 위치에서 뺐습니다. targets[t] 위치에서 빼야 합니다.",
                            "one-hop", "dy",
                            "seed 001 prints its formula with the input's index; its code is right",
                            "씨앗 글 001의 수식이 입력의 번호를 씁니다(코드는 맞습니다)"},
    [TARGET_PREV] = {"target-prev", 4,
                     "The 1 is subtracted at the target of step t-1; step t has targets[t].",
                     "1을 t-1 시각의 정답 위치에서 뺐습니다. t 시각의 정답은 targets[t]입니다.",
                     "one-hop", "dy", NULL, NULL},
    [TARGET_NEXT] =
        {"target-next", 4,
         "The 1 is subtracted at the target of step t+1; targets[t] already is the character that "
         "follows inputs[t].",
         "1을 t+1 시각의 정답 위치에서 뺐습니다. targets[t]가 이미 inputs[t]의 다음 문자입니다.",
         "one-hop", "dy", NULL, NULL},
    [SIGN_FLIPPED] =
        {"sign-flipped", 1,
         "All gradients have the opposite sign: dy is p - y, not y - p, and d is added to.",
         "모든 기울기의 부호가 반대입니다. dy는 y - p가 아니라 p - y이고, d에는 더합니다.",
         "one-hop", "dy", "code that adds the gradient to the weights instead of subtracting it",
         "기울기를 빼지 않고 더하는 코드에서 함께 보입니다"},
    [DY_FROM_LOGITS] = {"dy-from-logits", 1,
                        "dy is made from the scores ys[t]; make it from the probabilities ps[t].",
                        "dy를 점수 ys[t]로 만들었습니다. 확률 ps[t]로 만들어야 합니다.", "one-hop",
                        "dy", NULL, NULL},
    [SOFTMAX_TWICE] =
        {"softmax-twice", 2,
         "The derivative of softmax is applied once more to dy; p - y already contains it.",
         "dy에 소프트맥스의 미분을 한 번 더 곱했습니다. p - y에는 이미 들어 있습니다.", "one-hop",
         "dy", "a network that ends in softmax, with a loss that takes softmax again",
         "소프트맥스로 끝나는 신경망에 소프트맥스를 품은 손실을 이어 붙인 코드"},
    [NO_SOFTMAX_JACOBIAN] =
        {"no-softmax-jacobian", 1,
         "dy is -1/p at the target, which is dL/dp; through softmax it becomes p - y.",
         "dy가 정답 위치의 -1/p, 곧 dL/dp에 머물렀습니다. 소프트맥스를 지나면 p - y가 됩니다.",
         "one-hop", "dy", NULL, NULL},
    [DWHY_H_PREV] = {"dwhy-h-prev", 4, "dWhy uses h[t-1]; y[t] was made from h[t].",
                     "dWhy에 h[t-1]을 썼습니다. y[t]는 h[t]로 만든 것입니다.", "one-hop", "dWhy",
                     NULL, NULL},
    [DWHY_H_LAST] = {"dwhy-h-last", 1, "dWhy uses the last h at every step; step t needs h[t].",
                     "모든 시각의 dWhy에 마지막 h를 썼습니다. t 시각에는 h[t]가 필요합니다.",
                     "one-hop", "dWhy",
                     "code that keeps one h and overwrites it in the forward pass",
                     "h를 하나만 두고 순전파에서 덮어쓰는 코드"},
    [DWHY_TRANSPOSED] =
        {"dwhy-transposed", 1,
         "dWhy is stored transposed: element [k,i] of the V x H matrix is v[k * H + i].",
         "dWhy가 전치되어 저장되었습니다. V x H 행렬의 [k,i] 원소는 v[k * H + i]입니다.", "one-hop",
         "dWhy", NULL, NULL},
    [WHY_STRIDE] =
        {"why-stride", 2,
         "Why is read with the wrong stride in dh = Why' dy: element [k,i] is v[k * H + i].",
         "dh = Why' dy에서 Why를 잘못된 폭으로 읽었습니다. [k,i] 원소는 v[k * H + i]입니다.",
         "one-hop", "dh", NULL, NULL},
    [DWHY_OVERWRITTEN] =
        {"dwhy-overwritten", 2,
         "dWhy is set with =, or to 0 in the loop; add up the steps with +=.",
         "dWhy를 =로 덮어썼거나 반복문 안에서 0으로 만듭니다. 시각마다 +=로 더해야 합니다.",
         "one-hop", "dWhy", NULL, NULL},
    [DBY_OVERWRITTEN] =
        {"dby-overwritten", 2, "dby is set with =, or to 0 in the loop; add up the steps with +=.",
         "dby를 =로 덮어썼거나 반복문 안에서 0으로 만듭니다. 시각마다 +=로 더해야 합니다.",
         "one-hop", "dby", NULL, NULL},
    [DBY_MISSING] = {"dby-missing", 1,
                     "dby is never accumulated: dby += dy is missing, or adds to another variable.",
                     "dby를 더하지 않았습니다. dby += dy가 빠졌거나 다른 변수에 더합니다.",
                     "one-hop", "dby", NULL, NULL},
    [NO_TANH] = {"no-tanh", 1, "The derivative of tanh is missing: dhraw = (1 - h*h) * dh.",
                 "tanh의 미분이 빠졌습니다. dhraw = (1 - h*h) * dh입니다.", "one-hop", "dhraw",
                 NULL, NULL},
    [TANH_OF_PREACTIVATION] =
        {"tanh-of-preactivation", 1,
         "The derivative of tanh is taken as 1 - a*a of what went into tanh; it is 1 - h*h of what "
         "came out.",
         "tanh의 미분을 tanh에 들어간 값으로 1 - a*a라 했습니다. 나온 값으로 1 - h*h입니다.",
         "one-hop", "dhraw", NULL, NULL},
    [TANH_TWICE] = {"tanh-twice", 1,
                    "The derivative is 1 - tanh(h)^2, but h already is a tanh: 1 - h*h.",
                    "미분을 1 - tanh(h)^2라 했습니다. h가 이미 tanh의 값이므로 1 - h*h입니다.",
                    "one-hop", "dhraw",
                    "functions that take the input of tanh, called with its output",
                    "tanh의 입력을 받는 미분 함수에 출력을 넣은 코드"},
    [TANH_H_PREV] = {"tanh-h-prev", 4,
                     "The derivative of tanh is taken at h[t-1]; step t needs 1 - h[t]*h[t].",
                     "tanh의 미분을 h[t-1]에서 구했습니다. t 시각에는 1 - h[t]*h[t]입니다.",
                     "one-hop", "dhraw", NULL, NULL},
    [ONE_MINUS_H] = {"one-minus-h", 1, "The derivative of tanh is taken as 1 - h; it is 1 - h*h.",
                     "tanh의 미분을 1 - h라 했습니다. 1 - h*h입니다.", "one-hop", "dhraw", NULL,
                     NULL},
    [SIGMOID_PRIME] = {"sigmoid-prime", 1,
                       "h (1 - h) is the derivative of the sigmoid; that of tanh is 1 - h*h.",
                       "h (1 - h)는 시그모이드의 미분입니다. tanh의 미분은 1 - h*h입니다.",
                       "one-hop", "dhraw", SHARED_NOTES_EN, SHARED_NOTES_KO},
    [DBH_USES_DH] = {"dbh-uses-dh", 1, "dbh adds dh; bh stands inside tanh, so add dhraw.",
                     "dbh에 dh를 더했습니다. bh는 tanh 안에 있으므로 dhraw를 더해야 합니다.",
                     "one-hop", "dbh", NULL, NULL},
    [DWXH_USES_DH] = {"dwxh-uses-dh", 1, "dWxh uses dh; Wxh stands inside tanh, so use dhraw.",
                      "dWxh에 dh를 썼습니다. Wxh는 tanh 안에 있으므로 dhraw를 써야 합니다.",
                      "one-hop", "dWxh", NULL, NULL},
    [DWHH_USES_DH] = {"dwhh-uses-dh", 1, "dWhh uses dh; Whh stands inside tanh, so use dhraw.",
                      "dWhh에 dh를 썼습니다. Whh는 tanh 안에 있으므로 dhraw를 써야 합니다.",
                      "one-hop", "dWhh", NULL, NULL},
    [DWHH_OVERWRITTEN] =
        {"dwhh-overwritten", 2,
         "dWhh is set with =, or to 0 in the loop; add up the steps with +=.",
         "dWhh를 =로 덮어썼거나 반복문 안에서 0으로 만듭니다. 시각마다 +=로 더해야 합니다.",
         "one-hop", "dWhh", NULL, NULL},
    [DWXH_OVERWRITTEN] =
        {"dwxh-overwritten", 4,
         "dWxh is set with =, or to 0 in the loop; add up the steps with +=.",
         "dWxh를 =로 덮어썼거나 반복문 안에서 0으로 만듭니다. 시각마다 +=로 더해야 합니다.",
         "one-hop", "dWxh", NULL, NULL},
    [ALL_OVERWRITTEN] =
        {"all-overwritten", 3,
         "All five gradients are set with =, or to 0 in the loop; add up the steps with +=.",
         "다섯 기울기를 모두 =로 덮어썼거나 반복문 안에서 0으로 만듭니다. 시각마다 +=로 더해야 "
         "합니다.",
         "one-hop", "dWhy",
         "seed 003 as printed: its time layer's backward returns inside the loop over time",
         "씨앗 글 003: 인쇄된 대로면 시간 계층의 역전파가 시간 반복문 안에서 돌아갑니다"},
    [DWHH_TRANSPOSED] = {"dwhh-transposed", 1,
                         "dWhh is transposed: it is dhraw times h[t-1]', rows by dhraw.",
                         "dWhh가 전치되었습니다. dhraw 곱하기 h[t-1]'이고 행은 dhraw를 따릅니다.",
                         "one-hop", "dWhh", NULL, NULL},
    [DWHH_H_NOW] = {"dwhh-h-now", 1, "dWhh uses h[t]; Whh was multiplied by h[t-1].",
                    "dWhh에 h[t]를 썼습니다. Whh에 곱해진 것은 h[t-1]입니다.", "one-hop", "dWhh",
                    NULL, NULL},
    [DWXH_X_PREV] = {"dwxh-x-prev", 4, "dWxh uses x[t-1]; step t read x[t].",
                     "dWxh에 x[t-1]을 썼습니다. t 시각이 읽은 것은 x[t]입니다.", "one-hop", "dWxh",
                     NULL, NULL},
    [DWXH_Y] = {"dwxh-y", 1, "dWxh uses the target's column; step t read inputs[t].",
                "dWxh에서 정답의 열을 썼습니다. t 시각이 읽은 것은 inputs[t]입니다.", "one-hop",
                "dWxh", NULL, NULL},
    [DWXH_TRANSPOSED] =
        {"dwxh-transposed", 1,
         "dWxh is stored transposed: element [i,x] of the H x V matrix is v[i * V + x].",
         "dWxh가 전치되어 저장되었습니다. H x V 행렬의 [i,x] 원소는 v[i * V + x]입니다.", "one-hop",
         "dWxh", NULL, NULL},
    [DBH_MISSING] =
        {"dbh-missing", 1,
         "dbh is never accumulated: dbh += dhraw is missing, or adds to another variable.",
         "dbh를 더하지 않았습니다. dbh += dhraw가 빠졌거나 다른 변수에 더합니다.", "one-hop", "dbh",
         NULL, NULL},
    [DBH_OVERWRITTEN] =
        {"dbh-overwritten", 2, "dbh is set with =, or to 0 in the loop; add up the steps with +=.",
         "dbh를 =로 덮어썼거나 반복문 안에서 0으로 만듭니다. 시각마다 +=로 더해야 합니다.",
         "one-hop", "dbh", NULL, NULL},
    [HPREV_DROPPED] =
        {"hprev-dropped", 1,
         "dWhh takes h[-1] as 0 at t = 0, or leaves that step out; it is hprev.",
         "t = 0의 dWhh에서 h[-1]을 0으로 보았거나 그 시각을 뺐습니다. h[-1]은 hprev입니다.",
         "one-hop", "dWhh", NULL, NULL},
    [HPREV_WRAPS] = {"hprev-wraps", 1, "dWhh takes h[-1] as the last h at t = 0; it is hprev.",
                     "t = 0의 dWhh에서 h[-1]을 마지막 h로 보았습니다. h[-1]은 hprev입니다.",
                     "one-hop", "dWhh",
                     "Python lists, where [-1] is the last element (the original keeps hs in a "
                     "dict, where it is a key)",
                     "[-1]이 마지막 원소인 파이썬 리스트(원본의 hs는 사전이라 -1이 키입니다)"},
    [NO_DHNEXT] =
        {"no-dhnext", 1,
         "Nothing is handed back through time: add dhnext to dh. Where that is done: is dhnext "
         "erased "
         "afterwards, made from a dhraw that is not there yet, or another variable of that name.",
         "시간을 거슬러 넘겨받는 것이 없습니다. dh에 dhnext를 더하십시오. 이미 더한다면 그 뒤에 "
         "지워지는지, 아직 없는 dhraw로 만드는지, 이름만 같은 다른 변수인지 보십시오.",
         "bptt", "dhnext",
         "seed 001's first version, on purpose; code where dh is computed and never passed back",
         "씨앗 글 001의 첫 코드(일부러), dh를 구하고도 앞으로 넘기지 않는 코드"},
    [DHNEXT_AFTER_TANH] =
        {"dhnext-after-tanh", 1,
         "dhnext is added to dhraw; add it to dh, before the derivative of tanh.",
         "dhnext를 dhraw에 더했습니다. tanh의 미분을 곱하기 전에 dh에 더해야 합니다.", "bptt",
         "dhnext", NULL, NULL},
    [DHNEXT_FROM_DH] = {"dhnext-from-dh", 1, "dhnext is made from dh; it is Whh' dhraw.",
                        "dhnext를 dh로 만들었습니다. dhnext = Whh' dhraw입니다.", "bptt", "dhnext",
                        NULL, NULL},
    [DHNEXT_NOT_TRANSPOSED] =
        {"dhnext-not-transposed", 1,
         "dhnext is Whh dhraw; backwards the matrix is transposed: Whh' dhraw.",
         "dhnext를 Whh dhraw로 구했습니다. 거꾸로 갈 때는 전치한 Whh' dhraw입니다.", "bptt",
         "dhnext", "public RNN code with `Whh @ d` for `Whh.T @ d`: it runs, for Whh is square",
         "`Whh.T @ d` 대신 `Whh @ d`라 쓴 공개 코드. Whh가 정사각이라 그대로 돌아갑니다"},
    [DHNEXT_ACCUMULATES] =
        {"dhnext-accumulates", 1,
         "dhnext is added to with +=; set it anew at every step, or to 0 before the sum.",
         "dhnext를 +=로 쌓았습니다. 시각마다 새로 =로 정하거나 먼저 0으로 만들어야 합니다.", "bptt",
         "dhnext", "gradients of the step above changed in place",
         "위 시각의 기울기를 그 자리에서 고치는 코드"},
    [DHNEXT_ONE_STEP] = {"dhnext-one-step", 1,
                         "dhnext carries one step only: it is made from dhraw without what was "
                         "handed down; use all of dhraw.",
                         "dhnext가 한 시각만 갑니다. 넘겨받은 몫이 빠진 dhraw로 만들었습니다. "
                         "dhraw 전체를 쓰십시오.",
                         "bptt", "dhnext", NULL, NULL},
    [DH_IS_DHNEXT] =
        {"dh-is-dhnext", 1,
         "dh loses the output's part (dh = dhnext where it should be +=), so Wxh, Whh and bh get "
         "nothing.",
         "dh에서 출력의 몫이 사라져(+= 자리에 dh = dhnext) Wxh, Whh, bh에 아무것도 가지 않습니다.",
         "bptt", "dhnext", NULL, NULL},
    [FORWARD_ORDER] = {"forward-order", 1,
                       "The loop runs from t = 0 up; backwards it runs from T-1 down.",
                       "반복문이 t = 0부터 올라갑니다. 역전파는 T-1에서 내려옵니다.", "bptt",
                       "dhnext", NULL, NULL},
    [SKIPS_FIRST] = {"skips-first", 1, "The loop leaves out t = 0: its condition is t >= 0.",
                     "반복문이 t = 0을 빠뜨립니다. 조건은 t >= 0입니다.", "bptt", "dhnext", NULL,
                     NULL},
    [SKIPS_LAST] = {"skips-last", 1, "The loop leaves out t = T-1: it starts there.",
                    "반복문이 t = T-1을 빠뜨립니다. 거기서 시작해야 합니다.", "bptt", "dhnext",
                    NULL, NULL},
    [DIVIDED_BY_T] =
        {"divided-by-t", 1,
         "All gradients are divided by T; the loss is a sum over the steps, not a mean.",
         "모든 기울기를 T로 나누었습니다. 손실은 평균이 아니라 시각에 걸친 합입니다.", "bptt",
         "sum", "seed 001 means to: `dparam = dparam / len(inputs)` changes nothing there",
         "씨앗 글 001이 하려던 일입니다. `dparam = dparam / len(inputs)`는 거기서 아무것도 바꾸지 "
         "않습니다"},
    [CLIPPED_5] =
        {"clipped-5", 1, "The gradient is clipped to +-5; clip after the backward pass, not in it.",
         "기울기가 ±5로 잘렸습니다. 역전파 안이 아니라 그 뒤에 자르십시오.", "clip", "clip",
         "the original's lossFun clips what it returns, so a check of it checks clipped gradients",
         "원본의 lossFun은 반환하는 기울기를 자르므로 검사하면 잘린 기울기를 검사하게 됩니다"},
    [CLIPPED_1] = {"clipped-1", 1,
                   "The gradient is clipped to +-1; clip after the backward pass, not in it.",
                   "기울기가 ±1로 잘렸습니다. 역전파 안이 아니라 그 뒤에 자르십시오.", "clip",
                   "clip", "seed 001's BPTT version clips to +-1 where its naive version does not",
                   "씨앗 글 001의 BPTT 코드는 ±1로 자르고, 단순 역전파 코드는 자르지 않습니다"},
};

int buglist_find(const char *id)
{
    for (int k = 0; k < BUGS; k++)
        if (strcmp(buglist[k].id, id) == 0) return k;
    return -1;
}
