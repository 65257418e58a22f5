/* ask.c: the questions of an assignment, asked in the page of what the reader wrote: tests/grade/course/check/run.c without
 * Criterion. The file `questions` has them. The last line is POINTS/OF. */
#include "platform.h"

#include "args.h"
#include "ask.h"
#include "file.h"
#include "worker.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 64 };

/* Ask question k, in a process of its own. */
static void ask_one(const asks *a, int k, ask_result *r)
{
    int status = 0;
    FILE *said = need(tmpfile());
    r->status = ASK_ENDED;
    const pid_t child = fork();
    if (child == 0) {
        dup2(fileno(said), STDERR_FILENO);
        dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
        ask(a, k, worker_call, r);
        _exit(0);
    }
    waitpid(child, &status, 0);
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (signal || WEXITSTATUS(status))
        r->status = signal == SIGFPE    ? ASK_BAD_NUMBER
                    : signal == SIGABRT ? ASK_BROKEN_CONTRACT
                                        : ASK_BAD_MEMORY;
    rewind(said);
    if (r->status == ASK_BROKEN_CONTRACT && fgets(r->said, sizeof r->said, said))
        r->said[strcspn(r->said, "\n")] = '\0';
    fclose(said);
}

int main(int argc, char **argv)
{
    error e;
    int of = 0;
    const args_option options[] = {{.kind = ARGS_END}};
    const args line = {
        "ask", "", 0, "Ask the questions of an assignment.", "과제의 물음을 묻습니다.", options};
    const int status = args_read(&line, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done("ask", status);
    size_t size;
    char *bytes = file_read("questions", &size, &e);
    asks *a = bytes ? asks_read(bytes, size) : NULL;
    if (!a || asks_count(a) > MOST) return 2;
    ask_result *results = mmap(NULL, MOST * sizeof *results, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (results == MAP_FAILED) return 2;
    for (int k = 0; k < asks_count(a); k++) ask_one(a, k, &results[k]);
    const int points = ask_report(a, results, stdout, &of);
    printf("%d/%d\n", points, of);
    asks_free(a);
    free(bytes);
    return say_done("ask", points == of ? EXIT_SUCCESS : EXIT_FAILURE);
}
