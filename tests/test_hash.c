/* test_hash.c: FNV-1a against its published values. */
#include "hash.h"

#include <criterion/criterion.h>

Test(hash, as_published)
{
    cr_assert_eq(hash_bytes(HASH_START, "", 0), UINT64_C(0xcbf29ce484222325));
    cr_assert_eq(hash_bytes(HASH_START, "a", 1), UINT64_C(0xaf63dc4c8601ec8c));
    cr_assert_eq(hash_bytes(HASH_START, "abc", 3), UINT64_C(0xe71fa2190541574b));
    cr_assert_eq(hash_bytes(HASH_START, "foobar", 6), UINT64_C(0x85944171f73967e8));
}

Test(hash, goes_on_where_it_was)
{
    const uint64_t foo = hash_bytes(HASH_START, "foo", 3);
    cr_assert_eq(hash_bytes(foo, "bar", 3), hash_bytes(HASH_START, "foobar", 6));
    cr_assert_eq(hash_bytes(HASH_START, "\xFF", 1), (HASH_START ^ 255) * UINT64_C(1099511628211));
}
