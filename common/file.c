/* file.c: whole files. See file.h. */
#include "platform.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#if HAS_LOCKS
#include <sys/file.h>
#endif

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

/* ---- names ---- */

static char *joined(const char *a, size_t length, const char *b)
{
    const size_t more = strlen(b) + 1;
    char *both = malloc(length + more);
    if (!both) return NULL;
    memcpy(both, a, length);
    memcpy(both + length, b, more);
    return both;
}

/* The length of the folder's part of a path, with its last slash. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t) (slash + 1 - path) : 0;
}

/* The path of the file itself, which may not exist: links are followed. NULL on failure, with errno. */
static char *target_of(const char *path)
{
    enum { MOST_LINKS = 40, LONGEST = 4096 };
    char link[LONGEST];
    char *name = joined(path, strlen(path), "");
    for (int i = 0; name; i++) {
        const ssize_t length = readlink(name, link, sizeof link - 1);
        if (length < 0) return name; /* no link */
        link[length] = '\0';
        char *next = NULL;
        if (i == MOST_LINKS)
            errno = ELOOP;
        else
            next = joined(name, link[0] == '/' ? 0 : folder_length(name), link);
        free(name);
        name = next;
    }
    return NULL;
}

static bool same_inode(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Are two paths of files that do not exist the same name in the same folder? */
static bool same_name(const char *a, const char *b)
{
    struct stat in_a, in_b;
    const size_t a_length = folder_length(a), b_length = folder_length(b);
    char *a_folder = a_length ? joined(a, a_length, ".") : joined(".", 1, "");
    char *b_folder = b_length ? joined(b, b_length, ".") : joined(".", 1, "");
    bool same = strcmp(a, b) == 0;
    if (a_folder && b_folder && stat(a_folder, &in_a) == 0 && stat(b_folder, &in_b) == 0)
        same = same_inode(&in_a, &in_b) && strcmp(a + a_length, b + b_length) == 0;
    free(a_folder);
    free(b_folder);
    return same;
}

bool file_same(const char *a, const char *b)
{
    struct stat at_a, at_b;
    if (!a || !b) return false;
    const bool is_a = stat(a, &at_a) == 0, is_b = stat(b, &at_b) == 0;
    if (is_a && is_b) return same_inode(&at_a, &at_b);
    if (is_a || is_b) return false;
    char *file_a = target_of(a), *file_b = target_of(b);
    const bool same = same_name(file_a ? file_a : a, file_b ? file_b : b);
    free(file_a);
    free(file_b);
    return same;
}

/* ---- locks ---- */

static bool is_in_the_way(error *e, const char *path, const char *name)
{
    return error_set(e,
                     say("cannot write %s: %s is in the way; remove it",
                         "%s 파일을 쓸 수 없습니다: %s 파일이 있습니다. 지우십시오"),
                     path, name);
}

bool file_is_taken(error *e, const char *path, long process)
{
    if (process <= 0)
        return error_set(e,
                         say("cannot write %s: another run is writing it",
                             "%s 파일을 쓸 수 없습니다: 다른 학습이 쓰고 있습니다"),
                         path);
    return error_set(e,
                     say("cannot write %s: another run is writing it (process %ld)",
                         "%s 파일을 쓸 수 없습니다: 다른 학습(프로세스 %ld)이 쓰고 있습니다"),
                     path, process);
}

/* Lock an open file against other processes, until it is closed; false if one has locked it. A file system without
 * locks is no reason to stop. */
static bool lock(int fd)
{
#if HAS_LOCKS
    int failed;
    do failed = flock(fd, LOCK_EX | LOCK_NB);
    while (failed && errno == EINTR);
    return !failed || errno != EWOULDBLOCK;
#else
    (void) fd;
    return true;
#endif
}

bool file_lock_stream(FILE *f)
{
    struct stat st;
    return fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode) || lock(fileno(f));
}

#if HAS_LOCKS
/* Is `path` still the name of this open file? */
static bool is_named(int fd, const char *path)
{
    struct stat opened, named;
    return fstat(fd, &opened) == 0 && lstat(path, &named) == 0 && same_inode(&opened, &named);
}

enum { SIGNED = 40 /* bytes that are enough for a process's number */ };

/* Could a run of ours have left this file, open under its only name? */
static bool is_lock_file(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1 && st.st_size < SIGNED;
}

/* Write the process into the lock file, to be told to others; no loss if the disk is full. */
static void sign(int fd)
{
    char text[SIGNED];
    const int length = snprintf(text, sizeof text, "%ld\n", (long) getpid());
    if (ftruncate(fd, 0) != 0 || write(fd, text, (size_t) length) < 0) return;
}

static long signed_by(int fd)
{
    char text[SIGNED];
    const ssize_t length = pread(fd, text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    return strtol(text, NULL, 10);
}
#endif

bool file_lock_take(file_lock *l, const char *path, error *e)
{
    *l = (file_lock){-1, NULL};
#if HAS_LOCKS
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) return true;
    char *file = target_of(path);
    char *name = file ? joined(file, strlen(file), ".lock") : NULL;
    free(file);
    if (!name) return file_cannot_write(e, path);
    for (;;) {
        const int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
        const int fd = open(name, flags, 0666);
        if (fd < 0) {
            file_cannot_write(e, name);
            break;
        }
        if (!lock(fd)) {
            file_is_taken(e, path, signed_by(fd));
            close(fd);
            break;
        }
        const bool named = is_named(fd, name);
        if (named && is_lock_file(fd)) {
            sign(fd);
            *l = (file_lock){fd, name};
            return true;
        }
        close(fd);
        if (named) {
            is_in_the_way(e, path, name);
            break;
        } /* else the other run removed it between open() and lock() */
    }
    free(name);
    return false;
#else
    (void) path;
    (void) e;
    return true;
#endif
}

void file_lock_free(file_lock *l)
{
    if (l->path) {
        unlink(l->path); /* before the lock ends: now nobody else has this name */
        close(l->fd);
    }
    free(l->path);
    *l = (file_lock){-1, NULL};
}

/* ---- replacing ---- */

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
