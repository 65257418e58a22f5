/* main.c: chapter 16. The training of char-rnn by many ranks, on one machine or many: the same weights to the last bit. */
#include "ranks.h"
#include "say.h"
#include "step.h"
#include "trainer.h"

#include <stdlib.h>

static const char NAME[] = "ranks";

int main(int argc, char **argv)
{
    int status = EXIT_SUCCESS;
    ranks_begin();
    if (ranks_me() == 0) {
        status = trainer_main(NAME, argc, argv);
        step_end();
    } else
        step_serve();
    status = say_done(NAME, status);
    ranks_end();
    return status;
}
