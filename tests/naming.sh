#!/bin/sh
# naming.sh: tests `make check-gradients MINE=...` with right, wrong and broken backward passes, by its last line.
make=${MAKE:-make} build=${BUILD:-build}
MAKEFLAGS= WERROR=
export MAKEFLAGS WERROR # a -j from outside would warn here; what learners write may be warned of
passed=0 failed=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
original=chapters/04-bptt/backward.c

# last LINE WHAT [OPTION...]: with the files in $tmp/hw, the last line of output must be LINE
last() {
    line=$1 what=$2
    shift 2
    LC_ALL=C "$make" --no-print-directory BUILD="$build/naming" MINE="$tmp/hw" "$@" check-gradients \
        > "$tmp/out" 2> "$tmp/err"
    status=$?
    if [ "$status" -eq 0 ] && [ "$(tail -n 1 "$tmp/out")" = "$line" ]; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $what: status $status, $(tail -n 1 "$tmp/out"), not $line"
        tail -n 3 "$tmp/err"
    fi
}
# edit SCRIPT: put our backward.c, edited by a sed script, into $tmp/hw
edit() {
    mkdir -p "$tmp/hw"
    sed "$1" $original > "$tmp/hw/backward.c"
    [ -z "$1" ] || ! cmp -s $original "$tmp/hw/backward.c" ||
        { echo "FAILED: $1 changes nothing"; failed=$((failed + 1)); }
}
says() {
    if grep -q -e "$1" "$tmp/out" "$tmp/err"; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: nothing says $1"
    fi
}

# The README and the lessons show the output for the starter of chapter 4.
for language in ko en; do
    LC_ALL=C "$make" --no-print-directory BUILD="$build/naming" MINE=chapters/04-bptt/starter \
        ARGS="--lang $language" check-gradients > "$tmp/out" 2> "$tmp/err"
    told=chapters/04-bptt/starter/named.$language.txt
    if [ -n "$UPDATE" ]; then cp "$tmp/out" "$told"
    elif diff "$tmp/out" "$told"; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: the starter is told something else than $told (UPDATE=yes writes it)"
    fi
done
edit ''
last right 'ours'
last right 'ours, up to the last chapter' CHAPTER=8
edit 's/^    mat \*dhnext = mat_zero.*/&\
    (void) net, (void) d;/'
last right 'one that says (void)'
if grep -q 'not written yet' "$tmp/err"; then
    failed=$((failed + 1))
    echo 'FAILED: it is told not to be written'
else passed=$((passed + 1)); fi
edit '/dhnext/d'
last 'named: no-dhnext' 'the naive one'
last 'named: no-dhnext' 'the naive one in chapter 3' CHAPTER=3
says 'FAIL'
says 'bptt/README.md#dhnext'
edit '
    s|^    mat \*dy = w->dy|#define SINGLE(m) for (int i = 0; i < mat_size(m); i++) m->v[i] = (float) m->v[i]\
&|
    s|^\(.*-= 1\);|\1; SINGLE(dy);|
    s|^\(.*mat_dtanh.*\);|\1; SINGLE(dhraw);|'
last right 'one that computes in single precision'
says 'single precision'
sed -i '/dhnext/d' "$tmp/hw/backward.c"
last 'named: no-dhnext' 'the naive one in single precision'
edit 's/v\[targets\[t\]\] -= 1/v[targets[t]] -= 0/'
last 'named: no-minus-one' 'no -1'
edit '/mat_add(d->by/d
    s/mat_add_xyt(d->Whh, dhraw, tr->hs\[t - 1\])/mat_add_xyt(d->Whh, tr->hs[t - 1], dhraw)/'
last 'named: dby-missing + dwhh-transposed' 'two mistakes'
edit 's|mat_set_atx(dhnext, net->Whh, dhraw);|&\
        for (int i = 0; i < mat_size(dhnext); i++) dhnext->v[i] /= 2;|'
last 'not one of the known mistakes' 'one that is not in the library'
says 'wrong from two on'
edit 's/^    mat \*dy = w->dy/    rnn_zero(d); mat *dy = w->dy/'
last 'broken contract: sets d, where it should add to it' 'one that zeroes d itself'
edit 's/^    mat \*dhnext = mat_zero(w->dhnext);/    mat *dhnext = w->dhnext;/'
last 'broken contract: reads w->dhnext before it is set' 'one that relies on a clean scratch'
edit '/mat_add(dh, dhnext)/d; s/^    mat \*dy = w->dy/    rnn_zero(d); mat *dy = w->dy/'
last 'named: no-dhnext; broken contract: sets d, where it should add to it' 'a mistake that breaks the contract, too'
edit 's/^    mat \*dy = w->dy/    static int calls; if (!calls++) rnn_zero(d); mat *dy = w->dy/'
last 'broken contract: does not add to d at its first call' 'one that is other at its first call'
# The probes have V < H, are small and short.
edit 's/^    mat \*dy = w->dy/    if (net->by->rows > net->bh->rows) return; mat *dy = w->dy/'
last 'not one of the known mistakes' 'one for V < H only'
says 'H taken for V'
edit 's/^    for (int t = tr->T - 1; t >= 0; t--) {/    real of[20]; of[mat_size(d->by) - 1] = 0; (void) of;\n&/'
last 'not one of the known mistakes' 'one with an array of 20'
says 'H = 100, V = 65, T = 25'
edit 's/mat_set_atx(dhnext, net->Whh, dhraw);/& if ((tr->T - t) % 50 == 0) mat_zero(dhnext);/'
last 'not one of the known mistakes' 'one that goes back 50 steps at most'
says 'far back'
# What it prints, and what it does to stdout, leaves the last line alone.
edit 's/^    mat \*dy = w->dy/    extern int printf(const char *, ...); printf("here"); mat *dy = w->dy/'
last right 'one that prints without a line end'
edit 's/^    mat \*dy = w->dy/    extern int close(int); close(1); mat *dy = w->dy/'
last right 'one that closes stdout'
edit 's/^    mat \*dy = w->dy/    extern int puts(const char *); for (;;) puts("right"); mat *dy = w->dy/'
last 'not one of the known mistakes' 'one that prints without end'
says 'prints without end'
edit 's/dy->v\[targets\[t\]\] -= 1/dy->v[targets[t]] \/= 0.0/'
last 'not one of the known mistakes' 'one that divides by 0'
says 'nan or an infinity'
edit 's/^    for (int t = tr->T - 1; t >= 0; t--) {/    *(volatile int *) 0 = 1;\n&/'
last 'not one of the known mistakes' 'one that crashes'
says 'check-gradients: rnn_backward with H = 6'
edit 's/^    mat \*dy = w->dy/    extern void exit(int); exit(0); mat *dy = w->dy/'
last 'not one of the known mistakes' 'one that exits'
says 'ended the program'
edit 's/tr->hs\[t\], dh)/dh, tr->hs[t])/; s/mat_dtanh(dhraw, dh/mat_dtanh(dhraw, net->Whh/'
last 'not one of the known mistakes' 'one that breaks a contract'
says 'same_shape'
edit 's/^    for (int t = tr->T - 1; t >= 0; t--) {/    d->by->v[mat_size(d->by)] = 0;\n&/'
last 'not one of the known mistakes' 'one that writes beyond a matrix'
says 'backward.c:9: an index is beyond a matrix'
edit 's/t--)/)/'
last 'not one of the known mistakes' 'one without end'
says 'no end within 10 s'

# Mistakes with the numbers of known ones, from gradients of 0, are described and get no name.
edit '/mat_add_xyt(d->Whh/d'
last 'not one of the known mistakes' 'no line for dWhh'
says 'dWhh was never written'
edit '/mat_add_xyt(d->Whh/d; /mat_add(d->bh/d; /mat_add_to_column/d'
last 'not one of the known mistakes' 'only dWhy and dby'
says 'only dWhy and dby are written'
edit 's/mat_set_atx(dhnext, net->Whh, dhraw);/& return;/'
last 'not one of the known mistakes' 'a return in the loop'
says 'only the last step counts'
edit 's/\[t\]\] -= 1;/&\
        for (int k = 0; k < dy->rows; k++) dy->v[k] *= (real) (1 \/ tr->T);/'
last 'not one of the known mistakes' '1 / T in whole numbers'
says '1 / T in whole numbers'
edit 's/mat_set_atx(dh, net->Why, dy)/mat_set_atx(dh, d->Why, dy)/'
last 'not one of the known mistakes; broken contract: reads d, where it should only add to it' 'd->Why for net->Why'
edit 's/mat_add(d->bh, dhraw)/mat_copy(d->bh, dhraw)/'
last 'named: dbh-overwritten' 'dbh set with ='
edit 's/targets\[t\]\] -= 1/targets[t + 1]] -= 1/'
last 'named: target-next' 'a target beyond the last'
edit 's/tr->xs\[t\], dhraw/tr->xs[t - 1], dhraw/'
last 'named: dwxh-x-prev' 'an input before the first'
edit 's/t = tr->T - 1/t = tr->room - 1/; s/mat_copy(dy, tr->ps/if (t < 0) break; mat_copy(dy, tr->ps/'
last 'broken contract: reads tr->room, or steps beyond tr->T' 'room for T'
edit 's/^    for (int t = tr->T - 1/    static real more; d->by->v[0] += more++;\n&/'
last 'not one of the known mistakes; broken contract: gives other numbers when it is called again' \
    'one that counts its calls'

# refused TEXT WHAT [SETTING...]: make check-gradients stops with one sentence that has TEXT
refused() {
    text=$1 what=$2
    shift 2
    LC_ALL=C "$make" --no-print-directory BUILD="$build/naming" check-gradients "$@" > "$tmp/out" 2>&1
    status=$?
    if [ "$status" -ne 0 ] && grep -q "$text" "$tmp/out" && [ "$(wc -l < "$tmp/out")" -eq 1 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $what: status $status"
        head -n 5 "$tmp/out"
    fi
}
refused 'give its folder' 'no folder'
LC_ALL=ko_KR.UTF-8 "$make" --no-print-directory BUILD="$build/naming" check-gradients > "$tmp/out" 2> "$tmp/err"
says '폴더를 주십시오'
refused 'MIEN=: no such setting' 'a misspelt setting' MIEN="$tmp/hw"
refused 'no such folder' 'a folder that is not there' MINE="$tmp/nowhere"
edit ''
refused 'a file; give the folder' 'a file' MINE="$tmp/hw/backward.c"
refused 'no backward.c there' 'another module' MINE=chapters/05-clip/starter CHAPTER=5
: > "$tmp/hw/backward.c"
refused 'the file is empty' 'an empty file' MINE="$tmp/hw"
edit 's/rnn_backward/rnn_bakward/'
refused 'no function rnn_backward' 'a misspelt function' MINE="$tmp/hw"
edit ''
echo 'int main(void) { return 0; }' >> "$tmp/hw/backward.c"
refused 'a main of its own' 'a main' MINE="$tmp/hw"

edit ''
echo '}' >> "$tmp/hw/backward.c"
"$make" --no-print-directory BUILD="$build/naming" MINE="$tmp/hw" check-gradients > "$tmp/out" 2>&1 &&
    { echo "FAILED: it compiled"; failed=$((failed + 1)); }
mv "$tmp/hw/backward.c" "$tmp/hw/bakward.c"
refused 'no backward.c there' 'a misspelt file' MINE="$tmp/hw"

# What a compiler may take for 0, or leave out.
rm -rf "$tmp/hw"
edit 's/^    mat \*dhnext = mat_zero.*/&\
    real extra;\
    if (tr->T > 100) extra = 0;/
    s/^        mat_add(d->by, dy);/&\
        d->by->v[0] += extra;/'
last 'not one of the known mistakes' 'a number that is not set'
edit 's/^#include.*/&\
#include <stdlib.h>/
    s/^    mat \*dhnext = mat_zero.*/&\
    real *none = malloc(sizeof *none);\
    dhnext->v[0] = none[0];\
    free(none);/'
last 'not one of the known mistakes' 'memory that is not set'
edit 's/^#include.*/&\
#include <stdlib.h>/
    s/^    mat \*dhnext = mat_zero.*/&\
    void *twice = malloc(8);\
    free(twice);\
    free(twice);/'
last 'not one of the known mistakes' 'memory that is freed twice'
says 'frees the same memory twice'

# ---- the time layers ----

# layers LINE WHAT SCRIPT: with our timelayers.c edited by a sed script, the last line must be LINE
layers() {
    rm -rf "$tmp/hw" && mkdir "$tmp/hw"
    sed "$3" chapters/09-time-layers/timelayers.c > "$tmp/hw/timelayers.c"
    last "$1" "$2" CHAPTER=9
}
refused 'no timelayers.c or backward.c there' 'what computes no gradients' MINE=chapters/10-rnnlm/starter CHAPTER=10
layers right 'our time layers' ''
says 'every element is right'
last right 'our time layers in chapter 10' CHAPTER=10
layers 'named: rnn-dwh-h-now' 'dWh from the new state' 's/l->d.Wh, l->hs - 1/l->d.Wh, l->hs/'
says 'dWh, \[0,0\]: got'
says '^Wh .*FAIL'
layers 'not one of the known mistakes' 'a loss that is wrong where no target is ignored' \
    's/1 \/ (real) counted/1 \/ (real) (counted + (counted == T * N))/'
layers 'not one of the known mistakes' 'a forward pass to which the backward pass does not belong' \
    's/mats_add_ab(set_rows(ys, T, b)/mats_add_ab(mats_zero(ys, T)/'
layers 'not one of the known mistakes' 'inputs that are changed' \
    's/^    add_rows_to(l->d.b, l->das, T);/    xs[0]->v[0] += 1;\n&/'
layers 'not one of the known mistakes' 'a reset that does nothing' \
    's/^void timernn_reset_state.*/void timernn_reset_state(timernn *l) { (void) l; }/'
says 'two layers, several blocks'
layers 'not one of the known mistakes' 'a reset of the wrong thing' \
    's/^void timernn_reset_state.*/void timernn_reset_state(timernn *l) { mat_zero(l->hs[-1]); }/'
layers 'not one of the known mistakes' 'a reset that also ends to be stateful' \
    's/{ l->has_state = false; }/{ l->has_state = l->stateful = false; }/'
layers 'not one of the known mistakes' 'a reset that sets the weights to 0' \
    's/{ l->has_state = false; }/{ l->has_state = false; mat_zero(l->cell.Wh); }/'
layers 'not one of the known mistakes' "a state that is the caller's own matrix" \
    's/^    mat_copy(l->h, h);/    l->h = (mat *) (size_t) h;/'
layers 'not one of the known mistakes' 'a backward pass that forgets the state' \
    's/^    add_rows_to(l->d.b, l->das, T);/    mat_zero(l->h);\n&/'
layers 'not one of the known mistakes' 'a backward pass that changes the weights' \
    's/^    add_rows_to(l->d.b, l->das, T);/    l->cell.Wx->v[0] += 1;\n&/'
layers 'not one of the known mistakes' 'dxs that are set before dhs is read' \
    's/^    mat_zero(l->dh);/    mats_zero(dxs, T);\n&/'
own='for (int t = 0; t < T; t++) dhs[t] = mat_new(hs[t]->rows, hs[t]->cols);'
layers 'not one of the known mistakes' 'matrices of its own for dhs' \
    "s/mats_add_abt(mats_zero(dhs, T)/$own\\n    mats_add_abt(dhs/"
layers 'not one of the known mistakes' 'scratch that is kept from the first layer' \
    's/^    mat_zero(l->dh);/    static int first; if (!first) first = T; if (T > first) T = first;\n&/'
layers 'broken contract: writes past the end of an array' 'one column too many' \
    's/j < b->cols; j++) b->v\[j\] +=/j <= b->cols; j++) b->v[j] +=/'
layers 'not one of the known mistakes' 'an array that is too small' \
    's/^    mat_zero(l->dh);/    real of[16]; for (int j = 0; j < l->h->cols; j++) of[j] = 0; (void) of;\n&/'
says 'memory that is not its own'
sed -i 's/timeaffine_backward/timeafine_backward/' "$tmp/hw/timelayers.c"
refused 'no function timeaffine_backward' 'a misspelt function of a layer' MINE="$tmp/hw" CHAPTER=9
echo "naming: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
