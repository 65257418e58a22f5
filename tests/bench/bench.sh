#!/bin/sh
# bench.sh: characters trained per second, H = 100, 256, 512 (T = 25, batch 1), beside NumPy in the same run; and words
# per second of the word language model, beside NumPy and, where it is installed, PyTorch; and the time to open a large
# vocabulary.
# The two take turns, ROUNDS times; what is printed is the median of each, and their ratio.
build=${BUILD:-build} rounds=${ROUNDS:-5}
text=chapters/08-min-char-rnn/texts/psalms.txt
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 LC_ALL=C
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

python=
for p in python3 /usr/bin/python3; do
    [ -z "$python" ] && "$p" -c 'import numpy' 2>/dev/null && python=$p
done
[ -n "$python" ] || echo "NumPy is not installed (make deps): no comparison"

median() { sort -n | awk '{ x[NR] = $1 } END { print NR ? x[int((NR + 1) / 2)] : "-" }'; }
# The program tells its own rate on stderr: "..., N characters/s, ..."
ours() {
    "$build/min-char-rnn" train $text --hidden "$1" --iterations "$2" --sample-every 0 --sample-length 0 \
        --force --checkpoint "$tmp/run.npy" 2>&1 >/dev/null | sed -n 's/.* \([0-9]*\) characters\/s.*/\1/p' | tail -n 1
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else print "-" }'; }

sed -E 's/ *(common|chapters)\/.*//' "$build/flags" 2>/dev/null
printf '%6s  %12s  %12s  %6s   (characters/s, medians of %s rounds)\n' H 'this' NumPy ratio "$rounds"
for row in "100 4000 800" "256 1200 300" "512 300 100"; do
    # shellcheck disable=SC2086  # three words
    set -- $row
    : > "$tmp/c" && : > "$tmp/np"
    for _ in $(seq "$rounds"); do
        ours "$1" "$2" >> "$tmp/c"
        [ -z "$python" ] || "$python" tests/bench/min_char_rnn.py $text "$1" "$3" >> "$tmp/np"
    done
    c=$(median < "$tmp/c") np=$(median < "$tmp/np")
    printf '%6s  %12s  %12s  %6s\n' "$1" "$c" "$np" "$(ratio "$c" "$np")"
done
# Resident memory of a short run, where the system tells it.
if [ -x /usr/bin/time ]; then
    i=0
    while [ $i -lt 4 ]; do
        cat $text
        i=$((i + 1))
    done | head -c 1100000 > "$tmp/text"
    /usr/bin/time -f '%M' "$build/min-char-rnn" train "$tmp/text" --iterations 200 --quiet \
        --force --checkpoint "$tmp/run.npy" 2>&1 |
        awk '{ printf "resident memory, H = 100, 1.1 MB of text: %.1f MB\n", $1 / 1024 }'
fi

# The word language model at its default size: 362,000 operations a word (2 for each product of a weight, forward and
# twice backward), held against what one core can do at most: additions and products of doubles, not fused.
words=chapters/10-rnnlm/texts/declaration_words.txt
lm() {
    "$build/rnnlm" train $words --epochs 60 --held-out 0 --checkpoint "$tmp/lm.npy" --lang en 2>/dev/null |
        sed -n 's/.*| \([0-9]*\) words\/s |/\1/p' | tail -n 40 | median
}
torch=
for p in python3 /usr/bin/python3; do
    [ -z "$torch" ] && "$p" -c 'import torch' 2>/dev/null && torch=$p
done
: > "$tmp/c" && : > "$tmp/np" && : > "$tmp/t1" && : > "$tmp/tn"
for _ in $(seq "$rounds"); do
    lm >> "$tmp/c"
    [ -z "$python" ] || "$python" tests/bench/rnnlm.py $words 40 >> "$tmp/np"
    [ -z "$torch" ] || "$torch" tests/bench/rnnlm_torch.py $words 40 1 >> "$tmp/t1"
    [ -z "$torch" ] || "$torch" tests/bench/rnnlm_torch.py $words 40 0 >> "$tmp/tn"
done
c=$(median < "$tmp/c") np=$(median < "$tmp/np")
printf '\nwords/s, batch 10, wordvec 100, hidden 100, time 5: this %s, NumPy %s, ratio %s\n' "$c" "$np" \
    "$(ratio "$c" "$np")"
if [ -n "$torch" ]; then echo "PyTorch: $(median < "$tmp/t1") with one thread, $(median < "$tmp/tn") with all"
else echo "PyTorch is not installed (python3-torch): no comparison"; fi
awk -v w="$c" 'BEGIN { printf "%.1f thousand million operations a second", w * 362000 / 1e9 }'
"${CC:-cc}" -O3 -march=native -ffp-contract=off -o "$tmp/peak" tests/bench/peak.c 2>/dev/null && "$tmp/peak" |
    awk -v w="$c" '{
        printf ", %.0f %% of the %.1f that one core reaches on numbers in its registers", w * 362000 / 1e7 / $1, $1
    }'
echo

# Opening a checkpoint of the word language model: twice the words may take twice the time.
printf '\n%9s  %10s  %s\n' words 's to open' 'against linear'
for n in 50000 100000 200000; do
    awk -v n=$n 'BEGIN { for (i = 0; i < n; i++) printf "w%d%s", i, i % 20 == 19 ? "\n" : " " }' > "$tmp/words"
    "$build/rnnlm" train "$tmp/words" --words 0 --held-out 0 --epochs 0 --hidden 2 --wordvec 2 --quiet \
        --checkpoint "$tmp/lm.npy" || exit 1
    : > "$tmp/c"
    for _ in $(seq "$rounds"); do
        start=$(date +%s%N)
        "$build/rnnlm" sample "$tmp/lm.npy" --length 0 > "$tmp/out"
        echo "$start $(date +%s%N)" | awk '{ printf "%.4f\n", ($2 - $1) / 1e9 }' >> "$tmp/c"
    done
    echo "$n $(median < "$tmp/c")"
done | awk 'NR == 1 { each = $2 / $1 } { printf "%9d  %10.3f  %.2f\n", $1, $2, $2 / ($1 * each) }'
