/* frame.c: the messages between grader and worker. See frame.h. */
#include "frame.h"

#include <stdlib.h>
#include <string.h>

enum { INTS = 'i', REALS = 'd', BYTES = 'b' };

_Static_assert(sizeof(int) == 4 && sizeof(double) == 8, "the frames carry int32 and double");

frame frame_new(void) { return (frame){0}; }

frame frame_of(const void *bytes, size_t size)
{
    return (frame){.bytes = (unsigned char *) (uintptr_t) bytes, .size = size};
}

void frame_free(frame *f)
{
    if (f->room) free(f->bytes);
    *f = (frame){0};
}

static void put(frame *f, const void *from, size_t n)
{
    if (f->bad || n == 0) return;
    if (n > f->room - f->size) {
        const size_t room = 2 * f->room + n + 256;
        unsigned char *grown = realloc(f->bytes, room);
        if (!grown) {
            f->bad = true;
            return;
        }
        f->bytes = grown;
        f->room = room;
    }
    memcpy(f->bytes + f->size, from, n);
    f->size += n;
}

static void put_array(frame *f, int kind, const void *v, int n, size_t each)
{
    if (n < 0 || n > FRAME_MOST) {
        f->bad = true;
        return;
    }
    put(f, (const int[]){kind, n}, 2 * sizeof(int));
    put(f, v, (size_t) n * each);
}

void frame_put_ints(frame *f, const int *v, int n) { put_array(f, INTS, v, n, sizeof *v); }

void frame_put_reals(frame *f, const double *v, int n) { put_array(f, REALS, v, n, sizeof *v); }

void frame_put_bytes(frame *f, const unsigned char *v, int n)
{
    put_array(f, BYTES, v, n, sizeof *v);
}

static bool get(frame *f, void *to, size_t n)
{
    if (f->bad || n > f->size - f->at) return !(f->bad = true);
    memcpy(to, f->bytes + f->at, n);
    f->at += n;
    return true;
}

int frame_next(const frame *f)
{
    int head[2];
    if (f->bad || sizeof head > f->size - f->at) return -1;
    memcpy(head, f->bytes + f->at, sizeof head);
    return head[1];
}

static bool get_array(frame *f, int kind, void *v, int n, size_t each)
{
    int head[2];
    if (!get(f, head, sizeof head)) return false;
    if (head[0] != kind || head[1] != n || n < 0 || n > FRAME_MOST) return !(f->bad = true);
    return n == 0 || get(f, v, (size_t) n * each);
}

bool frame_get_ints(frame *f, int *v, int n) { return get_array(f, INTS, v, n, sizeof *v); }

bool frame_get_reals(frame *f, double *v, int n) { return get_array(f, REALS, v, n, sizeof *v); }

bool frame_get_bytes(frame *f, unsigned char *v, int n)
{
    return get_array(f, BYTES, v, n, sizeof *v);
}

bool frame_ended(const frame *f) { return !f->bad && f->at == f->size; }
