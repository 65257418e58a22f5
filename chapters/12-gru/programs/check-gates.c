/* check-gates.c: are the gradients of the LSTM and of the two GRUs right? If not, which mistake is it? For
 * `make check-gates MINE=hw`. */
#include "args.h"
#include "gatebugs.h"
#include "gru.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
    const celltype *type;
    gatebugs_cell cell;
} judged[] = {
    {&lstm_type, GATEBUGS_LSTM}, {&gru_type, GATEBUGS_GRU}, {&gru_after_type, GATEBUGS_GRU_AFTER}};

/* Print a known mistake. */
static void describe(const gatebug *b)
{
    printf("  %s: %s\n", b->id, say(b->en, b->ko));
    if (b->seen) printf(say("    seen in public: %s\n", "    공개된 곳: %s\n"), b->seen);
}

/* Print what was found in one layer. */
static void explain(const char *name, const gatebugs_finding *f)
{
    if (f->right) {
        printf(say("%-9s right\n", "%-9s 맞습니다\n"), name);
        return;
    }
    printf(say("%-9s wrong, off by %s %%\n", "%-9s %s %% 어긋났습니다\n"), name,
           NUM("%.2g", 100 * f->distance));
    if (f->bug[0] < 0)
        puts(say("  not one of the known mistakes, nor two of them",
                 "  아는 실수 하나나 둘로는 이 수가 나오지 않습니다"));
    for (int i = 0; i < 2 && f->bug[i] >= 0; i++) describe(&gatebug_list[f->bug[i]]);
}

int main(int argc, char **argv)
{
    bool list = false;
    const args_option options[] = {
        {"list", ARGS_FLAG, &list, 0, 0, "list the known mistakes", "아는 실수를 모두 찍음"},
        {.kind = ARGS_END},
    };
    const args a = {"check-gates",
                    "",
                    0,
                    "Are the gradients of the LSTM and of the GRUs right?",
                    "LSTM과 GRU의 기울기가 맞습니까?",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    for (int bug = 0; bug < GATEBUGS && list; bug++) describe(&gatebug_list[bug]);
    for (size_t k = 0; k < sizeof judged / sizeof *judged && !list; k++) {
        gategrad g[GATEBUGS_PROBES];
        gatebugs_finding f;
        for (int probe = 0; probe < GATEBUGS_PROBES; probe++)
            if (!gatebugs_measure(judged[k].type, judged[k].cell, probe, &g[probe])) need(NULL);
        gatebugs_diagnose(judged[k].cell, g, &f);
        explain(judged[k].type->name, &f);
    }
    return say_done(a.program, EXIT_SUCCESS);
}
