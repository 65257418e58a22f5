/* lmfile.c: saving and loading a run of the word language model. See lmfile.h. */
#include "lmfile.h"

#include <stdlib.h>
#include <string.h>

static void list_options(savefile *f, lm_options *o, int *V)
{
    savefile_int(f, "batch", &o->batch);
    savefile_int(f, "wordvec", &o->wordvec);
    savefile_int(f, "hidden", &o->hidden);
    savefile_int(f, "time", &o->time);
    savefile_double(f, "learning_rate", &o->learning_rate);
    savefile_seed(f, "seed", &o->seed);
    savefile_int(f, "vocab_size", V);
}

/* *has: is there a state? */
static void list_state(savefile *f, lm *m, int *has)
{
    static const char *const name[TIMENET_TENSORS] = {"embed_W", "rnn_Wx",   "rnn_Wh",
                                                      "rnn_b",   "affine_W", "affine_b"};
    savefile_int(f, "epoch", &m->epoch);
    savefile_int(f, "iteration", &m->iteration);
    savefile_int(f, "time_idx", &m->time_idx);
    savefile_double(f, "sum", &m->sum);
    savefile_mats(f, name, m->s->net->all, TIMENET_TENSORS);
    savefile_mat(f, "h", m->s->rnn->h);
    savefile_int(f, "has_state", has);
    savefile_rng(f, &m->draws);
}

char *lmfile_words(const corpus *c, size_t *size)
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

bool lmfile_open(session *s, const lm *m, const corpus *c)
{
    savefile f = {0};
    lm_options o = m->options;
    int V = c->V;
    uint64_t hash = corpus_hash(c);
    list_options(&f, &o, &V);
    savefile_text(&f, &hash);
    return session_open(s, &f, m->epoch,
                        "# rnnlm: words %d, held_out %d, vocabulary %d, batch %d, wordvec %d, "
                        "hidden %d, time %d, learning_rate %.17g, seed %lu, text %016llx\n"
                        "epoch\tperplexity\theld_out\n",
                        c->known, c->count - c->known, V, o.batch, o.wordvec, o.hidden, o.time,
                        o.learning_rate, (unsigned long) o.seed, (unsigned long long) hash);
}

bool lmfile_save(const char *path, const lm *m, const corpus *c, error *e)
{
    savefile f = {0};
    lm saved = *m; /* a copy: lists hold non-const pointers */
    int V = c->V, has = m->s->rnn->has_state;
    uint64_t hash = corpus_hash(c);
    size_t size;
    char *words = lmfile_words(c, &size);
    if (!words) return error_no_memory(e);
    list_options(&f, &saved.options, &V);
    list_state(&f, &saved, &has);
    savefile_array(&f, "vocab", 1, (int) size, words);
    savefile_text(&f, &hash);
    const bool good = savefile_write(&f, path, e);
    free(words);
    return good;
}

bool lmfile_options(const npy *file, const char *path, lm_options *o, corpus **c, error *e)
{
    savefile f = {0};
    int V = 0;
    list_options(&f, o, &V);
    if (!savefile_read(&f, file, path, e) ||
        !savefile_has(file, path, "embed_W", V, o->wordvec, e) ||
        !savefile_has(file, path, "affine_W", o->hidden, V, e) ||
        !savefile_has(file, path, "h", o->batch, o->hidden, e))
        return false;
    if (o->batch > LM_MOST) return savefile_refuse(e, path, "batch");
    if (o->time < 1 || o->time > LM_MOST) return savefile_refuse(e, path, "time");
    const npy_field *words = npy_find(file, "vocab", 'u', 1);
    corpus *saved = NULL;
    bool are_words = words && words->cols == 0;
    if (are_words) saved = corpus_of_words(words->data, (size_t) words->rows, &are_words);
    if (are_words && !saved) return error_no_memory(e);
    const bool good = are_words && saved->V == V;
    if (good && c)
        *c = saved;
    else
        corpus_free(saved);
    return good || savefile_refuse(e, path, "vocab");
}

bool lmfile_text_is(const npy *file, const corpus *c)
{
    return savefile_text_is(file, corpus_hash(c));
}

bool lmfile_state(const npy *file, const char *path, lm *m, error *e)
{
    savefile f = {0};
    int has = 0;
    list_state(&f, m, &has);
    if (!savefile_read(&f, file, path, e)) return false;
    m->s->rnn->has_state = has != 0;
    if (m->ids && m->iteration >= lm_iterations(m)) return savefile_refuse(e, path, "iteration");
    if (m->ids && m->time_idx >= m->count - 1) return savefile_refuse(e, path, "time_idx");
    return true;
}
