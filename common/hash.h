/**
 * @file  hash.h
 * @brief A hash of bytes: FNV-1a, 64 bits.
 *
 * For recognizing texts and for hash tables; not secure against an adversary.
 * Source: G. Fowler, L. C. Noll, K.-P. Vo; the IETF's draft "The FNV Non-Cryptographic Hash Algorithm".
 */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

/** The start of every hash; the hash of no bytes. */
#define HASH_START UINT64_C(14695981039346656037)

/**
 * @brief  Add bytes to a hash.
 * @param     h     the hash so far; HASH_START at first
 * @param[in] bytes the bytes
 * @param     size  how many
 * @return the new hash
 */
uint64_t hash_bytes(uint64_t h, const void *bytes, size_t size);

#endif
