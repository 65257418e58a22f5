/* test_file.c: reading and replacing whole files. */
#define _POSIX_C_SOURCE 200809L

#include "file.h"

#include "text.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* The path of a file in the test's folder; up to eight of them are valid at a time. */
static const char *in_folder(const char *name)
{
    static char path[8][400];
    static int next = 0;
    char *p = path[next++ % 8];
    snprintf(p, sizeof path[0], "%s/%s", own_folder(), name);
    return p;
}

static const char *make_link(const char *to, const char *name)
{
    const char *path = in_folder(name);
    cr_assert_eq(symlink(to, path), 0);
    return path;
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

Test(file, of_limited_size_is_read_no_further)
{
    error e;
    size_t size;
    const char *path = write_file("a", "12345", 5);
    char *bytes = file_read_most(path, 5, &size, &e);
    cr_assert_not_null(bytes, "%s", e.text);
    cr_assert_eq(size, 5);
    free(bytes);
    cr_assert_null(file_read_most(path, 4, &size, &e));
    cr_assert(strstr(e.text, "too large; give a file of at most 0.0 GB"), "%s", e.text);
}

/* As from a pipe, whose size is known at its end only. Here are sizes around those of the buffer. */
Test(file, of_unknown_size_is_read_no_further_either)
{
    error e;
    size_t size;
    static const size_t most[] = {0, 1, 65534, 65535, 65536, 131071, 131072, 200000, 1000000};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        cr_assert_null(file_read_most("/dev/zero", most[i], &size, &e));
        cr_assert(strstr(e.text, "/dev/zero: too large"), "%s", e.text);
        result r =
            run("rm -f $TMP/fifo; mkfifo $TMP/fifo; head -c %zu /dev/zero > $TMP/fifo &", most[i]);
        char *bytes = file_read_most(in_folder("fifo"), most[i], &size, &e);
        cr_assert_not_null(bytes, "%s", e.text);
        cr_assert_eq(size, most[i]);
        free(bytes);
        result_free(&r);
    }
}

/* Sparse: takes no room. */
Test(file, larger_than_an_int_is_no_text_and_is_not_read)
{
    error e;
    text t;
    FILE *f = fopen(in_folder("a"), "wb");
    cr_assert(f && ftruncate(fileno(f), 3000000000) == 0 && fclose(f) == 0);
    cr_assert_not(text_read(&t, in_folder("a"), &e));
    cr_assert(strstr(e.text, "too large; give a file of at most 2.1 GB"), "%s", e.text);
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
    cr_assert(file_begin(&out, path, "", &e));
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
    cr_assert(file_begin(&out, path, "", &e));
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
    cr_assert(file_begin(&out, path, "", &e) && file_commit(&out, &e));
    stat(path, &st);
    cr_assert_eq(st.st_mode & 0777, 0640);
    umask(027);
    snprintf(path, sizeof path, "%s/new", own_folder());
    cr_assert(file_begin(&out, path, "", &e) && file_commit(&out, &e));
    stat(path, &st);
    cr_assert_eq(st.st_mode & 0777, 0640);
}

/* Must not be begun, with an error that contains `says`, and leave no other file behind. */
static void is_refused(const char *path, const char *says)
{
    error e;
    file_out out;
    const int files = files_in_folder();
    cr_assert_not(file_begin(&out, path, "", &e), "%s", path);
    cr_assert(strstr(e.text, path) && strstr(e.text, says), "%s", e.text);
    cr_assert_null(strchr(e.text, '\n'));
    cr_assert_eq(files_in_folder(), files);
}

static void write_whole(const char *path, const char *bytes)
{
    error e;
    file_out out;
    cr_assert(file_begin(&out, path, "", &e), "%s", e.text);
    fputs(bytes, out.stream);
    cr_assert(file_commit(&out, &e), "%s", e.text);
}

static bool is_link(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

Test(file, a_link_stays_one_and_the_file_is_replaced)
{
    cr_assert_eq(mkdir(in_folder("there"), 0777), 0);
    write_file("there/a", "old", 3);
    const char *first = make_link("there/a", "first"), *chain = make_link("first", "chain");
    write_whole(chain, "new");
    holds(in_folder("there/a"), "new");
    cr_assert(is_link(first) && is_link(chain));
    const char *dangling = make_link(in_folder("there/b"), "dangling");
    write_whole(dangling, "made");
    holds(in_folder("there/b"), "made");
    cr_assert(is_link(dangling));
    make_link("loop", "loop");
    is_refused(in_folder("loop"), "cannot write");
}

Test(file, what_only_looks_like_a_file_is_refused)
{
    struct stat st;
    const char *fifo = in_folder("fifo");
    cr_assert_eq(mkfifo(fifo, 0666), 0);
    is_refused(fifo, "no regular file");
    is_refused(own_folder(), "no regular file");
    is_refused("/dev/null", "no regular file");
    is_refused(make_link("fifo", "link"), "no regular file");
    stat("/dev/null", &st);
    cr_assert(S_ISCHR(st.st_mode));
}

Test(file, a_hard_link_or_a_read_only_file_is_refused)
{
    const char *a = in_folder("a"), *b = in_folder("b");
    write_file("a", "old", 3);
    cr_assert_eq(link(a, b), 0);
    is_refused(a, "one of 2 hard links");
    cr_assert_eq(unlink(b), 0);
    chmod(a, 0444);
    is_refused(a, "read-only");
    is_refused(make_link("a", "link"), "read-only");
    chmod(a, 0644);
    write_whole(a, "new");
    holds(a, "new");
}

Test(file, a_temporary_file_of_a_killed_run_is_replaced)
{
    error e;
    file_out out;
    int status;
    const char *a = in_folder("a");
    const pid_t child = fork();
    if (child == 0) {
        if (!file_begin(&out, a, "", &e)) _exit(1);
        fputs("much more than the next run writes", out.stream);
        fflush(out.stream);
        _exit(0);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(status, 0);
    cr_assert_eq(files_in_folder(), 1);
    write_whole(a, "new");
    holds(a, "new");
    cr_assert_eq(files_in_folder(), 1);
}

/* Links and the like under the temporary name must not lead the writer elsewhere. */
Test(file, nothing_is_written_through_the_temporary_name)
{
    const char *a = in_folder("a");
    write_file("precious", "old", 3);
    make_link("precious", "a.part");
    is_refused(a, "a.part is in the way");
    cr_assert_eq(unlink(in_folder("a.part")), 0);
    cr_assert_eq(mkfifo(in_folder("a.part"), 0666), 0);
    is_refused(a, "a.part is in the way");
    cr_assert_eq(unlink(in_folder("a.part")), 0);
    cr_assert_eq(link(in_folder("precious"), in_folder("a.part")), 0);
    write_whole(a, "new");
    holds(in_folder("precious"), "old");
}

Test(file, being_written_is_left_to_its_writer)
{
    error e;
    file_out out, other;
    const char *a = in_folder("a");
    cr_assert(file_begin(&out, a, "", &e), "%s", e.text);
    fputs("first", out.stream);
    cr_assert_not(file_begin(&other, a, "", &e));
    cr_assert(strstr(e.text, "another run is writing it"), "%s", e.text);
    cr_assert(file_commit(&out, &e), "%s", e.text);
    holds(a, "first");
}

/* Several processes write the same file over and over: a reader must never see a mixture. */
Test(file, a_temporary_file_of_somebody_else_is_spared)
{
    error e;
    file_out out;
    const char *a = in_folder("a");
    static const char *const theirs[] = {"a download", "MAG1", "M."};
    static const char *const ours[] = {"", "M", "MAGIC", "MAGIC and more"};
    for (size_t k = 0; k < sizeof theirs / sizeof *theirs; k++) {
        write_file("a.part", theirs[k], strlen(theirs[k]));
        cr_assert_not(file_begin(&out, a, "MAGIC", &e), "%s", theirs[k]);
        cr_assert(strstr(e.text, "a.part is in the way"), "%s", e.text);
        holds(in_folder("a.part"), theirs[k]);
    }
    for (size_t k = 0; k < sizeof ours / sizeof *ours; k++) {
        write_file("a.part", ours[k], strlen(ours[k]));
        cr_assert(file_begin(&out, a, "MAGIC", &e), "%s", e.text);
        file_discard(&out);
    }
}

Test(file, is_whole_though_many_write_it)
{
    enum { WRITERS = 3, SIZE = 20000 };
    const char *a = in_folder("a");
    pid_t child[WRITERS];
    write_file("a", "", 0);
    for (int k = 0; k < WRITERS; k++)
        if ((child[k] = fork()) == 0) {
            for (int i = 0, done = 0; done < 100 && i < 100000; i++) {
                error e;
                file_out out;
                if (!file_begin(&out, a, "", &e)) continue;
                for (int c = 0; c < SIZE + k; c++) putc('a' + k, out.stream);
                if (!file_commit(&out, &e)) _exit(1);
                done++;
            }
            _exit(0);
        }
    for (int running = WRITERS; running > 0;) {
        error e;
        int status;
        size_t size;
        char *bytes = file_read(a, &size, &e);
        cr_assert_not_null(bytes, "%s", e.text);
        for (size_t i = 1; i < size; i++) cr_assert_eq(bytes[i], bytes[0]);
        cr_assert(size == 0 || size == (size_t) (SIZE + bytes[0] - 'a'), "%zu", size);
        free(bytes);
        if (waitpid(-1, &status, WNOHANG) > 0) {
            cr_assert_eq(status, 0);
            running--;
        }
    }
    cr_assert_eq(files_in_folder(), 1);
}

Test(file, a_folder_that_is_not_there_is_told)
{
    error e;
    file_out out;
    cr_assert_not(file_begin(&out, "no/such/folder/file", "", &e));
    cr_assert_not_null(strstr(e.text, "no/such/folder/file"));
}

/* ---- the same file under two names ---- */

Test(file, has_many_names)
{
    write_file("a", "x", 1);
    write_file("b", "x", 1);
    make_link("a", "link");
    make_link(own_folder(), "folder");
    cr_assert_eq(link(in_folder("a"), in_folder("hard")), 0);
    static const char *const same[] = {"a", "./a", "folder/a", "link", "folder/link", "hard"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        cr_assert(file_same(in_folder("a"), in_folder(same[i])), "%s", same[i]);
        cr_assert_not(file_same(in_folder("b"), in_folder(same[i])), "%s", same[i]);
        cr_assert_not(file_same(in_folder("new"), in_folder(same[i])), "%s", same[i]);
    }
    cr_assert_not(file_same(NULL, in_folder("a")));
    cr_assert_not(file_same(NULL, NULL));
}

Test(file, that_does_not_exist_yet_has_many_names_too)
{
    make_link("new", "link");
    make_link("link", "chain");
    make_link(own_folder(), "folder");
    static const char *const same[] = {"new",  "./new",       "folder/new",
                                       "link", "folder/link", "chain"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        cr_assert(file_same(in_folder("new"), in_folder(same[i])), "%s", same[i]);
        cr_assert(file_same(in_folder(same[i]), in_folder("chain")), "%s", same[i]);
        cr_assert_not(file_same(in_folder("other"), in_folder(same[i])), "%s", same[i]);
    }
    cr_assert_eq(chdir(own_folder()), 0);
    cr_assert(file_same("new", in_folder("new")));
    cr_assert(file_same("new", "./chain"));
    make_link("loop", "loop");
    cr_assert(file_same("loop", "loop"));
    cr_assert_not(file_same("loop", "new"));
}

/* ---- locks ---- */

/* Take the lock in another process and give it up. Returns whether that went well; the error is in the file "said". */
static bool another_takes(const char *path)
{
    int status;
    const pid_t child = fork();
    if (child == 0) {
        error e = {""};
        file_lock l;
        const bool taken = file_lock_take(&l, path, &e);
        if (taken) file_lock_free(&l);
        write_file("said", e.text, strlen(e.text));
        _exit(taken ? 0 : 1);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

Test(file, is_written_by_one_process_only)
{
    error e;
    file_lock l;
    char expected[500];
    const char *path = in_folder("a"), *other = make_link("a", "link");
    cr_assert(file_lock_take(&l, path, &e), "%s", e.text);
    cr_assert_not(another_takes(path));
    snprintf(expected, sizeof expected, "cannot write %s: another run is writing it (process %ld)",
             path, (long) getpid());
    holds(in_folder("said"), expected);
    cr_assert_not(another_takes(other));
    file_lock_free(&l);
    cr_assert(another_takes(path));
    cr_assert_eq(access(in_folder("a.lock"), F_OK), -1);
    file_lock_free(&l); /* once more: of no effect */
}

Test(file, a_lock_ends_with_its_process)
{
    error e;
    file_lock l;
    int status;
    const char *path = in_folder("a");
    const pid_t child = fork();
    if (child == 0) _exit(file_lock_take(&l, path, &e) ? 0 : 1);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(status, 0);
    cr_assert_eq(access(in_folder("a.lock"), F_OK), 0);
    cr_assert(another_takes(path));
    cr_assert_eq(access(in_folder("a.lock"), F_OK), -1);
}

Test(file, a_lock_spares_what_is_not_its_own)
{
    error e;
    file_lock l;
    static const char theirs[] = "a text of somebody else, longer than the number of a process";
    write_file("a.lock", theirs, strlen(theirs));
    cr_assert_not(file_lock_take(&l, in_folder("a"), &e));
    cr_assert(strstr(e.text, "a.lock is in the way"), "%s", e.text);
    holds(in_folder("a.lock"), theirs);
    file_lock_free(&l);
    write_file("c.lock", "short\n", 6);
    cr_assert_not(file_lock_take(&l, in_folder("c"), &e));
    holds(in_folder("c.lock"), "short\n");
    write_file("c.lock", "123\n4\n", 6);
    cr_assert_not(file_lock_take(&l, in_folder("c"), &e));
    make_link("a.lock", "b.lock");
    cr_assert_not(file_lock_take(&l, in_folder("b"), &e));
    cr_assert(file_lock_take(&l, "/dev/null", &e));
    file_lock_free(&l);
    cr_assert_not(file_lock_take(&l, "no/such/folder/file", &e));
    cr_assert_not_null(strstr(e.text, "no/such/folder/file"));
}

Test(file, an_open_one_can_be_locked)
{
    int status;
    FILE *f = fopen(write_file("a", "x", 1), "r+b");
    cr_assert(file_lock_stream(f));
    const pid_t child = fork();
    if (child == 0) {
        FILE *g = fopen(in_folder("a"), "r+b");
        _exit(file_lock_stream(g) ? 1 : 0);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(status, 0);
    fclose(fopen(in_folder("a"), "rb")); /* does not end the lock */
    FILE *g = fopen(in_folder("a"), "r+b");
    cr_assert_not(file_lock_stream(g));
    fclose(f);
    cr_assert(file_lock_stream(g));
    fclose(g);
    FILE *null = fopen("/dev/null", "w"), *again = fopen("/dev/null", "w");
    cr_assert(file_lock_stream(null) && file_lock_stream(again));
    fclose(null);
    fclose(again);
}
