/* stepper.c: the update of the weights when training on words. See stepper.h. */
#include "stepper.h"

#include "adagrad.h"
#include "clip.h"
#include "say.h"

void stepper_step(rnn *net, rnn *d, void *with)
{
    stepper *s = with;
    clip_value(d->all, 5, 5);
    if (!s->adagrad) {
        words_sgd(net, d, &s->learning_rate);
        return;
    }
    if (!s->m) s->m = need(rnn_new(net->Whh->rows, net->by->rows));
    adagrad(net->all, d->all, s->m->all, 5, s->learning_rate);
}
