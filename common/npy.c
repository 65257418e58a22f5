/* npy.c: records that NumPy opens. See npy.h. */
#include "npy.h"

#include "file.h"
#include "hash.h"
#include "require.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_ROOM = 8192, NAME_ROOM = 32 };

static const char MAGIC[] = NPY_BEGINS "\x01"; /* with version 1.0, whose last byte is the NUL */
enum { MAGIC_SIZE = sizeof NPY_BEGINS - 1 };   /* without the version */

/* Why a head is refused. */
enum { HEAD_GOOD, HEAD_FOREIGN, HEAD_BIG_ENDIAN };

/* Is this machine little-endian, as the file always is? */
static bool little_endian(void)
{
    const uint16_t one = 1;
    return *(const unsigned char *) &one == 1;
}

static size_t count_of(const npy_field *f)
{
    return (size_t) (f->rows ? f->rows : 1) * (size_t) (f->cols ? f->cols : 1);
}

uint64_t npy_hash(const npy_field *field, int fields)
{
    uint64_t h = HASH_START;
    for (int i = 0; i < fields; i++) {
        const size_t each = (size_t) field[i].bytes, count = count_of(&field[i]);
        const unsigned char *v = field[i].data;
        char what[80]; /* a changed name or shape is a changed file, too */
        const int n = snprintf(what, sizeof what, "%s %c%d (%d, %d)\n", field[i].name,
                               field[i].type, field[i].bytes, field[i].rows, field[i].cols);
        REQUIRE(n, <, (int) sizeof what);
        h = hash_bytes(h, what, (size_t) n);
        if (little_endian())
            h = hash_bytes(h, v, each * count);
        else
            for (size_t k = 0; k < count; k++)
                for (size_t b = each; b-- > 0;) h = hash_bytes(h, &v[k * each + b], 1);
    }
    return h;
}

static void write_field(const npy_field *f, FILE *out)
{
    const size_t each = (size_t) f->bytes, count = count_of(f);
    const unsigned char *v = f->data;
    if (little_endian())
        fwrite(v, each, count, out);
    else
        for (size_t i = 0; i < count; i++)
            for (size_t b = each; b-- > 0;) putc(v[i * each + b], out);
}

/* Convert the numbers at v from the file's byte order to this machine's. */
static void to_native(unsigned char *v, size_t count, size_t each)
{
    if (little_endian()) return;
    for (size_t i = 0; i < count; i++)
        for (size_t b = 0; b < each / 2; b++) {
            const unsigned char c = v[i * each + b];
            v[i * each + b] = v[(i + 1) * each - 1 - b];
            v[(i + 1) * each - 1 - b] = c;
        }
}

bool npy_write(const char *path, const npy_field *field, int fields, error *e)
{
    char head[HEAD_ROOM];
    REQUIRE(fields, <=, NPY_FIELDS);
    int n = snprintf(head, sizeof head, "{'descr': [");
    for (int i = 0; i < fields; i++) {
        REQUIRE((int) strlen(field[i].name), <, NAME_ROOM);
        REQUIRE(n, <, HEAD_ROOM - 200);
        n += snprintf(head + n, sizeof head - (size_t) n, "('%s', '%c%c%d'", field[i].name,
                      field[i].bytes == 1 ? '|' : '<', field[i].type, field[i].bytes);
        if (field[i].cols)
            n += snprintf(head + n, sizeof head - (size_t) n, ", (%d, %d)", field[i].rows,
                          field[i].cols);
        else if (field[i].rows)
            n += snprintf(head + n, sizeof head - (size_t) n, ", (%d,)", field[i].rows);
        n += snprintf(head + n, sizeof head - (size_t) n, "), ");
    }
    n += snprintf(head + n, sizeof head - (size_t) n, "], 'fortran_order': False, 'shape': (), }");
    while ((sizeof MAGIC + 2 + (size_t) n + 1) % 64 != 0) head[n++] = ' ';
    head[n++] = '\n';

    file_out out;
    if (!file_begin(&out, path, NPY_BEGINS, e)) return false;
    const unsigned char length[2] = {(unsigned char) (n & 0xFF), (unsigned char) (n >> 8)};
    fwrite(MAGIC, 1, sizeof MAGIC, out.stream);
    fwrite(length, 1, sizeof length, out.stream);
    fwrite(head, 1, (size_t) n, out.stream);
    for (int i = 0; i < fields; i++) write_field(&field[i], out.stream);
    return file_commit(&out, e); /* fails if any of these writes did */
}

/* Skip spaces and then `word` at *at; false if it is not there. */
static bool skip(const char **at, const char *word)
{
    const size_t n = strlen(word);
    while (**at == ' ') (*at)++;
    if (strncmp(*at, word, n) != 0) return false;
    *at += n;
    return true;
}

static bool read_int(const char **at, int *x)
{
    long value = 0;
    while (**at == ' ') (*at)++;
    if (**at < '0' || **at > '9') return false;
    while (**at >= '0' && **at <= '9') {
        value = value * 10 + (*(*at)++ - '0');
        if (value > INT32_MAX) return false;
    }
    *x = (int) value;
    return true;
}

/* Parse a name in quotes: letters, digits and _. */
static bool read_name(const char **at, char *name)
{
    size_t n = 0;
    if (!skip(at, "'")) return false;
    for (; isalnum((unsigned char) **at) || **at == '_'; (*at)++) {
        if (n == NAME_ROOM - 1) return false;
        name[n++] = **at;
    }
    name[n] = '\0';
    return n > 0 && skip(at, "'");
}

/* Parse one field of the header: ('name', '<f8', (rows, cols)), where the shape is optional. */
static int read_field(const char **at, npy_field *f, char *name)
{
    *f = (npy_field){name, 0, 0, 0, 0, NULL};
    if (!skip(at, "(") || !read_name(at, name) || !skip(at, ",") || !skip(at, "'"))
        return HEAD_FOREIGN;
    const char order = *(*at)++;
    f->type = order ? *(*at)++ : '\0';
    if ((f->type != 'f' && f->type != 'i' && f->type != 'u') || !read_int(at, &f->bytes) ||
        f->bytes < 1 || f->bytes > 8 || !skip(at, "'"))
        return HEAD_FOREIGN;
    if (order == '>') return HEAD_BIG_ENDIAN;
    if (order != '<' && (order != '|' || f->bytes != 1)) return HEAD_FOREIGN;
    if (skip(at, ",") && skip(at, "(")) {
        if (!read_int(at, &f->rows) || f->rows < 1 || !skip(at, ",")) return HEAD_FOREIGN;
        if (!skip(at, ")") && (!read_int(at, &f->cols) || f->cols < 1 || !skip(at, ")")))
            return HEAD_FOREIGN;
    }
    return skip(at, ")") ? HEAD_GOOD : HEAD_FOREIGN;
}

static int read_head(npy *r, const char *head)
{
    const char *at = head;
    if (!skip(&at, "{") || !skip(&at, "'descr'") || !skip(&at, ":") || !skip(&at, "["))
        return HEAD_FOREIGN;
    while (!skip(&at, "]")) {
        char *name = r->names + r->fields * NAME_ROOM;
        if (r->fields == NPY_FIELDS) return HEAD_FOREIGN;
        const int found = read_field(&at, &r->field[r->fields], name);
        if (found != HEAD_GOOD) return found;
        for (int i = 0; i < r->fields; i++)
            if (strcmp(r->field[i].name, name) == 0) return HEAD_FOREIGN;
        r->fields++;
        if (!skip(&at, ",") && *at != ']') return HEAD_FOREIGN;
    }
    static const char *const rest[] = {
        ",", "'fortran_order'", ":", "False", ",", "'shape'", ":", "(", ")"};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        if (!skip(&at, rest[i])) return HEAD_FOREIGN;
    skip(&at, ",");
    return skip(&at, "}") && skip(&at, "\n") && *at == '\0' ? HEAD_GOOD : HEAD_FOREIGN;
}

/* The offset of the data, behind the head; *before gets that of the head. 0 if there is no whole head. Version 1.0
 * has two bytes for the length of the head, 2.0 and 3.0 have four. */
static size_t data_offset(const char *bytes, size_t size, size_t *before)
{
    const unsigned char *b = (const unsigned char *) bytes;
    if (size < MAGIC_SIZE + 6 || memcmp(bytes, MAGIC, MAGIC_SIZE) != 0) return 0;
    const int version = b[MAGIC_SIZE];
    if (version < 1 || version > 3 || b[MAGIC_SIZE + 1] != 0) return 0;
    uint32_t length = b[8] | (uint32_t) b[9] << 8;
    if (version > 1) length |= (uint32_t) b[10] << 16 | (uint32_t) b[11] << 24;
    *before = version > 1 ? 12 : 10;
    return length > 0 && length <= size - *before ? *before + length : 0;
}

static bool refuse_head(const char *path, int why, error *e)
{
    return error_set(
        e,
        why == HEAD_BIG_ENDIAN
            ? say("%s: its numbers are big-endian (>); save them as little-endian (<)",
                  "%s: 수의 바이트 순서가 빅 엔디언(>)입니다. 리틀 엔디언(<)으로 저장하십시오")
            : say("%s: not a checkpoint of this program",
                  "%s: 이 프로그램의 체크포인트가 아닙니다"),
        path);
}

/* Set the fields of r from its bytes. */
static bool parse(npy *r, size_t size, const char *path, error *e)
{
    size_t before = 0, at = data_offset(r->bytes, size, &before);
    if (at == 0) return refuse_head(path, HEAD_FOREIGN, e);
    char *head = malloc(at - before + 1);
    if (!head) return error_no_memory(e);
    memcpy(head, r->bytes + before, at - before);
    head[at - before] = '\0';
    const int why = strlen(head) == at - before ? read_head(r, head) : HEAD_FOREIGN;
    free(head);
    if (why != HEAD_GOOD) return refuse_head(path, why, e);
    for (int i = 0; i < r->fields; i++) {
        npy_field *f = &r->field[i];
        const uint64_t count =
            (uint64_t) (f->rows ? f->rows : 1) * (uint64_t) (f->cols ? f->cols : 1);
        if (count > (size - at) / (size_t) f->bytes)
            return error_set(
                e, say("%s: cut short; it is damaged", "%s: 끝이 잘렸습니다. 파일이 상했습니다"),
                path);
        f->data = r->bytes + at;
        to_native((unsigned char *) r->bytes + at, count_of(f), (size_t) f->bytes);
        at += count_of(f) * (size_t) f->bytes;
    }
    if (at == size) return true;
    return error_set(e,
                     say("%s: longer than its head says; it is damaged",
                         "%s: 머리말에 적힌 것보다 깁니다. 파일이 상했습니다"),
                     path);
}

npy *npy_from_bytes(char *bytes, size_t size, const char *path, error *e)
{
    npy *r = calloc(1, sizeof *r);
    if (!r) {
        free(bytes);
        error_no_memory(e);
        return NULL;
    }
    r->bytes = bytes;
    r->field = calloc(NPY_FIELDS, sizeof *r->field);
    r->names = calloc(NPY_FIELDS, NAME_ROOM);
    if (r->field && r->names ? parse(r, size, path, e) : error_no_memory(e)) return r;
    npy_free(r);
    return NULL;
}

npy *npy_read(const char *path, error *e)
{
    size_t size = 0;
    char *bytes = file_read(path, &size, e);
    return bytes ? npy_from_bytes(bytes, size, path, e) : NULL;
}

void npy_free(npy *r)
{
    if (!r) return;
    free(r->bytes);
    free(r->field);
    free(r->names);
    free(r);
}

const npy_field *npy_find(const npy *r, const char *name, char type, int bytes)
{
    for (int i = 0; i < r->fields; i++)
        if (strcmp(r->field[i].name, name) == 0 && r->field[i].type == type &&
            r->field[i].bytes == bytes)
            return &r->field[i];
    return NULL;
}

bool npy_get(const npy *r, const npy_field *want)
{
    const npy_field *f = npy_find(r, want->name, want->type, want->bytes);
    if (!f || f->rows != want->rows || f->cols != want->cols) return false;
    memcpy(want->data, f->data, count_of(f) * (size_t) f->bytes);
    return true;
}
