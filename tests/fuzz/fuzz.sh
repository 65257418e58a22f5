#!/bin/sh
# fuzz.sh: give each reader of texts, files and command lines bytes that somebody made up: libFuzzer changes those in
# seeds/ and what it has found in earlier runs (build/fuzz/), and keeps what reaches new code. SECONDS_EACH: how long
# each takes (default 60). An input that makes one fail is kept; its path is printed.
# usage: fuzz.sh [READER...]      (READER: a folder of seeds/)
export LC_ALL=C.UTF-8
make=${MAKE:-make} clang=${FUZZ_CC:-clang} build=${BUILD:-build}
dir=$build/fuzz
seconds=${SECONDS_EACH:-60}
here=$(dirname "$0")
mkdir -p "$dir"
printf '%s\n' 'int LLVMFuzzerTestOneInput(const char *b, unsigned long n);' \
    'int LLVMFuzzerTestOneInput(const char *b, unsigned long n) { return b && n ? 0 : 0; }' > "$dir/probe.c"
if ! "$clang" -fsanitize=fuzzer,address,undefined -o "$dir/probe" "$dir/probe.c" > "$dir/out" 2>&1; then
    echo "make fuzz: skipped: no clang with libFuzzer here (make deps installs it: clang and libclang-rt-*-dev)"
    exit 0
fi
"$make" --no-print-directory "$dir/fuzz" > "$dir/out" 2>&1 || {
    cat "$dir/out"
    exit 1
}
[ $# -gt 0 ] || set -- $(ls "$here/seeds")
memory=/dev/shm # files in memory: many more runs a second
[ -w $memory ] || memory=$dir
passed=0 failed=0
for reader; do
    mkdir -p "$dir/$reader"
    if TMPDIR=$memory FUZZ=$reader "$dir/fuzz" -max_total_time="$seconds" -max_len=16384 -timeout=10 -close_fd_mask=3 \
        -artifact_prefix="$dir/$reader-" "$dir/$reader" "$here/seeds/$reader" > "$dir/$reader.log" 2>&1; then
        passed=$((passed + 1))
        sed -n "s/^Done \([0-9]*\) runs.*/    $reader: \1 inputs in $seconds s/p" "$dir/$reader.log"
    else
        failed=$((failed + 1))
        grep -E 'ERROR|runtime error|SUMMARY|^ *#[0-9]+ .*\.c:' "$dir/$reader.log" | head -n 12
        input=$(sed -n 's/.*Test unit written to //p' "$dir/$reader.log")
        echo "FAILED: $reader: ${input:-no input} (all of it: $dir/$reader.log)"
    fi
done
echo "fuzzing: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
