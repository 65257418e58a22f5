/* test_file.c: reading and replacing whole files. */
#define _POSIX_C_SOURCE 200809L

#include "file.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void holds(const char *path, const char *expected)
{
    error e;
    size_t size;
    char *bytes = file_read(path, &size, &e);
    cr_assert_not_null(bytes, "%s", e.text);
    cr_assert_eq(size, strlen(expected));
    cr_assert_str_eq(bytes, expected);
    free(bytes);
}

static int files_in_folder(void)
{
    int n = 0;
    DIR *d = opendir(own_folder());
    while (readdir(d)) n++;
    closedir(d);
    return n - 2; /* . and .. */
}

Test(file, is_read_whole)
{
    error e;
    size_t size;
    char *large = malloc(300000);
    memset(large, 'x', 300000);
    char *bytes = file_read(write_file("large", large, 300000), &size, &e);
    cr_assert_eq(size, 300000);
    cr_assert_eq(memcmp(bytes, large, size), 0);
    cr_assert_eq(bytes[size], '\0');
    free(bytes);
    free(large);
    bytes = file_read(write_file("empty", "", 0), &size, &e);
    cr_assert_eq(size, 0);
    free(bytes);
}

Test(file, that_is_not_there_or_a_folder_is_told)
{
    error e;
    size_t size;
    cr_assert_null(file_read("no/such", &size, &e));
    cr_assert_not_null(strstr(e.text, "no/such"));
    cr_assert_null(file_read(own_folder(), &size, &e));
}

Test(file, is_replaced_only_when_it_is_complete)
{
    error e;
    file_out out;
    char path[400];
    strcpy(path, write_file("a", "old", 3));
    cr_assert(file_begin(&out, path, &e));
    fputs("new and longer", out.stream);
    fflush(out.stream);
    holds(path, "old");
    cr_assert(file_commit(&out, &e), "%s", e.text);
    holds(path, "new and longer");
    cr_assert_eq(files_in_folder(), 1);
}

Test(file, discarded_leaves_the_old_one_and_nothing_else)
{
    error e;
    file_out out;
    char path[400];
    strcpy(path, write_file("a", "old", 3));
    cr_assert(file_begin(&out, path, &e));
    fputs("new", out.stream);
    file_discard(&out);
    holds(path, "old");
    cr_assert_eq(files_in_folder(), 1);
}

Test(file, keeps_the_rights_of_the_old_one)
{
    error e;
    file_out out;
    struct stat st;
    char path[400];
    strcpy(path, write_file("a", "old", 3));
    chmod(path, 0640);
    cr_assert(file_begin(&out, path, &e) && file_commit(&out, &e));
    stat(path, &st);
    cr_assert_eq(st.st_mode & 0777, 0640);
    umask(027);
    snprintf(path, sizeof path, "%s/new", own_folder());
    cr_assert(file_begin(&out, path, &e) && file_commit(&out, &e));
    stat(path, &st);
    cr_assert_eq(st.st_mode & 0777, 0640);
}

Test(file, a_device_is_written_and_not_replaced)
{
    error e;
    file_out out;
    struct stat st;
    cr_assert(file_begin(&out, "/dev/null", &e));
    fputs("gone", out.stream);
    cr_assert(file_commit(&out, &e));
    stat("/dev/null", &st);
    cr_assert(S_ISCHR(st.st_mode));
    if (stat("/dev/full", &st) != 0) return;
    cr_assert(file_begin(&out, "/dev/full", &e));
    fputs("no room", out.stream);
    cr_assert_not(file_commit(&out, &e));
    cr_assert_not_null(strstr(e.text, "/dev/full"));
}

Test(file, a_folder_that_is_not_there_is_told)
{
    error e;
    file_out out;
    cr_assert_not(file_begin(&out, "no/such/folder/file", &e));
    cr_assert_not_null(strstr(e.text, "no/such/folder/file"));
}
