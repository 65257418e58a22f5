/* memory.c: the first character decides the last, k steps later: who learns it? RNN and LSTM, by k and by seed. For
 * `make memory`. */
#include "memory.h"

#include "args.h"
#include "runlog.h"

#include <stdlib.h>

/* The contestants: all else is equal. */
static const struct {
    const char *name;
    const celltype *type;
    double forget_bias;
} who[] = {{"rnn", &rnn_type, 0}, {"lstm-0", &lstm_type, 0}, {"lstm-1", &lstm_type, 1}};

enum { WHO = sizeof who / sizeof *who };

/* Run one contestant with all seeds at one k, and print how often it has learnt. */
static void run(memory_task task, int i, int seeds, FILE *log)
{
    int learnt = 0;
    long iterations = 0;
    task.options.type = who[i].type;
    task.options.forget_bias = who[i].forget_bias;
    for (int seed = 0; seed < seeds; seed++) {
        memory_result r;
        task.options.lm.seed = (uint32_t) seed;
        celltrain_free(need(memory_run(&task, &r)));
        learnt += r.learnt;
        iterations += r.learnt ? r.iteration : 0;
        if (log)
            fprintf(log, "%s\t%d\t%d\t%d\t%ld\t%s\t%s\n", who[i].name, task.k, seed, r.learnt,
                    r.iteration, NUM("%.4f", r.right), NUM("%.5f", r.loss));
        if (log) fflush(log);
    }
    printf("%5d  %-8s %2d/%-2d", task.k, who[i].name, learnt, seeds);
    if (learnt)
        printf(say("  after %ld iterations on average", "  평균 반복 %ld번 뒤"),
               iterations / learnt);
    putchar('\n');
    fflush(stdout);
}

int main(int argc, char **argv)
{
    int from = 5, to = 15, step = 10, seeds = 3;
    const char *log_path = NULL;
    memory_task task = {4, 4, 0, 1000, {NULL, 1, {20, 8, 32, 1, 0.02, 0}, 1, 0, true}};
    runlog log;
    error e;
    const args_option options[] = {
        {"from", ARGS_INT, &from, 1, 1000, "the least k", "가장 작은 k"},
        {"to", ARGS_INT, &to, 1, 1000, "the largest k", "가장 큰 k"},
        {"step", ARGS_INT, &step, 1, 1000, "from one k to the next", "k의 간격"},
        {"seeds", ARGS_INT, &seeds, 1, 1000, "seeds for each", "저마다의 시드 수"},
        {"iterations", ARGS_INT, &task.most, 1, INT_MAX, "give up after so many iterations",
         "이만큼 반복하고도 못 배우면 그만둠"},
        {"hidden", ARGS_INT, &task.options.lm.hidden, 1, 1000, "size of the hidden state",
         "은닉 상태의 크기"},
        {"learning-rate", ARGS_REAL, &task.options.lm.learning_rate, 0, 1e6,
         "learning rate of Adagrad", "Adagrad의 학습률"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of all runs", "모든 학습을 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {"memory",
                    "",
                    0,
                    "The first character decides the last: who learns it?",
                    "첫 문자가 마지막을 정합니다. 누가 배울까요?",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    if (!runlog_table(&log, log_path, &e)) return say_error(a.program, &e);
    if (log.stream) fputs("cell\tk\tseed\tlearnt\titeration\tright\tloss\n", log.stream);
    printf(say("One of %d symbols, then k characters of noise, then: which symbol was it? Guessing "
               "is right in 1 of %d.\nSeeds that learn it (99 %% right) within %d iterations, "
               "H = %d:\n    k  cell\n",
               "기호 %d개 가운데 하나, 그 뒤로 잡음 k문자, 그리고 묻습니다. 처음 기호는 "
               "무엇이었습니까? "
               "찍으면 %d번에 한 번 맞습니다.\n반복 %d번 안에 배운(99 %% 맞힌) 시드의 수, "
               "H = %d:\n    k  셀\n"),
           task.symbols, task.symbols, task.most, task.options.lm.hidden);
    for (task.k = from; task.k <= to; task.k += step)
        for (int i = 0; i < WHO; i++) run(task, i, seeds, log.stream);
    if (!runlog_close(&log, &e)) return say_error(a.program, &e);
    return say_done(a.program, EXIT_SUCCESS);
}
