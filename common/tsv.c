/* tsv.c: tables of numbers. See tsv.h. */
#include "tsv.h"

#include "file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

tsv *tsv_read(const char *path, error *e)
{
    size_t size, lines = 1, fields = 1;
    tsv *t = calloc(1, sizeof *t);
    if (!t) {
        error_no_memory(e);
        return NULL;
    }
    t->bytes = file_read(path, &size, e);
    if (!t->bytes) {
        tsv_free(t);
        return NULL;
    }
    for (size_t i = 0; i < size; i++) {
        lines += t->bytes[i] == '\n';
        fields += t->bytes[i] == '\n' || t->bytes[i] == '\t';
    }
    t->row = calloc(lines, sizeof *t->row);
    t->field = calloc(lines + fields, sizeof *t->field);
    if (!t->row || !t->field || lines > INT_MAX) {
        error_set(e, say("%s: not enough memory", "%s: 메모리가 모자랍니다"), path);
        tsv_free(t);
        return NULL;
    }
    char **field = t->field;
    for (char *line = t->bytes, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next) *next++ = '\0';
        if (*line == '\0' || *line == '#') continue;
        t->row[t->rows++] = field;
        for (char *at = line, *tab; at; at = tab) {
            tab = strchr(at, '\t');
            if (tab) *tab++ = '\0';
            *field++ = at;
        }
        field++; /* leave a NULL */
    }
    return t;
}

void tsv_free(tsv *t)
{
    if (!t) return;
    free(t->bytes);
    free(t->row);
    free(t->field);
    free(t);
}

char **tsv_find(const tsv *t, const char *name, const char *which)
{
    for (int i = 0; i < t->rows; i++)
        if (t->row[i][1] && strcmp(t->row[i][0], name) == 0 && strcmp(t->row[i][1], which) == 0)
            return t->row[i] + 2;
    return NULL;
}

bool tsv_numbers(char **field, int n, double *x)
{
    for (int i = 0; i < n; i++) {
        char *end;
        if (!field[i]) return false;
        x[i] = strtod(field[i], &end);
        if (end == field[i] || *end != '\0') return false;
    }
    return field[n] == NULL;
}
