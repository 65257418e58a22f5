/* file.c: whole files. See file.h. */
#define _POSIX_C_SOURCE 200809L

#include "file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool cannot_read(error *e, const char *path)
{
    return error_set(e, say("cannot read %s: %s", "%s 파일을 읽을 수 없습니다: %s"), path,
                     strerror(errno));
}

bool file_cannot_write(error *e, const char *path)
{
    return error_set(e, say("cannot write %s: %s", "%s 파일을 쓸 수 없습니다: %s"), path,
                     strerror(errno));
}

char *file_read(const char *path, size_t *size, error *e)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    size_t used = 0, room = 0;
    if (!f) {
        cannot_read(e, path);
        return NULL;
    }
    struct stat st;
    /* The size is only a first guess: a pipe has none, and a file may grow. */
    if (fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0)
        room = (size_t) st.st_size + 2;
    else
        room = 1 << 16;
    for (;;) {
        char *more = room > used ? realloc(bytes, room) : NULL;
        if (!more) {
            errno = ENOMEM;
            break;
        }
        bytes = more;
        errno = 0;
        const size_t got = fread(bytes + used, 1, room - used - 1, f);
        used += got;
        if (ferror(f)) break;
        if (feof(f)) {
            fclose(f);
            bytes[used] = '\0';
            *size = used;
            return bytes;
        }
        room *= 2;
    }
    cannot_read(e, path);
    free(bytes);
    fclose(f);
    return NULL;
}

bool file_begin(file_out *out, const char *path, error *e)
{
    struct stat old;
    const bool exists = stat(path, &old) == 0;
    *out = (file_out){NULL, NULL, NULL};
    const size_t length = strlen(path);
    out->path = malloc(length + 1);
    if (!out->path) return file_cannot_write(e, path);
    memcpy(out->path, path, length + 1);
    if (exists && !S_ISREG(old.st_mode)) { /* a device or a pipe cannot be replaced */
        out->stream = fopen(path, "wb");
    } else {
        out->temporary = malloc(length + sizeof ".XXXXXX");
        if (out->temporary) {
            memcpy(out->temporary, path, length);
            memcpy(out->temporary + length, ".XXXXXX", sizeof ".XXXXXX");
            const int fd = mkstemp(out->temporary);
            if (fd >= 0) {
                const mode_t mask = umask(0);
                umask(mask);
                if (fchmod(fd, exists ? old.st_mode & 0777 : 0666 & ~mask) == 0)
                    out->stream = fdopen(fd, "wb");
                if (!out->stream) {
                    close(fd);
                    unlink(out->temporary);
                }
            }
        }
    }
    if (out->stream) return true;
    file_cannot_write(e, path);
    free(out->temporary);
    free(out->path);
    return false;
}

void file_discard(file_out *out)
{
    if (out->stream) fclose(out->stream);
    if (out->temporary) unlink(out->temporary);
    free(out->temporary);
    free(out->path);
    *out = (file_out){NULL, NULL, NULL};
}

bool file_commit(file_out *out, error *e)
{
    bool good = fflush(out->stream) == 0 && !ferror(out->stream);
    if (good && out->temporary) good = fsync(fileno(out->stream)) == 0;
    if (fclose(out->stream) != 0) good = false;
    out->stream = NULL;
    if (good && out->temporary) good = rename(out->temporary, out->path) == 0;
    if (good) {
        free(out->temporary); /* the file no longer has this name */
        out->temporary = NULL;
    } else {
        file_cannot_write(e, out->path);
    }
    file_discard(out);
    return good;
}
