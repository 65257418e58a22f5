/* run.c: asks the questions of an assignment, each in a process of its own, which Criterion makes, and tells the result.
 *
 * usage: check QUESTIONS FOLDER [verdict]. With the word verdict, the last line is ask_verdict_line(). FOLDER gets a file for each question, with its result. It is written before the
 * question is asked, too: a function that ends the program is seen by what stands there. */
#define _XOPEN_SOURCE 700

#include "ask.h"
#include "say.h"
#include "worker.h"

#include <criterion/criterion.h>
#include <criterion/options.h>
#include <criterion/parameterized.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    SECONDS = 10,     /* of the processor: another program's work is not counted */
    MOST_SECONDS = 60 /* on the clock, for a function that sleeps */
};

static asks *questions(void)
{
    const char *path = getenv("ASK_QUESTIONS");
    FILE *f = path ? fopen(path, "rb") : NULL;
    if (!f) return NULL;
    asks *a = NULL;
    if (fseek(f, 0, SEEK_END) == 0 && ftell(f) > 0) {
        const size_t size = (size_t) ftell(f);
        char *bytes = malloc(size);
        rewind(f);
        if (bytes && fread(bytes, 1, size, f) == size) a = asks_read(bytes, size);
        free(bytes);
    }
    fclose(f);
    return a;
}

static void path_of(char *path, size_t size, int k, const char *what)
{
    snprintf(path, size, "%s/%d.%s", getenv("ASK_FOLDER"), k, what);
}

/* ---- in a question's process ---- */

static int result_file;
static ask_result result;

static void keep(ask_status status)
{
    result.status = status;
    if (lseek(result_file, 0, SEEK_SET) == 0 &&
        write(result_file, &result, sizeof result) != (ssize_t) sizeof result)
        _exit(1);
}

static void stopped(int signal)
{
    keep(signal == SIGFPE || signal == SIGILL     ? ASK_BAD_NUMBER
         : signal == SIGABRT                      ? ASK_BROKEN_CONTRACT
         : signal == SIGALRM || signal == SIGXCPU ? ASK_TOO_LONG
                                                  : ASK_BAD_MEMORY);
    _exit(1);
}

ParameterizedTestParameters(check, question)
{
    asks *a = questions();
    const int n = a ? asks_count(a) : 0;
    int *numbers = cr_malloc(((size_t) n + 1) * sizeof *numbers);
    for (int k = 0; k < n; k++) numbers[k] = k;
    asks_free(a);
    return cr_make_param_array(int, numbers, (size_t) n, NULL);
}

ParameterizedTest(int *number, check, question)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM, SIGXCPU};
    static char stack[1 << 16], path[4000];
    asks *a = questions();
    path_of(path, sizeof path, *number, "result");
    result_file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    cr_assert(a && result_file >= 0);
    path_of(path, sizeof path, *number, "said");
    const int said = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (said < 0 || dup2(said, STDERR_FILENO) < 0) _exit(1);
    const int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere >= 0) dup2(nowhere, STDOUT_FILENO);
    keep(ASK_ENDED);
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    struct sigaction on = {.sa_handler = stopped, .sa_flags = SA_ONSTACK};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &on, NULL);
    setrlimit(RLIMIT_CPU, &(struct rlimit){SECONDS, SECONDS + 1});
    alarm(MOST_SECONDS);
    ask(a, *number, worker_call, &result);
    keep(result.status);
    _exit(0);
}

/* ---- in the program itself ---- */

static bool read_result(int k, ask_result *r)
{
    char path[4000];
    path_of(path, sizeof path, k, "result");
    FILE *f = fopen(path, "rb");
    const bool good = f && fread(r, sizeof *r, 1, f) == 1;
    if (f) fclose(f);
    if (!good) return false;
    /* A broken contract says which, and a sanitizer that it was one; other words of the student's are not repeated. */
    char line[sizeof r->said];
    path_of(path, sizeof path, k, "said");
    if ((f = fopen(path, "r")) == NULL) return true;
    if (r->status == ASK_BROKEN_CONTRACT && fgets(r->said, sizeof r->said, f))
        r->said[strcspn(r->said, "\n")] = '\0';
    while (r->status == ASK_ENDED && fgets(line, sizeof line, f))
        if (strstr(line, "runtime error: ") || strstr(line, "ERROR: AddressSanitizer"))
            r->status = ASK_BAD_MEMORY;
    fclose(f);
    return true;
}

int main(int argc, char **argv)
{
    if (argc >= 3) {
        setenv("ASK_QUESTIONS", argv[1], 1);
        setenv("ASK_FOLDER", argv[2], 1);
    }
    say_language(NULL);
    asks *a = questions();
    if (!a) {
        fputs("usage: check QUESTIONS FOLDER\n", stderr);
        return 2;
    }
    const int n = asks_count(a);
    char path[4000];
    for (int k = 0; argc >= 3 && k < n; k++) {
        path_of(path, sizeof path, k, "result");
        remove(path);
    }
    struct criterion_test_set *set = criterion_initialize();
    char quiet[] = "--quiet", *arguments[] = {argv[0], quiet, NULL};
    if (criterion_handle_args(2, arguments, false)) {
        criterion_options.always_succeed = true;
        criterion_run_all_tests(set);
    }
    criterion_finalize(set);
    if (argc < 3) return 0;
    ask_result *results = calloc((size_t) n + 1, sizeof *results);
    bool good = results != NULL;
    for (int k = 0; good && k < n; k++) good = read_result(k, &results[k]);
    int points = 0, of = 100;
    if (good) {
        points = ask_report(a, results, stdout, &of);
        char line[ASK_VERDICT_ROOM];
        if (argc > 3)
            puts(ask_verdict_line(a, results, line));
        else
            printf(say("%d of %d points; the grader asks the same with other numbers\n",
                       "%d점(%d점 만점). 채점할 때는 같은 것을 다른 수로 묻습니다\n"),
                   points, of);
    } else
        fputs(say("The questions could not be asked.\n", "물음을 묻지 못했습니다.\n"), stderr);
    free(results);
    asks_free(a);
    return good && points == of ? 0 : 1;
}
