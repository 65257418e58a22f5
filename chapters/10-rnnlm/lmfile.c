/* lmfile.c: a run of the word language model in one file. See lmfile.h. */
#include "lmfile.h"

#include "hash.h"

#include <stdlib.h>
#include <string.h>

enum { OPTIONS = 7, STATE = 4 + TIMENET_TENSORS + 2 + 4, MOST = OPTIONS + STATE + 2 };

/* The fields of the options; the numbers stay where they are. */
static void option_fields(lm_options *o, int *V, npy_field f[OPTIONS])
{
    const npy_field fields[OPTIONS] = {
        {"batch", 'i', 4, 0, 0, &o->batch},
        {"wordvec", 'i', 4, 0, 0, &o->wordvec},
        {"hidden", 'i', 4, 0, 0, &o->hidden},
        {"time", 'i', 4, 0, 0, &o->time},
        {"learning_rate", 'f', 8, 0, 0, &o->learning_rate},
        {"seed", 'u', 4, 0, 0, &o->seed},
        {"vocab_size", 'i', 4, 0, 0, V},
    };
    memcpy(f, fields, sizeof fields);
}

static npy_field of_matrix(const char *name, mat *A)
{
    return (npy_field){name, 'f', (int) sizeof(real), A->rows, A->cols, A->v};
}

/* The fields of the state; has: room for one number. */
static void state_fields(lm *m, int32_t *has, npy_field f[STATE])
{
    static const char *const name[TIMENET_TENSORS] = {"embed_W", "rnn_Wx",   "rnn_Wh",
                                                      "rnn_b",   "affine_W", "affine_b"};
    int i = 0;
    f[i++] = (npy_field){"epoch", 'i', 4, 0, 0, &m->epoch};
    f[i++] = (npy_field){"iteration", 'i', 4, 0, 0, &m->iteration};
    f[i++] = (npy_field){"time_idx", 'i', 4, 0, 0, &m->time_idx};
    f[i++] = (npy_field){"sum", 'f', 8, 0, 0, &m->sum};
    for (int k = 0; k < TIMENET_TENSORS; k++) f[i++] = of_matrix(name[k], m->s->net->all[k]);
    f[i++] = of_matrix("h", m->s->rnn->h);
    f[i++] = (npy_field){"has_state", 'i', 4, 0, 0, has};
    f[i++] = (npy_field){"mt", 'u', 4, RNG_WORDS, 0, m->draws.word};
    f[i++] = (npy_field){"mt_next", 'i', 4, 0, 0, &m->draws.next};
    f[i++] = (npy_field){"has_randn", 'i', 4, 0, 0, &m->draws.has_kept};
    f[i++] = (npy_field){"randn", 'f', 8, 0, 0, &m->draws.kept};
}

static uint64_t hash_ids(const int *ids, int count)
{
    uint64_t h = HASH_START;
    for (int i = 0; i < count; i++) h = hash_number(h, (uint64_t) ids[i]);
    return h;
}

/* The vocabulary as one string, each word ended by a line end. */
static char *joined(const corpus *c, size_t *size)
{
    *size = 0;
    for (int k = 0; k < c->V; k++) *size += strlen(c->word[k]) + 1;
    char *all = malloc(*size + 1), *to = all;
    for (int k = 0; all && k < c->V; k++) {
        const size_t length = strlen(c->word[k]);
        memcpy(to, c->word[k], length);
        to[length] = '\n';
        to += length + 1;
    }
    return all;
}

bool lmfile_save(const char *path, const lm *m, const corpus *c, error *e)
{
    npy_field f[MOST];
    lm saved = *m; /* the field lists are made for reading, too, so they want what may be written */
    int V = c->V;
    int32_t has = m->s->rnn->has_state;
    uint64_t hash = hash_ids(m->ids, m->count);
    size_t size;
    char *words = joined(c, &size);
    if (!words) return error_no_memory(e);
    option_fields(&saved.options, &V, f);
    state_fields(&saved, &has, f + OPTIONS);
    f[MOST - 2] = (npy_field){"vocab", 'u', 1, (int) size, 0, words};
    f[MOST - 1] = (npy_field){"text_hash", 'u', 8, 0, 0, &hash};
    const bool good = npy_write(path, f, MOST, e);
    free(words);
    return good;
}

static bool foreign(error *e, const char *path, const char *field)
{
    return error_set(e,
                     say("%s: not a checkpoint of this program (%s)",
                         "%s: 이 프로그램의 체크포인트가 아닙니다 (%s)"),
                     path, field);
}

bool lmfile_options(const npy *file, const char *path, lm_options *o, corpus **c, error *e)
{
    npy_field f[OPTIONS];
    int V = 0;
    option_fields(o, &V, f);
    if (npy_find(file, "embed_W", 'f', (int) (sizeof(float) + sizeof(double) - sizeof(real))))
        return error_set(
            e,
            say("%s: its numbers are not %zu bytes long; use a program built with the other REAL",
                "%s: 수의 크기가 %zu바이트가 아닙니다. 다른 REAL로 지은 프로그램을 쓰십시오"),
            path, sizeof(real));
    for (int i = 0; i < OPTIONS; i++)
        if (!npy_get(file, &f[i])) return foreign(e, path, f[i].name);
    const npy_field *E = npy_find(file, "embed_W", 'f', (int) sizeof(real)),
                    *W = npy_find(file, "affine_W", 'f', (int) sizeof(real)),
                    *h = npy_find(file, "h", 'f', (int) sizeof(real)),
                    *words = npy_find(file, "vocab", 'u', 1);
    if (!E || E->rows != V || E->cols != o->wordvec || V < 1 || o->wordvec < 1)
        return foreign(e, path, "embed_W");
    if (!W || W->rows != o->hidden || W->cols != V || o->hidden < 1)
        return foreign(e, path, "affine_W");
    if (!h || h->rows != o->batch || h->cols != o->hidden || o->batch < 1)
        return foreign(e, path, "h");
    if (o->time < 1 || o->time > 100000) return foreign(e, path, "time");
    if (!words || words->cols != 0) return foreign(e, path, "vocab");
    *c = corpus_of_words(words->data, (size_t) words->rows);
    if (!*c || (*c)->V != V) {
        corpus_free(*c);
        *c = NULL;
        return foreign(e, path, "vocab");
    }
    return true;
}

bool lmfile_text_is(const npy *file, const int *ids, int count)
{
    uint64_t saved;
    return npy_get(file, &(npy_field){"text_hash", 'u', 8, 0, 0, &saved}) &&
           saved == hash_ids(ids, count);
}

bool lmfile_state(const npy *file, const char *path, lm *m, error *e)
{
    npy_field f[STATE];
    int32_t has = 0;
    state_fields(m, &has, f);
    for (int i = 0; i < STATE; i++)
        if (!npy_get(file, &f[i])) return foreign(e, path, f[i].name);
    m->s->rnn->has_state = has != 0;
    if (m->epoch < 0) return foreign(e, path, "epoch");
    if (m->iteration < 0 || (m->ids && m->iteration >= lm_iterations(m)))
        return foreign(e, path, "iteration");
    if (m->time_idx < 0 || (m->ids && m->time_idx >= m->count - 1))
        return foreign(e, path, "time_idx");
    if (m->draws.next < 0 || m->draws.next > RNG_WORDS) return foreign(e, path, "mt_next");
    return true;
}
