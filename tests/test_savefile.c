/* test_savefile.c: writing and reading a list of variables. */
#include "savefile.h"

#include "file.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One variable of each kind. */
typedef struct numbers {
    int n;
    uint32_t seed;
    double x;
    uint32_t letters[3];
    uint64_t hash;
    mat *A[2], *h;
    rng draws;
} numbers;

static const char *const names[2] = {"W", "b"};

static numbers numbers_new(void)
{
    numbers a = {.A = {mat_new(2, 3), mat_new(4, 1)}, .h = mat_new(1, 5)};
    rng_seed(&a.draws, 3);
    return a;
}

static void numbers_free(numbers *a)
{
    mat_free(a->A[0]);
    mat_free(a->A[1]);
    mat_free(a->h);
}

static savefile list(numbers *a)
{
    savefile f = {0};
    savefile_int(&f, "n", &a->n);
    savefile_seed(&f, "seed", &a->seed);
    savefile_double(&f, "x", &a->x);
    savefile_mats(&f, names, a->A, 2);
    savefile_mat(&f, "h", a->h);
    savefile_rng(&f, &a->draws);
    savefile_array(&f, "letters", 4, 3, a->letters);
    savefile_text(&f, &a->hash);
    return f;
}

static const char *path(void)
{
    static char name[400];
    snprintf(name, sizeof name, "%s/a.npy", own_folder());
    return name;
}

/* A file with random numbers. */
static npy *written(numbers *a)
{
    error e;
    a->n = 7;
    a->seed = 4294967295u;
    a->x = 0.1;
    for (uint32_t k = 0; k < 3; k++) a->letters[k] = 100 + k;
    a->hash = UINT64_C(0xe71fa2190541574b);
    for (int i = 0; i < 6; i++) a->A[0]->v[i] = (real) rng_randn(&a->draws);
    for (int i = 0; i < 5; i++) a->h->v[i] = (real) rng_randn(&a->draws); /* half a pair is kept */
    const savefile f = list(a);
    cr_assert(savefile_write(&f, path(), &e), "%s", e.text);
    npy *file = savefile_open(path(), &e);
    cr_assert_not_null(file, "%s", e.text);
    return file;
}

Test(savefile, what_is_written_is_read)
{
    error e;
    numbers a = numbers_new(), b = numbers_new();
    npy *file = written(&a);
    const savefile f = list(&b);
    cr_assert(savefile_read(&f, file, "a.npy", &e), "%s", e.text);
    cr_assert(b.n == a.n && b.seed == a.seed && b.x == a.x && b.hash == a.hash);
    cr_assert_eq(memcmp(b.letters, a.letters, sizeof a.letters), 0);
    cr_assert(same_bits(a.A[0], b.A[0]) && same_bits(a.A[1], b.A[1]) && same_bits(a.h, b.h));
    for (int i = 0; i < 3; i++) cr_assert_eq(rng_randn(&a.draws), rng_randn(&b.draws));
    npy_free(file);
    numbers_free(&a);
    numbers_free(&b);
}

Test(savefile, the_field_that_is_missing_is_named)
{
    error e;
    numbers a = numbers_new(), b = numbers_new();
    npy *file = written(&a);
    savefile f = list(&b);
    savefile_int(&f, "m", &b.n);
    cr_assert_not(savefile_read(&f, file, "a.npy", &e));
    cr_assert_str_eq(e.text, "a.npy: not a checkpoint of this program (m)");
    mat *other = mat_new(3, 2);
    f = (savefile){0};
    savefile_mat(&f, "W", other);
    cr_assert_not(savefile_read(&f, file, "a.npy", &e), "another shape");
    cr_assert_str_eq(e.text, "a.npy: not a checkpoint of this program (W)");
    npy_free(file);
    mat_free(other);
    numbers_free(&a);
    numbers_free(&b);
}

/* Each byte of the numbers changed in turn. */
Test(savefile, a_changed_number_is_found)
{
    error e;
    size_t size;
    numbers a = numbers_new();
    npy *file = written(&a);
    cr_assert_str_eq(file->field[0].name, "version");
    cr_assert_str_eq(file->field[file->fields - 1].name, "checksum");
    const size_t head = (size_t) ((char *) file->field[0].data - file->bytes);
    char *bytes = file_read(path(), &size, &e);
    for (size_t i = head + 4; i < size; i++) {
        bytes[i] ^= 0x10;
        char *copy = malloc(size);
        memcpy(copy, bytes, size);
        npy *spoilt = npy_from_bytes(copy, size, "a.npy", &e);
        cr_assert_not_null(spoilt);
        cr_assert_not(savefile_check(spoilt, "a.npy", &e), "byte %zu", i);
        cr_assert_str_eq(e.text, "a.npy: its checksum is wrong; it is damaged");
        npy_free(spoilt);
        bytes[i] ^= 0x10;
    }
    free(bytes);
    npy_free(file);
    numbers_free(&a);
}

Test(savefile, a_changed_name_is_found)
{
    error e;
    size_t size;
    numbers a = numbers_new();
    npy_free(written(&a));
    char *bytes = file_read(path(), &size, &e);
    char *name = strstr(bytes + 10, "'mt_next'");
    cr_assert_not_null(name);
    name[1] = 'q';
    npy *file = npy_from_bytes(bytes, size, "a.npy", &e);
    cr_assert_not_null(file, "%s", e.text);
    cr_assert_not(savefile_check(file, "a.npy", &e));
    cr_assert_str_eq(e.text, "a.npy: its checksum is wrong; it is damaged");
    npy_free(file);
    numbers_free(&a);
}

static void version_is_refused(const npy_field *field, int fields, const char *says)
{
    error e;
    cr_assert(npy_write(path(), field, fields, &e), "%s", e.text);
    cr_assert_null(savefile_open(path(), &e));
    cr_assert_not_null(strstr(e.text, says), "%s", e.text);
}

Test(savefile, other_versions_are_told)
{
    int n = 1, version = 3;
    uint64_t hash = 0;
    const npy_field old[] = {{"n", 'i', 4, 0, 0, &n}, {"text_hash", 'u', 8, 0, 0, &hash}};
    const npy_field new[] = {{"version", 'i', 4, 0, 0, &version}, {"n", 'i', 4, 0, 0, &n}};
    version_is_refused(old, 2, "written by version 1 of this program's format; train again");
    version_is_refused(old, 1, "not a checkpoint of this program (version)");
    version_is_refused(new, 2,
                       "written by version 3 of this program's format; use a newer program");
    version = 0;
    version_is_refused(new, 2, "not a checkpoint of this program (version)");
    version = SAVEFILE_VERSION;
    version_is_refused(new, 2, "not a checkpoint of this program (checksum)");
    version_is_refused(new, 1, "not a checkpoint of this program (checksum)");
}

Test(savefile, a_damaged_state_of_the_random_numbers_is_refused)
{
    error e;
    numbers a = numbers_new(), b = numbers_new();
    a.draws.next = RNG_WORDS + 1;
    savefile f = list(&a);
    cr_assert(savefile_write(&f, path(), &e), "%s", e.text);
    npy *file = savefile_open(path(), &e);
    f = list(&b);
    cr_assert_not(savefile_read(&f, file, "a.npy", &e));
    cr_assert_not_null(strstr(e.text, "(mt_next)"));
    npy_free(file);
    numbers_free(&a);
    numbers_free(&b);
}

/* Write a list with one value changed, past the checks of savefile_write(), and read it: the field is named. */
static void impossible(numbers *a, const char *name)
{
    error e;
    numbers b = numbers_new();
    savefile f = list(a);
    cr_assert(npy_write(path(), f.field, f.fields, &e), "%s", e.text);
    npy *file = npy_read(path(), &e);
    f = list(&b);
    cr_assert_not(savefile_read(&f, file, "a.npy", &e), "%s", name);
    cr_assert_not_null(strstr(e.text, name), "%s", e.text);
    cr_assert_not_null(strstr(e.text, "a.npy: damaged"), "%s", e.text);
    npy_free(file);
    numbers_free(&b);
}

Test(savefile, impossible_values_are_refused)
{
    const double none[] = {NAN, INFINITY, -INFINITY};
    numbers a = numbers_new();
    a.n = -1;
    impossible(&a, "(n ");
    a.n = 0;
    a.x = -0.5;
    impossible(&a, "(x ");
    for (int k = 0; k < 3; k++) {
        a.x = none[k];
        impossible(&a, "(x ");
        a.x = 0;
        a.A[0]->v[5] = (real) none[k];
        impossible(&a, "(W ");
        a.A[0]->v[5] = 0;
        a.draws.kept = none[k];
        impossible(&a, "(randn ");
        a.draws.kept = -1;
    }
    numbers_free(&a);
}

Test(savefile, what_is_not_finite_is_not_written)
{
    error e;
    numbers a = numbers_new();
    npy *file = written(&a), *again;
    savefile f = list(&a);
    a.A[1]->v[3] = (real) INFINITY;
    cr_assert_not(savefile_write(&f, path(), &e));
    cr_assert_not_null(strstr(e.text, "b is not finite"), "%s", e.text);
    a.A[1]->v[3] = 0;
    a.x = NAN;
    cr_assert_not(savefile_write(&f, path(), &e));
    cr_assert_not_null(strstr(e.text, "x is not finite"), "%s", e.text);
    again = npy_read(path(), &e);
    cr_assert(again && npy_get(again, &(npy_field){"x", 'f', 8, 0, 0, &a.x}) && a.x == 0.1);
    npy_free(again);
    npy_free(file);
    numbers_free(&a);
}

Test(savefile, another_value_is_named)
{
    numbers a = numbers_new();
    npy *file = written(&a);
    savefile f = {0};
    savefile_int(&f, "n", &a.n);
    savefile_double(&f, "x", &a.x);
    savefile_text(&f, &a.hash);
    cr_assert_null(savefile_other(&f, file));
    a.hash++;
    cr_assert_str_eq(savefile_other(&f, file), savefile_text_name);
    a.x += 1;
    cr_assert_str_eq(savefile_other(&f, file), "x");
    savefile none = {0};
    savefile_int(&none, "m", &a.n);
    cr_assert_str_eq(savefile_other(&none, file), "m");
    npy_free(file);
    numbers_free(&a);
}

Test(savefile, a_matrix_is_asked_for_by_its_shape)
{
    error e;
    numbers a = numbers_new();
    npy *file = written(&a);
    cr_assert(savefile_has(file, "a.npy", "W", 2, 3, &e));
    cr_assert_not(savefile_has(file, "a.npy", "W", 3, 2, &e));
    cr_assert_str_eq(e.text, "a.npy: not a checkpoint of this program (W)");
    cr_assert_not(savefile_has(file, "a.npy", "V", 2, 3, &e));
    cr_assert_not(savefile_has(file, "a.npy", "letters", 3, 0, &e), "no matrix");
    cr_assert(savefile_text_is(file, a.hash));
    cr_assert_not(savefile_text_is(file, a.hash + 1));
    npy_free(file);
    numbers_free(&a);
}

Test(savefile, numbers_of_the_other_real_are_said_to_be_that)
{
    error e;
    char bytes[6 * sizeof(double)] = {0};
    const int other = (int) (sizeof(float) + sizeof(double) - sizeof(real));
    const npy_field field = {"W", 'f', other, 2, 3, bytes};
    cr_assert(npy_write(path(), &field, 1, &e), "%s", e.text);
    npy *file = npy_read(path(), &e);
    cr_assert_not(savefile_has(file, "a.npy", "W", 2, 3, &e));
    cr_assert_not_null(strstr(e.text, "the other REAL"), "%s", e.text);
    npy_free(file);
}

Test(savefile_contract, no_more_fields_than_a_record_has, .signal = SIGABRT)
{
    savefile f = {0};
    int x = 0;
    for (int k = 0; k <= SAVEFILE_FIELDS; k++) savefile_int(&f, "x", &x);
}
