#!/bin/sh
# portable.sh: do other compilers, C libraries and processors build every program without a warning, and do these
# compute the same bits and print the same text as here? `sh tests/deps.sh install portable` installs what it needs;
# builds that are not possible are listed as skipped. Other processors are emulated, a hundred times slower, and so
# they run less: with FULL=yes also chapters 3 to 6 (half an hour).
# usage: portable.sh [NAME...]      (NAME: only these builds, as they are printed)
export LC_ALL=C.UTF-8
make=${MAKE:-make} build=${BUILD:-build}/portable
passed=0 failed=0 skipped=0 only=" $* "
mkdir -p "$build"

# The chapters with fast programs, and all chapters except those that train on a text.
quick=$(echo chapters/0[1279]-* chapters/11-*) most=$(echo chapters/0[1-7]-* chapters/09-* chapters/11-* chapters/13-*)
[ -z "$FULL" ] || quick=$most

skip() {
    echo "    skipped: $1: $2"
    skipped=$((skipped + 1))
}

# tell NAME WHAT STATUS: report a check; its output is in $build/out
tell() {
    if [ "$3" -eq 0 ]; then passed=$((passed + 1)); else
        tail -n 20 "$build/out"
        echo "FAILED: $1: $2"
        failed=$((failed + 1))
    fi
    return "$3"
}

# compile DIR VARIABLE=VALUE...: build every program
compile() {
    dir=$1
    shift
    "$make" --no-print-directory -j2 WERROR=1 BUILD="$dir" "$@" all > "$build/out" 2>&1
}

# train DIR: short runs of chapters 8, 10, 12 and 13; prints the hashes of their checkpoints, tables and texts
train() {
    $EMULATOR "$1/min-char-rnn" train chapters/08-min-char-rnn/texts/psalms.txt --quiet --iterations 100 \
        --sample-every 50 --force --checkpoint "$1/c.npy" --log "$1/c.tsv" --samples "$1/c.txt" &&
        $EMULATOR "$1/rnnlm" train chapters/10-rnnlm/texts/declaration_words.txt --quiet --no-speed --words 200 \
            --epochs 2 --held-out 100 --force --checkpoint "$1/w.npy" --log "$1/w.tsv" &&
        $EMULATOR "$1/gru" --text chapters/08-min-char-rnn/texts/sokdam.txt --iterations 4 --every 2 --hidden 30 \
            --dropout 0.2 --log "$1/g.tsv" > "$1/g.txt" &&
        $EMULATOR "$1/hangul" --characters 3000 --log "$1/h.tsv" > "$1/h.txt" &&
        cat "$1"/[cw].npy "$1"/[cwgh].tsv "$1/c.txt" | cksum
}

# emulator MACHINE PROGRAM: set EMULATOR to the command that runs it here: empty, or QEMU
emulator() {
    for EMULATOR in '' "qemu-$1" "qemu-$1-static"; do
        $EMULATOR "$2" --help >/dev/null 2>&1 && return 0
    done
    return 1
}

# check NAME COMPILER MACHINE CHAPTERS [VARIABLE=VALUE...]: the three checks of one build
check() {
    name=$1 compiler=$2 machine=$3 chapters=$4
    shift 4
    case $only in '  ' | *" $name "*) ;; *) return ;; esac
    command -v "$compiler" >/dev/null 2>&1 || { skip "$name" "$compiler is not installed"; return; }
    compile "$build/$name" CC="$compiler" "$@"
    tell "$name" "every program builds" $? || return
    emulator "$machine" "$build/$name/vocab" || { skip "$name" "builds, but nothing runs it here (qemu-user)"; return; }
    got=$(train "$build/$name" 2> "$build/out")
    echo "$got, and here $want" >> "$build/out"
    [ "$got" = "$want" ]
    tell "$name" "the same bits" $?
    # shellcheck disable=SC2086  # folders are words
    BUILD=$build/$name FURTHER='' EMULATOR=$EMULATOR sh tests/expect.sh $chapters > "$build/out" 2>&1
    tell "$name" "the same text" $?
    echo "    $name${EMULATOR:+ by $EMULATOR}: $got"
}

EMULATOR=
if ! compile "$build/here" CC="${CC:-cc}" || ! want=$(train "$build/here" 2> "$build/out"); then
    cat "$build/out"
    echo "portable: 0 passed, 1 failed, 0 skipped"
    exit 1
fi
echo "    here: $want"

newer=
for compiler in clang-16 clang-18 clang-19 clang-20 clang-21 gcc-13 gcc-14 gcc-15; do
    command -v $compiler >/dev/null 2>&1 || continue
    check $compiler $compiler '' "$most"
    newer=yes
done
[ -n "$newer" ] || skip "newer compilers" "none of clang-16 to clang-21, gcc-13 to gcc-15 is installed"
check tcc tcc '' "$quick"
check musl musl-gcc '' "$most" LDFLAGS=-static
check i686 i686-linux-gnu-gcc i386 "$most" ARCH= CFLAGS='-msse2 -mfpmath=sse' LDFLAGS=-static
for machine in aarch64 x86-64 s390x; do
    [ "$(uname -m)" = "$(echo $machine | tr - _)" ] ||
        check $machine $machine-linux-gnu-gcc "$(echo $machine | tr - _)" "$quick" ARCH= LDFLAGS=-static
done

# Without these flags, 32-bit x86 computes wider than it stores: the build must fail and name the flags.
case $only in '  ' | *' i686 '*)
    if command -v i686-linux-gnu-gcc >/dev/null 2>&1; then
        ! compile "$build/i686-387" CC=i686-linux-gnu-gcc ARCH= && grep -q -e '-msse2 -mfpmath=sse' "$build/out"
        tell i686 "refused without -msse2 -mfpmath=sse" $?
    fi
    ;;
esac
echo "portable: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
