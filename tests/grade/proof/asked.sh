#!/bin/sh
# asked.sh: does a student's own check name each known mistake as the grader does (mutants.tsv), and take points for it?
# The points are not the same: the numbers are others. usage: asked.sh CHAPTER...; the grade kit must be built.
kit=${BUILD:-build}/grade-kit
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
for chapter; do
    PYTHONPATH=tests/grade/course python3 -c 'import pathlib, sys, release
sys.stdout.buffer.write(release.questions(sys.argv[1], pathlib.Path(sys.argv[2])))' "$chapter" "$kit" \
        > "$tmp/questions" || exit 1
    number=-1
    while
        LC_ALL=C "$kit/asked-$chapter" "$tmp/questions" $number > "$tmp/line"
        status=$?
        [ "$status" -eq 0 ]
    do
        awk -F '\t' -v OFS='\t' -v chapter="$chapter" '{ print chapter, $1, $3, $2 }' "$tmp/line"
        number=$((number + 1))
    done
    # 2: there is no mistake of this number.
    [ "$status" -eq 2 ] && [ "$number" -gt 0 ] || {
        echo "asked-$chapter: mistake $number: exit status $status" >&2
        exit 1
    }
done > "$tmp/now"
awk -F '\t' -v variant="$([ -f tests/grade/course/variant.md ] && echo yes)" '
    /^#/ { next }
    NR == FNR { want[$1, $2] = $4; next }
    # A variant has other mistakes, and other points: there each must be named as itself, or as nothing. What the grader
    # gives no name, because a student could have made it in several ways, may be named as itself here.
    { good = (want[$1, $2] == $4 || want[$1, $2] == "-" && $2 == $4) && ($3 == 100) == ($4 == "-") }
    variant { good = $2 == "right" ? $3 == 100 : $2 == $4 || $4 == "-" }
    good { passed++; next }
    { failed++; print "FAILED: " $1 ": " $2 " gets " $3 " points and the name " $4 " (mutants.tsv: " want[$1, $2] ")" }
    END { printf "asked: %d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }' \
    tests/grade/proof/mutants.tsv "$tmp/now"
