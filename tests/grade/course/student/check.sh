#!/bin/sh
# check.sh: the tests of a student's file, one line each, and what a failed one says.
# usage: check.sh need CC                          is Criterion there?
#        check.sh run RUNNER MODULE "SOURCE..."    run it; what red.tsv lists for a SOURCE is of another chapter
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
ko*) korean=1 ;;
*) korean= ;;
esac
say() { if [ -n "$korean" ]; then echo "$2"; else echo "$1"; fi; }

if [ "$1" = need ]; then
    # shellcheck disable=SC2086  # a compiler with options is words
    printf '#include <criterion/criterion.h>\n' | $2 -E - >/dev/null 2>&1 && exit 0
    package='Debian, Ubuntu: libcriterion-dev; macOS: brew install criterion'
    say "The tests did not run: Criterion is not installed ($package)." \
        "시험을 돌리지 못했습니다. Criterion이 없습니다($package)."
    exit 1
fi

runner=$2 module=$3 sources=$4
out=$runner.tap err=$runner.err
: > "$runner.red"
for source in $sources; do awk -F '\t' -v s="$source" '$1 == s { print $2 }' tests/red.tsv; done > "$runner.red"
rm -f "$out"
# An endless loop ends after a minute of computing, where the shell can see to that.
# shellcheck disable=SC3045
(ulimit -t 60 2>/dev/null; LC_ALL=C exec "$runner" --tap="$out") >/dev/null 2> "$err"
[ -s "$out" ] || {
    cat "$err"
    say "$module: the tests did not run" "$module: 시험을 돌리지 못했습니다"
    exit 1
}
awk -v red="$runner.red" -v module="$module" -v korean="$korean" '
    BEGIN { while ((getline line < red) > 0) other[line] = 1 }
    /^(ok|not ok) - / {
        name = $0
        sub(/^(not )?ok - /, "", name)
        sub(/ .*/, "", name)
        shown = name
        sub("^" module "::", "", shown)
        on = 0
        if (name in other) next
        total++
        if (/^ok/ && /# SKIP/) { skipped++; print "  . " shown }
        else if (/^ok/) { passed++; print "  + " shown }
        else { on = 1; print "  - " shown }
        next
    }
    /^#/ { on = 0 }
    # Criterion says where, and below it what.
    on && !/^ *(---|\.\.\.|assertions.*|failures:)?$/ { gsub(/^ *(- )?| *\|\+$/, ""); print "        " $0 }
    END {
        text = korean ? "%s: 시험 %d개 가운데 %d개를 통과했습니다%s\n" : "%s: %d tests, %d passed%s\n"
        rest = skipped ? sprintf(korean ? ", %d개는 건너뛰었습니다" : ", %d skipped", skipped) : ""
        printf text, module, total, passed, rest
        exit passed == 0 || passed + skipped < total
    }' "$out"
