#!/bin/sh
# run.sh: run one chapter's tests, and compare the failures with the expected ones.
# usage: run.sh RUNNER CHAPTER SOURCE...
#
# tests/red.tsv lists tests that must fail if a certain source file is linked, and why: they show what that file
# cannot do. It is an error if any other test fails, or if one of these passes.
export LC_ALL=C
runner=$1 chapter=$2
shift 2
out=$runner.tap err=$runner.err red=$runner.red
: > "$red"
for source; do awk -F '\t' -v s="$source" '$1 == s { print $2 }' tests/red.tsv; done | sort -u > "$red"

if [ "${UNDER:-}" = valgrind ]; then
    rm -f "$runner".vg.*
    valgrind -q --trace-children=yes --child-silent-after-fork=yes --log-file="$runner.vg.%p" \
        --trace-children-skip="*python*,*/sh,*/dash,*/bash,*/cmp,*/cat,*/rm,*/sed,*/grep" \
        "$runner" -j1 --tap="$out" >/dev/null 2> "$err"
    if cat "$runner".vg.* 2>/dev/null | grep -q .; then
        cat "$runner".vg.* | head -n 40
        echo "valgrind found errors: $runner.vg.*"
        exit 1
    fi
else
    ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0} "$runner" --tap="$out" >/dev/null 2> "$err"
fi
[ -s "$out" ] || { cat "$err"; echo "$chapter: the tests did not run"; exit 1; }

# The names of the tests, from lines "ok - suite::name  (0.01s)".
sed -n 's/^ok - \([^ ]*\).*# SKIP.*/\1/p' "$out" | sort > "$runner.skipped"
sed -n '/# SKIP/d; s/^ok - \([^ ]*\).*/\1/p' "$out" | sort > "$runner.passed"
sed -n 's/^not ok - \([^ ]*\).*/\1/p' "$out" | sort > "$runner.failed"
# Tests that failed but are not listed, or are listed but neither failed nor were skipped.
wrong=$(comm -23 "$runner.failed" "$red"; comm -13 "$runner.failed" "$red" | comm -23 - "$runner.skipped")
skipped=$(wc -l < "$runner.skipped") passed=$(wc -l < "$runner.passed") reds=$(wc -l < "$red")
if [ "$passed" -eq 0 ]; then
    echo "$chapter: no test passed"
    exit 1
fi
if [ -n "$wrong" ]; then
    for test in $wrong; do
        if grep -qxF "$test" "$red"; then echo "PASSED BUT MUST FAIL (tests/red.tsv): $test"
        else
            echo "FAILED: $test"
            # Its message is on the lines below, up to the next test.
            awk -v t="not ok - $test " '
                index($0, t) == 1 { on = 1; next }
                /^(ok|not ok|#)/ { on = 0 }
                on && !/^ *(---|...|assertions.*|failures:)?$/ { print "  " $0 }' "$out"
        fi
    done
    grep -E 'ERROR|runtime error' "$err" | head -n 5
    echo "$chapter: $passed passed, $(echo "$wrong" | wc -l) failed, $skipped not run"
    exit 1
fi
sed -n 's/^ok - \([^ ]*\).*# SKIP \(.*\)/    not run: \1: \2/p' "$out"
for source; do awk -F '\t' -v s="$source" '$1 == s { print $3 }' tests/red.tsv; done | sort | uniq -c |
    while read -r n why; do echo "    $n fail as they must: $why"; done
echo "$chapter: $passed passed, 0 failed$([ "$skipped" -eq 0 ] || echo ", $skipped not run")"
