/* checkpoint.c: saving and loading a run. See checkpoint.h. */
#include "checkpoint.h"

#include <stdlib.h>
#include <string.h>

static void list_options(savefile *f, train_options *o, int *V)
{
    savefile_int(f, "hidden", &o->hidden);
    savefile_int(f, "vocab_size", V);
    savefile_int(f, "seq_length", &o->seq_length);
    savefile_double(f, "learning_rate", &o->learning_rate);
    savefile_double(f, "clip", &o->clip);
    savefile_double(f, "clip_norm", &o->clip_norm);
    savefile_int(f, "full_window", &o->full_window);
    savefile_seed(f, "seed", &o->seed);
    savefile_int(f, "sample_every", &o->sample_every);
    savefile_int(f, "sample_length", &o->sample_length);
    savefile_double(f, "held_out", &o->held_out);
}

void checkpoint_run(savefile *f, train_options *o, int *V, uint64_t *hash)
{
    list_options(f, o, V);
    savefile_text(f, hash);
}

static void list_state(savefile *f, train *r)
{
    static const char *const memory_name[5] = {"mWxh", "mWhh", "mWhy", "mbh", "mby"};
    savefile_int(f, "n", &r->n);
    savefile_int(f, "p", &r->p);
    savefile_int(f, "length", &r->length);
    savefile_double(f, "smooth_loss", &r->smooth_loss);
    savefile_mats(f, rnn_name, r->net->all, 5);
    savefile_mats(f, memory_name, r->m->all, 5);
    savefile_mat(f, "hprev", r->hprev);
    savefile_rng(f, &r->draws);
}

bool checkpoint_save(const char *path, const train *r, const vocab *v, uint64_t hash, error *e)
{
    savefile f = {0};
    train saved = *r; /* a copy: lists hold non-const pointers */
    int V = v->size;
    list_options(&f, &saved.options, &V);
    list_state(&f, &saved);
    savefile_array(&f, "vocab", 4, V, v->ix_to_char);
    savefile_text(&f, &hash);
    return savefile_write(&f, path, e);
}

/* Refuses options of a damaged file that would do harm. */
static bool are_possible(const train_options *o)
{
    return o->seq_length >= 1 && o->seq_length <= 1000000 && o->sample_length <= 1000000 &&
           o->held_out <= 1;
}

vocab *checkpoint_vocab(const npy *file, const char *path, int V, error *e)
{
    const npy_field *chars = npy_find(file, "vocab", 'u', 4);
    bool good = chars && chars->rows == V && chars->cols == 0 && V >= 1;
    uint32_t *order = good ? calloc((size_t) V, sizeof *order) : NULL;
    vocab *v = NULL;
    char one[TEXT_ROOM];
    if (order) {
        memcpy(order, chars->data, (size_t) V * sizeof *order);
        for (int i = 0; i < V && good; i++)
            good = order[i] < TEXT_CODES && (i == 0 || order[i] > order[i - 1]) &&
                   text_valid(one, (size_t) text_put(one, order[i])) > 0;
        if (good) v = vocab_in_order(order, V);
    }
    free(order);
    if (!good)
        savefile_refuse(e, path, "vocab");
    else if (!v)
        error_no_memory(e);
    return v;
}

bool checkpoint_options(const npy *file, const char *path, train_options *o, vocab **v, error *e)
{
    savefile f = {0};
    int V = 0;
    list_options(&f, o, &V);
    if (!savefile_read(&f, file, path, e)) return false;
    if (!savefile_has(file, path, "Wxh", o->hidden, V, e)) return false;
    if (!are_possible(o)) return savefile_refuse(e, path, "options");
    vocab *saved = checkpoint_vocab(file, path, V, e);
    const bool good = saved != NULL;
    if (v)
        *v = saved;
    else
        vocab_free(saved);
    return good;
}

bool checkpoint_weights(const npy *file, const char *path, rnn *net, error *e)
{
    savefile f = {0};
    savefile_mats(&f, rnn_name, net->all, 5);
    return savefile_read(&f, file, path, e);
}

bool checkpoint_state(const npy *file, const char *path, train *r, error *e)
{
    savefile f = {0};
    const int length = r->length;
    list_state(&f, r);
    if (!savefile_read(&f, file, path, e)) return false;
    if (r->length != length) return savefile_refuse(e, path, "length");
    if (r->p > length) return savefile_refuse(e, path, "p");
    return true;
}
