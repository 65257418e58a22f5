/* text.c: UTF-8 texts. See text.h. */
#include "text.h"

#include "file.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Decode the character at s; `left` bytes are left, and *bytes gets how many it takes. Returns -1 if s
 * is not UTF-8: a stray or missing continuation byte, an overlong form, a surrogate, above 10FFFF. */
static int32_t decode(const unsigned char *s, size_t left, int *bytes)
{
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const int n = s[0] < 0x80   ? 1
                  : s[0] < 0xC0 ? 0
                  : s[0] < 0xE0 ? 2
                  : s[0] < 0xF0 ? 3
                  : s[0] < 0xF8 ? 4
                                : 0;
    if (n == 0 || (size_t) n > left) return -1;
    int32_t c = n == 1 ? s[0] : s[0] & (0xFF >> (n + 1));
    for (int i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80) return -1;
        c = c << 6 | (s[i] & 0x3F);
    }
    if (c < least[n] || c >= TEXT_CODES || (c >= 0xD800 && c < 0xE000)) return -1;
    *bytes = n;
    return c;
}

/* Check t->bytes, count its characters and turn every line end into one '\n', in place. */
static bool settle(text *t, const char *name, error *e)
{
    const unsigned char *from = (const unsigned char *) t->bytes, *end = from + t->size;
    char *to = t->bytes;
    t->length = 0;
    if (t->size > INT_MAX)
        return error_set(e,
                         say("%s: too large; give a text below 2 GiB",
                             "%s: 너무 큽니다. 2 GiB보다 작은 글을 주십시오"),
                         name);
    while (from < end) {
        int n;
        if (decode(from, (size_t) (end - from), &n) < 0)
            return error_set(
                e,
                say("%s: not UTF-8 at byte %td; convert it first, for example with iconv",
                    "%s: %td번째 바이트부터 UTF-8이 아닙니다. iconv 등으로 먼저 바꾸십시오"),
                name, from - (const unsigned char *) t->bytes);
        if (*from == '\r') {
            from += end - from > 1 && from[1] == '\n' ? 2 : 1;
            *to++ = '\n';
        } else {
            for (; n > 0; n--) *to++ = (char) *from++;
        }
        t->length++;
    }
    *to = '\0';
    t->size = (size_t) (to - t->bytes);
    if (t->length == 0)
        return error_set(e,
                         say("%s: empty; there is nothing to learn from",
                             "%s: 비어 있습니다. 배울 글이 없습니다"),
                         name);
    return true;
}

bool text_read(text *t, const char *path, error *e)
{
    t->bytes = file_read(path, &t->size, e);
    if (!t->bytes) return false;
    if (settle(t, path, e)) return true;
    text_free(t);
    return false;
}

bool text_from(text *t, const char *utf8, const char *name, error *e)
{
    t->size = strlen(utf8);
    t->bytes = malloc(t->size + 1);
    if (!t->bytes) return error_no_memory(e);
    memcpy(t->bytes, utf8, t->size + 1);
    if (settle(t, name, e)) return true;
    text_free(t);
    return false;
}

void text_free(text *t)
{
    free(t->bytes);
    *t = (text){NULL, 0, 0};
}

uint32_t text_next(const char **at)
{
    int n = 1;
    const int32_t c = decode((const unsigned char *) *at, 4, &n); /* settle() checked it */
    *at += n;
    return (uint32_t) c;
}

int text_put(char *out, uint32_t c)
{
    const int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int i = n - 1; i > 0; i--) {
        out[i] = (char) (0x80 | (c & 0x3F));
        c >>= 6;
    }
    out[0] = (char) (n == 1 ? c : (0xF00u >> n & 0xFFu) | c);
    out[n] = '\0';
    return n;
}

const char *text_show(char *out, uint32_t c)
{
    if (c == '\n') return strcpy(out, "\\n");
    if (c == '\t') return strcpy(out, "\\t");
    if (c < 0x20 || (c >= 0x7F && c < 0xA0))
        snprintf(out, TEXT_ROOM, "\\x%02x", (unsigned) c);
    else if (c == 0x2028 || c == 0x2029 || c == 0xFEFF)
        snprintf(out, TEXT_ROOM, "\\u%04x", (unsigned) c);
    else
        text_put(out, c);
    return out;
}
