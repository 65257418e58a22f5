/* core.c: the program that grades a submission: it builds the workers, runs the rows with Criterion and writes the
 * results as plain tables. grade.py turns these into reports for people and course systems.
 *
 *     core KIT SUBMISSION OUT SEED
 *     core --hints         the known mistakes: id, lesson, section, English, Korean
 *     core --mutants OUT   each of them in place of a worker: id, names found, rows passed, rows failed
 *
 * KIT is the folder that kit.sh made: include/ (headers), *.o (the worker without the student's part), functions (the
 * assigned ones, one a line), flags (compiler options, one a line; a line "--" begins those of a second build). OUT
 * gets `result` (a table of keys and values), `log` (the compiler's output), rows/ (a table for each) and criterion
 * (row, passed or failed). The exit status is 0 if `result` was written. */
#define _GNU_SOURCE

#include "mutants.h"
#include "sandbox.h"

#include <criterion/criterion.h>
#include <criterion/hooks.h>
#include <criterion/options.h>
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WORDS = 200, MOST_SOURCE = 1 << 20 };

typedef struct core {
    const char *kit, *submission, *out;
    char *work;
    sandbox box;
    FILE *result;
    char *workers;
} core;

/* The words of a command line. */
typedef struct list {
    const char *word[MOST_WORDS];
    int n;
} list;

static void add(list *l, const char *word)
{
    if (l->n < MOST_WORDS - 1) l->word[l->n++] = word;
    l->word[l->n] = NULL;
}

/* Join three strings. Never freed: the program grades one file and exits. */
static char *joined(const char *a, const char *b, const char *c)
{
    char *made = NULL;
    if (asprintf(&made, "%s%s%s", a, b, c) < 0) abort();
    return made;
}

static void add_lines(list *l, const char *path, int part)
{
    char line[500];
    FILE *f = fopen(path, "r");
    for (int at = 0; f && fgets(line, sizeof line, f);) {
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(line, "--") == 0)
            at++;
        else if (at == part && line[0])
            add(l, strdup(line));
    }
    if (f) fclose(f);
}

static int parts_of(const char *path)
{
    char line[500];
    int parts = 1;
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) parts += strcmp(line, "--\n") == 0;
    if (f) fclose(f);
    return parts;
}

static void end(core *c, const char *status, const char *detail)
{
    fprintf(c->result, "status\t%s\ndetail\t%.*s\n", status, (int) strcspn(detail, "\t\n"), detail);
}

/* The end where a system call failed on us. */
static bool failed(core *c, const char *what)
{
    end(c, "infra_error", joined(what, ": ", strerror(errno)));
    return false;
}

/* Copy the submission, or write the result and return false. */
static bool copy(core *c, const char *from, const char *to)
{
    static char bytes[MOST_SOURCE + 1];
    struct stat s;
    size_t size = 0;
    ssize_t n = 0;
    const int in = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (in < 0 && errno != ELOOP) return failed(c, "the submission");
    const bool plain = in >= 0 && fstat(in, &s) == 0 && S_ISREG(s.st_mode);
    while (plain && size < sizeof bytes && (n = read(in, bytes + size, sizeof bytes - size)) > 0)
        size += (size_t) n;
    if (n < 0) return failed(c, "the submission");
    if (in >= 0) close(in);
    if (!plain || size > MOST_SOURCE) {
        end(c, "compile_error", "the submission is no plain file of at most 1 MB");
        return false;
    }
    FILE *out = fopen(to, "wb");
    const bool good = out && fwrite(bytes, 1, size, out) == size;
    return ((!out || fclose(out) == 0) && good) || failed(c, "a copy of the submission");
}

static bool keep_log(const core *c, const sandbox_result *r)
{
    char path[PATH_MAX + 8];
    snprintf(path, sizeof path, "%s/log", c->out);
    FILE *f = fopen(path, "ab");
    const bool good = f && (!r->log || fwrite(r->log, 1, r->log_size, f) == r->log_size);
    return (!f || fclose(f) == 0) && good;
}

static sandbox_result run_tool(const core *c, const list *words, const char *folder)
{
    const char *readable[] = {folder, NULL};
    const sandbox_limits limits =
        sandbox_compile_limits(); /* forty times what an honest file takes */
    return sandbox_compile(&c->box, words->word, c->work, readable, &limits);
}

/* Can this machine compile and link anything just now? It cannot where a disk is full, or where no more processes can
 * be started; the compiler then says so and exits as it does where the file is wrong. */
static bool machine_builds(const core *c, error *why)
{
    static const char source[] = "#include <stdio.h>\nint main(void) { return puts(\"\") < 0; }\n";
    const list control = {{"gcc", "-static", "-fno-lto", "-O1", "-o", "control", "control.c", NULL},
                          7};
    FILE *f = fopen(joined(c->work, "/control.c", ""), "w");
    bool good = f && fputs(source, f) >= 0;
    good = (!f || fclose(f) == 0) && good;
    if (!good) return error_set(why, "%s", strerror(errno));
    sandbox_result r = run_tool(c, &control, c->work);
    good = r.status == SANDBOX_DONE;
    if (!good && r.status == SANDBOX_INFRA)
        *why = r.why;
    else if (!good) {
        if (r.log) r.log[strcspn(r.log, "\n")] = '\0';
        error_set(why, "%s", r.log ? r.log : "");
    }
    sandbox_result_free(&r);
    return good;
}

/* Run one command, which may read a folder. On failure, write the result and return false: `failed`, but only if it
 * fails twice on a machine that can do the same with a file of ours. */
static bool tool(core *c, const list *words, const char *folder, const char *failure)
{
    error why = {""};
    bool infra = false;
    sandbox_result r = run_tool(c, words, folder);
    if (r.status != SANDBOX_DONE && r.status != SANDBOX_INFRA) {
        infra = !machine_builds(c, &why);
        if (!infra && r.status != SANDBOX_TIMEOUT) {
            sandbox_result_free(&r);
            r = run_tool(c, words, folder);
        }
    }
    if (!keep_log(c, &r)) {
        sandbox_result_free(&r);
        return failed(c, "the compiler's log");
    }
    const bool good = r.status == SANDBOX_DONE;
    if (r.status == SANDBOX_INFRA || infra)
        end(c, "infra_error", joined(words->word[0], ": ", infra ? why.text : r.why.text));
    else if (!good)
        end(c, failure,
            joined(words->word[0], ": ",
                   r.status == SANDBOX_TIMEOUT  ? "took too long"
                   : r.status == SANDBOX_EXITED ? "found errors"
                                                : "was stopped: it took too much memory or time"));
    sandbox_result_free(&r);
    return good;
}

/* Can the system start this file? It refuses too many program headers (64 KB, in older kernels a page), and a file that
 * asks for a program to load it; either would look like a failure of the sandbox. */
static bool startable(const char *path)
{
    Elf64_Ehdr head = {0};
    Elf64_Phdr segment;
    const int f = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool good = f >= 0 && read(f, &head, sizeof head) == (ssize_t) sizeof head &&
                head.e_type == ET_EXEC && head.e_phentsize == sizeof segment && head.e_phnum <= 64;
    for (int i = 0; good && i < head.e_phnum; i++)
        good = pread(f, &segment, sizeof segment,
                     (off_t) (head.e_phoff + (size_t) i * sizeof segment)) ==
                   (ssize_t) sizeof segment &&
               segment.p_type != PT_INTERP;
    good = good && fchmod(f, 0755) == 0; /* whatever the umask is */
    if (f >= 0) close(f);
    return good;
}

/* Build student.c into an object whose only global names are the assigned functions, and that into a static worker. */
static bool build(core *c, int part)
{
    char *headers = joined(c->kit, "/include", ""), *functions = joined(c->kit, "/functions", ""),
         *flags = joined(c->kit, "/flags", "");
    char *worker = joined(c->work, "/worker", part ? "2" : "1");
    list compile = {{0}, 0}, localise = {{0}, 0}, link = {{0}, 0}, names = {{0}, 0};
    for (const char *const *w =
             (const char *const[]){"gcc", "-std=gnu11", "-O1", "-Wall", "-fsanitize=undefined",
                                   "-fsanitize-undefined-trap-on-error", "-fno-diagnostics-color",
                                   "-DREAL=double", "-ffp-contract=off", NULL};
         *w; w++)
        add(&compile, *w);
    add_lines(&compile, flags, part);
    add(&compile, joined("-I", headers, ""));
    for (const char *const *w = (const char *const[]){"-c", "-o", "student.o", "student.c", NULL};
         *w; w++)
        add(&compile, *w);
    add(&localise, "objcopy");
    add_lines(&names, functions, 0);
    for (int i = 0; i < names.n; i++)
        add(&localise, joined("--keep-global-symbol=", names.word[i], ""));
    add(&localise, "--remove-section=.interp"); /* it names a program that the system would start */
    add(&localise, "student.o");
    add(&localise, "student.local.o");
    for (const char *const *w =
             (const char *const[]){"gcc", "-static", "-fno-lto", "-fno-use-linker-plugin", "-o",
                                   part ? "worker2" : "worker1", "student.local.o", NULL};
         *w; w++)
        add(&link, *w);
    struct dirent **files;
    const int n = scandir(c->kit, &files, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        const size_t length = strlen(files[i]->d_name);
        if (length > 2 && strcmp(files[i]->d_name + length - 2, ".o") == 0)
            add(&link, joined(c->kit, "/", files[i]->d_name));
    }
    add(&link, "-lm");
    /* The submission may only read the headers of the kit: an assembler can include any file. */
    if (!tool(c, &compile, headers, "compile_error") ||
        !tool(c, &localise, headers, "compile_error") || !tool(c, &link, c->kit, "link_error"))
        return false;
    if (!startable(worker)) {
        end(c, "link_error", "the system would not start the program");
        return false;
    }
    c->workers = part ? joined(c->workers, ":", worker) : worker;
    return true;
}

/* In the place of libgit2's: Criterion calls it as each row starts, to compare strings if need be, which no row does. It
 * would read all certificates of the machine, which took a third of a row's time. */
int git_libgit2_init(void);
int git_libgit2_init(void) { return 1; }

/* Criterion's result for each row goes into a table of its own, which grade.py compares with the manifest. */
static FILE *said;

ReportHook(POST_TEST)(struct criterion_test_stats *stats)
{
    if (said)
        fprintf(said, "%s.%s\t%s\n", stats->test->category, stats->test->name,
                stats->test_status == CR_STATUS_PASSED && !stats->crashed ? "passed" : "failed");
}

/* Criterion needs shared memory, and says nothing where there is none. */
static bool shared_memory(core *c)
{
    char name[40];
    snprintf(name, sizeof name, "/core-%ld", (long) getpid());
    const int f = shm_open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    const bool good = f >= 0 && ftruncate(f, 1 << 16) == 0 && posix_fallocate(f, 0, 1 << 16) == 0;
    if (!good) failed(c, "shared memory (/dev/shm)");
    if (f >= 0) {
        close(f);
        shm_unlink(name);
    }
    return good;
}

static void run_rows(core *c, const char *seed)
{
    char path[PATH_MAX + 16], mode[16];
    snprintf(path, sizeof path, "%s/criterion", c->out);
    said = fopen(path, "w");
    snprintf(mode, sizeof mode, "%d", c->box.landlock);
    setenv("GRADE_OUT", c->out, 1);
    setenv("GRADE_SEED", seed, 1);
    setenv("GRADE_WORKERS", c->workers, 1);
    setenv("GRADE_MODE", sandbox_mode_name(c->box.mode), 1);
    setenv("GRADE_LANDLOCK", mode, 1);
    struct criterion_test_set *set = criterion_initialize();
    char *arguments[] = {(char *) (uintptr_t) "core", (char *) (uintptr_t) "-j1",
                         (char *) (uintptr_t) "--quiet", NULL};
    if (said && criterion_handle_args(3, arguments, false)) {
        criterion_options.always_succeed = true;
        criterion_run_all_tests(set);
    }
    criterion_finalize(set);
    if (said) fclose(said);
    said = NULL;
    end(c, "graded", "");
}

/* Print the rows with this result, separated by spaces. */
static void print_rows(const char *out, const char *what)
{
    char path[PATH_MAX + 16], line[200];
    const char *between = "\t";
    snprintf(path, sizeof path, "%s/criterion", out);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t'), *dot = strchr(line, '.');
        if (!tab || !dot || strcmp(tab + 1, what) != 0) continue;
        *tab = '\0';
        printf("%s%s", between, dot + 1);
        between = " ";
    }
    if (f) fclose(f);
    if (*between == '\t') fputs("\t-", stdout);
}

/* Print the names in a diagnosis, each once; "-" if nothing was wrong. */
static void print_names(const char *out)
{
    char path[PATH_MAX + 16], line[300], last[300] = "";
    snprintf(path, sizeof path, "%s/diagnosis", out);
    FILE *f = fopen(path, "r");
    fputc('\t', stdout);
    while (f && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        const char *tab = strchr(line, '\t');
        if (!tab || strcmp(tab + 1, last) == 0 || strcmp(tab + 1, "unknown") == 0) continue;
        printf("%s%s", last[0] ? ", " : "", tab + 1);
        snprintf(last, sizeof last, "%s", tab + 1);
    }
    if (f) fclose(f);
    if (!last[0]) fputc('-', stdout);
}

/* Let each of our mutants answer in place of a worker; first (-1) one without mistakes. */
static int show_mutants(const char *out)
{
    for (int k = -1; k < 0 || mutant_at(k); k++) {
        const char *id = k < 0 ? "right" : mutant_at(k)->id;
        char number[16], *folder = joined(out, "/", id);
        core c = {.out = folder, .workers = joined("mutant", "", "")};
        if (mkdir(folder, 0700) != 0 || mkdir(joined(folder, "/rows", ""), 0700) != 0) {
            fprintf(stderr, "core: %s: %s\n", folder, strerror(errno));
            return 2;
        }
        fflush(stdout);
        const pid_t child = fork();
        if (child == 0) {
            snprintf(number, sizeof number, "%d", k);
            setenv("GRADE_MUTANT", number, 1);
            c.result = fopen(joined(folder, "/result", ""), "w");
            if (c.result) run_rows(&c, "mutants");
            mutant_try_pairs(k);
            _exit(c.result ? 0 : 2);
        }
        int status;
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
            fprintf(stderr, "core: %s, or one of its pairs, ended the program\n", id);
            return 2;
        }
        fputs(id, stdout);
        print_names(folder);
        print_rows(folder, "passed");
        print_rows(folder, "failed");
        fputc('\n', stdout);
    }
    return 0;
}

int main(int argc, char **argv)
{
    error e;
    core c = {0};
    if (argc == 2 && strcmp(argv[1], "--hints") == 0) {
        const known_bug *m;
        for (int k = 0; (m = mutant_at(k)) != NULL; k++)
            printf("%s\t%s\t%s\t%s\t%s\n", m->id, m->lesson, m->section, m->en, m->ko);
        return 0;
    }
    if (argc == 3 && strcmp(argv[1], "--mutants") == 0) return show_mutants(argv[2]);
    if (argc != 5) {
        fputs("usage: core KIT SUBMISSION OUT SEED\n", stderr);
        return 2;
    }
    char kit[PATH_MAX], out[PATH_MAX], path[PATH_MAX + 32];
    if (!realpath(argv[1], kit) || !realpath(argv[3], out)) {
        fprintf(stderr, "core: %s: %s\n", argv[1], strerror(errno));
        return 2;
    }
    c.kit = kit;
    c.submission = argv[2];
    c.out = out;
    snprintf(path, sizeof path, "%s/result", out);
    c.result = fopen(path, "w");
    snprintf(path, sizeof path, "%s/rows", out);
    c.work = joined(out, "/work", "");
    c.workers = joined("", "", "");
    if (!c.result || mkdir(path, 0700) != 0 || mkdir(c.work, 0755) != 0) {
        fprintf(stderr, "core: %s: %s\n", out, strerror(errno));
        return 2;
    }
    snprintf(path, sizeof path, "%s/student.c", c.work);
    if (!sandbox_detect(&c.box, &e))
        end(&c, "infra_error", e.text);
    else if (c.box.mode == SANDBOX_NONE)
        end(&c, "infra_error", c.box.detail);
    else {
        char *flags = joined(c.kit, "/flags", "");
        const int parts = parts_of(flags);
        fprintf(c.result, "sandbox\t%s\nsandbox_detail\t%s\n", sandbox_mode_name(c.box.mode),
                c.box.detail);
        bool good = copy(&c, c.submission, path);
        for (int part = 0; part < parts && good; part++) good = build(&c, part);
        if (good && shared_memory(&c)) run_rows(&c, argv[4]);
    }
    return fclose(c.result) == 0 ? 0 : 2;
}
