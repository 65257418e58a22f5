/* check-gradients.c: is this backward.c right, and if not, what is the mistake? For `make check-gradients`.
 *
 * The backward pass that is linked in runs in a child process: if it crashes, hangs or exits, one line says so.
 * The exit status is 0 if the gradient is right, else 1. */
#define _POSIX_C_SOURCE 200809L

#include "args.h"
#include "rnncheck.h"
#include "vectors.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char NAME[] = "check-gradients";

enum { SECONDS = 20, ROOM = 400 };

/* What the child sends the parent: its progress, and at the end its verdict. */
typedef struct note {
    int probe; /* being computed */
    int done;  /* 1: everything was printed */
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

/* Call it again with numbers left in the gradients and the scratch: the gradients must be larger by these. */
static void say_whether_it_adds(const bugs_point *p, const double *g)
{
    const double LEFT = 0.375;
    double again[ROOM], loss;
    bool set = true, same = true;
    if (!rnncheck_at(p, LEFT, again, &loss)) need(NULL);
    for (int i = 0; i < bugs_size(p->H, p->V); i++) {
        const double bound = (REAL_IS_DOUBLE ? 1e-9 : 1e-4) * (1 + fabs(g[i]));
        same = same && fabs(again[i] - LEFT - g[i]) <= bound;
        set = set && fabs(again[i] - g[i]) <= bound;
    }
    if (set)
        fputs(say("note: d is set, where it should be added to (setting it to 0 is the caller's "
                  "work)\n",
                  "참고: d에 더하지 않고 값을 넣었습니다(d를 0으로 만드는 것은 부르는 쪽의 "
                  "일입니다)\n"),
              stdout);
    else if (!same)
        fputs(say("note: with other numbers in d and w beforehand the result is another: something "
                  "is read "
                  "before it is set, or = stands for +=\n",
                  "참고: d와 w에 다른 수가 남아 있으면 결과가 달라집니다. 정하기 전에 읽거나 += "
                  "자리에 =가 있습니다\n"),
              stdout);
}

static bool check(note *n, int pipe_end, bool json)
{
    bugs *b = need(bugs_new());
    static double g[BUGS_PROBES][ROOM];
    const double *grad[BUGS_PROBES];
    char name[BUGS_ROOM];
    bugs_finding f = {.kind = BUGS_UNKNOWN};
    bool forward = true;
    double loss;
    for (int k = 0; k < BUGS_PROBES; k++) {
        n->probe = k;
        if (write(pipe_end, n, sizeof *n) < 0) exit(EXIT_FAILURE);
        grad[k] = g[k];
        if (!rnncheck_at(bugs_probe(b, k), 0, g[k], &loss)) need(NULL);
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
        say_whether_it_adds(bugs_probe(b, 0), g[0]);
    }
    puts(bugs_name(name, &f));
    n->right = f.kind == BUGS_RIGHT;
    bugs_free(b);
    return n->right;
}

/* Say how the child ended before it was done. */
static int say_how_it_ended(const note *n, int status)
{
    error e;
    bugs *b = need(bugs_new());
    const bugs_point *p = bugs_probe(b, n->probe);
    const char *what = WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM
                           ? say("takes too long", "너무 오래 걸립니다")
                       : WIFSIGNALED(status) ? strsignal(WTERMSIG(status))
                                             : say("ended the program", "프로그램을 끝냈습니다");
    error_set(&e,
              say("rnn_backward with H = %d, V = %d, T = %d: %s; is an index beyond its matrix?",
                  "rnn_backward(H = %d, V = %d, T = %d): %s. 행렬 밖을 가리키는 번호가 있습니까?"),
              p->H, p->V, p->T, what);
    say_error(NAME, &e);
    bugs_free(b);
    puts(bugs_name((char[BUGS_ROOM]){0}, &(bugs_finding){.kind = BUGS_UNKNOWN}));
    return say_done(NAME, EXIT_FAILURE);
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
    note n = {0, 0, 0}, last = n;
    error e;
    fflush(stdout);
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
        alarm(SECONDS);
        check(&n, ends[1], json);
        n.done = fflush(stdout) == 0;
        _exit(write(ends[1], &n, sizeof n) < 0);
    }
    close(ends[1]);
    while (read(ends[0], &n, sizeof n) == (ssize_t) sizeof n) last = n;
    close(ends[0]);
    waitpid(child, &status, 0);
    if (!last.done) return say_how_it_ended(&last, status);
    return say_done(NAME, last.right ? EXIT_SUCCESS : EXIT_FAILURE);
}
