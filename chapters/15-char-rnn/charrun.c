/* charrun.c: a run of char-rnn and its file. See charrun.h. */
#include "charrun.h"

#include "adam.h"
#include "checkpoint.h"
#include "hash.h"
#include "lmfile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const charrun_options charrun_defaults = {.net = {.layers = 1,
                                                  .hidden = 128,
                                                  .embed = 64,
                                                  .batch = 16,
                                                  .seq_length = 32,
                                                  .learning_rate = 0.004,
                                                  .clip_norm = 5,
                                                  .forget_bias = 1,
                                                  .threads = 1},
                                          .unit = UNIT_CHAR,
                                          .held_out = 0.1,
                                          .decay = 0.5};

char *charrun_best_path(const char *checkpoint)
{
    static const char BEST[] = "-best", END[] = ".npy";
    if (!checkpoint) return NULL;
    const size_t length = strlen(checkpoint), room = length + sizeof BEST + sizeof END;
    const bool ends = length >= strlen(END) && strcmp(checkpoint + length - strlen(END), END) == 0;
    char *path = malloc(room);
    if (path)
        snprintf(path, room, "%.*s%s%s", (int) (ends ? length - strlen(END) : length), checkpoint,
                 BEST, ends ? END : "");
    return path;
}

/* ---- the text ---- */

/* Of `count` symbols, how many are learned. */
static int learned(const charrun_options *o, int count)
{
    return count - (int) (o->held_out * count);
}

/* Of all symbols of a text, how many are read. */
static int wanted(const charrun_options *o, int count)
{
    return o->first && o->first < count ? o->first : count;
}

/* The symbols of what is read; words only of what is learned: of a word that never occurs there nothing can be known. */
static bool learn_symbols(charrun *c, const text *t)
{
    int count;
    if (!lexicon_of(&c->x, c->o.unit, t, c->o.first)) return false;
    if (c->o.unit != LEXICON_WORD || c->o.held_out == 0) return true;
    int *ids = lexicon_encode(&c->x, t, &count);
    lexicon_free(&c->x);
    free(ids);
    return ids && lexicon_of(&c->x, c->o.unit, t, learned(&c->o, wanted(&c->o, count)));
}

static bool fits_memory(const charrun *c, error *e)
{
    const charnet_options *o = &c->o.net;
    const double V = c->x.V, D = o->embed, H = o->hidden, L = o->layers;
    const double G = charnet_cell[o->cell]->gates, NT = (double) o->batch * o->seq_length;
    const double weights = V * D + H * V + V + G * H * (D + H + 1) + (L - 1) * G * H * (2 * H + 1);
    const double block = NT * (2 * D + 3 * V + H + L * (2 * G + 5) * H);
    return memory_fits(
        e, ((4.0 + o->shards) * weights + block) * sizeof(real),
        fmax(fmax(NT, V) * fmax(D, fmax(G * H, V)), H * G * H),
        say("--layers %d, --hidden %d, --embed %d, --batch %d, --seq-length %d and %d symbols",
            "--layers %d, --hidden %d, --embed %d, --batch %d, --seq-length %d, 기호 %d개"),
        o->layers, o->hidden, o->embed, o->batch, o->seq_length, c->x.V);
}

/* Is there enough to learn, and enough to test on? */
static bool is_enough(const charrun *c, const char *path, error *e)
{
    const charnet_options *o = &c->o.net;
    const lm_options block = {.batch = o->batch, .time = o->seq_length};
    if (c->x.V < 2)
        return error_set(e,
                         say("%s: one symbol repeated; there is nothing to learn",
                             "%s: 한 기호만 되풀이됩니다. 배울 것이 없습니다"),
                         path);
    if (c->trained < lm_least(&block))
        return error_set(
            e,
            say("%s: %d symbols to learn are too few; --batch %d and --seq-length %d need %ld",
                "%s: 배울 기호 %d개는 너무 적습니다. --batch %d와 --seq-length %d에는 %ld개가 "
                "있어야 합니다"),
            path, c->trained, o->batch, o->seq_length, lm_least(&block));
    if (c->o.held_out > 0 && c->held < 2)
        return error_set(e,
                         say("%s: --held-out %s leaves %d symbols to test on; 2 are needed",
                             "%s: --held-out %s이면 시험할 기호가 %d개입니다. 2개는 있어야 합니다"),
                         path, NUM("%g", c->o.held_out), c->held);
    return true;
}

bool charrun_read(charrun *c, const text *t, const char *path, error *e)
{
    int count, known = 0;
    if (c->x.V == 0 && !learn_symbols(c, t)) return error_no_memory(e);
    c->ids = lexicon_encode(&c->x, t, &count);
    if (!c->ids) return error_no_memory(e);
    count = wanted(&c->o, count);
    const int trained = learned(&c->o, count);
    for (int i = 0; i < trained; i++) /* what is learned has no gaps */
        if (c->ids[i] >= 0) c->ids[known++] = c->ids[i];
    c->trained = known;
    c->dropped = trained - known;
    c->held = count - trained;
    memmove(c->ids + known, c->ids + trained, (size_t) c->held * sizeof *c->ids);
    c->unknown = 0;
    for (int i = 0; i < c->held; i++) c->unknown += c->ids[known + i] < 0;
    c->hash = hash_bytes(HASH_START, t->bytes, t->size);
    return is_enough(c, path, e) && fits_memory(c, e);
}

/* ---- the run ---- */

bool charrun_start(charrun *c, error *e)
{
    enum { LEAST = 100 };
    c->r = charnet_new(&c->o.net, c->ids, c->trained, c->x.V);
    if (!c->r) return error_no_memory(e);
    const int epoch = c->ids ? lm_iterations(&c->r->blocks) : 0;
    if (c->o.every == 0) c->o.every = epoch < LEAST ? LEAST : epoch;
    return true;
}

void charrun_free(charrun *c)
{
    lexicon_free(&c->x);
    free(c->ids);
    charnet_free(c->r);
}

double charrun_held_out(charrun *c)
{
    int counted;
    if (c->held == 0) return NAN;
    const double sum = charnet_score(c->r->one, c->ids + c->trained, c->held, NULL, &counted);
    return counted ? sum / counted : NAN;
}

static void set_rate(charrun *c)
{
    c->r->rate = c->o.net.learning_rate * adam_power(c->o.decay, c->decays);
}

bool charrun_tested(charrun *c, double loss)
{
    if (!isfinite(loss) || c->tested == c->r->n) return false;
    c->tested = c->r->n;
    if (c->best_n > 0 && !(loss < c->best)) {
        c->decays++;
        set_rate(c);
        return false;
    }
    c->best = loss;
    c->best_n = c->r->n;
    return true;
}

bool charrun_is_over(const charrun *c)
{
    return c->o.patience > 0 && c->best_n > 0 &&
           (c->r->n - c->best_n) / c->o.every >= c->o.patience;
}

/* ---- the file ---- */

/* What makes a run another run. */
static void list_run(savefile *f, charrun_options *o, int *V)
{
    charnet_options *n = &o->net;
    savefile_int(f, "cell", &n->cell);
    savefile_int(f, "unit", &o->unit);
    savefile_int(f, "layers", &n->layers);
    savefile_int(f, "hidden", &n->hidden);
    savefile_int(f, "embed", &n->embed);
    savefile_int(f, "batch", &n->batch);
    savefile_int(f, "shards", &n->shards);
    savefile_int(f, "seq_length", &n->seq_length);
    savefile_int(f, "first", &o->first);
    savefile_double(f, "held_out", &o->held_out);
    savefile_int(f, "optimizer", &n->optimizer);
    savefile_seed(f, "seed", &n->seed);
    savefile_double(f, "forget_bias", &n->forget_bias);
    savefile_int(f, "every", &o->every);
    savefile_int(f, "vocab_size", V);
    savefile_double(f, "dropout", &n->dropout);
    savefile_double(f, "learning_rate", &n->learning_rate);
    savefile_double(f, "decay", &o->decay);
    savefile_double(f, "clip_norm", &n->clip_norm);
    savefile_int(f, "patience", &o->patience);
}

static void list_progress(savefile *f, charrun *c)
{
    savefile_int(f, "n", &c->r->n);
    savefile_double(f, "best", &c->best);
    savefile_int(f, "best_n", &c->best_n);
    savefile_int(f, "tested", &c->tested);
    savefile_int(f, "decays", &c->decays);
}

static void list_weights(savefile *f, const cellnet *net)
{
    for (int k = 0; k < net->tensors; k++) savefile_mat(f, cellnet_name(k), net->all[k]);
}

/* The names of what belongs to a matrix or a layer: "m_" and "v_" before the matrix's, h1, c1, h2, ... */
typedef struct names {
    char memory[CHARNET_MEMORIES][CELLNET_TENSORS][8];
    char state[CELLNET_LAYERS][CELL_STATES][4];
} names;

static void list_memories(savefile *f, const charnet *r, names *to)
{
    for (int i = 0; i < CHARNET_MEMORIES && r->mem[i]; i++)
        for (int k = 0; k < r->net->tensors; k++) {
            char *name = to->memory[i][k];
            snprintf(name, sizeof to->memory[i][k], "%c_%s", i ? 'v' : 'm', cellnet_name(k));
            savefile_mat(f, name, r->mem[i]->all[k]);
        }
}

static void list_states(savefile *f, const cellstate *states, int layers, names *to)
{
    for (int l = 0; l < layers; l++)
        for (int i = 0; i < CELL_STATES && states[l].of[i]; i++) {
            char *name = to->state[l][i];
            snprintf(name, sizeof to->state[l][i], "%c%d", i ? 'c' : 'h', (l + 1) % 10);
            savefile_mat(f, name, states[l].of[i]);
        }
}

static void states_free(cellstate *states)
{
    for (int l = 0; l < CELLNET_LAYERS; l++)
        for (int i = 0; i < CELL_STATES; i++) mat_free(states[l].of[i]);
}

/* Matrices N x H for the states of all sequences. */
static bool states_new(cellstate *states, const charnet *r)
{
    bool good = true;
    for (int l = 0; l < r->net->layers; l++) {
        const cellstate own = r->net->type->state(r->one->layer[l]);
        for (int i = 0; i < CELL_STATES && own.of[i]; i++) {
            states[l].of[i] = mat_new(r->o.batch, r->o.hidden);
            good = good && states[l].of[i];
        }
    }
    return good;
}

bool charrun_save(const char *path, charrun *c, error *e)
{
    savefile f = {0};
    names all;
    cellstate states[CELLNET_LAYERS] = {{{NULL}}};
    size_t size = 0;
    int V = c->x.V;
    char *words = c->x.c ? lmfile_words(c->x.c, &size) : NULL;
    bool good = states_new(states, c->r) && (words || !c->x.c);
    if (good) {
        charnet_collect(c->r);
        charnet_states(c->r, states, false);
        list_run(&f, &c->o, &V);
        list_progress(&f, c);
        list_weights(&f, c->r->net);
        list_memories(&f, c->r, &all);
        list_states(&f, states, c->r->net->layers, &all);
        if (words)
            savefile_array(&f, "vocab", 1, (int) size, words);
        else
            savefile_array(&f, "vocab", 4, V, c->x.v->ix_to_char);
        savefile_text(&f, &c->hash);
        good = savefile_write(&f, path, e);
    } else
        error_no_memory(e);
    states_free(states);
    free(words);
    return good;
}

bool charrun_open(session *s, charrun *c)
{
    static const char *const unit[LEXICON_UNITS] = {"byte", "char", "jamo", "word"};
    savefile f = {0};
    charrun_options o = c->o;
    const charnet_options *n = &o.net;
    int V = c->x.V;
    list_run(&f, &o, &V);
    savefile_text(&f, &c->hash);
    return session_open(s, &f, c->r->n,
                        "# char-rnn: %s, layers %d, hidden %d, embed %d, unit %s, symbols %d, "
                        "held_out %d, vocabulary %d, batch %d, shards %d, seq_length %d, dropout "
                        "%.17g, learning_rate %.17g, seed %lu, text %016llx\n"
                        "iteration\tloss\tgradient_norm\tlearning_rate\theld_out\n",
                        charnet_cell[n->cell]->name, n->layers, n->hidden, n->embed, unit[o.unit],
                        c->trained, c->held, V, n->batch, n->shards, n->seq_length, n->dropout,
                        n->learning_rate, (unsigned long) n->seed, (unsigned long long) c->hash);
}

/* The symbols in the file. */
static bool take_symbols(const npy *file, const char *path, int unit, int V, lexicon *x, error *e)
{
    *x = (lexicon){.unit = unit, .V = V};
    if (unit != LEXICON_WORD) {
        x->v = checkpoint_vocab(file, path, V, e);
        return x->v != NULL;
    }
    const npy_field *words = npy_find(file, "vocab", 'u', 1);
    bool are_words = words && words->cols == 0;
    if (are_words) x->c = corpus_of_words(words->data, (size_t) words->rows, &are_words);
    if (are_words && !x->c) return error_no_memory(e);
    if (x->c && x->c->V == V) return true;
    lexicon_free(x);
    return savefile_refuse(e, path, "vocab");
}

/* Options that the command line would not have let pass. */
static const char *impossible(const charrun_options *o)
{
    const charnet_options *n = &o->net;
    return n->cell >= CHARNET_CELLS                                     ? "cell"
           : o->unit >= LEXICON_UNITS                                   ? "unit"
           : n->layers < 1 || n->layers > CELLNET_LAYERS                ? "layers"
           : n->batch < 1 || n->batch > LM_MOST                         ? "batch"
           : n->seq_length < 1 || n->seq_length > LM_MOST               ? "seq_length"
           : n->shards < 1 || n->shards > CHARNET_SHARDS                ? "shards"
           : n->batch % n->shards || (n->shards & (n->shards - 1)) != 0 ? "shards"
           : n->optimizer > CHARNET_SGD                                 ? "optimizer"
           : n->dropout >= 1                                            ? "dropout"
           : o->held_out >= 1                                           ? "held_out"
           : o->every < 1                                               ? "every"
                                                                        : NULL;
}

bool charrun_options_of(const npy *file, const char *path, charrun *c, error *e)
{
    savefile f = {0};
    charrun_options o = c->o;
    int V = 0;
    list_run(&f, &o, &V);
    if (!savefile_read(&f, file, path, e)) return false;
    const charnet_options *n = &o.net;
    if (impossible(&o)) return savefile_refuse(e, path, impossible(&o));
    const int G = charnet_cell[n->cell]->gates;
    if (!savefile_has(file, path, "E", V, n->embed, e) ||
        !savefile_has(file, path, "W", n->hidden, V, e) ||
        !savefile_has(file, path, "Wh1", n->hidden, G * n->hidden, e) ||
        !savefile_has(file, path, "h1", n->batch, n->hidden, e))
        return false;
    c->o = o;
    return c->x.V > 0 || take_symbols(file, path, o.unit, V, &c->x, e);
}

bool charrun_shape_of(const npy *file, const char *path, charrun *c, error *e)
{
    charrun other = {.o = c->o};
    if (!charrun_options_of(file, path, &other, e)) return false;
    const charnet_options *from = &other.o.net;
    charnet_options *to = &c->o.net;
    to->cell = from->cell;
    to->layers = from->layers;
    to->hidden = from->hidden;
    to->embed = from->embed;
    c->o.unit = other.o.unit;
    c->x = other.x;
    return true;
}

bool charrun_same_shape(const charrun_options *a, const charrun_options *b)
{
    const charnet_options *m = &a->net, *n = &b->net;
    return m->cell == n->cell && m->layers == n->layers && m->hidden == n->hidden &&
           m->embed == n->embed && a->unit == b->unit;
}

bool charrun_weights_of(const npy *file, const char *path, charrun *c, error *e)
{
    savefile f = {0};
    list_weights(&f, c->r->net);
    return savefile_read(&f, file, path, e);
}

bool charrun_state_of(const npy *file, const char *path, charrun *c, error *e)
{
    savefile f = {0};
    names all;
    cellstate states[CELLNET_LAYERS] = {{{NULL}}};
    bool good = states_new(states, c->r) || error_no_memory(e);
    if (good) {
        list_progress(&f, c);
        list_weights(&f, c->r->net);
        list_memories(&f, c->r, &all);
        list_states(&f, states, c->r->net->layers, &all);
        good = savefile_read(&f, file, path, e);
    }
    if (good) {
        charnet_states(c->r, states, true);
        charnet_go_to(c->r, c->r->n);
        set_rate(c);
    }
    states_free(states);
    return good;
}
