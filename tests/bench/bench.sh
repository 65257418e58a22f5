#!/bin/sh
# bench.sh: characters trained per second, H = 100, 256, 512 (T = 25, batch 1), beside NumPy in the same run.
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
        --checkpoint "$tmp/run.npy" 2>&1 >/dev/null | sed -n 's/.* \([0-9]*\) characters\/s.*/\1/p' | tail -n 1
}

sed 's/ *common\/.*//' "$build/flags" 2>/dev/null
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
    printf '%6s  %12s  %12s  %6s\n' "$1" "$c" "$np" "$(awk -v a="$c" -v b="$np" 'BEGIN { if (b > 0) printf "%.2f", a / b; else print "-" }')"
done
# Resident memory of a short run, where the system tells it.
if [ -x /usr/bin/time ]; then
    i=0
    while [ $i -lt 4 ]; do
        cat $text
        i=$((i + 1))
    done | head -c 1100000 > "$tmp/text"
    /usr/bin/time -f '%M' "$build/min-char-rnn" train "$tmp/text" --iterations 200 --quiet --checkpoint "$tmp/run.npy" 2>&1 |
        awk '{ printf "resident memory, H = 100, 1.1 MB of text: %.1f MB\n", $1 / 1024 }'
fi
