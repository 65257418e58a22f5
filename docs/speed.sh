#!/bin/sh
# speed.sh: characters a second of every step of chapter 14, beside chapter 8 and, where it is installed, NumPy
# (`make speed`, six minutes on an idle machine). Writes docs/speed.txt and, for the pictures, docs/speed.tsv and
# docs/roofline.tsv; where there is MPI, docs/ranks.txt, chapter 16's model beside what two and four ranks take. All of
# this machine, so look at them before committing them.
build=${BUILD:-build} make=${MAKE:-make} rounds=${ROUNDS:-3}
text=chapters/08-min-char-rnn/texts/psalms.txt
steps='min-char-rnn fast-1-rows fast-2-hoist fast-3-block fast'
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
. tests/bench/peers.sh
processor() { sed -n 's/^model name[^:]*: /# /p' /proc/cpuinfo 2>/dev/null | head -n 1; }
# spent COMMAND...: the processor time that it takes, in seconds; other programs on the machine count little
spent() {
    /usr/bin/time -o "$tmp/time" -f '%U %S' "$@" >/dev/null 2>&1
    awk '{ print $1 + $2 }' "$tmp/time"
}
# train PROGRAM HIDDEN ITERATIONS
train() {
    rm -f "$tmp/run.npy"
    if [ "$1" = min-char-rnn ]; then
        spent "$bin/$1" train $text --hidden "$2" --iterations "$3" --sample-every 0 --sample-length 0 \
            --learning-rate 0.01 --checkpoint "$tmp/run.npy"
    else spent "$bin/$1" $text --hidden "$2" --iterations "$3" --learning-rate 0.01; fi
}
# rate PROGRAM HIDDEN: characters for a second of processor time, without the start
rate() {
    n=$((${WORK:-360000000} / $2 / $2)) # the clock counts hundredths of a second: one in a hundred at most
    echo "$(train "$1" "$2" $n) $(train "$1" "$2" 0)" | awk -v n=$n '{ printf "%.0f\n", 25 * n / ($1 - $2) }'
}
# Operations for a byte beyond the first cache, of STEP: weights read for every character (Whh twice; Why twice until
# products are blocked; dWhh and dWhy read and written until they are hoisted), and the sweeps over all weights.
intensity() {
    awk -v step="$1" -v size="$2" 'BEGIN {
        H = 100; T = 25; V = 65; S = H * H; O = H * V; N = S + 2 * O
        n["fast-1-rows"] = 4 * S + 4 * O + 10 * N / T; n["fast-2-hoist"] = 2 * S + 2 * O + 12 * N / T
        n["min-char-rnn"] = n["fast-1-rows"]; n["fast-3-block"] = 2 * S + (2 * O + 12 * N) / T
        n["fast"] = 2 * S + (2 * O + 4 * N) / T
        printf "%.3f", 6 * (S + O) / n[step] / size }'
}
sed 's/perf_counter/process_time/' tests/bench/min_char_rnn.py > "$tmp/theirs.py"
printf 'step\treal\tcharacters/s\tGF/s\toperations/byte\n' > "$tmp/tsv"
{
    processor
    printf '%-14s %5s %10s %8s %10s %8s\n' step H double 'x NumPy' float 'x NumPy'
    for REAL in double float; do
        # shellcheck disable=SC2046,SC2059,SC2086  # words
        "$make" --no-print-directory REAL=$REAL BUILD="$build/bench/$REAL" \
            $(printf "$build/bench/$REAL/%s " $steps roofline) >/dev/null || exit 1
    done
    for hidden in 100 256 512; do
        for _ in $(seq "$rounds"); do
            for REAL in double float; do
                bin=$build/bench/$REAL
                for s in $steps; do rate "$s" $hidden >> "$tmp/$s-$REAL-$hidden"; done
            done
            [ -z "$numpy" ] ||
                "$numpy" "$tmp/theirs.py" $text $hidden $((8000000 / hidden / hidden)) >> "$tmp/numpy-$hidden"
        done
        [ -z "$numpy" ] || numpy_rate=$(median < "$tmp/numpy-$hidden")
        for s in $steps; do
            for REAL in double float; do median < "$tmp/$s-$REAL-$hidden"; done | tr '\n' ' ' |
                awk -v s="$s" -v h=$hidden -v n="${numpy_rate:-0}" '
                    function over(a) { return n ? sprintf("%.1f", a / n) : "-" }
                    { printf "%-14s %5d %10d %8s %10d %8s\n", s, h, $1, over($1), $2, over($2) }'
        done
        echo "NumPy, double  $hidden ${numpy_rate:--}" | awk '{ printf "%-14s %5s %10s\n", $1 " " $2, $3, $4 }'
    done
    for s in $steps; do
        for REAL in double float; do
            size=8
            [ $REAL = double ] || size=4
            median < "$tmp/$s-$REAL-100" | awk -v OFS='\t' -v s="$s" -v r=$REAL -v i="$(intensity "$s" $size)" \
                '{ print s, r, $1, $1 * 99000 / 1e9, i }'
        done >> "$tmp/tsv"
    done
    echo
    echo "streams, shards, threads (H = 100, float)"
    bin=$build/bench/float
    for row in "1 1 1" "4 2 1" "8 2 1" "16 2 1" "32 2 1" "32 2 2" "128 2 2"; do
        # shellcheck disable=SC2086  # three words
        set -- $row
        for _ in $(seq "$rounds"); do
            OMP_PROC_BIND=true "$bin/fast" $text --iterations $((16000 / $1)) \
                --streams "$1" --shards "$2" --threads "$3" --speed --lang en |
                sed 's/.* \([0-9]*\) characters.*/\1/'
        done | median |
            awk -v row="$row" '{ split(row, r, " "); printf "%7d %7d %7d %10d\n", r[1], r[2], r[3], $1 }'
    done
} > "$tmp/txt" || exit 1
"$build/bench/double/roofline" --lang ko --log "$tmp/roofline.tsv" > "$tmp/roof" || exit 1
out=${OUT:-docs}
if command -v mpicc >/dev/null; then
    {
        echo "$(processor), $(nproc) cores"
        "$make" --no-print-directory BUILD="$build/bench/double" "$build/bench/double/scaling" >/dev/null || exit 1
        for ranks in 2 4; do
            sh chapters/16-ranks/launch.sh $ranks "$build/bench/double/scaling" --measure --lang ko > "$tmp/said" ||
                exit 1
            sed '/^합, ms/,$d' "$tmp/said"
        done
    } > "$tmp/ranks" && cp "$tmp/ranks" "$out/ranks.txt"
fi
cp "$tmp/txt" "$out/speed.txt" && cp "$tmp/tsv" "$out/speed.tsv" && cp "$tmp/roofline.tsv" "$out/roofline.tsv" &&
    { echo; cat "$tmp/roof"; } >> "$out/speed.txt"
