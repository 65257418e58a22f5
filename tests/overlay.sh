#!/bin/sh
# overlay.sh: the rule that carries everything. In a copy of the sources, with a space in its path: builds, a
# file of MINE in the place of ours, and refusals where MINE makes no sense.
make=${MAKE:-make}
passed=0 failed=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
copy="$tmp/a copy"
mkdir "$copy"
cp -r Makefile chapters common tests plots "$copy"
cd "$copy" || exit 1
m() { "$make" --no-print-directory OPT=-O1 ARCH= "$@" > "$tmp/out" 2> "$tmp/err"; }

# hold WHAT: the last command must have succeeded
hold() {
    if [ "$?" -eq 0 ]; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1"
        tail -n 5 "$tmp/err"
    fi
}
says() { grep -q -e "$1" "$tmp/err" "$tmp/out"; }
fails() { ! "$@"; }

m -j2 all; hold "builds in a folder with a space in its path"
m -q build/min-char-rnn; hold "there is nothing to do then"
touch common/mat.h && fails m -q build/vocab; hold "a header that changed makes work"
m -j2 all && fails m -q build/vocab OPT=-O2; hold "another flag makes work"

mkdir hw "my hw" empty header stray
cp chapters/04-bptt/starter/backward.c hw
m chapter-4 MINE=hw ARGS="--passes 1 --seeds 0" && says 'hw/backward.c' && says FAIL; hold "MINE=hw replaces backward.c, and says so"
cp chapters/04-bptt/backward.c "my hw"
m chapter-4 MINE="my hw" ARGS="--passes 1 --seeds 0" && fails says FAIL && says backward.c; hold "MINE may have a space in its name"
m -j2 test-4 MINE="my hw" && says '0 failed'; hold "a right file of MINE passes the tests"
m chapter-4 MINE="$copy/my hw" ARGS="--passes 1 --seeds 0"; hold "MINE may be an absolute path"
printf '/* not C */ int rnn_backward(void)\n' > hw/backward.c
fails m chapter-4 MINE=hw; hold "a file of MINE that does not compile is an error"
fails m chapter-4 MINE=empty && says 'no .c file'; hold "an empty MINE is refused"
fails m chapter-4 MINE=nowhere && says 'no .c file'; hold "a MINE that is not there is refused"
cp hw/backward.c stray/bakward.c
fails m chapter-4 MINE=stray && says 'bakward.c' && says 'replaces nothing'; hold "a misspelt file is refused"
cp chapters/04-bptt/backward.c header/ && touch header/mat.h
fails m chapter-4 MINE=header && says 'mat.h'; hold "a header in MINE is refused"
cp chapters/05-clip/clip.c "my hw"
fails m chapter-4 MINE="my hw" && says 'clip.c'; hold "a file of a later chapter replaces nothing"
fails m all BUILD="a b" && says 'without spaces'; hold "a BUILD with a space is refused"
nm build/bptt | grep -q clip_value; [ $? -ne 0 ]; hold "chapter 4 links nothing of chapter 5"
mkdir chapters/09-double && cp common/mat.h chapters/09-double/
fails m all && says 'same name'; hold "two headers of one name are refused"
echo "overlay: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
