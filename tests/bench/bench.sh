#!/bin/sh
# bench.sh: what is trained in a second, in double and in float, beside NumPy and PyTorch where they are installed, and
# by two threads or ranks; the product's rate; memory; the time to open a large vocabulary. Those compared take turns,
# ROUNDS times: medians count. It is the time of the clock, as threads need it: the machine should be idle.
# usage: [BENCH_OUT=file.tsv] [SHORT=yes] [ROUNDS=5] bench.sh   (SHORT: does everything run? Its figures say little)
build=${BUILD:-build} make=${MAKE:-make}
few=1
[ -z "$SHORT" ] || few=10
rounds=${ROUNDS:-$((few > 1 ? 1 : 5))}
psalms=chapters/08-min-char-rnn/texts/psalms.txt words=chapters/10-rnnlm/texts/declaration_words.txt
export OMP_NUM_THREADS=1
. tests/bench/peers.sh
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
out=${BENCH_OUT:-$tmp/out.tsv}
tab=$(printf '\t')

[ -n "$numpy" ] || echo "NumPy is not installed (make deps): no comparison"
[ -n "$torch" ] || echo "PyTorch is not installed (python3-torch): no comparison"

# measured COMMAND...: run it; its peak memory in MB goes to $tmp/mb.
measured() {
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -o "$tmp/kb" -f %M "$@" && awk 'END { printf "%.1f", $1 / 1024 }' "$tmp/kb" > "$tmp/mb"
    else "$@"; fi
}
# Both programs tell their own rate; chapter 8 on stderr, chapter 10 after every epoch. At the default learning rate
# the loss of H = 512 in float is soon not finite, and training ends.
chars() {
    rm -f "$tmp/run.npy"
    measured "$bin/min-char-rnn" train $psalms --hidden "$1" --iterations "$2" --sample-every 0 --sample-length 0 \
        --learning-rate 0.01 \
        --checkpoint "$tmp/run.npy" 2>&1 >/dev/null | sed -n 's/.* \([0-9]*\) characters\/s.*/\1/p' | tail -n 1
}
chars_numpy() { "$numpy" tests/bench/min_char_rnn.py $psalms "$1" "$3"; }
lm() {
    rm -f "$tmp/lm.npy"
    measured "$bin/rnnlm" train $words --epochs "$1" --held-out 0 --checkpoint "$tmp/lm.npy" --lang en 2>/dev/null |
        sed -n 's/.*| \([0-9]*\) words\/s |/\1/p' | tail -n 40 | median
}
lm_numpy() { "$numpy" tests/bench/rnnlm.py $words "$2"; }
lm_torch() { "$torch" tests/bench/rnnlm_torch.py $words "$2" 1; }
# char_rnn CELL HIDDEN ITERATIONS [COMMAND...]: their rate is in the line of the test behind them. The checkpoint comes
# later. The command that trains: char-rnn by one thread, if none is told.
char_rnn() {
    cell=$1 hidden=$2 last=$3
    shift 3
    [ $# -gt 0 ] || set -- "$bin/char-rnn" train
    rm -f "$tmp/char.npy"
    measured "$@" $psalms --cell "$cell" --hidden "$hidden" --embed 64 --batch 32 --seq-length 50 \
        --test-every "$last" --iterations $((last + 1)) --held-out 0 --sample-length 0 --checkpoint "$tmp/char.npy" \
        --lang en 2>/dev/null | sed -n 's/.* \([0-9]*\) symbols\/s$/\1/p' | head -n 1
}
char_rnn_torch() { "$torch" tests/bench/char_rnn_torch.py $psalms "$1" "$2" 64 32 50 "$3"; }
# cells HIDDEN ITERATIONS: a character is 6 (D + H) G H + 6 H V operations, G being the gates.
cells() {
    for cell in lstm gru; do
        most=$(by_peak "$(awk -v H="$1" -v G=$([ $cell = gru ] && echo 3 || echo 4) \
            'BEGIN { print 6 * (64 + H) * G * H + 6 * H * 65 }')")
        row "$cell, H = $1, batch 32" chars/s "$most" char_rnn $cell "$1" "$2"
    done
}
# at_once COMMAND...: the sum of its rates when it runs twice at the same time. As much as the machine gives to two
# programs that share nothing, two threads can give at best.
at_once() {
    mkdir -p "$tmp/second"
    (
        tmp=$tmp/second
        "$@" > "$tmp/rate"
    ) &
    once=$("$@")
    wait
    echo "$once $(cat "$tmp/second/rate")" | awk '{ print $1 + $2 }'
}
# shared HIDDEN ITERATIONS: the LSTM by one thread, by two, and by two ranks, where there is MPI.
shared() {
    ranks=
    ! command -v mpicc >/dev/null || ranks=ranks
    for who in alone threads ranks both; do : > "$tmp/$who"; done
    for _ in $(seq "$rounds"); do
        char_rnn lstm "$1" "$2" >> "$tmp/alone"
        at_once char_rnn lstm "$1" "$2" >> "$tmp/both"
        char_rnn lstm "$1" "$2" env OMP_PROC_BIND=true "$bin/char-rnn" train --threads 2 >> "$tmp/threads"
        [ -z "$ranks" ] || char_rnn lstm "$1" "$2" sh chapters/16-ranks/launch.sh 2 "$bin/ranks" >> "$tmp/ranks"
    done
    for who in threads $ranks; do
        echo "$REAL $1 $(median < "$tmp/alone") $(median < "$tmp/$who") $(median < "$tmp/both") char-rnn, $who" \
            >> "$tmp/two"
    done
}
# fast PROGRAM HIDDEN ITERATIONS STREAMS SHARDS THREADS: a step of chapter 14
fast() {
    measured "$bin/$1" $psalms --hidden "$2" --iterations "$3" --streams "$4" --shards "$5" --threads "$6" \
        --learning-rate 0.01 --speed --lang en | sed 's/.* \([0-9]*\) characters.*/\1/'
}

# The last row of the file, as one of the table.
show() {
    tail -n 1 "$out" | tr "$tab" '\n' | {
        set --
        while read -r field; do set -- "$@" "$field"; done
        printf '%-28s %-7s %-8s %9s %9s %9s %7s %7s %7s %6s\n' "$@"
    }
}
# line WHAT UNIT THIS NUMPY TORCH MB PERCENT: a row of the table and of the file.
line() {
    awk -v OFS="$tab" -v what="$1" -v real="$REAL" -v unit="$2" -v c="$3" -v n="$4" -v t="$5" -v mb="$6" -v peak="$7" '
        function over(a, b) { return a > 0 && b > 0 ? sprintf("%.2f", a / b) : "-" }
        BEGIN { print what, real, unit, c, n, t, over(c, n), over(c, t), mb, peak }' >> "$out"
    show
}
# of_most RATE MOST: percent of what this core can do; "-" where MOST is not known, 0.
of_most() { awk -v r="$1" -v most="$2" 'BEGIN { if (most > 0) printf "%.0f", 100 * r / most; else print "-" }'; }
# by_peak OPERATIONS: how often the core can do so many additions and products that are not fused in a second.
by_peak() { awk -v o="$1" -v p="$peak" 'BEGIN { print p * 1e9 / o }'; }
# row WHAT UNIT MOST FUNCTION ARGUMENTS: this (FUNCTION), NumPy (FUNCTION_numpy) and PyTorch (FUNCTION_torch), if there
# are such functions, in turn. MOST: what the core can do of UNIT; 0 where not arithmetic but memory is the limit.
row() {
    what=$1 unit=$2 most=$3 run=$4
    shift 4
    for who in this numpy torch; do : > "$tmp/$who"; done
    echo - > "$tmp/mb"
    for _ in $(seq "$rounds"); do
        "$run" "$@" >> "$tmp/this"
        for who in numpy torch; do
            eval "[ -z \"\$$who\" ]" || ! command -v "${run}_$who" >/dev/null || "${run}_$who" "$@" >> "$tmp/$who"
        done
    done
    rate=$(median < "$tmp/this")
    line "$what" "$unit" "$rate" "$(median < "$tmp/numpy")" "$(median < "$tmp/torch")" "$(cat "$tmp/mb")" \
        "$(of_most "$rate" "$most")"
}
# steps HIDDEN ITERATIONS NUMPY'S: every step of chapter 14 at batch 1, and the percent of the roofline of its last.
steps() {
    names='fast-1-rows fast-2-hoist fast-3-block fast'
    bound=$("$bin/roofline" --hidden "$1" --lang en | sed -n 's/^bound: \([0-9]*\).*/\1/p')
    for who in $names numpy; do : > "$tmp/$who"; done
    for _ in $(seq "$rounds"); do
        for step in $names; do
            echo - > "$tmp/mb"
            fast "$step" "$1" "$2" 1 1 1 >> "$tmp/$step"
            cp "$tmp/mb" "$tmp/$step-mb"
        done
        [ -z "$numpy" ] || chars_numpy "$@" >> "$tmp/numpy"
    done
    for step in $names; do
        rate=$(median < "$tmp/$step")
        line "$step, H = $1" chars/s "$rate" "$(median < "$tmp/numpy")" - "$(cat "$tmp/$step-mb")" \
            "$(of_most "$rate" "${bound:-0}")"
    done
    if [ "$REAL" = double ]; then
        median < "$tmp/numpy" > "$tmp/original-$1"
    else echo "$1 $rate $(cat "$tmp/original-$1")" >> "$tmp/float"; fi
}
# streams HIDDEN ITERATIONS PYTORCH'S: 32 streams in two shards, by one thread and by two; a character is
# 6 H^2 + 6 H V operations.
streams() {
    for who in this-1 this-2 both torch-1 torch-2; do : > "$tmp/$who"; done
    for _ in $(seq "$rounds"); do
        at_once fast fast "$1" "$2" 32 2 1 >> "$tmp/both"
        export OMP_PROC_BIND=true # a thread stays where what it wrote is in the cache
        for threads in 1 2; do
            echo - > "$tmp/mb"
            fast fast "$1" "$2" 32 2 $threads >> "$tmp/this-$threads"
            cp "$tmp/mb" "$tmp/$threads-mb"
            [ -z "$torch" ] ||
                "$torch" tests/bench/min_char_rnn_torch.py $psalms "$1" "$3" 32 $threads >> "$tmp/torch-$threads"
        done
        unset OMP_PROC_BIND # two programs would both be bound to the first core
    done
    for threads in 1 2; do
        rate=$(median < "$tmp/this-$threads")
        most=$(by_peak "$(awk -v H="$1" -v n=$threads 'BEGIN { print 6 * H * (H + 65) / n }')")
        line "batch 32, H = $1, $threads thread$([ $threads = 1 ] || echo s)" chars/s "$rate" - \
            "$(median < "$tmp/torch-$threads")" "$(cat "$tmp/$threads-mb")" "$(of_most "$rate" "$most")"
    done
    echo "$REAL $1 $(median < "$tmp/this-1") $(median < "$tmp/this-2") $(median < "$tmp/both") fast, threads" \
        >> "$tmp/two"
}
products() {
    for round in $(seq "$rounds"); do
        "$bin/products" "$@" > "$tmp/this-$round"
        [ -z "$numpy" ] || "$numpy" tests/bench/products.py "$@" > "$tmp/numpy-$round"
    done
    n=0
    while [ $# -gt 0 ]; do
        n=$((n + 1))
        rate=$(of_rounds this $n) theirs=-
        [ -z "$numpy" ] || theirs=$(of_rounds numpy $n)
        line "$1 $2 x $3 x $4" GF/s "$rate" "$theirs" - - "$(of_most "$rate" "${peak:-0}")"
        shift 4
    done
}
# of_rounds WHO N: the median of line N of all rounds
of_rounds() { for round in $(seq "$rounds"); do sed -n "$2p" "$tmp/$1-$round"; done | median; }

sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | sort | uniq -c | sed 's/^ *\([0-9]*\) /\1 x /'
uptime 2>/dev/null | sed 's/.*load/load/'
sed -E 's/ *(common|chapters)\/.*//' "$build/flags" 2>/dev/null
printf 'what\treal\tunit\tthis\tNumPy\tPyTorch\tx NumPy\tx torch\tMB\t%% peak\n' > "$out" || exit 1
show
for REAL in double float; do
    export REAL
    bin=$build # its programs, if they are of this type; else those of a folder in it
    grep -q -e "-DREAL=$REAL " "$build/flags" 2>/dev/null || bin=$build/$REAL
    # shellcheck disable=SC2046,SC2059  # words
    "$make" --no-print-directory REAL=$REAL BUILD="$bin" $(printf "$bin/%s " min-char-rnn rnnlm products roofline \
        fast-1-rows fast-2-hoist fast-3-block fast char-rnn ranks) >/dev/null || exit 1
    peak=
    "${CC:-cc}" -O3 -march=native -mtune=generic -ffp-contract=off -DREAL=$REAL -o "$tmp/peak" tests/bench/peak.c \
        2>/dev/null && peak=$("$tmp/peak")
    # One line for each thing that is measured. Arguments of chars: hidden size, our iterations, NumPy's; of lm: our
    # epochs, theirs; of steps and streams: hidden size, our iterations, theirs; of cells: hidden size, iterations. A
    # word is 362,000 operations: 2 for each weight, forward and twice backward.
    row 'chapter 8, H = 100' chars/s 0 chars 100 $((4000 / few)) $((800 / few))
    row 'chapter 8, H = 256' chars/s 0 chars 256 $((1200 / few)) $((300 / few))
    row 'chapter 8, H = 512' chars/s 0 chars 512 $((300 / few)) $((100 / few))
    steps 100 $((6000 / few)) $((800 / few))
    [ $few -gt 1 ] || steps 256 1200 300
    [ $few -gt 1 ] || steps 512 300 100
    streams 100 $((600 / few)) $((600 / few))
    [ $few -gt 1 ] || streams 256 200 200
    [ $few -gt 1 ] || streams 512 60 60
    row 'chapter 10, words' words/s "$(by_peak 362000)" lm $((60 / few)) $((40 / few))
    cells 128 $((100 / few))
    [ $few -gt 1 ] || cells 256 40
    [ $few -gt 1 ] || cells 512 12
    shared 128 $((100 / few))
    [ $few -gt 1 ] || shared 256 40
    products ab 10 100 100 ab 10 404 100 ab 50 404 100 ab 32 256 256 ab 32 512 128 ab 32 1024 256 abt 50 100 404 \
        abt 32 128 512 abt 32 256 1024 atb 100 100 10 atb 100 100 50 atb 100 404 50 atb 256 1024 1600
done
# The original program is NumPy in double. What does one gain who is content with float here?
printf '\n%-20s %5s %10s  %13s  %s\n' float H this 'NumPy, double' 'x NumPy'
awk '{
    over = $3 > 0 ? sprintf("%.2f", $2 / $3) : "-"
    printf "%-20s %5d %10d  %13s  %7s\n", "fast", $1, $2, $3, over
}' "$tmp/float"
printf '\n%-20s %7s %5s %10s  %10s  %s  %s\n' two real H 1 2 'two against one' 'two programs at once'
awk '{
    what = $6 " " $7
    one = $3 > 0 ? $3 : 1
    printf "%-20s %7s %5d %10d  %10d  %15.2f  %20.2f\n", what, $1, $2, $3, $4, $4 / one, $5 / one
}' "$tmp/two"
# Opening a checkpoint of the word language model: twice the words may take twice the time.
printf '\n%9s  %10s  %s\n' words 's to open' 'against linear'
for n in $((50000 / few)) $((100000 / few)) $((200000 / few)); do
    awk -v n=$n 'BEGIN { for (i = 0; i < n; i++) printf "w%d%s", i, i % 20 == 19 ? "\n" : " " }' > "$tmp/words"
    rm -f "$tmp/lm.npy"
    "$bin/rnnlm" train "$tmp/words" --words 0 --held-out 0 --epochs 0 --hidden 2 --wordvec 2 --quiet \
        --checkpoint "$tmp/lm.npy" || exit 1
    : > "$tmp/c"
    for _ in $(seq "$rounds"); do
        start=$(date +%s%N)
        "$bin/rnnlm" sample "$tmp/lm.npy" --length 0 > "$tmp/out"
        echo "$start $(date +%s%N)" | awk '{ printf "%.4f\n", ($2 - $1) / 1e9 }' >> "$tmp/c"
    done
    echo "$n $(median < "$tmp/c")"
done | awk 'NR == 1 { each = $2 / $1 } { printf "%9d  %10.3f  %.2f\n", $1, $2, $2 / ($1 * each) }'
if [ -n "$BENCH_OUT" ] && command -v gnuplot >/dev/null 2>&1; then
    picture=${BENCH_OUT%.tsv}.png
    LC_ALL=C.UTF-8 gnuplot -e "OUT='png'; LOG='$BENCH_OUT'; PICTURE='$picture'" plots/bench.gp && echo "plot: $picture"
fi
exit 0
