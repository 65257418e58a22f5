/* npy.c: records that NumPy opens. See npy.h. */
#include "npy.h"

#include "file.h"
#include "require.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_ROOM = 8192, NAME_ROOM = 32 };

static const char MAGIC[] = "\x93NUMPY\x01"; /* with version 1.0, whose last byte is the NUL */

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
        n += snprintf(head + n, sizeof head - (size_t) n, "('%s', '<%c%d'", field[i].name,
                      field[i].type, field[i].bytes);
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
    if (!file_begin(&out, path, e)) return false;
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

/* Parse one field of the header: ('name', '<f8', (rows, cols)), where the shape is optional. */
static bool read_field(const char **at, npy_field *f, char *name)
{
    if (!skip(at, "('")) return false;
    size_t n = 0;
    while (**at != '\'' && **at != '\0' && n < NAME_ROOM - 1) name[n++] = *(*at)++;
    name[n] = '\0';
    *f = (npy_field){name, 0, 0, 0, 0, NULL};
    if (!skip(at, "',") || !skip(at, "'<")) return false;
    f->type = **at;
    if ((f->type != 'f' && f->type != 'i' && f->type != 'u') || !*(*at)++) return false;
    if (!read_int(at, &f->bytes) || f->bytes < 1 || f->bytes > 8 || !skip(at, "'")) return false;
    if (skip(at, ", (")) {
        if (!read_int(at, &f->rows) || f->rows < 1 || !skip(at, ",")) return false;
        if (!skip(at, ")") && (!read_int(at, &f->cols) || f->cols < 1 || !skip(at, ")")))
            return false;
    }
    return skip(at, ")");
}

static bool read_head(npy *r, const char *head)
{
    const char *at = head;
    if (!skip(&at, "{'descr': [")) return false;
    while (!skip(&at, "]")) {
        if (r->fields == NPY_FIELDS) return false;
        if (!read_field(&at, &r->field[r->fields], r->names + r->fields * NAME_ROOM)) return false;
        r->fields++;
        skip(&at, ",");
    }
    return skip(&at, ", 'fortran_order': False, 'shape': (), }");
}

npy *npy_read(const char *path, error *e)
{
    size_t size = 0;
    npy *r = calloc(1, sizeof *r);
    if (r) {
        r->field = calloc(NPY_FIELDS, sizeof *r->field);
        r->names = calloc(NPY_FIELDS, NAME_ROOM);
    }
    if (!r || !r->field || !r->names) {
        error_set(e, say("%s: not enough memory", "%s: 메모리가 모자랍니다"), path);
        npy_free(r);
        return NULL;
    }
    r->bytes = file_read(path, &size, e);
    if (!r->bytes) {
        npy_free(r);
        return NULL;
    }
    const size_t before = sizeof MAGIC + 2;
    const unsigned char *b = (const unsigned char *) r->bytes;
    bool good = size >= before && memcmp(r->bytes, MAGIC, sizeof MAGIC) == 0;
    size_t at = good ? before + b[before - 2] + 256u * b[before - 1] : 0;
    if (good && at <= size && at > before) {
        r->bytes[at - 1] = '\0'; /* replaces the header's line end */
        good = read_head(r, r->bytes + before);
    } else {
        good = false;
    }
    if (!good) {
        error_set(
            e,
            say("%s: not a checkpoint of this program", "%s: 이 프로그램의 체크포인트가 아닙니다"),
            path);
        npy_free(r);
        return NULL;
    }
    for (int i = 0; i < r->fields && good; i++) {
        const npy_field *f = &r->field[i];
        good = count_of(f) <= (size - at) / (size_t) f->bytes;
        if (!good) break;
        r->field[i].data = r->bytes + at;
        to_native((unsigned char *) r->bytes + at, count_of(f), (size_t) f->bytes);
        at += count_of(f) * (size_t) f->bytes;
    }
    if (good && at == size) return r;
    error_set(e,
              good ? say("%s: longer than its head says; it is damaged",
                         "%s: 머리말에 적힌 것보다 깁니다. 파일이 상했습니다")
                   : say("%s: cut short; it is damaged", "%s: 끝이 잘렸습니다. 파일이 상했습니다"),
              path);
    npy_free(r);
    return NULL;
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
