/* stepper.c: the update of the weights when training on words. See stepper.h. */
#include "stepper.h"

#include "adagrad.h"
#include "clip.h"

void stepper_step(rnn *net, rnn *d, void *with)
{
    stepper *s = with;
    clip_value(d->all, 5, 5);
    if (s->m)
        adagrad(net->all, d->all, s->m->all, 5, s->learning_rate);
    else
        words_sgd(net, d, &s->learning_rate);
}
