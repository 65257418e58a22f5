/* say.c: messages in two languages, numbers and errors. See say.h. */
#include "say.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
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

bool error_set(error *e, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(e->text, sizeof e->text, format, values);
    va_end(values);
    return false;
}

bool error_no_memory(error *e)
{
    return error_set(e, "%s", say("not enough memory", "메모리가 모자랍니다"));
}

const char *num_text(char *text, const char *format, double x)
{
    if (isnan(x)) return strcpy(text, "nan");
    if (isinf(x)) return strcpy(text, x > 0 ? "inf" : "-inf");
#ifdef __GNUC__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#endif
    snprintf(text, NUM_ROOM, format, x);
#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif
    return text;
}

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
    const bool failed = ferror(stdout) != 0; /* then errno is no longer of that failure */
    errno = 0;
    if ((fclose(stdout) == 0 && !failed) || status > SAY_SIGNALS) return status;
    fprintf(stderr, say("%s: cannot write the output%s%s\n", "%s: 출력을 쓸 수 없습니다%s%s\n"),
            program, errno ? ": " : "", errno ? strerror(errno) : "");
    return EXIT_FAILURE;
}
