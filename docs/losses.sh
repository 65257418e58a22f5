#!/bin/sh
# losses.sh: what loss should one expect? RNN, LSTM and GRU of several sizes, three seeds each, on one text, beside
# counting (n-grams). Hours; writes docs/losses.tsv and docs/losses.txt row by row, and does not do again the rows that
# are there. Run by make losses.
#
# In the environment: TEXT, HELD_OUT (fraction), CELLS, SIZES, SEEDS, ITERATIONS, OPTIONS (further options of char-rnn
# train), OUT (where the two files go, without their ends). Tiny Shakespeare, split 1,003,854 / 111,540 as usual:
#     make losses REAL=float BUILD=build/float TEXT=input.txt OUT=build/shakespeare
build=${BUILD:-build}
text=${TEXT:-chapters/08-min-char-rnn/texts/psalms.txt} held_out=${HELD_OUT:-0.1} out=${OUT:-docs/losses}
export LC_ALL=C
tmp=$(mktemp -d) || exit 1
tab=$(printf '\t')
trap 'rm -rf "$tmp"' EXIT
head="# $text, held out $held_out, ${ITERATIONS:-6000} iterations, ${REAL:-double}${OPTIONS:+, $OPTIONS}"
if [ "$head" != "$(head -n 1 "$out.txt" 2>/dev/null)" ]; then
    {
        echo "$head"
        "$build/ngrams" "$text" --held-out "$held_out" --lang en || exit 1
        printf '%-5s %5s %6s %9s %9s %11s %9s\n' cell H seed weights nat bits/symbol seconds
    } > "$out.txt" || exit 1
    printf 'cell\thidden\tseed\tweights\theld_out\tbits\tseconds\n' > "$out.tsv"
fi
row() {
    printf '%-5s %5s %6s %9s %9s %11s %9s\n' "$@" >> "$out.txt"
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >> "$out.tsv"
}
for cell in ${CELLS:-rnn lstm gru}; do
    for hidden in ${SIZES:-64 128 256 512}; do
        for seed in ${SEEDS:-0 1 2}; do
            ! grep -q "^$cell$tab$hidden$tab$seed$tab" "$out.tsv" || continue
            # shellcheck disable=SC2086  # words
            ("$build/char-rnn" train "$text" --cell $cell --hidden $hidden --seed $seed --held-out "$held_out" \
                --iterations "${ITERATIONS:-6000}" ${OPTIONS:-} --sample-length 0 --no-speed --lang en \
                --checkpoint "$tmp/run.npy" --force > "$tmp/out" 2> "$tmp/err" && times > "$tmp/times") ||
                { cat "$tmp/err"; exit 1; }
            # Of the processor: other programs on the machine count little.
            seconds=$(awk 'END { split($1, t, /[ms]/); printf "%.0f", 60 * t[1] + t[2] }' "$tmp/times")
            weights=$(sed -n 's/.*, \([0-9]*\) weights$/\1/p' "$tmp/out")
            # The best test: what a user keeps.
            nat=$(sed -n 's/.*held out: \([0-9.]*\) nat.*/\1/p' "$tmp/out" | sort -n | head -n 1)
            bits=$(awk "BEGIN { printf \"%.4f\", $nat / log(2) }")
            row "$cell" "$hidden" "$seed" "$weights" "$nat" "$bits" "$seconds"
            tail -n 1 "$out.txt"
        done
    done
done
