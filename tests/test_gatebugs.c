/* test_gatebugs.c: the known mistakes of LSTM and GRU are told apart, and our layers have none. */
#include "gatebugs.h"

#include "gru.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <string.h>

static const celltype *const types[] = {&lstm_type, &gru_type, &gru_after_type};
static const gatebugs_cell cells[] = {GATEBUGS_LSTM, GATEBUGS_GRU, GATEBUGS_GRU_AFTER};

Test(gatebugs, our_layers_are_right)
{
    for (int k = 0; k < 3; k++) {
        gategrad g[GATEBUGS_PROBES];
        gatebugs_finding f;
        for (int probe = 0; probe < GATEBUGS_PROBES; probe++)
            cr_assert(gatebugs_measure(types[k], cells[k], probe, &g[probe]));
        gatebugs_diagnose(cells[k], g, &f);
        cr_assert(f.right, "%s is %g off", types[k]->name, f.distance);
        cr_assert_lt(f.distance, REAL_IS_DOUBLE ? 1e-13 : 1e-5);
    }
}

/* The gradients with one mistake are named so, and are far from right. */
Test(gatebugs, each_mistake_is_named)
{
    for (int k = 0; k < 3; k++)
        for (int bug = 0; bug < GATEBUGS; bug++) {
            gategrad g[GATEBUGS_PROBES];
            gatebugs_finding f;
            if (!gatebugs_of(cells[k], bug)) continue;
            for (int probe = 0; probe < GATEBUGS_PROBES; probe++)
                gatebugs_gradient(cells[k], probe, UINT64_C(1) << bug, &g[probe]);
            gatebugs_diagnose(cells[k], g, &f);
            cr_assert_not(f.right, "%s of %s", gatebug_list[bug].id, types[k]->name);
            cr_assert_eq(f.bug[0], bug, "%s of %s is named %s", gatebug_list[bug].id,
                         types[k]->name, f.bug[0] < 0 ? "nothing" : gatebug_list[f.bug[0]].id);
            cr_assert(f.bug[1] == -1 && f.distance > 1e-3, "%s", gatebug_list[bug].id);
        }
}

Test(gatebugs, two_mistakes_are_named_and_others_are_not)
{
    gategrad g[GATEBUGS_PROBES];
    gatebugs_finding f;
    for (int probe = 0; probe < GATEBUGS_PROBES; probe++)
        gatebugs_gradient(GATEBUGS_LSTM, probe,
                          UINT64_C(1) << LSTM_NO_TANH_C | UINT64_C(1) << LSTM_NO_SIGMOID_I,
                          &g[probe]);
    gatebugs_diagnose(GATEBUGS_LSTM, g, &f);
    cr_assert(f.bug[0] == LSTM_NO_TANH_C && f.bug[1] == LSTM_NO_SIGMOID_I);
    g[0].v[0] += 0.01;
    gatebugs_diagnose(GATEBUGS_LSTM, g, &f);
    cr_assert(!f.right && f.bug[0] == -1);
}

Test(gatebugs, all_have_names_and_words)
{
    for (int bug = 0; bug < GATEBUGS; bug++) {
        const gatebug *b = &gatebug_list[bug];
        cr_assert(b->id && b->en && b->ko);
        cr_assert_eq(strncmp(b->id, "lstm-", 5) == 0, gatebugs_of(GATEBUGS_LSTM, bug));
        for (int other = 0; other < bug; other++) cr_assert_str_neq(b->id, gatebug_list[other].id);
    }
}
