/* json.h: numbers and characters as JSON, for the panels of a page. */
#ifndef JSON_H
#define JSON_H

#include "say.h"
#include "vocab.h"

#include <stdio.h>

/* ,"name":[...] */
static inline void json_numbers(const char *name, const real *x, int n)
{
    printf(",\"%s\":[", name);
    for (int i = 0; i < n; i++) printf("%s%s", i ? "," : "", NUM("%.9g", x[i]));
    printf("]");
}

static inline void json_mat(const char *name, const mat *x)
{
    json_numbers(name, x->v, mat_size(x));
}

/* "chars":[...] */
static inline void json_chars(const vocab *v)
{
    printf("\"chars\":[");
    for (int i = 0; i < v->size; i++) {
        char one[TEXT_ROOM];
        const char *shown = text_show(one, v->ix_to_char[i]);
        printf("%s\"%s%s\"", i ? "," : "", *shown == '\\' || *shown == '"' ? "\\" : "", shown);
    }
    printf("]");
}

#endif
