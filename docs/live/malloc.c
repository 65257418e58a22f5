/* malloc.c: memory for the book's programs in a page, in place of libc's, which is 12 KB of each program. Blocks have sizes of
 * four steps to a doubling; what is freed waits in the list of its size, and is never joined. So a program takes at most a
 * quarter more than it asks for, but what it freed at one size is lost for others; the book's programs allocate before they
 * train, and free at their end. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 65536, CLASSES = 4 * 32, HEAD = 16 };

/* In front of a block; as long as what it must be aligned to. */
typedef struct head {
    _Alignas(HEAD) struct head *next;
    unsigned size_class;
} head;

extern unsigned char __heap_base; /* set by the linker */
static head *freed[CLASSES];
static uintptr_t at, end;

/* The least class whose size is at least `size`; its size is put there. */
static unsigned class_of(size_t *size)
{
    const unsigned least = *size < 4 * HEAD ? 4 * HEAD : (unsigned) *size;
    const unsigned power = 31 - (unsigned) __builtin_clz(least), quarter = power - 2;
    const unsigned above = (least - (1u << power) + (1u << quarter) - 1) >> quarter; /* 0 to 4 */
    *size = ((size_t) 4 + above) << quarter;
    return 4 * power + above;
}

/* More memory at the end of what there is. */
static head *fresh(size_t size)
{
    if (!at) {
        at = ((uintptr_t) &__heap_base + HEAD - 1) / HEAD * HEAD;
        end = __builtin_wasm_memory_size(0) * PAGE;
    }
    if (end - at < size) {
        const size_t pages = (size - (end - at) + PAGE - 1) / PAGE;
        if (__builtin_wasm_memory_grow(0, pages) == SIZE_MAX) return NULL;
        end += pages * PAGE;
    }
    at += size;
    return (head *) (at - size);
}

void *malloc(size_t size)
{
    size_t whole = size + HEAD;
    if (size > PTRDIFF_MAX / 2) return errno = ENOMEM, NULL;
    const unsigned k = class_of(&whole);
    head *h = freed[k];
    if (h)
        freed[k] = h->next;
    else
        h = fresh(whole);
    if (!h) return errno = ENOMEM, NULL;
    h->size_class = k;
    return h + 1;
}

void free(void *p)
{
    if (!p) return;
    head *h = (head *) p - 1;
    if (h->size_class == CLASSES) h = h->next; /* it was moved up */
    h->next = freed[h->size_class];
    freed[h->size_class] = h;
}

void *calloc(size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size) return errno = ENOMEM, NULL;
    void *p = malloc(n * size);
    return p ? memset(p, 0, n * size) : NULL;
}

void *realloc(void *p, size_t size)
{
    if (!p) return malloc(size);
    const unsigned k = ((head *) p - 1)->size_class;
    const size_t room = ((size_t) 4 + k % 4) << (k / 4 - 2);
    if (size <= room - HEAD) return p;
    void *made = malloc(size);
    if (made) {
        memcpy(made, p, room - HEAD);
        free(p);
    }
    return made;
}

/* Moved up to a multiple of `alignment`; what stands in front then leads to the block. Not to be given to realloc(). */
void *aligned_alloc(size_t alignment, size_t size)
{
    unsigned char *block = size > PTRDIFF_MAX / 2 ? NULL : malloc(size + alignment + HEAD);
    if (!block) return errno = ENOMEM, NULL;
    head *h = (head *) (((uintptr_t) block + HEAD + alignment - 1) / alignment * alignment) - 1;
    *h = (head){(head *) block - 1, CLASSES};
    return h + 1;
}

int posix_memalign(void **p, size_t alignment, size_t size)
{
    *p = aligned_alloc(alignment, size);
    return *p ? 0 : ENOMEM;
}

/* Under these names libc asks. */
void *__libc_malloc(size_t size) __attribute__((alias("malloc")));
void *__libc_calloc(size_t n, size_t size) __attribute__((alias("calloc")));
void __libc_free(void *p) __attribute__((alias("free")));
