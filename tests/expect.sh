#!/bin/sh
# expect.sh: compares the output of each chapter's program with expected.ko.txt (Korean) and expected.en.txt.
# usage: expect.sh [--update] FOLDER...      (--update writes the two files: look at the difference first)
#
# A chapter's arguments are in expect.args, if it has that file; for another program, programs/X.c, the files are
# programs/X.expect.args, programs/X.expected.ko.txt and programs/X.expected.en.txt. EMULATOR is a command that runs
# programs built for another processor.
update=
[ "$1" = --update ] && update=yes && shift
build=${BUILD:-build}
passed=0 failed=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
# one PROGRAM BASE: compare PROGRAM's output with BASEexpected.ko.txt and BASEexpected.en.txt; it gets
# the arguments in BASEexpect.args
one() {
    program=$1
    for language in ko en; do # both at once
        mkdir -p "$tmp/$language"
        args=$(sed "s|TMP/|$tmp/$language/|g" "$2expect.args" 2>/dev/null)
        {
            # shellcheck disable=SC2086  # the arguments are words
            $EMULATOR "$program" $args --lang $language > "$tmp/$language.out" 2> "$tmp/$language.err"
            echo $? > "$tmp/$language.status"
        } &
    done
    wait
    for language in ko en; do
        expected=$2expected.$language.txt
        if [ "$(cat "$tmp/$language.status")" -ne 0 ]; then
            cat "$tmp/$language.err"
            echo "FAILED: $program --lang $language ended with an error"
            failed=$((failed + 1))
        elif [ -n "$update" ]; then
            cp "$tmp/$language.out" "$expected"
        elif diff "$expected" "$tmp/$language.out" > "$tmp/diff"; then
            passed=$((passed + 1))
        else
            head -n 10 "$tmp/diff"
            echo "FAILED: $program --lang $language prints something else than $expected"
            failed=$((failed + 1))
        fi
    done
}
for folder; do
    one "$build/$(basename "$folder" | sed 's/^[0-9]*-//')" "$folder/"
    for source in "$folder"/programs/*.c; do
        [ -f "$source" ] || continue
        name=$(basename "$source" .c)
        # FURTHER lists the built programs; check-gradients has the chapter it is linked with in its name.
        for program in $FURTHER; do
            case $program in */"$name" | */"$name"-[0-9]*) one "$program" "${source%.c}." ;; esac
        done
    done
done
[ -n "$update" ] || echo "expected output: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
