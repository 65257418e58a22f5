/* args.c: the command line. See args.h. */
#define _POSIX_C_SOURCE 200809L

#include "args.h"

#include "require.h"
#include "version.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *operand_of(args_kind kind)
{
    switch (kind) {
    case ARGS_INT:
        return " N";
    case ARGS_SEED:
        return " N";
    case ARGS_REAL:
        return " X";
    case ARGS_TEXT:
    case ARGS_CHOICE:
        return " TEXT";
    case ARGS_FILE:
        return " FILE";
    case ARGS_FLAG:
    case ARGS_ROWS:
    case ARGS_END:
        break;
    }
    return "";
}

static void print_default(const args_option *o)
{
    const char *const *text = (const char *const *) o->value;
    const args_choice *choice = o->value;
    switch (o->kind) {
    case ARGS_INT:
        printf(" [%d]", *(const int *) o->value);
        break;
    case ARGS_SEED:
        printf(" [%lu]", (unsigned long) *(const uint32_t *) o->value);
        break;
    case ARGS_REAL:
        printf(" [%s]", NUM("%g", *(const double *) o->value));
        break;
    case ARGS_TEXT:
    case ARGS_FILE:
        if (*text) printf(" [%s]", *text);
        break;
    case ARGS_CHOICE:
        printf(" [%s]", choice->words[*choice->index]);
        break;
    case ARGS_FLAG:
    case ARGS_ROWS:
    case ARGS_END:
        break;
    }
    putchar('\n');
}

static void print_rows(const args_option *o)
{
    for (; o->kind != ARGS_END; o++) {
        if (o->kind == ARGS_ROWS) {
            print_rows(o->value);
            continue;
        }
        const int width = 24 - (int) strlen(o->name);
        printf("  --%s%-*s %s", o->name, width > 0 ? width : 0, operand_of(o->kind),
               say(o->en, o->ko));
        print_default(o);
    }
}

static void print_help(const args *a)
{
    printf(say("usage: %s [OPTION]...%s%s\n\n%s\n\n", "사용법: %s [옵션]...%s%s\n\n%s\n\n"),
           a->program, *a->operands ? " " : "", a->operands, say(a->en, a->ko));
    print_rows(a->options);
    printf("  --%-24s %s\n", "lang en|ko",
           say("language of the messages [the locale's]", "메시지의 언어 [로캘을 따름]"));
    printf("  --%-24s %s\n", "help", say("print this and exit", "이 도움말을 보이고 끝냄"));
    printf("  --%-24s %s\n", "version", say("print the version and exit", "판을 보이고 끝냄"));
}

static const char *skip_digits(const char *at) { return at + strspn(at, "0123456789"); }

/* Is the whole text a decimal number: 7, -7, and if not whole 0.5, .5, 5., 1e-3? strtod() reads more than these: spaces
 * before it, 0x10, nan, inf. */
static bool is_decimal(const char *text, bool whole)
{
    const char *digits = text + (*text == '-' || *text == '+'), *at = skip_digits(digits);
    size_t count = (size_t) (at - digits);
    if (!whole && *at == '.') {
        digits = at + 1;
        at = skip_digits(digits);
        count += (size_t) (at - digits);
    }
    if (!whole && (*at == 'e' || *at == 'E')) {
        digits = at + 1 + (at[1] == '-' || at[1] == '+');
        at = skip_digits(digits);
        if (at == digits) return false;
    }
    return count > 0 && *at == '\0';
}

/* Parse a number from least to most. One that is too small for a double, but not 0, is none. */
static bool number(const char *text, double least, double most, bool whole, double *x)
{
    errno = 0;
    *x = is_decimal(text, whole) ? strtod(text, NULL) : NAN;
    return *x >= least && *x <= most && !(*x == 0 && errno == ERANGE);
}

static bool choose(const args_option *o, const char *text, error *e)
{
    const args_choice *c = o->value;
    for (int k = 0; c->words[k]; k++)
        if (strcmp(text, c->words[k]) == 0) {
            *c->index = k;
            return true;
        }
    return error_set(e, say("--%s %s: give %s", "--%s %s: %s 주십시오"), o->name, text,
                     say(c->en, c->ko));
}

static bool set(const args_option *o, const char *text, error *e)
{
    const bool whole = o->kind == ARGS_INT || o->kind == ARGS_SEED;
    const double least = o->kind == ARGS_SEED ? 0 : o->least,
                 most = o->kind == ARGS_SEED ? UINT32_MAX : o->most;
    double x = 0;
    switch (o->kind) {
    case ARGS_INT:
    case ARGS_SEED:
    case ARGS_REAL:
        if (!number(text, least, most, whole, &x)) {
            return error_set(e,
                             whole ? say("--%s %s: give a whole number from %s to %s",
                                         "--%s %s: %s부터 %s까지의 정수를 주십시오")
                                   : say("--%s %s: give a number from %s to %s",
                                         "--%s %s: %s부터 %s까지의 수를 주십시오"),
                             o->name, text, NUM("%.10g", least), NUM("%.10g", most));
        }
        if (o->kind == ARGS_INT) *(int *) o->value = (int) x;
        if (o->kind == ARGS_SEED) *(uint32_t *) o->value = (uint32_t) x;
        if (o->kind == ARGS_REAL) *(double *) o->value = x;
        break;
    case ARGS_FILE:
        if (!*text)
            return error_set(e, say("--%s: give a file's name", "--%s: 파일 이름을 주십시오"),
                             o->name);
        *(const char **) o->value = text;
        break;
    case ARGS_TEXT:
        *(const char **) o->value = text;
        break;
    case ARGS_CHOICE:
        return choose(o, text, e);
    case ARGS_FLAG:
    case ARGS_ROWS:
    case ARGS_END:
        break;
    }
    return true;
}

/* The value of the option `name` if argv[*i] is that option, else NULL. Advances *i if the value is an
 * argument of its own; sets *missing if there is no value. */
static const char *value_of(int argc, char **argv, int *i, const char *name, bool *missing)
{
    const size_t n = strlen(name);
    const char *at = argv[*i] + 2;
    if (strncmp(at, name, n) != 0) return NULL;
    if (at[n] == '=') return at + n + 1;
    if (at[n] != '\0') return NULL;
    if (*i + 1 < argc) return argv[++*i];
    *missing = true;
    return NULL;
}

/* The row of the option given as `name`, or as `name=value` if it takes a value; NULL: no such option. */
static const args_option *row_of(const args_option *o, const char *word)
{
    for (; o->kind != ARGS_END; o++) {
        if (o->kind == ARGS_ROWS) {
            const args_option *row = row_of(o->value, word);
            if (row) return row;
            continue;
        }
        const size_t n = strlen(o->name);
        if (strncmp(word, o->name, n) != 0) continue;
        if (word[n] == '\0' || (word[n] == '=' && o->kind != ARGS_FLAG)) return o;
    }
    return NULL;
}

static bool read_option(const args *a, int argc, char **argv, int *i, error *e)
{
    const char *given = argv[*i];
    const args_option *o = row_of(a->options, given + 2);
    bool missing = false;
    if (o && o->kind == ARGS_FLAG) {
        *(bool *) o->value = true;
        return true;
    }
    if (o) {
        const char *value = value_of(argc, argv, i, o->name, &missing);
        if (value) return set(o, value, e);
        return error_set(e, say("--%s: its value is missing", "--%s: 값이 빠졌습니다"), o->name);
    }
    const char *lang = value_of(argc, argv, i, "lang", &missing);
    if (missing || (lang && !say_language(lang)))
        return error_set(e, say("--lang %s: give en or ko", "--lang %s: en이나 ko를 주십시오"),
                         lang ? lang : "");
    if (lang) return true;
    return error_set(
        e, say("%s: no such option; see --help", "%s: 그런 옵션은 없습니다. --help를 보십시오"),
        given);
}

static bool is_option(const char *s) { return s[0] == '-' && s[1] != '\0'; }

/* Of stdin, stdout and stderr, what is closed must not be taken by the next file that is opened: what the program prints
 * would be written into that. Reading or writing these fails. */
static void hold_streams(void)
{
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0) open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

int args_read(const args *a, int argc, char **argv, const char **operand)
{
    error e;
    int operands = 0;
    bool options = true, good = true, missing = false, help = false, version = false;
    hold_streams();
    say_language(NULL);
    say_program(a->program);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--", 2) != 0) continue;
        const char *lang = value_of(argc, argv, &i, "lang", &missing);
        if (lang) say_language(lang);
    }
    for (int i = 1; good && i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0)
            options = false;
        else if (options && strcmp(argv[i], "--help") == 0)
            help = true;
        else if (options && strcmp(argv[i], "--version") == 0)
            version = true;
        else if (options && strncmp(argv[i], "--", 2) == 0)
            good = read_option(a, argc, argv, &i, &e);
        else if (options && is_option(argv[i]))
            good = error_set(&e,
                             say("%s: no such option; see --help",
                                 "%s: 그런 옵션은 없습니다. --help를 보십시오"),
                             argv[i]);
        else if (operands < a->operand_count)
            operand[operands++] = argv[i];
        else
            good = error_set(&e,
                             say("%s: one argument too many; see --help",
                                 "%s: 남는 인수입니다. --help를 보십시오"),
                             argv[i]);
    }
    if (help) {
        print_help(a);
        return 0;
    }
    if (version) {
        printf("%s (min-char-rnn.c) " VERSION "\n", a->program);
        return 0;
    }
    if (good && operands < a->operand_count)
        good = error_set(&e, say("give %s; see --help", "%s 인수를 주십시오. --help를 보십시오"),
                         a->operands);
    if (good) return ARGS_GO_ON;
    say_error(a->program, &e);
    return 2;
}

/* The row of an option whose value is a number, or is one of a few words. */
static const args_option *number_row(const args *a, const char *name)
{
    const args_option *o = row_of(a->options, name);
    REQUIRE(o != NULL, ==, true);
    REQUIRE(o->kind == ARGS_INT || o->kind == ARGS_SEED || o->kind == ARGS_REAL ||
                o->kind == ARGS_CHOICE,
            ==, true);
    return o;
}

double args_number(const args *a, const char *name)
{
    const args_option *o = number_row(a, name);
    return o->kind == ARGS_INT      ? *(const int *) o->value
           : o->kind == ARGS_SEED   ? *(const uint32_t *) o->value
           : o->kind == ARGS_CHOICE ? *((const args_choice *) o->value)->index
                                    : *(const double *) o->value;
}

const char *args_shown(char *out, const args *a, const char *name, double x)
{
    const args_option *o = number_row(a, name);
    if (o->kind != ARGS_CHOICE) return num_text(out, "%g", x);
    snprintf(out, NUM_ROOM, "%s", ((const args_choice *) o->value)->words[(int) x]);
    return out;
}

bool args_given(int argc, char **argv, const char *name)
{
    const size_t n = strlen(name);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strncmp(argv[i], "--", 2) == 0 && strncmp(argv[i] + 2, name, n) == 0 &&
            (argv[i][2 + n] == '\0' || argv[i][2 + n] == '='))
            return true;
    return false;
}
