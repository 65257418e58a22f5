/* say.c: messages in two languages, numbers and errors. See say.h. */
#include "say.h"

#include "text.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The global state of a program: its language and its name. */
static bool korean = false;
static const char *speaker = NULL;

bool say_language(const char *lang)
{
    if (!lang) {
        static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            const char *value = getenv(names[i]);
            if (!value || !*value) continue;
            /* ko, ko_KR.UTF-8, ko.UTF-8; but kok is Konkani, of India */
            korean = strncmp(value, "ko", 2) == 0 && !isalpha((unsigned char) value[2]);
            return true;
        }
        korean = false;
        return true;
    }
    if (strcmp(lang, "en") != 0 && strcmp(lang, "ko") != 0) return false;
    korean = strcmp(lang, "ko") == 0;
    return true;
}

const char *say(const char *en, const char *ko) { return korean ? ko : en; }

#ifdef __GNUC__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#endif

/* Print the next value, no string, by its conversion: `one` is "%", flags, and the letters of its type. */
static void put_value(char *to, size_t room, const char *one, va_list *values)
{
#define AS(type) snprintf(to, room, one, va_arg(*values, type))
    const size_t end = strlen(one) - 1;
    const bool is_signed = one[end] == 'd' || one[end] == 'i';
    const char size = one[end - 1];
    if (one[end] == '%')
        snprintf(to, room, "%%");
    else if (strchr("eEfFgGaA", one[end]))
        AS(double);
    else if (size == 'z')
        AS(size_t);
    else if (size == 't')
        AS(ptrdiff_t);
    else if (size == 'j')
        is_signed ? AS(intmax_t) : AS(uintmax_t);
    else if (size == 'l' && one[end - 2] == 'l')
        is_signed ? AS(long long) : AS(unsigned long long);
    else if (size == 'l')
        is_signed ? AS(long) : AS(unsigned long);
    else
        is_signed || one[end] == 'c' ? AS(int) : AS(unsigned);
#undef AS
}

bool error_set(error *e, const char *format, ...)
{
    char line[sizeof e->text]; /* the old text may be one of the values */
    size_t used = 0;
    va_list values;
    va_start(values, format);
    for (const char *at = format; *at && used + TEXT_SHOWN_ROOM < sizeof line;) {
        char one[16] = "";
        if (*at != '%') {
            line[used++] = *at++;
            continue;
        }
        const size_t n = strcspn(at + 1, "diuxXeEfFgGaAcs%") + 2;
        if (at[n - 1] == 's') {
            text_shown(line + used, TEXT_SHOWN_ROOM, va_arg(values, const char *));
        } else {
            memcpy(one, at, n < sizeof one ? n : sizeof one - 1);
            put_value(line + used, TEXT_SHOWN_ROOM, one, &values);
        }
        used += strlen(line + used);
        at += n;
    }
    va_end(values);
    line[used] = '\0';
    memcpy(e->text, line, used + 1);
    return false;
}

const char *error_reason(void)
{
    return errno ? strerror(errno)
                 : say("an earlier read or write failed", "앞서 읽거나 쓰지 못했습니다");
}

bool error_no_memory(error *e)
{
    return error_set(e, "%s", say("not enough memory", "메모리가 모자랍니다"));
}

const char *num_text(char *out, const char *format, double x)
{
    if (isnan(x)) return strcpy(out, "nan");
    if (isinf(x)) return strcpy(out, x > 0 ? "inf" : "-inf");
    snprintf(out, NUM_ROOM, format, x);
    return out;
}

#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif

int say_error(const char *program, const error *e)
{
    fflush(stdout);
    fprintf(stderr, "%s: %s\n", program, e->text);
    return EXIT_FAILURE;
}

void say_program(const char *program) { speaker = program; }

void *need(void *p)
{
    if (!p) {
        error e;
        error_no_memory(&e);
        if (speaker) exit(say_error(speaker, &e));
        fflush(stdout);
        fprintf(stderr, "%s\n", e.text);
        exit(EXIT_FAILURE);
    }
    return p;
}

int say_done(const char *program, int status)
{
    error e;
    const bool failed = ferror(stdout) != 0;
    errno = 0; /* of an earlier failure nothing else may be left */
    if ((fclose(stdout) == 0 && !failed) || status > SAY_SIGNALS) return status;
    error_set(&e, say("cannot write the output: %s", "출력을 쓸 수 없습니다: %s"), error_reason());
    fprintf(stderr, "%s: %s\n", program, e.text);
    return EXIT_FAILURE;
}
