/* support.c: helpers shared by several tests. See support.h. */
#define _POSIX_C_SOURCE 200809L

#include "support.h"

#include "file.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#endif
#endif
#ifndef ADDRESS_SANITIZER
#define ADDRESS_SANITIZER 0
#endif

/* Shells ignore SIGINT for what runs in the background, nohup ignores SIGHUP, Python SIGPIPE; and all programs that
 * the tests start would ignore them, too. */
__attribute__((constructor)) static void heed_signals(void)
{
    static const int heeded[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof heeded / sizeof *heeded; i++) signal(heeded[i], SIG_DFL);
}

tsv *golden(const char *name)
{
    char path[200];
    error e;
    snprintf(path, sizeof path, "tests/golden/%s", name);
    tsv *t = tsv_read(path, &e);
    cr_assert_not_null(t, "%s", e.text);
    return t;
}

bool near(double x, double y, double bound) { return fabs(x - y) <= bound * fmax(1, fabs(y)); }

double ulps(double x, double y)
{
    int exponent;
    frexp(y, &exponent);
    if (exponent < -1021) exponent = -1021;
    return fabs(x - y) / ldexp(1, exponent - 53);
}

bool same_bits(const mat *A, const mat *B)
{
    return A->rows == B->rows && A->cols == B->cols &&
           memcmp(A->v, B->v, (size_t) mat_size(A) * sizeof(real)) == 0;
}

static char folder[200] = "";
static pid_t owner; /* only this process removes the folder, not a child that exits */

static void remove_folder(void)
{
    char command[300];
    if (getpid() != owner) return;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0) fprintf(stderr, "cannot remove %s\n", folder);
}

const char *own_folder(void)
{
    if (!folder[0]) {
        const char *tmp = getenv("TMPDIR");
        snprintf(folder, sizeof folder, "%s/min-char-rnn-XXXXXX", tmp ? tmp : "/tmp");
        cr_assert_not_null(mkdtemp(folder));
        owner = getpid();
        atexit(remove_folder);
    }
    return folder;
}

const char *write_file(const char *name, const void *bytes, size_t size)
{
    static char path[400];
    snprintf(path, sizeof path, "%s/%s", own_folder(), name);
    FILE *f = fopen(path, "wb");
    cr_assert_not_null(f);
    cr_assert_eq(fwrite(bytes, 1, size, f), size);
    cr_assert_eq(fclose(f), 0);
    return path;
}

result run(const char *format, ...)
{
    char command[4000], whole[5000];
    va_list values;
    va_start(values, format);
    vsnprintf(command, sizeof command, format, values);
    va_end(values);
    const char *build = getenv("BUILD"), *dir = own_folder();
    snprintf(whole, sizeof whole,
             "BUILD='%s' TMP='%s' LC_ALL=C; export BUILD TMP LC_ALL; { %s\n} >\"$TMP/.out\" "
             "2>\"$TMP/.err\" </dev/null",
             build ? build : "build", dir, command);
    const int status = system(whole);
    result r = {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), NULL, NULL};
    char path[400];
    size_t size;
    error e;
    snprintf(path, sizeof path, "%s/.out", dir);
    r.out = file_read(path, &size, &e);
    snprintf(path, sizeof path, "%s/.err", dir);
    r.err = file_read(path, &size, &e);
    cr_assert(r.out && r.err, "%s", e.text);
    return r;
}

void result_free(result *r)
{
    free(r->out);
    free(r->err);
}

void says(const char *command, int status, const char *out, const char *err)
{
    result r = run("%s", command);
    cr_assert_eq(r.status, status, "%s: status %d, %s", command, r.status, r.err);
    cr_assert_not_null(strstr(r.out, out), "%s: %s", command, r.out);
    cr_assert_not_null(strstr(r.err, err), "%s: %s", command, r.err);
    if (status == 1 || status == 2) {
        const char *end = strchr(r.err, '\n');
        cr_assert(end && end[1] == '\0', "more than one line: %s", r.err);
    }
    result_free(&r);
}

void tells_a_full_disk(const char *program, const char *args)
{
    result r = run("[ -c /dev/full ] || exit 1; \"$BUILD/%s\" %s > /dev/full", program, args);
    cr_assert_eq(r.status, 1, "%s: status %d", args, r.status);
    cr_assert_not_null(strstr(r.err, "cannot write the output"), "%s: %s", args, r.err);
    result_free(&r);
}

void is_long(void)
{
    const char *under = getenv("UNDER");
    if (under && strcmp(under, "valgrind") == 0) cr_skip_test("too long for valgrind");
}

bool in_little_memory(bool (*test)(void))
{
    int status;
    if (ADDRESS_SANITIZER) cr_skip_test("AddressSanitizer needs all of the address space");
    is_long(); /* valgrind needs it, too */
    const pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_AS, &(struct rlimit){(rlim_t) 1 << 28, (rlim_t) 1 << 28});
        _exit(test() ? 0 : 1);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void needs_double(void)
{
    if (!REAL_IS_DOUBLE) cr_skip_test("needs REAL=double");
}
