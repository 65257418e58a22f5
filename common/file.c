/* file.c: whole files. See file.h. */
#include "platform.h"

#include "file.h"

#include "live.h"
#include "require.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
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
                     error_reason());
}

bool file_cannot_write(error *e, const char *path)
{
    return error_set(e, say("cannot write %s: %s", "%s 파일을 쓸 수 없습니다: %s"), path,
                     error_reason());
}

static bool is_too_large(error *e, const char *path, size_t most)
{
    return error_set(e,
                     say("%s: too large; give a file of at most %.1f GB",
                         "%s: 너무 큽니다. 크기가 %.1f GB를 넘지 않는 파일을 주십시오"),
                     path, (double) most / 1e9);
}

/* Read an open file to its end. */
static char *read_all(FILE *f, const char *path, size_t most, size_t *size, error *e)
{
    char *bytes = NULL;
    size_t used = 0, room = 1 << 16;
    struct stat st;
    /* The size is only a first guess: a pipe has none, and a file may grow. */
    if (fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0) {
        if ((uintmax_t) st.st_size > most) {
            is_too_large(e, path, most);
            return NULL;
        }
        room = (size_t) st.st_size + 2;
    } else if (most > INT_MAX) {
        most = INT_MAX; /* a device may be endless */
    }
    for (;;) {
        char *more = realloc(bytes, room);
        if (!more) {
            errno = ENOMEM;
            break;
        }
        bytes = more;
        errno = 0;
        used += fread(bytes + used, 1, room - used - 1, f);
        if (ferror(f)) break;
        if (used > most) {
            is_too_large(e, path, most);
            free(bytes);
            return NULL;
        }
        if (feof(f)) {
            bytes[used] = '\0';
            *size = used;
            return bytes;
        }
        room = room < most / 2 ? 2 * room : most + 2;
    }
    cannot_read(e, path);
    free(bytes);
    return NULL;
}

char *file_read_most(const char *path, size_t most, size_t *size, error *e)
{
    /* What fits in memory besides what is made of it; and a size_t. */
    const double fits = fmin(memory_size() / 2, (double) (SIZE_MAX / 4));
    FILE *f = fopen(path, "rb");
    if (!f) {
        cannot_read(e, path);
        return NULL;
    }
    char *bytes = read_all(f, path, (double) most < fits ? most : (size_t) fits, size, e);
    fclose(f);
    return bytes;
}

char *file_read(const char *path, size_t *size, error *e)
{
    return file_read_most(path, SIZE_MAX / 4, size, e);
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

char *file_beside(const char *path, const char *end, error *e)
{
    char *target = target_of(path);
    char *name = target ? joined(target, strlen(target), end) : NULL;
    free(target);
    if (!name) file_cannot_write(e, path);
    return name;
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

bool file_is_regular(const char *path)
{
    struct stat st;
    return path && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool file_is_printed(const char *path)
{
    return file_is_regular(path) &&
           (file_same(path, "/dev/stdout") || file_same(path, "/dev/stderr"));
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

/* Is `path` still the name of this open file? */
static bool is_named(int fd, const char *path)
{
    struct stat opened, named;
    return fstat(fd, &opened) == 0 && lstat(path, &named) == 0 && same_inode(&opened, &named);
}

bool file_lock_stream(FILE *f)
{
    struct stat st;
    return fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode) || lock(fileno(f));
}

#if HAS_LOCKS
enum { SIGNED = 40 /* bytes that are enough for a process's number */ };

/* Write the process into the lock file, to be told to others; no loss if the disk is full. */
static void sign(int fd)
{
    char text[SIGNED];
    const int length = snprintf(text, sizeof text, "%ld\n", (long) getpid());
    if (ftruncate(fd, 0) != 0 || write(fd, text, (size_t) length) < 0) return;
}

static const char *signature(int fd, char text[SIGNED])
{
    const ssize_t length = pread(fd, text, SIGNED - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    return text;
}

static long signed_by(int fd) { return strtol(signature(fd, (char[SIGNED]){0}), NULL, 10); }

/* Could a run of ours have left this file, open under its only name? It has a process's number in it, at most. */
static bool is_lock_file(int fd)
{
    struct stat st;
    char text[SIGNED];
    const char *rest = signature(fd, text);
    rest += strspn(rest, "0123456789");
    rest += *rest == '\n';
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1 &&
           st.st_size == rest - text;
}
#endif

bool file_lock_take(file_lock *l, const char *path, error *e)
{
    *l = (file_lock){-1, NULL};
#if HAS_LOCKS
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) return true;
    char *name = file_beside(path, FILE_LOCK, e);
    if (!name) return false;
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

/* Can this file be replaced without doing more than its owner wants? */
static bool is_replaceable(const struct stat *old, const char *path, error *e)
{
    if (!S_ISREG(old->st_mode))
        return error_set(
            e,
            say("cannot write %s: it is no regular file; give another name",
                "%s 파일을 쓸 수 없습니다: 일반 파일이 아닙니다. 다른 이름을 주십시오"),
            path);
    if (old->st_nlink > 1)
        return error_set(
            e,
            say("cannot write %s: it is one of %lu hard links to a file, and the others would keep "
                "the old content; give another name",
                "%s 파일을 쓸 수 없습니다: 하드 링크 %lu개 가운데 하나라서 나머지에는 옛 내용이 "
                "남습니다. 다른 이름을 주십시오"),
            path, (unsigned long) old->st_nlink);
    /* Nobody may write it, even if root could. */
    if ((HAS_MODES && (old->st_mode & 0222) == 0) || access(path, W_OK) != 0)
        return error_set(e,
                         say("cannot write %s: it is read-only; allow it (chmod u+w) or give "
                             "another name",
                             "%s 파일을 쓸 수 없습니다: 읽기 전용입니다. chmod u+w로 허락하거나 "
                             "다른 이름을 주십시오"),
                         path);
    return true;
}

/* Give the new file the rights of the old one. */
static bool same_mode(int fd, const struct stat *old)
{
#if HAS_MODES
    return fchmod(fd, old->st_mode & 0777) == 0;
#else
    (void) fd;
    (void) old;
    return true;
#endif
}

/* Is this open file empty, or does it begin so, or as far as it goes? */
static bool begins_so(int fd, const char *begins)
{
    char text[64];
    const size_t n = strlen(begins);
    REQUIRE((int) n, <=, (int) sizeof text);
    const ssize_t length = pread(fd, text, n, 0);
    return length >= 0 && memcmp(text, begins, (size_t) length) == 0;
}

/* Remove a temporary file that a killed run has left; false if it is not one, or is being written. */
static bool remove_stale(const char *name, const char *path, const char *begins, error *e)
{
    const int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat st;
    bool good = true;
    if (fd < 0 && errno == ENOENT) return true;
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        good = is_in_the_way(e, path, name);
    else if (!lock(fd))
        good = file_is_taken(e, path, 0);
    else if (!begins_so(fd, begins))
        good = is_in_the_way(e, path, name);
    else if (is_named(fd, name) && unlink(name) != 0)
        good = file_cannot_write(e, name);
    if (fd >= 0) close(fd);
    return good;
}

/* Create the temporary file and lock it, so that no other run takes it for a stale one. Returns -1 on failure. */
static int create(const char *name, const char *path, const char *begins, error *e)
{
    for (;;) {
        const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
        const int fd = open(name, flags, 0666);
        if (fd < 0 && errno != EEXIST) {
            file_cannot_write(e, path);
            return -1;
        }
        if (fd < 0) {
            if (!remove_stale(name, path, begins, e)) return -1;
        } else {
            if (lock(fd) && is_named(fd, name)) return fd;
            close(fd); /* taken for stale by another run before it was locked */
        }
    }
}

bool file_begin(file_out *out, const char *path, const char *begins, error *e)
{
    struct stat old;
    *out = (file_out){NULL, NULL, NULL, NULL};
    const bool exists = stat(path, &old) == 0;
    if (exists && !is_replaceable(&old, path, e)) return false;
    char *target = target_of(path);
    out->path = joined(path, strlen(path), "");
    out->temporary = target ? joined(target, strlen(target), FILE_PART) : NULL;
    out->target = target;
    if (!out->path || !out->temporary) {
        file_cannot_write(e, path);
        file_discard(out);
        return false;
    }
    const int fd = create(out->temporary, path, begins, e);
    if (fd >= 0) {
        if (!exists || same_mode(fd, &old)) out->stream = fdopen(fd, "wb");
        if (out->stream) return true;
        file_cannot_write(e, path);
        unlink(out->temporary);
        close(fd);
    }
    file_discard(out);
    return false;
}

void file_discard(file_out *out)
{
    if (out->stream) {
        unlink(out->temporary); /* before the lock ends: now nobody else has this name */
        fclose(out->stream);
    }
    free(out->temporary);
    free(out->target);
    free(out->path);
    *out = (file_out){NULL, NULL, NULL, NULL};
}

/* Make the new name of a file survive a crash of the system. */
static bool sync_folder(const char *path)
{
#if HAS_FOLDER_SYNC
    const size_t length = folder_length(path);
    char *folder = length ? joined(path, length, "") : joined(".", 1, "");
    const int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    free(folder);
    if (fd < 0) return true; /* a folder that may be written but not read */
    const bool good = fsync(fd) == 0 || errno == EINVAL; /* some file systems cannot */
    const int why = errno;
    close(fd);
    errno = why;
    return good;
#else
    (void) path;
    return true;
#endif
}

bool file_commit(file_out *out, error *e)
{
    FILE *f = out->stream;
    const int before = errno; /* if a write before this has failed, this is why */
    bool good = fflush(f) == 0;
    if (good && ferror(f)) {
        errno = before ? before : EIO;
        good = false;
    }
    good = good && fsync(fileno(f)) == 0 && rename(out->temporary, out->target) == 0;
    if (!good) {
        file_cannot_write(e, out->path);
        file_discard(out);
        return false;
    }
    good = sync_folder(out->target) || file_cannot_write(e, out->path);
    fclose(f); /* only now, since it ends the lock */
    out->stream = NULL;
    file_discard(out);
    return good;
}
