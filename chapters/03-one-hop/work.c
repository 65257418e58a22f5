/* work.c: memory for the backward pass. See work.h. */
#include "work.h"

#include "vectors.h"

#include <stdlib.h>

work *work_new(int H, int V, int room)
{
    work *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    *w = (work){room, vectors_new(room, V), vectors_new(room, H), mat_new(H, 1), mat_new(H, 1)};
    if (w->dy && w->dh && w->dhraw && w->dhnext) return w;
    work_free(w);
    return NULL;
}

void work_free(work *w)
{
    if (!w) return;
    vectors_free(w->dy, w->room);
    vectors_free(w->dhraw, w->room);
    mat_free(w->dh);
    mat_free(w->dhnext);
    free(w);
}
