/* victim.c: a job that misbehaves as its request says: "name\n" and whatever follows. It writes its answer to 3; "yes"
 * means that it succeeded in something forbidden. */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MANY = 1 << 16 };

static void answer(const char *text)
{
    if (write(3, text, strlen(text)) < 0) _exit(70);
}

static void loop(void)
{
    for (volatile int i = 0;; i++) continue;
}

static void ends(void) {}
static void exits_with_3(void) { exit(3); }
static void exits_with_127(void) { _exit(127); }
static void exits_with_137(void) { _exit(137); }
static void exits_with_minus_1(void) { exit(-1); }
static void aborts(void) { abort(); }
static void segfaults(void) { *(volatile int *) 8 = 1; }
static void traps(void) { __builtin_trap(); }
static void loops(void) { loop(); }
static void sleeps(void) { sleep(100); }
static void stops(void) { raise(SIGSTOP); }
static void kills_itself(void) { raise(SIGKILL); }
static void kills_its_parent(void) { kill((pid_t) syscall(SYS_getpid) - 1, SIGKILL); }
static void kills_all(void) { kill(-1, SIGKILL); }
static void forks(void) { answer(fork() < 0 ? "no" : "yes"); }
static void clones(void) { answer(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) < 0 ? "no" : "yes"); }
static void socket_opens(void) { answer(socket(AF_UNIX, SOCK_STREAM, 0) < 0 ? "no" : "yes"); }
static void traces(void) { answer(ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 ? "no" : "yes"); }
static void new_session(void) { answer(setsid() < 0 ? "no" : "yes"); }

static int recurse(int depth)
{
    volatile char here[4096];
    here[0] = (char) depth;
    return depth < 0 ? here[0] : recurse(depth + 1) + here[0];
}
static void overflows_the_stack(void) { exit(recurse(0)); }

static void *nothing(void *p) { return p; }
static void threads(void)
{
    pthread_t t;
    answer(pthread_create(&t, NULL, nothing, NULL) != 0 ? "no" : "yes");
}

static void closes_all_and_loops(void)
{
    for (int i = 0; i < 1024; i++) close(i);
    loop();
}

static void closes_all(void)
{
    for (int i = 0; i < 1024; i++) close(i);
}

static void ignore_all(int how)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (int s = 1; s < NSIG; s++) signal(s, how ? SIG_IGN : SIG_DFL);
}
static void ignores_signals_and_loops(void)
{
    ignore_all(1);
    loop();
}
static void blocks_signals_and_sleeps(void)
{
    ignore_all(0);
    sleep(100);
}
static void ignores_signals_and_segfaults(void)
{
    ignore_all(1);
    *(volatile int *) 8 = 1;
}

static void flood(int fd)
{
    static char junk[MANY];
    memset(junk, 'x', sizeof junk);
    for (;;)
        if (write(fd, junk, sizeof junk) < 0) _exit(71);
}
static void floods_1(void) { flood(1); }
static void floods_2(void) { flood(2); }
static void floods_3(void) { flood(3); }
static void logs_much(void)
{
    static char junk[MANY];
    memset(junk, 'x', sizeof junk);
    for (int i = 0; i < 16; i++)
        if (write(1 + i % 2, junk, sizeof junk) < 0) _exit(71);
    answer("done");
}
static void talks(void)
{
    printf("to stdout\n");
    fflush(stdout);
    fprintf(stderr, "to stderr\n");
}
static void answers_nothing(void) { _exit(0); }
static void answers_too_much(void)
{
    for (int i = 0; i < 100; i++) answer("0123456789");
}
static void answers_bytes(void)
{
    const unsigned char all[] = {0, 255, 1, '\n', 0};
    if (write(3, all, sizeof all) < 0) _exit(72);
}
static void answers_and_crashes(void)
{
    answer("right");
    abort();
}
static void echoes(void)
{
    static char block[MANY];
    ssize_t n;
    while ((n = read(0, block, sizeof block)) > 0)
        for (ssize_t sent = 0; sent < n;) {
            const ssize_t k = write(3, block + sent, (size_t) (n - sent));
            if (k <= 0) _exit(73);
            sent += k;
        }
}
static void writes_to_0(void) { answer(write(0, "x", 1) < 0 ? "no" : "yes"); }

static void takes_16_gb(void)
{
    char *p = malloc((size_t) 16 << 30);
    if (!p) {
        answer("no");
        return;
    }
    for (size_t i = 0; i < (size_t) 16 << 30; i += 4096) p[i] = 1;
    answer("yes");
}
static void takes_bit_by_bit(void)
{
    size_t n = 0;
    for (char *p; (p = malloc(1 << 20)) != NULL; n++) memset(p, 1, 1 << 20);
    answer(n < 128 && n > 90 ? "no" : "yes");
}
static void uses_memory(void)
{
    char *p = malloc(64 << 20);
    if (!p) _exit(74);
    memset(p, 1, 64 << 20);
    p = realloc(p, 80 << 20);
    answer(p && p[5] ? "done" : "short");
}

static void try_open(const char *path, int flags)
{
    answer(open(path, flags, 0600) < 0 ? "no" : "yes");
}
static void opens_passwd(void) { try_open("/etc/passwd", O_RDONLY); }
static void opens_proc(void) { try_open("/proc/self/maps", O_RDONLY); }
static void opens_itself(void) { try_open("/worker", O_RDONLY); }
static void writes_file(void) { try_open("/tmp/victim-was-here", O_WRONLY | O_CREAT); }
static void opens_gently(void) { answer(fopen("debug.log", "w") ? "yes" : "no"); }
static void stats_passwd(void)
{
    struct stat st;
    answer(stat("/etc/passwd", &st) < 0 ? "no" : "yes");
}
static void makes_memfd(void) { answer(syscall(SYS_memfd_create, "x", 0) < 0 ? "no" : "yes"); }

/* The x32 numbers of x86-64. */
static void calls_by_another_table(void)
{
    answer(syscall(0x40000000 | SYS_getpid) < 0 ? "no" : "yes");
}

static void start(const char *path)
{
    char *argv[] = {"sh", "-c", "echo yes >&3", NULL}, *envp[] = {NULL};
    execve(path, argv, envp);
    answer("no");
}
static void starts_a_shell(void) { start("/bin/sh"); }
static void starts_itself(void) { start("/worker"); }
static void starts_by_execveat(void)
{
    char *argv[] = {"sh", NULL};
    for (int fd = 0; fd < 8; fd++) syscall(SYS_execveat, fd, "", argv, argv + 1, 0x1000);
    syscall(SYS_execveat, 4, "/bin/sh", argv, argv + 1, 0x1000);
    answer("no");
}
static void loosens_its_limits(void)
{
    struct rlimit l = {RLIM_INFINITY, RLIM_INFINITY};
    const int low = setrlimit(RLIMIT_CPU, &(struct rlimit){1, 1});
    answer(setrlimit(RLIMIT_AS, &l) < 0 && low < 0 && getrlimit(RLIMIT_AS, &l) == 0 ? "no" : "yes");
}
static void limits_its_parent(void)
{
    const struct rlimit l = {1, 1};
    for (pid_t p = 1; p < 70000; p++)
        if (syscall(SYS_prlimit64, p, RLIMIT_CPU, &l, NULL) == 0) answer("yes");
    answer("no");
}
static void shows_limits(void)
{
    const int which[] = {RLIMIT_CPU, RLIMIT_AS, RLIMIT_FSIZE, RLIMIT_CORE, RLIMIT_STACK};
    for (int i = 0; i < 5; i++) {
        struct rlimit l;
        char text[80];
        getrlimit((unsigned) which[i], &l);
        snprintf(text, sizeof text, "%ld ", l.rlim_max == RLIM_INFINITY ? -1 : (long) l.rlim_max);
        answer(text);
    }
}
/* Which descriptors are open? */
static void shows_descriptors(void)
{
    char text[20];
    for (int i = 0; i < 1024; i++)
        if (lseek(i, 0, SEEK_CUR) >= 0 || errno != EBADF) {
            snprintf(text, sizeof text, "%d ", i);
            answer(text);
        }
}
static void shows_who(void)
{
    char text[80];
    snprintf(text, sizeof text, "%d %d", (int) getuid(), (int) getgid());
    answer(text);
}
static void shows_environment(void)
{
    extern char **environ;
    for (char **e = environ; *e; e++) answer(strncmp(*e, "PWD=", 4) == 0 ? "" : *e);
}
static void computes_a_while(void)
{
    for (struct timespec t = {0}; t.tv_nsec < 100000000 && t.tv_sec == 0;)
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
}

static void computes_as_libc_does(void)
{
    struct timespec t;
    char buffer[64];
    srand((unsigned) time(NULL) + (unsigned) getpid());
    clock_gettime(CLOCK_MONOTONIC, &t);
    snprintf(buffer, sizeof buffer, "%.3f %d", 1.5 * rand(), (int) clock());
    printf("%s\n", buffer);
    fflush(NULL);
    nanosleep(&(struct timespec){0, 1000000}, NULL);
    answer("done");
}
static void shows_signals(void)
{
    sigset_t blocked;
    sigprocmask(SIG_SETMASK, NULL, &blocked);
    for (int i = 1; i < SIGRTMIN; i++) {
        struct sigaction a;
        if (sigismember(&blocked, i) || (sigaction(i, NULL, &a) == 0 && a.sa_handler != SIG_DFL))
            answer("x");
    }
}
static void hangs_at_exit(void)
{
    atexit(loops);
    exit(0);
}
static void handle(int s) { (void) s; }
static void handles_sigxcpu(void)
{
    signal(SIGXCPU, handle);
    loop();
}
static void maps_code(void)
{
    void *p =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    answer(p == MAP_FAILED ? "no" : "done");
}

static const struct {
    const char *name;
    void (*act)(void);
} all[] = {
#define ACT(f)                                                                                     \
    {                                                                                              \
#f, f                                                                                      \
    }
    ACT(ends),
    ACT(exits_with_3),
    ACT(exits_with_127),
    ACT(exits_with_137),
    ACT(exits_with_minus_1),
    ACT(aborts),
    ACT(segfaults),
    ACT(traps),
    ACT(loops),
    ACT(sleeps),
    ACT(stops),
    ACT(kills_itself),
    ACT(kills_its_parent),
    ACT(kills_all),
    ACT(forks),
    ACT(clones),
    ACT(socket_opens),
    ACT(traces),
    ACT(new_session),
    ACT(overflows_the_stack),
    ACT(threads),
    ACT(closes_all_and_loops),
    ACT(closes_all),
    ACT(ignores_signals_and_loops),
    ACT(blocks_signals_and_sleeps),
    ACT(ignores_signals_and_segfaults),
    ACT(floods_1),
    ACT(floods_2),
    ACT(floods_3),
    ACT(logs_much),
    ACT(talks),
    ACT(answers_nothing),
    ACT(answers_too_much),
    ACT(answers_bytes),
    ACT(answers_and_crashes),
    ACT(echoes),
    ACT(writes_to_0),
    ACT(takes_16_gb),
    ACT(takes_bit_by_bit),
    ACT(uses_memory),
    ACT(opens_passwd),
    ACT(opens_proc),
    ACT(opens_itself),
    ACT(writes_file),
    ACT(opens_gently),
    ACT(stats_passwd),
    ACT(makes_memfd),
    ACT(starts_a_shell),
    ACT(calls_by_another_table),
    ACT(starts_itself),
    ACT(starts_by_execveat),
    ACT(loosens_its_limits),
    ACT(limits_its_parent),
    ACT(shows_limits),
    ACT(shows_descriptors),
    ACT(shows_who),
    ACT(shows_signals),
    ACT(shows_environment),
    ACT(computes_as_libc_does),
    ACT(computes_a_while),
    ACT(hangs_at_exit),
    ACT(handles_sigxcpu),
    ACT(maps_code),
};

static char name[64];

/* Runs before main, as a constructor in a submission would. */
__attribute__((constructor)) static void early(void)
{
    for (size_t i = 0; i < sizeof name - 1 && read(0, name + i, 1) == 1; i++)
        if (name[i] == '\n') {
            name[i] = '\0';
            break;
        }
    if (strcmp(name, "exits_in_a_constructor") == 0) _exit(0);
    if (strcmp(name, "loops_in_a_constructor") == 0) loop();
    if (strcmp(name, "forks_in_a_constructor") == 0) forks();
}

int main(void)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(name, all[i].name) == 0) {
            all[i].act();
            return 0;
        }
    return 99;
}
