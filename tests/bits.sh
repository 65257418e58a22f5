#!/bin/sh
# bits.sh: does the same training give the same bits in every build?
#
# Runs 2,000 iterations at learning rate 0.1, where a difference of one bit soon gives a different text, with
# every compiler available and several flags, in double and in float. Compares the checkpoint (weights, memories,
# random numbers), the log and the samples; the tables of short runs of RNN, LSTM and GRU, of stacks of them, and of
# bytes, characters and jamo; and the weights of chapters 14 and 15 by 1 to 4 threads, and by 2 to 8 ranks (chapter
# 16). Builds that the compiler or the processor cannot do are listed as skipped.
# usage: bits.sh [--few]      (--few: three builds in double and two in float)
make=${MAKE:-make} build=${BUILD:-build}/bits
text=chapters/08-min-char-rnn/texts/psalms.txt
passed=0 failed=0 skipped=0
mkdir -p "$build"

# usable COMPILER ARCH: can the compiler build for ARCH, and can this processor run the result?
usable() {
    command -v "$1" >/dev/null 2>&1 || return 1
    [ -n "$2" ] || return 0
    printf 'int main(void) { return 0; }\n' > "$build/probe.c"
    "$1" -march="$2" -o "$build/probe" "$build/probe.c" >/dev/null 2>&1 && "$build/probe" || return 1
    case $2 in
    x86-64-v3) grep -qw avx2 /proc/cpuinfo 2>/dev/null ;;
    x86-64-v4) grep -qw avx512vl /proc/cpuinfo 2>/dev/null ;;
    esac
}

# char_rnn FOLDER: what char-rnn learns there with 1 to 4 threads, and by 2 to 8 ranks where there is MPI: a hash of the
# checkpoint for each.
char_rnn() {
    folder=$1
    set -- $text --first 20000 --layers 2 --dropout 0.2 --hidden 40 --embed 24 --shards 8 --iterations 60 \
        --test-every 30 --learning-rate 0.05 --quiet --force --checkpoint "$folder/run-char.npy"
    for threads in 1 2 3 4; do
        "$folder/char-rnn" train "$@" --threads $threads || return
        sha256sum < "$folder/run-char.npy"
    done
    command -v mpicc >/dev/null 2>&1 || return 0
    for ranks in 2 4 8; do
        sh chapters/16-ranks/launch.sh $ranks "$folder/ranks" "$@" || return
        sha256sum < "$folder/run-char.npy"
    done
}

# gates DIR: short runs of chapters 11 to 13
gates() {
    "$1/lstm" --log "$1/run-lstm.tsv" &&
        "$1/gru" --text chapters/08-min-char-rnn/texts/sokdam.txt --iterations 40 --every 10 --hidden 50 \
            --dropout 0.2 --log "$1/run-gru.tsv" &&
        "$1/hangul" --characters 10000 --log "$1/run-hangul.tsv"
}

all='gcc -O0 -,gcc -O1 -,gcc -O2 -,gcc -O3 native,gcc -O3 x86-64-v3,gcc -O3 x86-64-v4'
all=$all',clang -O0 -,clang -O2 x86-64-v3,clang -O3 native,clang -O3 x86-64-v4'
double=$all float=$all
[ "$1" != --few ] || double='gcc -O0 -,gcc -O3 native,clang -O2 -' float='gcc -O3 native,clang -O2 -'
for real in double float; do
    want=
    eval "variants=\$$real"
    IFS=,
    # shellcheck disable=SC2086  # split at the commas
    set -- $variants
    unset IFS
    for variant; do
        # shellcheck disable=SC2086  # three words
        set -- $variant
        arch=$3
        [ "$arch" = - ] && arch=
        if ! usable "$1" "$arch"; then
            echo "    skipped: $variant: not here"
            skipped=$((skipped + 1))
            continue
        fi
        dir=$build/$real-$1$2-${arch:-plain}
        # shellcheck disable=SC2046,SC2059  # words
        if ! "$make" --no-print-directory -j2 CC="$1" OPT="$2" ARCH="$arch" REAL=$real BUILD="$dir" \
            CFLAGS= $(printf "$dir/%s " min-char-rnn lstm gru hangul fast char-rnn ranks) > "$build/out" 2>&1 ||
            ! "$dir/min-char-rnn" train $text --iterations 2000 --sample-every 500 --quiet \
                --force --checkpoint "$dir/run.npy" \
                --log "$dir/run.tsv" --samples "$dir/run.txt" > "$build/out" 2>&1 ||
            ! gates "$dir" > "$build/out" 2>&1 ||
            ! "$dir/fast" $text --lang en > "$dir/run.fast" 2> "$build/out" ||
            ! "$dir/fast" $text --lang en --streams 8 --shards 4 --threads 4 --each --iterations 100 \
                > "$dir/run.each" 2> "$build/out" ||
            ! char_rnn "$dir" > "$dir/run.char" 2> "$build/out"; then
            cat "$build/out"
            echo "FAILED: $real $variant: does not build or run"
            failed=$((failed + 1))
            continue
        fi
        # By any number of threads: the lines differ in that only.
        [ "$(sed 's/threads [0-9]*//' "$dir/run.each" | sort -u | wc -l)" -eq 1 ] ||
            { echo "FAILED: $real $variant: threads change the weights"; failed=$((failed + 1)); }
        [ "$(sort -u "$dir/run.char" | wc -l)" -eq 1 ] ||
            { echo "FAILED: $real $variant: threads or ranks change char-rnn"; failed=$((failed + 1)); }
        got=$(cat "$dir/run.npy" "$dir/run.tsv" "$dir/run.txt" "$dir"/run-*.tsv "$dir/run.fast" "$dir/run.each" \
            "$dir/run.char" | sha256sum | cut -c1-16)
        [ -n "$want" ] || want=$got
        if [ "$got" = "$want" ]; then
            passed=$((passed + 1))
            echo "    $got $real $variant"
        else
            failed=$((failed + 1))
            echo "FAILED: $got $real $variant (the first build gave $want)"
        fi
    done
done
echo "same bits: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
