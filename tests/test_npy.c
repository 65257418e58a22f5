/* test_npy.c: records that NumPy opens, and files that are not records. */
#include "npy.h"

#include "file.h"
#include "hash.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double matrix[6] = {1, -2.5, 3e300, 0, -0.0, 5e-324};
static float vector[3] = {1.5f, -2, 3};
static int32_t whole = -7;
static uint64_t large = UINT64_C(0xfedcba9876543210);

static const npy_field fields[] = {{"M", 'f', 8, 2, 3, matrix},
                                   {"v", 'f', 4, 3, 0, vector},
                                   {"n", 'i', 4, 0, 0, &whole},
                                   {"u", 'u', 8, 0, 0, &large}};

static const char *path_of(const char *name)
{
    static char path[400];
    snprintf(path, sizeof path, "%s/%s", own_folder(), name);
    return path;
}

static char *written(size_t *size)
{
    error e;
    cr_assert(npy_write(path_of("a.npy"), fields, 4, &e), "%s", e.text);
    return file_read(path_of("a.npy"), size, &e);
}

Test(npy, what_was_written_is_read)
{
    error e;
    size_t size;
    double M[6];
    float v[3];
    int32_t n;
    uint64_t u;
    free(written(&size));
    npy *r = npy_read(path_of("a.npy"), &e);
    cr_assert_not_null(r, "%s", e.text);
    cr_assert(npy_get(r, &(npy_field){"M", 'f', 8, 2, 3, M}));
    cr_assert(npy_get(r, &(npy_field){"v", 'f', 4, 3, 0, v}));
    cr_assert(npy_get(r, &(npy_field){"n", 'i', 4, 0, 0, &n}));
    cr_assert(npy_get(r, &(npy_field){"u", 'u', 8, 0, 0, &u}));
    cr_assert_eq(memcmp(M, matrix, sizeof M), 0);
    cr_assert_eq(memcmp(v, vector, sizeof v), 0);
    cr_assert_eq(n, whole);
    cr_assert_eq(u, large);
    npy_free(r);
    npy_free(NULL);
}

Test(npy, another_name_type_or_shape_is_not_given_out)
{
    error e;
    size_t size;
    double M[6];
    free(written(&size));
    npy *r = npy_read(path_of("a.npy"), &e);
    cr_assert_not(npy_get(r, &(npy_field){"m", 'f', 8, 2, 3, M}));
    cr_assert_not(npy_get(r, &(npy_field){"M", 'f', 4, 2, 3, M}));
    cr_assert_not(npy_get(r, &(npy_field){"M", 'i', 8, 2, 3, M}));
    cr_assert_not(npy_get(r, &(npy_field){"M", 'f', 8, 3, 2, M}));
    cr_assert_not(npy_get(r, &(npy_field){"M", 'f', 8, 6, 0, M}));
    cr_assert_null(npy_find(r, "v", 'f', 8));
    npy_free(r);
}

Test(npy, the_head_is_as_long_as_numpy_wants_it)
{
    size_t size;
    char *bytes = written(&size);
    const unsigned char *b = (const unsigned char *) bytes;
    cr_assert_eq(memcmp(bytes, "\x93NUMPY\x01\x00", 8), 0);
    const size_t head = 10 + b[8] + 256u * b[9];
    cr_assert_eq(head % 64, 0);
    cr_assert_eq(bytes[head - 1], '\n');
    cr_assert_eq(size, head + 48 + 12 + 4 + 8);
    free(bytes);
}

/* Read a record whose head is this, before the bytes of 100 zeros. */
static npy *with_head(int version, const char *head, size_t data, error *e)
{
    static char bytes[10000];
    const size_t length = strlen(head), before = version > 1 ? 12 : 10;
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, "\x93NUMPY", 6);
    bytes[6] = (char) version;
    bytes[8] = (char) (length & 0xFF);
    bytes[9] = (char) (length >> 8);
    memcpy(bytes + before, head, length);
    return npy_read(write_file("c.npy", bytes, before + length + data), e);
}

static void taken(int version, const char *head)
{
    error e;
    npy *r = with_head(version, head, 9, &e);
    cr_assert_not_null(r, "%s: %s", head, e.text);
    cr_assert_eq(r->fields, 2);
    cr_assert_not_null(npy_find(r, "abc", 'f', 8), "%s", head);
    cr_assert_not_null(npy_find(r, "d_1", 'u', 1), "%s", head);
    npy_free(r);
}

static void not_taken(const char *head, size_t data, const char *says)
{
    error e;
    npy *r = with_head(1, head, data, &e);
    cr_assert_null(r, "took %s", head);
    cr_assert_not_null(strstr(e.text, says), "%s: %s", head, e.text);
}

#define END "], 'fortran_order': False, 'shape': (), }\n"

Test(npy, reads_what_numpy_writes)
{
    for (int version = 1; version <= 3; version++) {
        taken(version, "{'descr': [('abc', '<f8'), ('d_1', '|u1')" END);
        taken(version, "{'descr': [('abc', '<f8'), ('d_1', '<u1'), " END);
        taken(version, "{'descr': [('abc', '<f8'), ('d_1', '|u1', (1,))" END);
        taken(version,
              "{'descr':[('abc','<f8',(1,1)),('d_1','|u1')],'fortran_order':False,'shape':()}  \n");
        taken(version, "{ 'descr' : [ ( 'abc' , '<f8' ) , ('d_1', '|u1') ] , 'fortran_order' : "
                       "False , 'shape' "
                       ": ( ) , } \n");
    }
}

Test(npy, refuses_other_records)
{
    const char *foreign = "not a checkpoint of this program";
    not_taken("{'descr': [('abc', '>f8')" END, 8, "big-endian");
    not_taken("{'descr': [('abc', '|f8')" END, 8, foreign);
    not_taken("{'descr': [('abc', '=f8')" END, 8, foreign);
    not_taken("{'descr': [('abc', '<c8')" END, 8, foreign);
    not_taken("{'descr': [('abc', '<f9')" END, 9, foreign);
    not_taken("{'descr': [('abc', '<f8'), ('abc', '<i4')" END, 12, foreign);
    not_taken("{'descr': [('', '<f8')" END, 8, foreign);
    not_taken("{'descr': [('a b', '<f8')" END, 8, foreign);
    not_taken("{'descr': [('abc', '<f8', (0,))" END, 0, foreign);
    not_taken("{'descr': [('abc', '<f8', (1, 1, 1))" END, 8, foreign);
    not_taken("{'descr': [('abc', '<f8')], 'fortran_order': True, 'shape': (), }\n", 8, foreign);
    not_taken("{'descr': [('abc', '<f8')], 'fortran_order': False, 'shape': (1,), }\n", 8, foreign);
    not_taken("{'descr': [('abc', '<f8')], 'fortran_order': False, 'shape': (), } x\n", 8, foreign);
    not_taken("{'descr': [('abc', '<f8')], 'fortran_order': False, 'shape': (), }", 8, foreign);
    not_taken("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }\n", 24, foreign);
    not_taken("", 8, foreign);
    not_taken("{'descr': [('abc', '<f8', (2147483647, 2147483647))" END, 8, "cut short");
    not_taken("{'descr': [('abc', '<f8', (65536, 65536))" END, 8, "cut short"); /* 0 modulo 2^32 */
    not_taken("{'descr': [('abc', '<f8', (2147483648,))" END, 8, foreign);
    not_taken("{'descr': [('abc', '<f8')" END, 7, "cut short");
    not_taken("{'descr': [('abc', '<f8')" END, 9, "longer");
}

Test(npy, a_name_has_at_most_31_letters)
{
    error e;
    npy *r = with_head(1, "{'descr': [('a123456789b123456789c123456789d', '|u1')" END, 1, &e);
    cr_assert_not_null(r, "%s", e.text);
    cr_assert_not_null(npy_find(r, "a123456789b123456789c123456789d", 'u', 1));
    npy_free(r);
    not_taken("{'descr': [('a123456789b123456789c123456789de', '|u1')" END, 1, "not a checkpoint");
}

Test(npy, its_hash_is_of_the_names_and_the_bytes_in_the_file)
{
    size_t size;
    char *bytes = written(&size), head[100];
    const char *at = bytes + size - 72;
    uint64_t h = HASH_START;
    for (int i = 0; i < 4; i++) {
        const npy_field *f = &fields[i];
        const size_t data =
            (size_t) f->bytes * (size_t) (f->rows ? f->rows : 1) * (size_t) (f->cols ? f->cols : 1);
        snprintf(head, sizeof head, "%s %c%d (%d, %d)\n", f->name, f->type, f->bytes, f->rows,
                 f->cols);
        h = hash_bytes(hash_bytes(h, head, strlen(head)), at, data);
        at += data;
    }
    cr_assert_eq(npy_hash(fields, 4), h);
    free(bytes);
}

Test(npy, every_shorter_and_every_longer_file_is_refused)
{
    error e;
    size_t size;
    char *bytes = written(&size);
    for (size_t cut = 0; cut < size; cut++)
        cr_assert_null(npy_read(write_file("b.npy", bytes, cut), &e), "%zu", cut);
    char *longer = calloc(1, size + 1);
    memcpy(longer, bytes, size);
    cr_assert_null(npy_read(write_file("b.npy", longer, size + 1), &e));
    free(longer);
    free(bytes);
}

Test(npy, a_damaged_head_does_no_harm)
{
    error e;
    size_t size;
    char *bytes = written(&size);
    int refused = 0;
    for (size_t i = 0; i < size - 72; i++)
        for (int k = 1; k < 256; k += 51) {
            bytes[i] ^= (char) k;
            npy *r = npy_read(write_file("b.npy", bytes, size), &e);
            refused += r == NULL;
            npy_free(r);
            bytes[i] ^= (char) k;
        }
    cr_assert_gt(refused, 500);
    free(bytes);
}

Test(npy, a_place_that_cannot_be_written_is_told)
{
    error e;
    cr_assert_not(npy_write(path_of("no/a.npy"), fields, 4, &e));
    cr_assert_not_null(strstr(e.text, "no/a.npy"));
}
