/* runlog.c: the log and the samples of a run. See runlog.h. */
#define _POSIX_C_SOURCE 200809L

#include "runlog.h"

#include "file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The number of bytes of a log before the row of iteration n, not counting an incomplete last line. */
static size_t rows_before(const char *bytes, int n)
{
    const char *line = bytes, *end;
    while ((end = strchr(line, '\n')) != NULL) {
        if (*line >= '0' && *line <= '9' && strtol(line, NULL, 10) >= n) break;
        line = end + 1;
    }
    return (size_t) (line - bytes);
}

/* The end of a sample's text: after `length` characters and a newline, or if it has another length, before the
 * next line that looks like a header. */
static const char *sample_end(const char *text, int length)
{
    const char *at = text;
    for (int i = 0; i < length && *at; i++) {
        at++;
        while (((unsigned char) *at & 0xC0) == 0x80) at++;
    }
    if (*at == '\n' && (at[1] == '\0' || strncmp(at + 1, "---- iter ", 10) == 0)) return at + 1;
    at = strstr(text, "\n---- iter ");
    return at ? at + 1 : text + strlen(text);
}

static size_t samples_before(const char *bytes, int n, int length)
{
    const char *at = bytes;
    while (strncmp(at, "---- iter ", 10) == 0 && strtol(at + 10, NULL, 10) < n) {
        const char *text = strchr(at, '\n');
        if (!text) break;
        at = sample_end(text + 1, length);
    }
    return (size_t) (at - bytes);
}

bool runlog_open(runlog *l, const char *path, runlog_kind kind, int n, int length, error *e)
{
    struct stat st;
    size_t keep = 0;
    *l = (runlog){NULL, path, false};
    if (!path) return true;
    const bool old = n > 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
    if (old) {
        size_t size;
        char *bytes = file_read(path, &size, e);
        if (!bytes) return false;
        keep = kind == RUNLOG_ROWS ? rows_before(bytes, n) : samples_before(bytes, n, length);
        free(bytes);
    }
    l->stream = fopen(path, old ? "r+b" : "wb");
    if (!l->stream) return file_cannot_write(e, path);
    if (old &&
        (ftruncate(fileno(l->stream), (off_t) keep) != 0 || fseek(l->stream, 0, SEEK_END) != 0)) {
        file_cannot_write(e, path);
        fclose(l->stream);
        l->stream = NULL;
        return false;
    }
    l->fresh = keep == 0;
    return true;
}

bool runlog_flush(runlog *l, error *e)
{
    if (!l->stream) return true;
    errno = 0;
    if (fflush(l->stream) == 0 && !ferror(l->stream)) return true;
    return file_cannot_write(e, l->path);
}

bool runlog_close(runlog *l, error *e)
{
    const bool good = runlog_flush(l, e);
    if (!l->stream) return true;
    const bool closed = fclose(l->stream) == 0;
    l->stream = NULL;
    if (good && !closed) return file_cannot_write(e, l->path);
    return good;
}
