/* hash.c: FNV-1a. See hash.h. */
#include "hash.h"

uint64_t hash_bytes(uint64_t h, const void *bytes, size_t size)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < size; i++) h = (h ^ byte[i]) * UINT64_C(1099511628211);
    return h;
}
