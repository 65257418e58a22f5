/* asked.c: a known mistake in a student's place, before the questions of a student's folder: is it named there, too?
 *
 * usage: asked QUESTIONS NUMBER (-1: no mistake). Prints its id and what it is named, "-" where nothing is wrong; the
 * exit status is 2 after the last mistake. */
#include "ask.h"
#include "mutants.h"
#include "say.h"

#include <stdlib.h>
#include <string.h>

static int made = -1;

bool mutant_makes(int k) { return k == made; }

int main(int argc, char **argv)
{
    static char bytes[1 << 22], line[1000], names[400], last[200];
    FILE *f = argc == 3 ? fopen(argv[1], "rb") : NULL;
    if (!f) return 1;
    asks *a = asks_read(bytes, fread(bytes, 1, sizeof bytes, f));
    fclose(f);
    made = atoi(argv[2]);
    if (!a) return 1;
    if (made >= 0 && !mutant_at(made)) return 2;
    ask_result *results = calloc((size_t) asks_count(a) + 1, sizeof *results);
    FILE *told = tmpfile();
    int of = 0;
    if (!results || !told) return 1;
    for (int k = 0; k < asks_count(a); k++) ask(a, k, mutant_call, &results[k]);
    const int points = ask_report(a, results, told, &of);
    rewind(told);
    while (fgets(line, sizeof line, told)) {
        char *at = strstr(line, "Probably: ");
        if (!at) continue;
        at += strlen("Probably: ");
        at[strcspn(at, ".")] = '\0';
        if (strcmp(at, last) == 0) continue;
        snprintf(last, sizeof last, "%s", at);
        const size_t n = strlen(names);
        snprintf(names + n, sizeof names - n, "%s%s", n ? ", " : "", at);
    }
    printf("%s\t%s\t%d\n", made < 0 ? "right" : mutant_at(made)->id, names[0] ? names : "-",
           points);
    fclose(told);
    free(results);
    asks_free(a);
    return 0;
}
