/* runlog.c: the log and the samples of a run. See runlog.h. */
#include "platform.h"

#include "runlog.h"

#include "file.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(sizeof((runlog *) NULL)->told >= TEXT_SHOWN_ROOM + 200, "room for any path");

/* ---- the parts of a file ---- */

/* What was found in a file. */
typedef struct found {
    const char *cut;    /* the rest, from here on, does not stay */
    long last, earlier; /* numbers of the last two parts that stay; -1: none */
    long latest;        /* the largest number */
    int removed;        /* parts after `cut`, also a half one */
    int damaged;        /* line that is no part, before `cut`; 0: none */
} found;

static const char SAMPLE_HEAD[] = "---- iter ";

static bool is_sample_head(const char *at)
{
    return strncmp(at, SAMPLE_HEAD, sizeof SAMPLE_HEAD - 1) == 0;
}

/* The length of the head that the file begins with; 0: of another head. A resumed run may have another learning rate. */
static size_t head_length(const char *bytes, const char *head, bool resumed)
{
    static const char changes[] = "learning_rate ";
    const size_t name = sizeof changes - 1;
    const char *at = bytes;
    while (*head) {
        if (resumed && strncmp(head, changes, name) == 0 && strncmp(at, changes, name) == 0) {
            head += strcspn(head, ",\n");
            at += strcspn(at, ",\n");
        }
        if (*at != *head) return 0;
        at += *head != '\0';
        head += *head != '\0';
    }
    return (size_t) (at - bytes);
}

static int tabs(const char *line)
{
    int n = 0;
    for (; *line && *line != '\n'; line++) n += *line == '\t';
    return n;
}

/* The number of a row with this many tabs; -1: this is no row. */
static long row_number(const char *line, int columns)
{
    char *end;
    if (*line < '0' || *line > '9') return -1;
    const long n = strtol(line, &end, 10);
    return tabs(line) == columns && *end == '\t' ? n : -1;
}

/* Note a part that stays; false if it is out of order. */
static bool stays(found *f, long n)
{
    if (n <= f->last) return false;
    f->earlier = f->last;
    f->last = n;
    return true;
}

static found find_rows(const char *bytes, size_t head, const runlog_form *form)
{
    found f = {bytes + head, -1, -1, -1, 0, 0};
    const char *line = bytes, *end;
    int number = 1, columns = 0;
    for (; line < bytes + head; number++) {
        columns = tabs(line);
        line = strchr(line, '\n') + 1;
    }
    for (bool cut = false; (end = strchr(line, '\n')) != NULL; number++, line = end + 1) {
        const long n = row_number(line, columns);
        if (n > f.latest) f.latest = n;
        cut = cut || n >= form->from;
        if (!cut && !stays(&f, n) && !f.damaged) f.damaged = number;
        if (cut)
            f.removed++;
        else
            f.cut = end + 1;
    }
    f.removed += *line != '\0';
    return f;
}

/* The end of a sample's text: after `length` characters and a newline, or if it has another length, before the
 * next line that looks like a head. */
static const char *sample_end(const char *body, int length)
{
    const char *at = body;
    for (int i = 0; i < length && *at; i++) {
        at++;
        while (((unsigned char) *at & 0xC0) == 0x80) at++;
    }
    if (*at == '\n' && (at[1] == '\0' || is_sample_head(at + 1))) return at + 1;
    at = strstr(body, "\n---- iter ");
    return at ? at + 1 : body + strlen(body);
}

static long characters(const char *from, const char *to)
{
    long n = 0;
    for (; from < to; from++) n += ((unsigned char) *from & 0xC0) != 0x80;
    return n;
}

/* A sample at the end of the file is whole if it has the right length, or the length of the one before it. */
static found find_samples(const char *bytes, const runlog_form *form)
{
    found f = {bytes, -1, -1, -1, 0, 0};
    const char *at = bytes;
    long length = form->length, before = form->length;
    for (bool cut = false; is_sample_head(at);) {
        const long n = strtol(at + sizeof SAMPLE_HEAD - 1, NULL, 10);
        const char *body = strchr(at, '\n'), *end = at + strlen(at);
        bool whole = false;
        if (body) {
            end = sample_end(body + 1, form->length);
            before = length;
            length = characters(body + 1, end) - 1;
            whole = end[-1] == '\n' && (*end || length == form->length || length == before);
        }
        if (n > f.latest) f.latest = n;
        cut = cut || !whole || n >= form->from || !stays(&f, n);
        if (cut)
            f.removed++;
        else
            f.cut = end;
        at = end;
    }
    f.removed += *at != '\0';
    return f;
}

/* Is a part missing before form->from? The file may have been written with another --log-every: then its last parts
 * tell how far it is from one to the next. */
static bool lacks(const runlog_form *form, const found *f, long *from, long *to)
{
    if (form->every == 0 || form->from <= form->first) return false;
    const long step = f->earlier >= 0 ? f->last - f->earlier : form->every;
    *from = f->last >= 0 ? f->last + step : form->first;
    *to = (form->from - 1) / form->every * form->every;
    return f->last < *to && *from < form->from;
}

/* ---- planning ---- */

static bool is_foreign(error *e, const char *path, const runlog_form *form)
{
    return error_set(e,
                     form->kind == RUNLOG_ROWS
                         ? say("%s is there and is not the log of this run; give another --log, or "
                               "replace it with --force",
                               "%s: 이 학습의 기록이 아닌 파일이 있습니다. 다른 --log를 주거나 "
                               "--force로 덮어쓰십시오")
                         : say("%s is there and has no samples of this run; give another "
                               "--samples, or replace it with --force",
                               "%s: 이 학습의 표본이 아닌 파일이 있습니다. 다른 --samples를 "
                               "주거나 --force로 덮어쓰십시오"),
                     path);
}

static const char *parts(const runlog_form *form, long n)
{
    const bool rows = form->kind == RUNLOG_ROWS;
    const char *en = n == 1 ? (rows ? "row" : "sample") : (rows ? "rows" : "samples");
    return say(en, rows ? "행" : "표본");
}

static bool is_incomplete(error *e, const char *path, const runlog_form *form, long from, long to)
{
    if (to < from) to = from;
    return error_set(
        e,
        say("%s: %s %ld to %ld, before the checkpoint, missing or damaged; --force goes on "
            "without them",
            "%s: 체크포인트 앞의 %s %ld부터 %ld까지가 없거나 상했습니다. --force를 "
            "주면 그대로 이어 갑니다"),
        path, parts(form, 2), from, to);
}

/* Of the bytes of a file that a resumed run goes on with. */
static bool plan_to_go_on(runlog *l, const runlog_form *form, const found *f, const char *bytes,
                          error *e)
{
    long from, to;
    const bool gap = lacks(form, f, &from, &to);
    if (f->damaged && !form->force)
        return error_set(e,
                         say("%s: line %d is no row in its place; --force goes on all the same",
                             "%s: %d번째 줄이 제자리의 행이 아닙니다. --force를 주면 그대로 이어 "
                             "갑니다"),
                         l->path, f->damaged);
    if (gap && !form->force) return is_incomplete(e, l->path, form, from, to);
    l->keep = (size_t) (f->cut - bytes);
    if (f->removed)
        snprintf(l->told, sizeof l->told,
                 say("%s: %d %s after %s %d removed\n", "%s: %d개의 %s을 지웠습니다(%s %d 뒤)\n"),
                 TEXT_SHOWN(l->path), f->removed, parts(form, f->removed),
                 form->by_epochs ? say("epoch", "에폭") : say("iteration", "반복"),
                 form->by_epochs ? form->from - 1 : form->from);
    else if (gap)
        snprintf(l->told, sizeof l->told,
                 say("%s: %s %ld to %ld are missing\n", "%s: %s %ld부터 %ld까지 없습니다\n"),
                 TEXT_SHOWN(l->path), parts(form, 2), from, to < from ? from : to);
    return true;
}

static bool plan_bytes(runlog *l, const runlog_form *form, const char *bytes, error *e)
{
    const bool rows = form->kind == RUNLOG_ROWS;
    const size_t head = rows ? head_length(bytes, form->head, form->resumed) : 0;
    if (rows ? head == 0 && *form->head : !is_sample_head(bytes))
        return form->force || is_foreign(e, l->path, form);
    const found f = rows ? find_rows(bytes, head, form) : find_samples(bytes, form);
    if (!form->resumed && f.latest >= form->end && !form->force)
        return error_set(e,
                         say("%s is there and has %s up to %ld, more than this run writes; give "
                             "another name, or replace it with --force",
                             "%s: %s이 %ld까지 있어 이 학습이 적을 것보다 많습니다. 다른 이름을 "
                             "주거나 --force로 덮어쓰십시오"),
                         l->path, parts(form, 2), f.latest);
    if (!form->resumed) return true;
    l->fresh = false;
    return plan_to_go_on(l, form, &f, bytes, e);
}

/* Of a file that is not there, or empty. */
static void plan_empty(runlog *l, const runlog_form *form)
{
    const found none = {NULL, -1, -1, -1, 0, 0};
    long from, to;
    if (!form->resumed || !l->regular || !lacks(form, &none, &from, &to)) return;
    snprintf(l->told, sizeof l->told,
             say("%s: begins here; %s %ld to %ld are missing\n",
                 "%s: 여기에서 시작합니다. %s %ld부터 %ld까지 없습니다\n"),
             TEXT_SHOWN(l->path), parts(form, 2), from, to);
}

bool runlog_plan(runlog *l, const char *path, const runlog_form *form, error *e)
{
    struct stat st;
    *l = (runlog){.path = path, .head = form->head, .regular = true, .fresh = true};
    if (!path) return true;
    l->exists = stat(path, &st) == 0;
    l->regular = !l->exists || S_ISREG(st.st_mode);
    if (!l->exists || !l->regular || st.st_size == 0) {
        plan_empty(l, form);
        return true;
    }
    char *bytes = file_read(path, &l->size, e);
    if (!bytes) return false;
    const bool good = plan_bytes(l, form, bytes, e);
    free(bytes);
    return good;
}

/* ---- writing ---- */

bool runlog_open(runlog *l, error *e)
{
    struct stat st;
    if (!l->path) return true;
    l->stream = fopen(l->path, "ab");
    if (!l->stream) return file_cannot_write(e, l->path);
    if (!l->regular) return true;
    /* Was it written since the plan? */
    if (file_lock_stream(l->stream) && fstat(fileno(l->stream), &st) == 0 &&
        st.st_size == (off_t) l->size)
        return true;
    l->exists = true; /* by the other run */
    return file_is_taken(e, l->path, 0);
}

bool runlog_begin(runlog *l, error *e)
{
    if (!l->stream) return true;
    if (l->regular && l->size > l->keep && ftruncate(fileno(l->stream), (off_t) l->keep) != 0)
        return file_cannot_write(e, l->path);
    if (l->fresh) fputs(l->head, l->stream);
    return true;
}

void runlog_drop(runlog *l)
{
    error ignored;
    if (!l->stream) return;
    runlog_close(l, &ignored);
    if (l->exists) return;
    char *file = file_beside(l->path, "", &ignored); /* a link to it stays */
    if (file) remove(file);
    free(file);
}

/* Does the file begin as a table, with columns? */
static bool is_table(const char *path)
{
    char line[1000] = "\t";
    FILE *f = fopen(path, "rb");
    if (!f) return true; /* none is there */
    const bool some = fgets(line, sizeof line, f) != NULL;
    fclose(f);
    return !some || tabs(line) > 0;
}

bool runlog_apart(const char *a, const char *b, error *e)
{
    if (!file_same(a, b)) return true;
    return error_set(e,
                     say("%s and %s are the same file; give another name",
                         "%s, %s: 같은 파일입니다. 다른 이름을 주십시오"),
                     a, b);
}

/* Plan a table, and refuse to replace what is none. */
static bool plan_table(runlog *l, const char *path, error *e)
{
    const runlog_form any = {.kind = RUNLOG_ROWS, .head = "", .force = true};
    if (file_is_printed(path))
        return error_set(e,
                         say("%s is a table and what is printed, too; give another name",
                             "%s: 표이면서 화면 출력입니다. 다른 이름을 주십시오"),
                         path);
    if (file_is_regular(path) && !is_table(path))
        return error_set(e,
                         say("%s is there and is not a table; give another name, or remove it",
                             "%s: 표가 아닌 파일이 있습니다. 다른 이름을 주거나 지우십시오"),
                         path);
    return runlog_plan(l, path, &any, e);
}

bool runlog_tables(runlog *l[], const char *const path[], int n, error *e)
{
    bool good = true;
    for (int i = 0; i < n; i++) *l[i] = (runlog){.path = path[i]};
    for (int i = 0; i < n && good; i++) good = plan_table(l[i], path[i], e);
    for (int i = 0; i < n && good; i++) good = runlog_open(l[i], e);
    for (int i = 0; i < n && good; i++) good = runlog_begin(l[i], e);
    for (int i = 0; i < n && !good; i++) runlog_drop(l[i]);
    return good;
}

bool runlog_table(runlog *l, const char *path, error *e)
{
    return runlog_tables((runlog *[]){l}, (const char *[]){path}, 1, e);
}

bool runlog_flush(runlog *l, error *e)
{
    if (!l->stream) return true;
    errno = 0;
    if (!ferror(l->stream) && fflush(l->stream) == 0) return true;
    if (errno == 0 && l->regular) fflush(l->stream); /* for errno; a pipe could hold it up again */
    if (errno == 0) errno = EIO;
    return file_cannot_write(e, l->path);
}

bool runlog_sync(runlog *l, error *e)
{
    if (!runlog_flush(l, e)) return false;
    if (!l->stream || !l->regular || fsync(fileno(l->stream)) == 0 || errno == EINVAL) return true;
    return file_cannot_write(e, l->path);
}

bool runlog_close(runlog *l, error *e)
{
    const bool good = runlog_flush(l, e);
    if (!l->stream) return true;
    if (!good)
        fcntl(fileno(l->stream), F_SETFL,
              O_NONBLOCK); /* a pipe that nobody reads must not hold it up */
    const bool closed = fclose(l->stream) == 0;
    l->stream = NULL;
    if (good && !closed) return file_cannot_write(e, l->path);
    return good;
}
