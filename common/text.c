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

/* Files that are often given for texts: how they begin, what they are, and the command that makes a text of them.
 * UTF-32 comes before UTF-16, which begins in the same way. */
static const struct form {
    const char *begins;
    size_t bytes;
    const char *what, *command;
} form[] = {
    {"\xFF\xFE\0\0", 4, "UTF-32", "iconv -f UTF-32 -t UTF-8"},
    {"\0\0\xFE\xFF", 4, "UTF-32", "iconv -f UTF-32 -t UTF-8"},
    {"\xFF\xFE", 2, "UTF-16", "iconv -f UTF-16 -t UTF-8"},
    {"\xFE\xFF", 2, "UTF-16", "iconv -f UTF-16 -t UTF-8"},
    {"\x1F\x8B", 2, "gzip", "gunzip"},
    {"PK\3\4", 4, "zip", "unzip"},
    {"BZh91AY&SY", 10, "bzip2", "bunzip2"},
    {"\3757zXZ", 5, "xz", "unxz"},
    {"\x28\xB5\x2F\xFD", 4, "zstd", "unzstd"},
    {"7z\xBC\xAF\x27\x1C", 6, "7z", "7z x"},
    {"%PDF-", 5, "PDF", "pdftotext"},
};

static const struct form *form_of(const text *t)
{
    for (size_t i = 0; i < sizeof form / sizeof *form; i++)
        if (t->size >= form[i].bytes && memcmp(t->bytes, form[i].begins, form[i].bytes) == 0)
            return &form[i];
    return NULL;
}

static bool refuse_form(const char *name, const char *what, const char *command, error *e)
{
    return error_set(e,
                     say("%s: this is %s; convert with %s", "%s: %s입니다. %s 명령으로 바꾸십시오"),
                     name, what, command);
}

/* UTF-16 without a mark: of each pair of bytes it is always the same one that is 0, in at least one pair of 8. */
static const char *looks_like_utf16(const char *bytes, size_t size)
{
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < size; i++) zeros[i % 2] += bytes[i] == '\0';
    const size_t enough = size / 16 + 1;
    if (zeros[0] == 0 && zeros[1] >= enough) return "UTF-16LE";
    if (zeros[1] == 0 && zeros[0] >= enough) return "UTF-16BE";
    return NULL;
}

/* CP949, which is EUC-KR and more syllables: only pairs of bytes that it has, and half of them syllables of EUC-KR. Of other
 * bytes above 127, as in Latin-1, hardly any stand side by side. */
static bool looks_like_cp949(const char *bytes, size_t size)
{
    const unsigned char *s = (const unsigned char *) bytes;
    size_t pairs = 0, syllables = 0;
    for (size_t i = 0; i < size; i++) {
        if (s[i] < 0x80) continue;
        if (i + 1 == size) return false;
        const unsigned char first = s[i], second = s[++i];
        const bool letter = (second >= 'A' && second <= 'Z') || (second >= 'a' && second <= 'z');
        if (first == 0x80 || first == 0xFF || second == 0xFF || (second <= 0x80 && !letter))
            return false;
        pairs++;
        syllables += first >= 0xB0 && first <= 0xC8 && second >= 0xA1;
    }
    return pairs > 0 && syllables >= pairs / 2 + 1;
}

/* Windows-1252, which is Latin-1 and quotation marks: bytes that it has, and most of them alone among those of ASCII. */
static bool looks_like_latin(const char *bytes, size_t size)
{
    const unsigned char *s = (const unsigned char *) bytes;
    size_t high = 0, alone = 0;
    for (size_t i = 0; i < size; i++) {
        if (s[i] < 0x80) continue;
        if (memchr("\x81\x8D\x8F\x90\x9D", s[i], 5)) return false;
        high++;
        alone += (i == 0 || s[i - 1] < 0x80) && (i + 1 == size || s[i + 1] < 0x80);
    }
    return alone > high / 2;
}

/* Encodings of bytes that are no UTF-8 and have no NUL: what they look like, and the name that iconv has for it. */
static const struct guess {
    bool (*fits)(const char *bytes, size_t size);
    const char *what, *name;
} guesses[] = {{looks_like_cp949, "CP949, EUC-KR", "CP949"},
               {looks_like_latin, "Windows-1252, Latin-1", "WINDOWS-1252"}};

/* Say what is wrong with the byte `at` of t, which is no NUL and not UTF-16. */
static bool refuse_bytes(const text *t, size_t at, const char *name, error *e)
{
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++)
        if (guesses[i].fits(t->bytes, t->size))
            return error_set(
                e,
                say("%s: not UTF-8 at byte %zu; this looks like %s; convert with iconv -f %s -t "
                    "UTF-8",
                    "%s: %zu번째 바이트부터 UTF-8이 아닙니다. %s로 보입니다. iconv -f %s -t "
                    "UTF-8 명령으로 바꾸십시오"),
                name, at, guesses[i].what, guesses[i].name);
    return error_set(e,
                     say("%s: not UTF-8 at byte %zu; convert with iconv -f ENCODING -t UTF-8; "
                         "uchardet tells the encoding of a file",
                         "%s: %zu번째 바이트부터 UTF-8이 아닙니다. iconv -f 인코딩 -t UTF-8 "
                         "명령으로 바꾸십시오. 파일의 인코딩은 uchardet 명령이 알려 줍니다"),
                     name, at);
}

/* Say what is wrong with the byte `at` of t. */
static bool refuse(const text *t, size_t at, const char *name, error *e)
{
    char command[40];
    const bool nul = t->bytes[at] == '\0';
    const char *guess = looks_like_utf16(t->bytes, t->size);
    snprintf(command, sizeof command, "iconv -f %s -t UTF-8", guess ? guess : "");
    if (!guess && !nul) return refuse_bytes(t, at, name, e);
    if (!guess)
        return error_set(e,
                         say("%s: NUL at byte %zu; this is not a text",
                             "%s: %zu번째 바이트가 NUL입니다. 글이 아닙니다"),
                         name, at);
    if (!nul) return refuse_form(name, guess, command, e);
    return error_set(e,
                     say("%s: NUL at byte %zu; this looks like UTF-16; convert with %s",
                         "%s: %zu번째 바이트가 NUL입니다. UTF-16으로 보입니다. %s 명령으로 "
                         "바꾸십시오"),
                     name, at, command);
}

size_t text_valid(const char *bytes, size_t size)
{
    size_t at = 0;
    for (int n; at < size && bytes[at] != '\0'; at += (size_t) n)
        if (decode((const unsigned char *) bytes + at, size - at, &n) < 0) break;
    return at;
}

/* Check t->bytes, count its characters, leave out marks at the start and turn line ends into '\n', in place. */
static bool settle(text *t, const char *name, error *e)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const char *from = t->bytes, *end = from + t->size;
    char *to = t->bytes;
    t->length = 0;
    t->had_mark = false;
    if (t->size > INT_MAX)
        return error_set(e,
                         say("%s: too large; give a text below 2 GiB",
                             "%s: 너무 큽니다. 2 GiB보다 작은 글을 주십시오"),
                         name);
    const struct form *other = form_of(t);
    if (other) return refuse_form(name, other->what, other->command, e);
    const size_t valid = text_valid(t->bytes, t->size);
    if (valid < t->size) return refuse(t, valid, name, e);
    for (; end - from >= 3 && memcmp(from, mark, 3) == 0; from += 3) t->had_mark = true;
    while (from < end) {
        const char c = *from++;
        if (c == '\r' && from < end && *from == '\n') from++;
        *to++ = c == '\r' ? '\n' : c;
        t->length += (c & 0xC0) != 0x80; /* the first byte of a character */
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

static bool settle_or_free(text *t, const char *name, error *e)
{
    if (settle(t, name, e)) return true;
    text_free(t);
    return false;
}

bool text_read(text *t, const char *path, error *e)
{
    t->bytes = file_read_most(path, INT_MAX, &t->size, e);
    return t->bytes && settle_or_free(t, path, e);
}

bool text_from_bytes(text *t, const char *bytes, size_t size, const char *name, error *e)
{
    t->size = size;
    t->bytes = malloc(size + 1);
    if (!t->bytes) return error_no_memory(e);
    memcpy(t->bytes, bytes, size);
    t->bytes[size] = '\0';
    return settle_or_free(t, name, e);
}

bool text_from(text *t, const char *utf8, const char *name, error *e)
{
    return text_from_bytes(t, utf8, strlen(utf8), name, e);
}

void text_free(text *t)
{
    free(t->bytes);
    *t = (text){0};
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
    else if ((c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
             c == 0x200F || c == 0x061C || c == 0xFEFF)
        snprintf(out, TEXT_ROOM, "\\u%04x", (unsigned) c);
    else
        text_put(out, c);
    return out;
}

/* The visible form of what is at s, a character or a byte that is none; *bytes gets how many it takes. */
static size_t show_next(char *out, const char *s, int *bytes)
{
    const int32_t c = decode((const unsigned char *) s, 4, bytes);
    if (c >= 0) {
        text_show(out, (uint32_t) c);
    } else {
        *bytes = 1;
        snprintf(out, TEXT_ROOM, "\\x%02x", (unsigned) (unsigned char) *s);
    }
    return strlen(out);
}

const char *text_shown(char *out, size_t room, const char *word)
{
    static const char gap[] = "…";
    const size_t most = room - sizeof gap; /* of the two ends of a long word together */
    char one[TEXT_ROOM];
    size_t total = 0, used = 0, done = 0;
    bool left_out = false;
    int bytes;
    for (const char *at = word; *at; at += bytes) total += show_next(one, at, &bytes);
    for (const char *at = word; *at; at += bytes) {
        const size_t n = show_next(one, at, &bytes);
        if (total < room || done + n <= most / 2 || total - done <= most / 2) {
            memcpy(out + used, one, n);
            used += n;
        } else if (!left_out) {
            memcpy(out + used, gap, sizeof gap - 1);
            used += sizeof gap - 1;
            left_out = true;
        }
        done += n;
    }
    out[used] = '\0';
    return out;
}

/* Is c a part of a decomposed character: a jamo that joins others, an accent, a Japanese voicing mark? */
static bool is_part(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97F) ||
           (c >= 0xD7B0 && c <= 0xD7FF) || (c >= 0x0300 && c <= 0x036F) || c == 0x3099 ||
           c == 0x309A;
}

bool text_decomposed(const char *word)
{
    while (*word)
        if (is_part(text_next(&word))) return true;
    return false;
}

/* Is there a character with another form, decomposed: a Hangul syllable, a letter with an accent, kana? */
static bool is_composed(const char *word)
{
    while (*word) {
        const uint32_t c = text_next(&word);
        if ((c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xC0 && c <= 0x24F) ||
            (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0x3040 && c <= 0x30FF))
            return true;
    }
    return false;
}

const char *text_hint(const char *word, bool decomposed)
{
    if (decomposed && is_composed(word) && !text_decomposed(word))
        return say(
            "; the network learned decomposed characters (NFD), the text is composed: "
            "convert it first, for example with uconv -x nfd",
            ". 완성형 글이고 신경망은 풀어쓴 문자(NFD)를 배웠습니다. 먼저 uconv -x nfd 등으로 "
            "바꾸십시오");
    if (!decomposed && text_decomposed(word))
        return say("; the text is decomposed (NFD), the network learned composed characters: "
                   "convert it first, for example with uconv -x nfc",
                   ". 풀어쓴 글(NFD)이고 신경망은 완성형 문자를 배웠습니다. 먼저 "
                   "uconv -x nfc 등으로 바꾸십시오");
    return "";
}
