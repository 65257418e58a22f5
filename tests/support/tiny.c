/* tiny.c: a trainer of a vector that follows the bytes of a text, with noise. See tiny.h. */
#define _POSIX_C_SOURCE 200809L

#include "tiny.h"

#include "hash.h"
#include "session.h"
#include "text.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>

typedef struct trainer {
    session s;
    int size;                     /* of the vector */
    double rate;                  /* how fast it follows */
    uint32_t seed;                /* of the noise */
    int stop_at, kill_at, inf_at; /* iterations to stop, to be killed, to diverge, for the tests */
    text text;
    uint64_t hash;
    mat *w;
    rng draws;
    int n;
} trainer;

static void list_options(savefile *f, trainer *t)
{
    savefile_int(f, "size", &t->size);
    savefile_double(f, "rate", &t->rate);
    savefile_seed(f, "seed", &t->seed);
}

static void list_state(savefile *f, trainer *t)
{
    savefile_int(f, "n", &t->n);
    savefile_mat(f, "w", t->w);
    savefile_rng(f, &t->draws);
}

static int read_command_line(trainer *t, int argc, char **argv)
{
    static const char *const fixed[] = {"size", "seed", NULL};
    args_option shared[SESSION_ROWS];
    session_rows(&t->s, shared);
    const args_option options[] = {
        {"size", ARGS_INT, &t->size, 1, 100, "size of the vector", "벡터의 크기"},
        {"rate", ARGS_REAL, &t->rate, 0, 1, "how fast it runs", "따라가는 빠르기"},
        {"seed", ARGS_SEED, &t->seed, 0, 0, "seed of the noise", "잡음의 시드"},
        {"stop-at", ARGS_INT, &t->stop_at, 0, INT_MAX, "SIGINT then", "이때 SIGINT"},
        {"kill-at", ARGS_INT, &t->kill_at, 0, INT_MAX, "SIGKILL then", "이때 SIGKILL"},
        {"inf-at", ARGS_INT, &t->inf_at, 0, INT_MAX, "an infinite loss then", "이때 무한한 손실"},
        {.kind = ARGS_ROWS, .value = shared},
        {.kind = ARGS_END},
    };
    return session_args(&t->s, options, fixed, "Run after a text.", "글을 따라갑니다.", argc, argv);
}

static bool take_options(trainer *t, int argc, char **argv)
{
    savefile f = {0};
    session *s = &t->s;
    list_options(&f, t);
    return savefile_read(&f, s->saved, s->resume, &s->e) &&
           savefile_has(s->saved, s->resume, "w", t->size, 1, &s->e) &&
           read_command_line(t, argc, argv) == ARGS_GO_ON;
}

static bool take_state(trainer *t)
{
    savefile f = {0};
    session *s = &t->s;
    list_state(&f, t);
    return session_same_text(s, t->hash) && savefile_read(&f, s->saved, s->resume, &s->e);
}

static bool start(trainer *t, int argc, char **argv)
{
    session *s = &t->s;
    savefile one = {0};
    if (!session_begin(s) || (s->saved && !take_options(t, argc, argv)) ||
        !session_text(s, &t->text))
        return false;
    t->hash = hash_bytes(HASH_START, t->text.bytes, t->text.size);
    t->w = need(mat_new(t->size, 1));
    rng_seed(&t->draws, t->seed);
    if (s->saved && !take_state(t)) return false;
    list_options(&one, t);
    savefile_text(&one, &t->hash);
    return session_open(s, &one, t->n, "iteration\tloss\n");
}

static bool save(trainer *t)
{
    savefile f = {0};
    list_options(&f, t);
    list_state(&f, t);
    savefile_text(&f, &t->hash);
    const bool flushed = session_sync(&t->s);
    return savefile_write(&f, t->s.checkpoint, &t->s.e) && flushed;
}

static double step(trainer *t)
{
    double loss = 0;
    for (int i = 0; i < t->size; i++) {
        const char byte = t->text.bytes[(size_t) (t->n + i) % t->text.size];
        const double miss = byte / 128.0 + 0.01 * rng_randn(&t->draws) - (double) t->w->v[i];
        t->w->v[i] += (real) (t->rate * miss);
        loss += miss * miss;
    }
    t->n++;
    return t->n == t->inf_at ? INFINITY : loss;
}

static bool run(trainer *t)
{
    session *s = &t->s;
    while (session_goes_on(s, t->n)) {
        const int n = t->n;
        const double loss = step(t);
        if (s->log.stream && n % s->log_every == 0)
            fprintf(s->log.stream, "%d\t%s\n", n, NUM("%.17g", loss));
        if (!session_is_finite(s, loss, n)) return false;
        if (session_line_due(s)) session_line(s, false, "%d", t->n);
        if (session_save_due(s) && !save(t)) return false;
        if (t->n == t->stop_at) raise(SIGINT);
        if (t->n == t->kill_at) raise(SIGKILL);
    }
    if (!save(t)) return false;
    session_line(s, true, "%d of %d", t->n, s->until);
    session_report(s, t->n);
    return true;
}

int tiny_train(int argc, char **argv)
{
    trainer t = {.size = 3, .rate = 0.1};
    /* Saves after each step, so that nothing is lost if the run is killed. */
    t.s = (session){.program = "tiny", .until = 100, .save_every = -1, .checkpoint = "tiny.npy"};
    int status = read_command_line(&t, argc, argv);
    if (status != ARGS_GO_ON) return status;
    status = session_end(&t.s, start(&t, argc, argv) && run(&t));
    text_free(&t.text);
    mat_free(t.w);
    return status;
}
