#!/bin/sh
# measured.sh: figures in the lessons that no chapter's expected output has: solved exercises, changed options
# (`make measured`, some minutes). Writes them to docs/measured.txt; and to docs/samples.txt what chapter 15's small
# network writes, with five seeds at three temperatures. The bits are the same on every machine.
make=${MAKE:-make}
build=${BUILD:-build}/measured
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C
export LC_ALL

# with WHAT FOLDER/FILE SCRIPT: put chapters/FOLDER/FILE, edited by a sed script, into $tmp/hw; no FILE: ours
with() {
    what=$1
    mkdir -p "$tmp/hw"
    rm -f "$tmp"/hw/*
    [ -z "$2" ] && return
    sed "$3" "chapters/$2" > "$tmp/hw/$(basename "$2")"
    ! cmp -s "chapters/$2" "$tmp/hw/$(basename "$2")" ||
        { echo "measured: nothing changed in $2 for: $what" >&2; exit 1; }
}
# run PROGRAM CHAPTER ARGS PATTERN: print the lines with PATTERN of PROGRAM's output, after "WHAT: "
run() {
    if ls "$tmp"/hw/*.c >/dev/null 2>&1; then set -- "$1" "$2" "$3" "$4" "MINE=$tmp/hw" mine/
    else set -- "$1" "$2" "$3" "$4" "MINE=" ""; fi
    "$make" --no-print-directory "$5" BUILD="$build" "$build/$6$1" >/dev/null 2>&1 ||
        { echo "measured: $what does not build" >&2; exit 1; }
    # shellcheck disable=SC2086  # words
    "$build/$6$1" $3 --lang en 2>/dev/null > "$tmp/out" || { echo "measured: $what ended with an error" >&2; exit 1; }
    grep -e "$4" "$tmp/out" | sed "s|^|$what: |"
}
# Each gradient clipped to 1, at the end of backward.c.
clip='$s|^}|    for (int k = 0; k < 5; k++)\
        for (int i = 0; i < mat_size(d->all[k]); i++)\
            d->all[k]->v[i] = d->all[k]->v[i] > 1 ? 1 : d->all[k]->v[i] < -1 ? -1 : d->all[k]->v[i];\
}|'
psalms="train chapters/08-min-char-rnn/texts/psalms.txt --seq-length 1 --iterations 2000 --sample-every 1000 --force"
lm="train chapters/10-rnnlm/texts/declaration_words.txt --no-speed --checkpoint $tmp/lm.npy --force"
out=${OUT:-docs}/measured.txt
{
    with 'chapter 3, learning rate 0.01' ''
    run one-hop 3 '--learning-rate 0.01 --seeds 0' '^ *iter 1000'
    with 'chapter 3, gradients divided by T' 03-one-hop/backward.c '$s|^}|    for (int k = 0; k < 5; k++)\
        for (int i = 0; i < mat_size(d->all[k]); i++) d->all[k]->v[i] /= tr->T;\
}|'
    run one-hop 3 '--seeds 0' '^ *iter 1000'
    with 'chapter 4, BPTT clipped to 1 in backward.c' 04-bptt/backward.c "$clip"
    run bptt 4 '--seeds 0' '^ *iter 1000'
    with 'chapter 4, the naive one clipped to 1 in backward.c' 03-one-hop/backward.c "$clip"
    run bptt 4 '--seeds 0' '^ *iter 1000'
    with 'chapter 3 with BPTT' 04-bptt/backward.c '1s|See|see|'
    run one-hop 3 '--seeds 0' '^dbh\|0.01173647'
    with 'chapter 8, windows of one step, BPTT' 04-bptt/backward.c '1s|See|see|'
    run min-char-rnn 8 "$psalms --checkpoint $tmp/1.npy" '^iter 2000'
    with 'chapter 8, windows of one step, the naive one' 03-one-hop/backward.c '1s|See|see|'
    run min-char-rnn 8 "$psalms --checkpoint $tmp/1.npy" '^iter 2000'
    with 'chapter 6, eps outside the root' 06-adagrad/adagrad.c \
        's|(real) sqrt(mem\[i\] + (real) 1e-8)|((real) sqrt(mem[i]) + (real) 1e-8)|'
    run adagrad 6 '' 'Adagrad: .*->'
    with 'chapter 10, 300 epochs' ''
    run rnnlm 10 "$lm --epochs 300" 'epoch 300 '
    with 'chapter 10, the state forgotten at each block' 10-rnnlm/lmtrain.c \
        's|^\( *\)lm_batch(m[^;]*);|&\n\1timernn_reset_state(m->s->rnn);|'
    run rnnlm 10 "$lm" 'epoch 59 \|epoch 100 '
    with 'chapter 10, pairs not smoothed' 10-rnnlm/lmtrain.c 's|(both + alone) / (first + 1)|(double) both / first|'
    run rnnlm 10 "$lm --epochs 0" 'pairs'
    with 'chapter 10, pairs not smoothed, on what is learnt' ''
    run rnnlm 10 "$lm --epochs 0" 'pairs'
    with 'chapter 10, without memory' 09-time-layers/timelayers.c '/^    mat_add_ab(s->h, s->hprev, cell->Wh);/d
        /^    mats_add_atb(l->d.Wh, l->hs - 1, l->das, T);/d
        s|^    mat_add_abt(mat_zero(ds->hprev), ds->a, cell->Wh);.*|    mat_zero(ds->hprev);|'
    run rnnlm 10 "$lm" 'epoch 100 '
    with 'chapter 8, Korean proverbs' ''
    run min-char-rnn 8 "train chapters/08-min-char-rnn/texts/sokdam.txt --held-out 0.1 --iterations 10000 \
        --sample-every 1000 --sample-length 1 --checkpoint $tmp/k.npy" 'held out'
    with 'chapter 13, the same number of weights, 2 epochs at 0.05' ''
    run hangul 13 '--epochs 2 --sample 0 --learning-rate 0.05 --equal-weights' '^  [bcj][a-z]* *[0-9]\.'
} > "$tmp/text" || exit 1
cp "$tmp/text" "$out"
cat "$out"
{
    with 'chapter 15, the network of its pictures' ''
    run char-rnn 15 "train chapters/08-min-char-rnn/texts/psalms.txt --hidden 64 --iterations 1800 --test-every 150 \
        --quiet --checkpoint $tmp/c.npy" ''
    for temperature in 0.5 1 1.5; do
        echo "--temperature $temperature"
        for seed in 0 1 2 3 4; do # on one line
            "$build/char-rnn" sample "$tmp/c-best.npy" --prime 'The LORD' --length 60 --seed $seed \
                --temperature $temperature | paste -sd '|' | sed 's/^/    /'
        done
    done
} > "$tmp/text" || exit 1
cp "$tmp/text" "${out%/*}/samples.txt"
cat "${out%/*}/samples.txt"
