/* checkpoint.c: a run in one file. See checkpoint.h. */
#include "checkpoint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS = 11, STATE = 19, MOST = OPTIONS + STATE + 2 };

/* The fields of the options; the numbers stay where they are. */
static void option_fields(train_options *o, int *V, npy_field f[OPTIONS])
{
    const npy_field fields[OPTIONS] = {
        {"hidden", 'i', 4, 0, 0, &o->hidden},
        {"vocab_size", 'i', 4, 0, 0, V},
        {"seq_length", 'i', 4, 0, 0, &o->seq_length},
        {"learning_rate", 'f', 8, 0, 0, &o->learning_rate},
        {"clip", 'f', 8, 0, 0, &o->clip},
        {"clip_norm", 'f', 8, 0, 0, &o->clip_norm},
        {"full_window", 'i', 4, 0, 0, &o->full_window},
        {"seed", 'u', 4, 0, 0, &o->seed},
        {"sample_every", 'i', 4, 0, 0, &o->sample_every},
        {"sample_length", 'i', 4, 0, 0, &o->sample_length},
        {"held_out", 'f', 8, 0, 0, &o->held_out},
    };
    memcpy(f, fields, sizeof fields);
}

static npy_field matrix_field(const char *name, mat *A)
{
    return (npy_field){name, 'f', (int) sizeof(real), A->rows, A->cols, A->v};
}

/* The fields of the state; the numbers stay where they are. */
static void state_fields(train *r, npy_field f[STATE])
{
    static const char *const memory_name[5] = {"mWxh", "mWhh", "mWhy", "mbh", "mby"};
    int i = 0;
    f[i++] = (npy_field){"n", 'i', 4, 0, 0, &r->n};
    f[i++] = (npy_field){"p", 'i', 4, 0, 0, &r->p};
    f[i++] = (npy_field){"length", 'i', 4, 0, 0, &r->length};
    f[i++] = (npy_field){"smooth_loss", 'f', 8, 0, 0, &r->smooth_loss};
    for (int k = 0; k < 5; k++) f[i++] = matrix_field(rnn_name[k], r->net->all[k]);
    for (int k = 0; k < 5; k++) f[i++] = matrix_field(memory_name[k], r->m->all[k]);
    f[i++] = matrix_field("hprev", r->hprev);
    f[i++] = (npy_field){"mt", 'u', 4, RNG_WORDS, 0, r->draws.word};
    f[i++] = (npy_field){"mt_next", 'i', 4, 0, 0, &r->draws.next};
    f[i++] = (npy_field){"has_randn", 'i', 4, 0, 0, &r->draws.has_kept};
    f[i++] = (npy_field){"randn", 'f', 8, 0, 0, &r->draws.kept};
}

bool checkpoint_save(const char *path, const train *r, const vocab *v, uint64_t hash, error *e)
{
    npy_field f[MOST];
    train saved =
        *r; /* the field lists are made for reading, too, so they want what may be written */
    int V = v->size;
    option_fields(&saved.options, &V, f);
    state_fields(&saved, f + OPTIONS);
    f[MOST - 2] = (npy_field){"vocab", 'u', 4, V, 0, v->ix_to_char};
    f[MOST - 1] = (npy_field){"text_hash", 'u', 8, 0, 0, &hash};
    return npy_write(path, f, MOST, e);
}

static bool foreign(error *e, const char *path, const char *field)
{
    return error_set(e,
                     say("%s: not a checkpoint of this program (%s)",
                         "%s: 이 프로그램의 체크포인트가 아닙니다 (%s)"),
                     path, field);
}

static bool read_fields(const npy *file, const char *path, const npy_field *f, int fields, error *e)
{
    for (int i = 0; i < fields; i++)
        if (!npy_get(file, &f[i])) return foreign(e, path, f[i].name);
    return true;
}

/* A number of an option that a damaged file may have, and that would do harm. */
static bool in_range(double x, double least, double most) { return x >= least && x <= most; }

bool checkpoint_options(const npy *file, const char *path, train_options *o, vocab **v, error *e)
{
    npy_field f[OPTIONS];
    int V = 0;
    option_fields(o, &V, f);
    const npy_field *weights =
        npy_find(file, "Wxh", 'f', (int) (sizeof(float) + sizeof(double) - sizeof(real)));
    if (weights)
        return error_set(
            e,
            say("%s: its numbers are not %zu bytes long; use a program built with the other REAL",
                "%s: 수의 크기가 %zu바이트가 아닙니다. 다른 REAL로 지은 프로그램을 쓰십시오"),
            path, sizeof(real));
    if (!read_fields(file, path, f, OPTIONS, e)) return false;
    const npy_field *chars = npy_find(file, "vocab", 'u', 4),
                    *W = npy_find(file, "Wxh", 'f', (int) sizeof(real));
    if (!chars || chars->rows != V || chars->cols != 0 || V < 1) return foreign(e, path, "vocab");
    if (!W || W->rows != o->hidden || W->cols != V) return foreign(e, path, "Wxh");
    if (!in_range(o->seq_length, 1, 1e6) || !in_range(o->sample_every, 0, 2147483647) ||
        !in_range(o->held_out, 0, 1) || !in_range(o->sample_length, 0, 1e6) ||
        !in_range(o->clip, 0, HUGE_VAL) || !in_range(o->clip_norm, 0, HUGE_VAL))
        return foreign(e, path, "options");
    uint32_t *order = malloc((size_t) V * sizeof *order);
    if (!order) return error_no_memory(e);
    memcpy(order, chars->data, (size_t) V * sizeof *order);
    bool good = true;
    for (int i = 0; i < V && good; i++)
        good = order[i] < TEXT_CODES && (i == 0 || order[i] > order[i - 1]);
    *v = good ? vocab_in_order(order, V) : NULL;
    free(order);
    if (!good) return foreign(e, path, "vocab");
    if (!*v) return error_no_memory(e);
    return true;
}

bool checkpoint_weights(const npy *file, const char *path, rnn *net, error *e)
{
    npy_field f[5];
    for (int k = 0; k < 5; k++) f[k] = matrix_field(rnn_name[k], net->all[k]);
    return read_fields(file, path, f, 5, e);
}

bool checkpoint_text_is(const npy *file, uint64_t hash)
{
    uint64_t saved;
    return npy_get(file, &(npy_field){"text_hash", 'u', 8, 0, 0, &saved}) && saved == hash;
}

bool checkpoint_state(const npy *file, const char *path, train *r, error *e)
{
    npy_field f[STATE];
    const int length = r->length;
    state_fields(r, f);
    if (!read_fields(file, path, f, STATE, e)) return false;
    if (r->length != length) return foreign(e, path, "length");
    if (r->n < 0) return foreign(e, path, "n");
    if (r->p < 0 || r->p > length) return foreign(e, path, "p");
    if (r->draws.next < 0 || r->draws.next > RNG_WORDS) return foreign(e, path, "mt_next");
    return true;
}
