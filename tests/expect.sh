#!/bin/sh
# expect.sh: what each chapter's program prints, against expected.txt (Korean) and expected.en.txt.
# usage: expect.sh [--update] FOLDER...      (--update writes the two files: look at the difference first)
#
# A chapter's command line stands in its file expect.args, else there is none.
update=
[ "$1" = --update ] && update=yes && shift
build=${BUILD:-build}
passed=0 failed=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
for folder; do
    program=$build/$(basename "$folder" | sed 's/^[0-9]*-//')
    args=$(sed "s|TMP/|$tmp/|g" "$folder/expect.args" 2>/dev/null)
    for language in ko en; do
        expected=$folder/expected.txt
        [ $language = en ] && expected=$folder/expected.en.txt
        # shellcheck disable=SC2086  # the arguments are words
        if ! "$program" $args --lang $language > "$tmp/out" 2> "$tmp/err"; then
            cat "$tmp/err"
            echo "FAILED: $program --lang $language ended with an error"
            failed=$((failed + 1))
        elif [ -n "$update" ]; then
            cp "$tmp/out" "$expected"
        elif diff "$expected" "$tmp/out" > "$tmp/diff"; then
            passed=$((passed + 1))
        else
            head -n 10 "$tmp/diff"
            echo "FAILED: $program --lang $language prints something else than $expected"
            failed=$((failed + 1))
        fi
    done
done
[ -n "$update" ] || echo "expected output: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
