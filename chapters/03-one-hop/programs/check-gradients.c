/* check-gradients.c: is this backward.c right, and if not, what is the mistake? For `make check-gradients`.
 *
 * The backward pass that is linked in runs in a child process, which only calls it: whatever it does there (crash, hang,
 * exit, print, close stdout), the parent judges what came back. The last line is the verdict: `right`,
 * `broken contract: HOW`, `named: ID` or `not one of the known mistakes`; to the last two `; broken contract: HOW` is
 * added where it is more than the mistake itself. The exit status is 0 if it is `right`, else 1. */
#define _DEFAULT_SOURCE
#define _XOPEN_SOURCE 700

#include "args.h"
#include "contract.h"
#include "rnncheck.h"
#include "vectors.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char NAME[] = "check-gradients";

enum {
    SECONDS = 10,      /* of the processor */
    MOST_SECONDS = 60, /* on the clock */
    MOST_PRINTED = 1 << 20,
    ROOM = 400,
    MOST_SHAPES = 8,
    RECURSION = 97 /* exit status of the child */
};

/* Read by the sanitizers when the program starts. */
#ifdef __GNUC__
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0:color=never:hard_rss_limit_mb=2000:"
           "malloc_fill_byte=255:max_malloc_fill_size=1048576";
}
const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void) { return "print_stacktrace=0:color=never"; }
#endif

typedef enum asking { PROBES, CONTRACT, SHAPES, DONE } asking;

/* What the child finds out, in memory shared with the parent. */
typedef struct answers {
    asking at;
    bool no_memory; /* for us, not for the pass */
    int H, V, T;    /* of the call that is going on */
    double g[BUGS_PROBES][ROOM], loss[BUGS_PROBES];
    char breach[CONTRACT_ROOM];
    double distance[MOST_SHAPES]; /* from the right gradient */
} answers;

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

/* ---- the child: call the backward pass ---- */

static void at_point(answers *a, const bugs_point *p)
{
    a->H = p->H;
    a->V = p->V;
    a->T = p->T;
}

/* Does our own memory suffice? If not, it is not the pass that ends the child. */
static void enough(answers *a, bool good)
{
    a->no_memory = !good;
    if (!good) _exit(EXIT_FAILURE);
}

/* The filled gradients come first: a pass may treat its first call in another way. */
static void ask(const bugs *b, answers *a)
{
    static const int held[] = {0, BUGS_ONE_STEP, BUGS_DISTINCT};
    for (int i = 0; i < BUGS_PROBES; i++) {
        const int k = (BUGS_FILLED + i) % BUGS_PROBES;
        at_point(a, bugs_probe(b, k));
        enough(a, contract_at(rnn_backward, bugs_probe(b, k), a->g[k], &a->loss[k]));
    }
    fflush(stdout);
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO); /* it has printed enough */
    a->at = CONTRACT;
    for (size_t k = 0; k < sizeof held / sizeof *held && !a->breach[0]; k++) {
        at_point(a, bugs_probe(b, held[k]));
        enough(a, contract_breach(rnn_backward, bugs_probe(b, held[k]), a->breach));
    }
    a->at = SHAPES;
    for (int k = 0; k < contract_shapes(); k++) {
        contract_shape(k, &a->H, &a->V, &a->T);
        enough(a, contract_elsewhere(rnn_backward, k, &a->distance[k]));
    }
    a->at = DONE;
}

/* ---- the verdict ---- */

/* With what was in d beforehand, does the mistake that is named account for what becomes of it? */
static bool is_of_mistake(const bugs_finding *f, const char *breach)
{
    return f->kind == BUGS_NAMED && !f->sets &&
           (strncmp(breach, "sets d", 6) == 0 || strncmp(breach, "reads d,", 8) == 0);
}

/* The first shape at which the gradient is wrong, or -1. */
static int wrong_shape(const answers *a, bool in_float)
{
    const double bound = in_float || !REAL_IS_DOUBLE ? 1e-3 : 1e-8;
    for (int k = 0; a->at == DONE && k < contract_shapes(); k++)
        if (!(a->distance[k] <= bound)) return k;
    return -1;
}

static void say_shape(int k)
{
    int H, V, T;
    contract_shape(k, &H, &V, &T);
    printf(
        say("the gradient is right for small networks with V < H, and wrong with H = %d, V = %d, "
            "T = %d:\n  %s\n",
            "V < H인 작은 신경망에서는 기울기가 맞고, H = %d, V = %d, T = %d에서는 "
            "틀립니다.\n  %s\n"),
        H, V, T,
        T > 50   ? say("are gradients clipped, or steps that are far back left out?",
                       "기울기를 자르거나 먼 시각을 빠뜨립니까?")
        : H > 50 ? say("is an array too small, or is what is handed back cut off after some steps?",
                       "배열이 너무 작거나, 넘겨주는 값이 몇 시각 뒤에 끊깁니까?")
                 : say("is H taken for V, or V for H?", "H와 V를 바꿔 썼습니까?"));
}

/* Say how it broke down, if it did. */
static void say_breakdown(const answers *a, const char *cause)
{
    error e;
    if (!cause) return;
    error_set(&e,
              say("rnn_backward with H = %d, V = %d, T = %d: %s",
                  "rnn_backward(H = %d, V = %d, T = %d): %s"),
              a->H, a->V, a->T, cause);
    say_error(NAME, &e);
}

/* Judge what came back from the probes; cause: NULL, or how it broke down afterwards. Returns true if all is right. */
static bool judge(bugs *b, answers *a, const char *cause, bool json)
{
    const double *grad[BUGS_PROBES];
    char name[BUGS_ROOM], *breach = a->breach;
    bugs_finding f = {.kind = BUGS_UNKNOWN};
    bool forward = true;
    for (int k = 0; k < BUGS_PROBES; k++) {
        grad[k] = a->g[k];
        forward = is_forward_right(b, k, a->loss[k]) && forward;
    }
    if (forward) bugs_diagnose(b, grad, &f);
    bool good = table(bugs_probe(b, 0), grad[0], f.in_float, json);
    if (forward && (!good || f.kind != BUGS_RIGHT)) {
        table(bugs_probe(b, BUGS_ONE_STEP), grad[BUGS_ONE_STEP], f.in_float, json);
        /* Some mistakes show only where gradients are large: use a probe whose table shows what is named. */
        if (good)
            good = table(bugs_probe(b, BUGS_NAMING - 1), grad[BUGS_NAMING - 1], f.in_float, json);
    }
    putchar('\n');
    const int shape = f.kind == BUGS_RIGHT ? wrong_shape(a, f.in_float) : -1;
    if (f.kind == BUGS_RIGHT && !good) f.kind = BUGS_UNKNOWN;
    const bool breaks = f.kind == BUGS_RIGHT && a->at == SHAPES;
    if (forward && shape < 0 && !breaks) bugs_explain(stdout, &f);
    if (shape >= 0) say_shape(shape);
    if (breaks)
        puts(say(
            "the gradient is right for small networks, and with others it breaks down: is an array "
            "too small?",
            "작은 신경망에서는 기울기가 맞고, 다른 신경망에서는 중단됩니다. 배열이 너무 "
            "작습니까?"));
    if (shape >= 0 || breaks) f.kind = BUGS_UNKNOWN;
    if (a->at == CONTRACT && !breach[0])
        snprintf(breach, sizeof a->breach, "breaks down when it is called with other memory");
    if (f.kind == BUGS_RIGHT && !breach[0] && !f.right[BUGS_FILLED])
        snprintf(breach, sizeof a->breach, "does not add to d at its first call");
    if (!forward || is_of_mistake(&f, breach)) breach[0] = '\0';
    if (breach[0])
        printf(say("backward.h's contract is broken: rnn_backward %s\n",
                   "backward.h의 약속을 어겼습니다: rnn_backward %s\n"),
               breach);
    fflush(stdout);
    say_breakdown(a, cause);
    if (f.kind != BUGS_RIGHT)
        printf("%s%s%s\n", bugs_name(name, &f), breach[0] ? "; broken contract: " : "", breach);
    else if (breach[0])
        printf("broken contract: %s\n", breach);
    else
        puts(bugs_name(name, &f));
    return f.kind == BUGS_RIGHT && !breach[0];
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
    {"rss limit", "it allocates memory without end", "메모리를 끝없이 할당합니다"},
    {"allocation-size-too-big", "it allocates far too much memory",
     "메모리를 지나치게 많이 할당합니다"},
    {"out-of-memory", "it allocates far too much memory", "메모리를 지나치게 많이 할당합니다"},
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
static const char *cause_of(int status, const char *report, bool late)
{
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (late || signal == SIGXCPU)
        return say("it has no end within 10 s: does every loop come to its end?",
                   "10초 안에 끝나지 않습니다. 끝나지 않는 반복문이 있습니까?");
    if (signal == SIGXFSZ) return say("it prints without end", "끝없이 출력합니다");
    if (WIFEXITED(status) && WEXITSTATUS(status) == RECURSION)
        return say("it calls itself without end, or its arrays are too large",
                   "끝없이 자신을 부르거나 배열이 너무 큽니다");
    for (size_t k = 0; k < sizeof causes / sizeof *causes; k++)
        if (strstr(report, causes[k].pattern)) return say(causes[k].en, causes[k].ko);
    if (signal == SIGFPE) return say("a whole number is divided by 0", "정수를 0으로 나눕니다");
    if (signal == SIGSEGV || signal == SIGBUS)
        return say("an index is beyond its matrix, or a pointer leads nowhere",
                   "번호가 행렬 밖을 가리키거나 포인터가 엉뚱한 곳을 가리킵니다");
    if (signal == SIGABRT) return say("it calls abort()", "abort()를 부릅니다");
    if (signal) return say("a signal ended it", "신호를 받아 끝났습니다");
    return strstr(report, "Sanitizer") || strstr(report, "runtime error")
               ? say("the sanitizer stopped it", "새니타이저가 멈추었습니다")
               : say("it ended the program: exit() was called", "프로그램을 끝냈습니다(exit())");
}

/* How the child ended: the line of backward.c, the cause, and what was written about it. */
static const char *ending(int status, const char *report, bool late)
{
    static char text[400];
    char place[40] = "", detail[200] = "";
    const int line = line_of(report);
    if (line) snprintf(place, sizeof place, "backward.c:%d: ", line);
    const char *own = strstr(report, "does not hold");
    if (!own) own = strstr(report, "Assertion");
    if (own) { /* the whole line */
        while (own > report && own[-1] != '\n') own--;
        snprintf(detail, sizeof detail, " (%.*s)", (int) strcspn(own, "\n"), own);
    }
    snprintf(text, sizeof text, "%s%s%s", place, cause_of(status, report, late), detail);
    return text;
}

/* What the child wrote to a file. */
static const char *read_file(FILE *file, char *text, size_t room)
{
    rewind(file);
    text[fread(text, 1, room - 1, file)] = '\0';
    fclose(file);
    return text;
}

/* Wait for the child. Returns true if it had to be ended. */
static bool wait_for(pid_t child, int *status)
{
    for (const time_t end = time(NULL) + MOST_SECONDS; time(NULL) < end;) {
        if (waitpid(child, status, WNOHANG) != 0) return false;
        nanosleep(&(struct timespec){0, 5000000}, NULL);
    }
    kill(child, SIGKILL);
    waitpid(child, status, 0);
    return true;
}

static void limit(int what, rlim_t most) { setrlimit(what, &(struct rlimit){most, most + 1}); }

static _Noreturn void be_child(const bugs *b, answers *a, FILE *out, FILE *report)
{
    dup2(fileno(out), STDOUT_FILENO);
    dup2(fileno(report), STDERR_FILENO);
    limit(RLIMIT_CPU, SECONDS);
    limit(RLIMIT_FSIZE, MOST_PRINTED);
    if (!contract_watched()) {
        limit(RLIMIT_AS, (rlim_t) 1 << 31);
        watch_stack();
    }
    ask(b, a);
    _exit(0);
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

    int status = 0;
    static char printed[1 << 16], report[1 << 16];
    error e;
    bugs *b = need(bugs_new());
    FILE *out = tmpfile(), *err = tmpfile();
    if (!out || !err) {
        error_set(&e, say("no temporary file to be had: %s", "임시 파일을 만들 수 없습니다: %s"),
                  error_reason());
        return say_error(NAME, &e);
    }
    answers *got =
        mmap(NULL, sizeof *got, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    fflush(stdout);
    const pid_t child = got == MAP_FAILED ? -1 : fork();
    if (child < 0) {
        error_set(&e, "%s", say("no process to be had", "프로세스를 만들 수 없습니다"));
        return say_error(NAME, &e);
    }
    if (child == 0) be_child(b, got, out, err);
    const bool late = wait_for(child, &status);
    if (got->no_memory) need(NULL);
    read_file(out, printed, sizeof printed);
    read_file(err, report, sizeof report);
    const bool done = got->at == DONE;
    const char *cause = done ? NULL : ending(status, report, late);
    if (printed[0])
        printf(say("rnn_backward printed:\n%.2000s\n", "rnn_backward의 출력:\n%.2000s\n"), printed);
    if (done) fputs(report, stderr);
    bool right = false;
    if (got->at == PROBES) {
        say_breakdown(got, cause);
        puts(bugs_name((char[BUGS_ROOM]){0}, &(bugs_finding){.kind = BUGS_UNKNOWN}));
    } else
        right = judge(b, got, cause, json);
    bugs_free(b);
    return say_done(NAME, right ? EXIT_SUCCESS : EXIT_FAILURE);
}
