/* post.c: the example of the 'vector' post. See post.h. */
#include "post.h"

#include <stdio.h>
#include <stdlib.h>

const char *const post_path = "chapters/02-forward/vector_post.tsv";

/* Read a matrix from its rows 0, 1, ... */
static bool read_matrix(const tsv *t, const char *name, mat *A)
{
    for (int i = 0; i < A->rows; i++) {
        char which[12];
        double row[POST_V_SIZE];
        snprintf(which, sizeof which, "%d", i);
        char **field = tsv_find(t, name, which);
        if (!field || !tsv_numbers(field, A->cols, row)) return false;
        for (int j = 0; j < A->cols; j++) A->v[i * A->cols + j] = (real) row[j];
    }
    return true;
}

static bool read_ids(const tsv *t, const char *name, int *ix)
{
    double x[POST_T_SIZE];
    char **field = tsv_find(t, name, "-");
    if (!field || !tsv_numbers(field, POST_T_SIZE, x)) return false;
    for (int i = 0; i < POST_T_SIZE; i++) {
        if (!(x[i] >= 0 && x[i] < (double) POST_V_SIZE)) return false;
        ix[i] = (int) x[i];
    }
    return true;
}

post *post_read(const char *path, error *e)
{
    static const uint32_t order[POST_V_SIZE] = {'v', '\n', 't', 'c', 'r', 'e', 'o'};
    post *p = calloc(1, sizeof *p);
    if (p) {
        p->vocab = vocab_in_order(order, POST_V_SIZE);
        p->net = rnn_new(POST_H_SIZE, POST_V_SIZE);
        p->hprev = mat_new(POST_H_SIZE, 1);
    }
    if (!p || !p->vocab || !p->net || !p->hprev)
        error_no_memory(e);
    else if ((p->table = tsv_read(path, e)) != NULL) {
        if (read_matrix(p->table, "Wxh", p->net->Wxh) &&
            read_matrix(p->table, "Whh", p->net->Whh) &&
            read_matrix(p->table, "Why", p->net->Why) && read_ids(p->table, "inputs", p->inputs) &&
            read_ids(p->table, "targets", p->targets))
            return p;
        error_set(e,
                  say("%s: not the table of the 'vector' post", "%s: 'vector' 글의 표가 아닙니다"),
                  path);
    }
    post_free(p);
    return NULL;
}

void post_free(post *p)
{
    if (!p) return;
    tsv_free(p->table);
    vocab_free(p->vocab);
    rnn_free(p->net);
    mat_free(p->hprev);
    free(p);
}
