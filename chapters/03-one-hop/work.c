/* work.c: memory for the backward pass. See work.h. */
#include "work.h"

#include <stdlib.h>

work *work_new(int H, int V)
{
    work *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    *w = (work){mat_new(V, 1), mat_new(H, 1), mat_new(H, 1), mat_new(H, 1)};
    if (w->dy && w->dh && w->dhraw && w->dhnext) return w;
    work_free(w);
    return NULL;
}

void work_free(work *w)
{
    if (!w) return;
    mat_free(w->dy);
    mat_free(w->dh);
    mat_free(w->dhraw);
    mat_free(w->dhnext);
    free(w);
}
