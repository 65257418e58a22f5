/**
 * @file  hash.h
 * @brief A number by which bytes are known again: FNV-1a, 64 bits.
 *
 * For telling texts apart and for tables, not against an adversary.
 * Source: G. Fowler, L. C. Noll, K.-P. Vo; the IETF's draft "The FNV Non-Cryptographic Hash Algorithm".
 */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

/** The hash of nothing, where every hash starts. */
#define HASH_START UINT64_C(14695981039346656037)

/**
 * @brief  Take one more number into a hash.
 * @param  h the hash so far; HASH_START at first
 * @param  x the number; a byte, in FNV-1a as published
 * @return the hash of all
 */
uint64_t hash_number(uint64_t h, uint64_t x);

/**
 * @brief  Take some more bytes into a hash.
 * @param     h     the hash so far; HASH_START at first
 * @param[in] bytes the bytes
 * @param     size  how many
 * @return the hash of all
 */
uint64_t hash_bytes(uint64_t h, const void *bytes, size_t size);

#endif
