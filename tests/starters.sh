#!/bin/sh
# starters.sh: do the students' starters compile without a warning and fail all tests?
# usage: starters.sh FOLDER...
#
# For each starter/X.c, runs the tests of suite X with it in place of ours: all must fail, except those listed in
# starters.tsv (tests that chapter 4's starter passes without the three missing lines).
make=${MAKE:-make} build=${BUILD:-build}
passed=0 failed=0
for folder; do
    [ -d "$folder/starter" ] || { echo "FAILED: $folder has no starter"; failed=$((failed + 1)); continue; }
    number=$(basename "$folder" | sed 's/^common$/1/; s/^0*\([0-9]*\)-.*/\1/')
    for file in "$folder"/starter/*.c; do
        module=$(basename "$file" .c)
        runner=$build/starters/mine/tests-$number
        if ! "$make" --no-print-directory -j2 BUILD="$build/starters" MINE="$folder/starter" \
            WERROR=1 "$runner" > "$build/starters.out" 2>&1; then
            cat "$build/starters.out"
            echo "FAILED: $file does not compile clean"
            failed=$((failed + 1))
            continue
        fi
        BUILD=$build "$runner" --filter "$module/*" --tap="$build/starters.tap" >/dev/null 2>&1
        good=$(sed -n '/# SKIP/d; s/^ok - \([^ ]*\).*/\1/p' "$build/starters.tap" | sort)
        allowed=$(awk -F '\t' -v f="$file" '$1 == f { print $2 }' tests/starters.tsv | sort)
        bad=$(grep -c '^not ok' "$build/starters.tap")
        if [ "$good" != "$allowed" ] || [ "$bad" -eq 0 ]; then
            echo "FAILED: $file passes other tests than tests/starters.tsv lists; it passes:"
            echo "$good" | sed 's/^/    /'
            failed=$((failed + 1))
        else
            passed=$((passed + 1))
        fi
    done
done
echo "starters: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
