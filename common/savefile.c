/* savefile.c: named variables, written and read through one list. See savefile.h. */
#include "savefile.h"

#include "file.h"
#include "require.h"

#include <math.h>
#include <string.h>

const char savefile_text_name[] = "text_hash";
static const char CHECKSUM[] = "checksum";

static void add(savefile *f, npy_field field)
{
    REQUIRE(f->fields, <, SAVEFILE_FIELDS);
    f->field[f->fields++] = field;
}

void savefile_int(savefile *f, const char *name, int *x)
{
    add(f, (npy_field){name, 'i', 4, 0, 0, x});
}

void savefile_seed(savefile *f, const char *name, uint32_t *x)
{
    add(f, (npy_field){name, 'u', 4, 0, 0, x});
}

void savefile_double(savefile *f, const char *name, double *x)
{
    add(f, (npy_field){name, 'f', 8, 0, 0, x});
}

void savefile_array(savefile *f, const char *name, int bytes, int count, void *x)
{
    add(f, (npy_field){name, 'u', bytes, count, 0, x});
}

void savefile_text(savefile *f, uint64_t *hash)
{
    add(f, (npy_field){savefile_text_name, 'u', 8, 0, 0, hash});
}

void savefile_mats(savefile *f, const char *const name[], mat *const A[], int n)
{
    for (int k = 0; k < n; k++) savefile_mat(f, name[k], A[k]);
}

void savefile_mat(savefile *f, const char *name, mat *A)
{
    add(f, (npy_field){name, 'f', (int) sizeof(real), A->rows, A->cols, A->v});
}

void savefile_rng(savefile *f, rng *draws)
{
    savefile_array(f, "mt", 4, RNG_WORDS, draws->word);
    savefile_int(f, "mt_next", &draws->next);
    savefile_int(f, "has_randn", &draws->has_kept);
    savefile_double(f, "randn", &draws->kept);
    f->draws = draws;
}

static bool is_finite(const npy_field *x)
{
    const long count = (long) (x->rows ? x->rows : 1) * (x->cols ? x->cols : 1);
    bool good = true;
    for (long i = 0; x->type == 'f' && i < count && good; i++)
        good = x->bytes == (int) sizeof(float) ? isfinite(((const float *) x->data)[i])
                                               : isfinite(((const double *) x->data)[i]);
    return good;
}

/* Can a run have this value? Single numbers are sizes, counts and rates; only a random number may be negative. */
static bool is_possible(const savefile *f, const npy_field *x)
{
    if (!is_finite(x)) return false;
    if (x->rows > 0 || (f->draws && x->data == &f->draws->kept)) return true;
    if (x->type == 'i') return *(const int *) x->data >= 0;
    return x->type != 'f' || *(const double *) x->data >= 0;
}

static npy_field version_field(int *version)
{
    return (npy_field){"version", 'i', 4, 0, 0, version};
}

bool savefile_write(const savefile *f, const char *path, error *e)
{
    for (int i = 0; i < f->fields; i++)
        if (!is_finite(&f->field[i]))
            return error_set(
                e,
                say("%s is not written: %s is not finite any more; lower --learning-rate",
                    "%s 파일을 쓰지 않았습니다: %s 값이 더는 유한하지 않습니다. "
                    "--learning-rate를 낮추십시오"),
                path, f->field[i].name);
    npy_field all[NPY_FIELDS];
    int version = SAVEFILE_VERSION, n = 0;
    all[n++] = version_field(&version);
    for (int i = 0; i < f->fields; i++) all[n++] = f->field[i];
    uint64_t checksum = npy_hash(all, n);
    all[n++] = (npy_field){CHECKSUM, 'u', 8, 0, 0, &checksum};
    return npy_write(path, all, n, e);
}

bool savefile_check(const npy *file, const char *path, error *e)
{
    const int last = file->fields - 1;
    int version = npy_find(file, savefile_text_name, 'u', 8) ? 1 : 0; /* version 1 did not say so */
    const npy_field field = version_field(&version);
    npy_get(file, &field);
    if (version < 1) return savefile_refuse(e, path, field.name);
    if (version != SAVEFILE_VERSION)
        return error_set(
            e,
            version < SAVEFILE_VERSION
                ? say("%s: written by version %d of this program's format; train again",
                      "%s: 이 프로그램의 옛 형식(%d판)으로 쓴 것입니다. 다시 "
                      "학습하십시오")
                : say("%s: written by version %d of this program's format; use a newer "
                      "program",
                      "%s: 이 프로그램의 새 형식(%d판)으로 쓴 것입니다. 새 "
                      "프로그램을 쓰십시오"),
            path, version);
    uint64_t checksum;
    if (strcmp(file->field[last].name, CHECKSUM) != 0 ||
        !npy_get(file, &(npy_field){CHECKSUM, 'u', 8, 0, 0, &checksum}))
        return savefile_refuse(e, path, CHECKSUM);
    if (checksum == npy_hash(file->field, last)) return true;
    return error_set(e,
                     say("%s: its checksum is wrong; it is damaged",
                         "%s: 체크섬이 맞지 않습니다. 파일이 상했습니다"),
                     path);
}

npy *savefile_open(const char *path, error *e)
{
    if (file_is_printed(path)) {
        error_set(e,
                  say("%s is the checkpoint and what is printed, too; give another name",
                      "%s: 체크포인트이면서 화면 출력입니다. 다른 이름을 주십시오"),
                  path);
        return NULL;
    }
    npy *file = npy_read(path, e);
    if (!file || savefile_check(file, path, e)) return file;
    npy_free(file);
    return NULL;
}

bool savefile_refuse(error *e, const char *path, const char *field)
{
    return error_set(e,
                     say("%s: not a checkpoint of this program (%s)",
                         "%s: 이 프로그램의 체크포인트가 아닙니다 (%s)"),
                     path, field);
}

bool savefile_read(const savefile *f, const npy *file, const char *path, error *e)
{
    for (int i = 0; i < f->fields; i++) {
        if (!npy_get(file, &f->field[i])) return savefile_refuse(e, path, f->field[i].name);
        if (!is_possible(f, &f->field[i]))
            return error_set(e,
                             say("%s: damaged, or the run diverged (%s is not possible)",
                                 "%s: 파일이 상했거나 학습이 발산했습니다(%s의 값이 있을 수 "
                                 "없습니다)"),
                             path, f->field[i].name);
    }
    if (f->draws && (f->draws->next < 0 || f->draws->next > RNG_WORDS))
        return savefile_refuse(e, path, "mt_next");
    return true;
}

bool savefile_has(const npy *file, const char *path, const char *name, int rows, int cols, error *e)
{
    const int other = (int) (sizeof(float) + sizeof(double) - sizeof(real));
    const npy_field *A = npy_find(file, name, 'f', (int) sizeof(real));
    if (A && rows > 0 && cols > 0 && A->rows == rows && A->cols == cols) return true;
    if (A || !npy_find(file, name, 'f', other)) return savefile_refuse(e, path, name);
    return error_set(
        e,
        say("%s: its numbers are not %zu bytes long; use a program built with the other REAL",
            "%s: 수의 크기가 %zu바이트가 아닙니다. 다른 REAL로 빌드한 프로그램을 쓰십시오"),
        path, sizeof(real));
}

const char *savefile_other(const savefile *f, const npy *file)
{
    for (int i = 0; i < f->fields; i++) {
        const npy_field *mine = &f->field[i];
        const npy_field *its = npy_find(file, mine->name, mine->type, mine->bytes);
        REQUIRE(mine->rows, ==, 0);
        if (!its || its->rows || memcmp(mine->data, its->data, (size_t) mine->bytes) != 0)
            return mine->name;
    }
    return NULL;
}

bool savefile_text_is(const npy *file, uint64_t hash)
{
    uint64_t saved;
    return npy_get(file, &(npy_field){savefile_text_name, 'u', 8, 0, 0, &saved}) && saved == hash;
}
