/* train/rows.c: what the training is asked. */
#include "rows.h"

enum { H = 6, V = 7 };

typedef struct setting {
    int length, steps, full_window, n, p, held;
    double clip, clip_norm;
    int free;
} setting;

/* `used`: how many different characters the text has. */
static void put_sized(frame *f, rng *draws, setting s, int T, int used)
{
    if (s.steps == 0 && s.held == 0) { /* move the window; what follows it stays */
        const int further = (int) (9 * rng_uniform(draws));
        s.length += further;
        s.p += further;
    }
    frame_put_ints(f,
                   (const int[]){H, T, V, s.length, s.steps, s.full_window, s.n, s.p, s.held,
                                 (int) (1e6 * rng_uniform(draws)), s.free},
                   11);
    frame_put_reals(f, (const double[]){0.05 + 0.1 * rng_uniform(draws), s.clip, s.clip_norm}, 3);
    row_put_ids(f, draws, s.length, used);
    row_put_ids(f, draws, s.held, V);
}

static void put(frame *f, rng *draws, setting s) { put_sized(f, draws, s, 5, V); }

static void first(frame *f, rng *draws) { put(f, draws, (setting){60, 1, 0, 0, 0, 0, 5, 0, 0}); }
static void several(frame *f, rng *draws) { put(f, draws, (setting){60, 8, 0, 0, 0, 0, 5, 0, 0}); }
/* 22 characters: two are left after four windows of 5; the run wraps around twice. */
static void wraps(frame *f, rng *draws) { put(f, draws, (setting){22, 11, 0, 0, 0, 0, 5, 0, 0}); }
static void clipped(frame *f, rng *draws)
{
    put(f, draws, (setting){60, 6, 0, 0, 0, 0, 0.05, 0, 0});
}
static void clipped_by_norm(frame *f, rng *draws)
{
    put(f, draws, (setting){60, 6, 0, 0, 0, 0, 0.05, 0.2, 0});
}
/* One character only: an element of dby exceeds 8. Asked for the diagnosis only. */
static void clipped_far(frame *f, rng *draws)
{
    put_sized(f, draws, (setting){60, 2, 0, 0, 0, 0, 8, 0, 0}, 12, 1);
}
static void window_inside(frame *f, rng *draws)
{
    put(f, draws, (setting){40, 0, 0, 3, 15, 0, 5, 0, 0});
}
static void window_first(frame *f, rng *draws)
{
    put(f, draws, (setting){40, 0, 0, 0, 15, 0, 5, 0, 0});
}
static void window_short(frame *f, rng *draws)
{
    put(f, draws, (setting){40, 0, 0, 7, 35, 0, 5, 0, 0});
}
static void window_just(frame *f, rng *draws)
{
    put(f, draws, (setting){41, 0, 0, 7, 35, 0, 5, 0, 0});
}
static void window_full(frame *f, rng *draws)
{
    put(f, draws, (setting){41, 0, 1, 7, 35, 0, 5, 0, 0});
}
static void held_out(frame *f, rng *draws)
{
    put(f, draws, (setting){40, 0, 0, 0, 0, 23, 5, 0, 0});
}
static void held_out_short(frame *f, rng *draws)
{
    put(f, draws, (setting){40, 0, 0, 0, 0, 2, 5, 0, 0});
}

/* Iterations between measurements on held-out text, whose last window is short. */
static void between(frame *f, rng *draws) { put(f, draws, (setting){60, 6, 0, 0, 0, 13, 5, 0, 0}); }
static void freed(frame *f, rng *draws) { put(f, draws, (setting){60, 3, 0, 0, 0, 0, 5, 0, 1}); }
static void unclipped(frame *f, rng *draws)
{
    put_sized(f, draws, (setting){60, 3, 0, 0, 0, 0, 0, 0, 0}, 12, 1);
}
static void norm_alone(frame *f, rng *draws)
{
    put(f, draws, (setting){60, 6, 0, 0, 0, 0, 0, 0.2, 0});
}

const row_question row_questions[] = {
    {window_inside, "train_window"},
    {window_first, "train_window"},
    {window_short, "train_window"},
    {window_just, "train_window"},
    {window_full, "train_window"},
    {first, "train_step"},
    {several, "train_step"},
    {wraps, "train_step"},
    {clipped, "train_step"},
    {clipped_by_norm, "train_step"},
    {clipped_far, "train_step"},
    {unclipped, "train_step"},
    {norm_alone, "train_step"},
    {held_out, "train_held_out"},
    {held_out_short, "train_held_out"},
    {NULL, ""},
};

#define WEIGHTS "Wxh Whh Why bh by"
#define MEMORIES "mWxh mWhh mWhy mbh mby"
ROW(train, window_inside, window_inside, "window p hprev", 1)
ROW(train, window_first, window_first, "window p hprev", 1)
ROW(train, window_short, window_short, "window p hprev", 1)
ROW(train, window_just_fits, window_just, "window p hprev", 1)
ROW(train, window_full, window_full, "window p hprev", 1)
ROW(train, step_loss, first, "loss", 1)
ROW(train, step_smooth_loss, first, "smooth_loss", 1)
ROW(train, step_moves_on, first, "p n hprev", 1)
ROW(train, step_weights, first, WEIGHTS " " MEMORIES, 1)
ROW(train, steps_loss, several, "loss smooth_loss", 1)
ROW(train, steps_weights, several, WEIGHTS " " MEMORIES, 1)
ROW(train, wrap, wraps, "loss p n hprev", 1)
ROW(train, clip, clipped, WEIGHTS " " MEMORIES, 1)
ROW(train, clip_norm, clipped_by_norm, WEIGHTS " " MEMORIES, 1)
ROW(train, unclipped, unclipped, WEIGHTS " " MEMORIES, 1)
ROW(train, norm_alone, norm_alone, WEIGHTS " " MEMORIES, 1)
ROW(train, between, between, "loss held_out p n hprev " WEIGHTS, 1)
ROW(train, freed, freed, "loss", 1)
ROW(train, held_out, held_out, "held_out n p smooth_loss hprev " WEIGHTS, 1)
ROW(train, held_out_short, held_out_short, "held_out n p smooth_loss hprev " WEIGHTS, 1)
