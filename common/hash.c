/* hash.c: FNV-1a. See hash.h. */
#include "hash.h"

uint64_t hash_number(uint64_t h, uint64_t x) { return (h ^ x) * UINT64_C(1099511628211); }

uint64_t hash_bytes(uint64_t h, const void *bytes, size_t size)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < size; i++) h = hash_number(h, byte[i]);
    return h;
}
