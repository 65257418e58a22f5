/* check-gradients.c: is this backward.c right, and if not, what is the mistake? For `make check-gradients`.
 *
 * The backward pass that is linked in runs in a child process: if it crashes, hangs or exits, one line says so.
 * The last line is the verdict: `right`, `broken contract: HOW`, `named: ID` or `not one of the known mistakes`.
 * The exit status is 0 if it is `right`, else 1. */
#define _XOPEN_SOURCE 700

#include "args.h"
#include "contract.h"
#include "rnncheck.h"
#include "vectors.h"

#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char NAME[] = "check-gradients";

enum { SECONDS = 10, ROOM = 400, RECURSION = 97 /* exit status of the child */ };

/* Read by the sanitizers when the program starts. */
#ifdef __GNUC__
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0:color=never"; }
const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void) { return "print_stacktrace=0:color=never"; }
#endif

/* What the child sends the parent: its progress, and at the end its verdict. */
typedef struct note {
    int probe;   /* being computed */
    int running; /* 1: the code that is checked is */
    int done;    /* 1: everything was printed */
    int right;
} note;

/* The model of a gradcheck.h problem at a probe, with gradients computed before. */
typedef struct given {
    rnnprobe *at;
    rnn *d;
    const double *g;
} given;

static double loss_of(void *model)
{
    const rnncheck *c = &((given *) model)->at->check;
    return rnn_forward(c->net, c->inputs, c->targets, c->hprev, c->tr);
}

static double grad_of(void *model)
{
    const given *x = model;
    mats_load(x->d->all, 5, x->g);
    return loss_of(model);
}

/* Print the table at a probe. Returns true if no tensor fails. */
static bool table(const bugs_point *p, const double *g, bool in_float, bool json)
{
    gc_tensor tensor[5];
    gc_report report;
    rnnprobe *at = need(rnnprobe_at(p));
    given x = {at, at->check.d, g};
    for (int k = 0; k < 5; k++)
        tensor[k] = (gc_tensor){rnn_name[k], at->check.net->all[k], at->check.d->all[k]};
    const gc_problem problem = {&x, loss_of, grad_of, tensor, 5, p->T, NULL};
    const gc_options o = {.in_float = in_float};
    gc_check(&problem, &o, &report);
    printf(say("\nH = %d, V = %d, T = %d (analytic = yours; n is known to +-):\n",
               "\nH = %d, V = %d, T = %d (analytic = 검사하는 코드, n은 +-까지 압니다):\n"),
           p->H, p->V, p->T);
    gc_print(stdout, &problem, &report);
    if (json) gc_json(stdout, &problem, &report);
    rnnprobe_free(at);
    return report.verdict == GC_OK || report.verdict == GC_UNRESOLVED;
}

/* Is the loss right? The gradient of another loss cannot be judged. */
static bool is_forward_right(const bugs *b, int probe, double loss)
{
    double right;
    const bugs_point *p = bugs_probe(b, probe);
    bugs_right(b, probe, &right);
    if (fabs(loss - right) <= (REAL_IS_DOUBLE ? 1e-12 : 1e-5) * fabs(right)) return true;
    printf(
        say("the forward pass is wrong: its loss is %s, and %s is right (H = %d, V = %d, T = %d)\n",
            "순전파가 틀렸습니다. 손실이 %s인데 %s여야 합니다(H = %d, V = %d, T = %d)\n"),
        NUM("%.12g", loss), NUM("%.12g", right), p->H, p->V, p->T);
    return false;
}

/* How does it break the contract of backward.h? Empty if it keeps it. Returns false on out of memory. */
static bool find_breach(const bugs *b, char *breach)
{
    static const int probes[] = {0, BUGS_ONE_STEP, BUGS_DISTINCT};
    breach[0] = '\0';
    for (size_t k = 0; k < sizeof probes / sizeof *probes && !breach[0]; k++)
        if (!contract_breach(rnn_backward, bugs_probe(b, probes[k]), breach)) return false;
    return true;
}

/* Tell the parent whether the code that is checked runs, from now on. */
static void tell(note *n, int pipe_end, int running)
{
    n->running = running;
    if (write(pipe_end, n, sizeof *n) < 0) exit(EXIT_FAILURE);
}

static bool check(note *n, int pipe_end, bool json)
{
    bugs *b = need(bugs_new());
    static double g[BUGS_PROBES][ROOM];
    const double *grad[BUGS_PROBES];
    char name[BUGS_ROOM], breach[CONTRACT_ROOM] = "";
    bugs_finding f = {.kind = BUGS_UNKNOWN};
    bool forward = true;
    double loss;
    for (int k = 0; k < BUGS_PROBES; k++) {
        n->probe = k;
        grad[k] = g[k];
        tell(n, pipe_end, true);
        const bool enough = contract_at(rnn_backward, bugs_probe(b, k), g[k], &loss);
        tell(n, pipe_end, false);
        if (!enough) need(NULL);
        forward = is_forward_right(b, k, loss) && forward;
    }
    if (forward) bugs_diagnose(b, grad, &f);
    bool good = table(bugs_probe(b, 0), g[0], f.in_float, json);
    if (forward && (!good || f.kind != BUGS_RIGHT)) {
        table(bugs_probe(b, BUGS_ONE_STEP), g[BUGS_ONE_STEP], f.in_float, json);
        /* Some mistakes show only where gradients are large: use a probe whose table shows what is named. */
        if (good)
            good = table(bugs_probe(b, BUGS_NAMING - 1), g[BUGS_NAMING - 1], f.in_float, json);
    }
    putchar('\n');
    if (f.kind == BUGS_RIGHT && !good) f.kind = BUGS_UNKNOWN;
    if (forward) {
        bugs_explain(stdout, &f);
        fflush(stdout);
        tell(n, pipe_end, true);
        const bool enough = find_breach(b, breach);
        tell(n, pipe_end, false);
        if (!enough) need(NULL);
        if (breach[0])
            printf(say("backward.h's contract is broken: rnn_backward %s\n",
                       "backward.h의 약속을 어겼습니다: rnn_backward %s\n"),
                   breach);
    }
    n->right = f.kind == BUGS_RIGHT && !breach[0];
    if (f.kind == BUGS_RIGHT && breach[0])
        printf("broken contract: %s\n", breach);
    else
        puts(bugs_name(name, &f));
    bugs_free(b);
    return n->right;
}

/* ---- a child that did not come to its end ---- */

static uintptr_t stack_top;

/* An address just below the stack: too many calls. */
static void on_fault(int number, siginfo_t *info, void *context)
{
    struct rlimit limit;
    const uintptr_t at = (uintptr_t) info->si_addr;
    (void) context;
    const bool known = getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
    if (known && at < stack_top && stack_top - at > limit.rlim_cur / 2 &&
        stack_top - at < 2 * limit.rlim_cur)
        _exit(RECURSION);
    signal(number, SIG_DFL);
    raise(number);
}

static void watch_stack(void)
{
    static char memory[1 << 16];
    const stack_t other = {.ss_sp = memory, .ss_size = sizeof memory};
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK};
    action.sa_sigaction = on_fault;
    stack_top = (uintptr_t) &action;
    sigaltstack(&other, NULL);
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
}

/* What messages of the C library, the sanitizers and our own mean. */
static const struct {
    const char *pattern, *en, *ko;
} causes[] = {
    {"stack-overflow", "it calls itself without end, or its arrays are too large",
     "끝없이 자신을 부르거나 배열이 너무 큽니다"},
    {"double-free", "it frees the same memory twice", "같은 메모리를 두 번 해제합니다"},
    {"double free", "it frees the same memory twice", "같은 메모리를 두 번 해제합니다"},
    {"not malloc()-ed", "it frees memory that was not allocated",
     "할당되지 않은 메모리를 해제합니다"},
    {"free(): invalid", "it frees memory that was not allocated",
     "할당되지 않은 메모리를 해제합니다"},
    {"heap-use-after-free", "it uses memory that was freed", "해제한 메모리를 씁니다"},
    {"stack-use-after", "it uses an array after the end of its block",
     "블록이 끝나 사라진 배열을 씁니다"},
    {"heap-buffer-overflow", "an index is beyond a matrix or an array",
     "번호가 행렬이나 배열 밖을 가리킵니다"},
    {"use-after-poison", "an index is beyond a matrix", "번호가 행렬 밖을 가리킵니다"},
    {"stack-buffer-overflow", "an index is beyond an array", "번호가 배열 밖을 가리킵니다"},
    {"stack-buffer-underflow", "an index is beyond an array", "번호가 배열 밖을 가리킵니다"},
    {"global-buffer-overflow", "an index is beyond an array", "번호가 배열 밖을 가리킵니다"},
    {"out of bounds", "an index is beyond an array", "번호가 배열 밖을 가리킵니다"},
    {"division by zero", "a whole number is divided by 0", "정수를 0으로 나눕니다"},
    {"AddressSanitizer: FPE", "a whole number is divided by 0", "정수를 0으로 나눕니다"},
    {"null pointer", "it follows a pointer that is NULL", "NULL인 포인터를 따라갑니다"},
    {"zero page", "it follows a pointer that is NULL", "NULL인 포인터를 따라갑니다"},
    {"signed integer overflow", "a whole number grows too large", "정수가 너무 커집니다"},
    {"AddressSanitizer: SEGV", "an index is far beyond a matrix, or a pointer leads nowhere",
     "번호가 행렬에서 멀리 벗어났거나 포인터가 엉뚱한 곳을 가리킵니다"},
    {"does not hold", "matrices whose shapes do not fit", "크기가 맞지 않는 행렬"},
    {"Assertion", "an assert() does not hold", "assert()가 성립하지 않습니다"},
};

/* The line of backward.c that a sanitizer reports, or 0. */
static int line_of(const char *report)
{
    const char file[] = "backward.c:";
    for (const char *at = strstr(report, file); at; at = strstr(at + 1, file))
        if (atoi(at + strlen(file)) > 0) return atoi(at + strlen(file));
    return 0;
}

/* The cause, from how the child ended and what it wrote on stderr. */
static const char *cause_of(int status, const char *report)
{
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (signal == SIGALRM)
        return say("it has no end within 10 s: does every loop come to its end?",
                   "10초 안에 끝나지 않습니다. 끝나지 않는 반복문이 있습니까?");
    if (WIFEXITED(status) && WEXITSTATUS(status) == RECURSION)
        return say("it calls itself without end, or its arrays are too large",
                   "끝없이 자신을 부르거나 배열이 너무 큽니다");
    for (size_t k = 0; k < sizeof causes / sizeof *causes; k++)
        if (strstr(report, causes[k].pattern)) return say(causes[k].en, causes[k].ko);
    if (signal == SIGFPE) return say("a whole number is divided by 0", "정수를 0으로 나눕니다");
    if (signal == SIGSEGV || signal == SIGBUS)
        return say("an index is beyond its matrix, or a pointer leads nowhere",
                   "번호가 행렬 밖을 가리키거나 포인터가 엉뚱한 곳을 가리킵니다");
    if (signal) return strsignal(signal);
    return say("it ended the program: exit() was called", "프로그램을 끝냈습니다(exit())");
}

/* Did the child end for a reason of ours, which it has told: no memory, or nobody takes the output? */
static bool said_why(const note *n, int status, const char *report)
{
    if (n->done || n->running) return false;
    if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGPIPE;
    return WEXITSTATUS(status) == EXIT_FAILURE &&
           strstr(report, "check-gradients: "); /* else a sanitizer */
}

/* Say how the child ended before it was done. */
static int say_how_it_ended(const note *n, int status, const char *report)
{
    error e;
    char place[40] = "", detail[200] = "";
    bugs *b = need(bugs_new());
    const bugs_point *p = bugs_probe(b, n->probe);
    const int line = line_of(report);
    if (line) snprintf(place, sizeof place, "backward.c:%d: ", line);
    const char *own = strstr(report, "does not hold");
    if (!own) own = strstr(report, "Assertion");
    if (own) { /* the whole line */
        while (own > report && own[-1] != '\n') own--;
        snprintf(detail, sizeof detail, " (%.*s)", (int) strcspn(own, "\n"), own);
    }
    error_set(&e,
              say("rnn_backward with H = %d, V = %d, T = %d: %s%s%s",
                  "rnn_backward(H = %d, V = %d, T = %d): %s%s%s"),
              p->H, p->V, p->T, place, cause_of(status, report), detail);
    say_error(NAME, &e);
    bugs_free(b);
    puts(bugs_name((char[BUGS_ROOM]){0}, &(bugs_finding){.kind = BUGS_UNKNOWN}));
    return say_done(NAME, EXIT_FAILURE);
}

/* What the child wrote on stderr. */
static const char *read_report(FILE *file)
{
    static char text[1 << 16];
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    return text;
}

int main(int argc, char **argv)
{
    bool json = false;
    const args_option options[] = {
        {"json", ARGS_FLAG, &json, 0, 0, "print each table as a line of JSON, too",
         "표마다 JSON 한 줄도 찍음"},
        {.kind = ARGS_END},
    };
    const args a = {NAME,
                    "",
                    0,
                    "Check the backward pass that is linked in, and name its mistake.",
                    "함께 링크된 역전파를 검사하고 실수의 이름을 댑니다.",
                    options};
    const int asked = args_read(&a, argc, argv, NULL);
    if (asked != ARGS_GO_ON) return say_done(NAME, asked);

    int ends[2], status = 0;
    note n = {0}, last = n;
    error e;
    FILE *report = tmpfile();
    fflush(stdout);
    if (!report) {
        error_set(&e, say("no temporary file to be had: %s", "임시 파일을 만들 수 없습니다: %s"),
                  error_reason());
        return say_error(NAME, &e);
    }
    if (pipe(ends) != 0) {
        error_set(&e, "%s", say("no pipe to be had", "파이프를 만들 수 없습니다"));
        return say_error(NAME, &e);
    }
    const pid_t child = fork();
    if (child < 0) {
        error_set(&e, "%s", say("no process to be had", "프로세스를 만들 수 없습니다"));
        return say_error(NAME, &e);
    }
    if (child == 0) {
        close(ends[0]);
        dup2(fileno(report), STDERR_FILENO);
        if (!contract_watched()) watch_stack();
        alarm(SECONDS);
        check(&n, ends[1], json);
        n.done = say_done(NAME, EXIT_SUCCESS) == EXIT_SUCCESS;
        tell(&n, ends[1], false);
        _exit(n.done ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    close(ends[1]);
    while (read(ends[0], &n, sizeof n) == (ssize_t) sizeof n) last = n;
    close(ends[0]);
    waitpid(child, &status, 0);
    const char *written = read_report(report);
    fclose(report);
    if (said_why(&last, status, written)) {
        fputs(written, stderr);
        return say_done(NAME, EXIT_FAILURE);
    }
    if (!last.done) return say_how_it_ended(&last, status, written);
    fputs(written, stderr);
    return say_done(NAME, last.right ? EXIT_SUCCESS : EXIT_FAILURE);
}
