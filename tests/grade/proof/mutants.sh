#!/bin/sh
# mutants.sh: every known mistake in a worker's place: is it named, and does it cost points?
# usage: mutants.sh [--update] CHAPTER...
#
# What comes out must be what mutants.tsv says: chapter, mistake, points of 100, what it is named; "-" where nothing is
# wrong. BUILD is the folder that make grade-kit built. With --update, and after a look at the difference, what comes
# out becomes the table. A variant of an assignment (variant.py) gives other points, and has mistakes of its own: it is
# not held against the table.
here=tests/grade/proof
kit=${BUILD:-build}/grade-kit
update=
[ "$1" = --update ] && update=yes && shift
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
for chapter; do
    mkdir "$out/$chapter"
    "$kit/core-$chapter" --mutants "$out/$chapter" > "$out/$chapter.rows" || {
        echo "mutants: core-$chapter --mutants failed"
        exit 1
    }
    # id, names, rows passed, rows failed -> chapter, id, points, names
    awk -F '\t' -v chapter="$chapter" -v OFS='\t' '
        NR == FNR { if ($1 == "row" && $2 == chapter) points[$3] = $4; next }
        {
            sum = 0
            n = split($3, row, " ")
            for (i = 1; i <= n; i++) sum += points[row[i]]
            print chapter, $1, sum, $2
        }' tests/grade/manifest.tsv "$out/$chapter.rows"
done > "$out/now"
{ grep '^#' $here/mutants.tsv && cat "$out/now"; } > "$out/new"
[ "$update" ] && cp "$out/new" $here/mutants.tsv
# Also: no name twice, and each mistake is named as itself and costs something, but for those about what is handed back
# through time where nothing is to be handed back, and the other way round. Two cost points, and get no name, as others
# give the same numbers: dh-is-dhnext writes dWhy and dby only; and where nothing is handed back, all-overwritten leaves
# the gradient of one step.
cut -f1 "$kit/hints.tsv" | sort | uniq -d | sed 's/^/FAILED: two mistakes are called /' > "$out/failed"
awk -F '\t' -v variant="$([ -f tests/grade/course/variant.md ] && echo yes)" '
    FILENAME ~ /hints/ { lesson[$1] = $2; section[$1] = $3; next }
    FILENAME ~ /mutants.tsv/ { if (!/^#/ && !variant) want[$1, $2] = $0; next }
    {
        seen[$1, $2] = 1
        through_time = lesson[$2] == "bptt" && section[$2] == "dhnext"
        impossible = $1 == "one-hop" && through_time || $1 == "bptt" && $2 == "with-dhnext"
        right = $3 == 100 && $4 == "-"
        nameless = $2 == "dh-is-dhnext" || $1 == "one-hop" && $2 == "all-overwritten"
        if ($2 == "right" ? !right : !($4 == (nameless ? "-" : $2) && $3 < 100 || impossible && right))
            print "FAILED: " $1 ": " $2 " gets " $3 " points and the name " $4
        else if (want[$1, $2] != $0 && !variant)
            print "FAILED: " $1 ": " $2 ": not as in mutants.tsv: " $3 " points, " $4
        else
            passed++
    }
    END {
        for (k in want) {
            split(k, part, SUBSEP)
            if (!(k in seen)) print "FAILED: " part[1] ": " part[2] " is in mutants.tsv only"
        }
        print passed + 0 > "/dev/stderr"
    }' "$kit/hints.tsv" $here/mutants.tsv "$out/now" >> "$out/failed" 2> "$out/passed"
cat "$out/failed"
failed=$(wc -l < "$out/failed" | tr -d ' ')
echo "mutants: $(cat "$out/passed") passed, $failed failed"
[ "$failed" -eq 0 ]
