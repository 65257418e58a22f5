#!/bin/sh
# units.sh: the comparison of chapter 13 on all of its text, three networks for each unit, at two learning rates and
# with as many weights (`make units`, some twenty minutes). Writes to docs/units.txt what the program prints of it, and
# to docs/units.tsv what each network pays. The bits are the same on every machine.
build=${BUILD:-build}
out=${OUT:-docs}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
# run NAME OPTION...: an experiment; what each unit writes is put behind all tables
run() {
    name=$1
    shift
    "$build/hangul" --epochs 5 --seeds 3 --sample 300 "$@" --lang ko --log "$tmp/log" > "$tmp/said" || exit 1
    echo "$name: $*"
    sed -n '/^2\. /,/^4\. /{/^4\. /!p;}' "$tmp/said"
    { echo "$name writes:"; sed '1,/^4\. /d' "$tmp/said"; } >> "$tmp/samples"
    sed "1s/^/experiment	/; 2,\$s/^/$name	/" "$tmp/log" >> "$tmp/tsv"
}
{
    run 'same H' --learning-rate 0.1
    run 'same H, half the rate' --learning-rate 0.05
    run 'same weights' --equal-weights --learning-rate 0.025
} > "$tmp/text" || exit 1
cat "$tmp/text" "$tmp/samples" > "$out/units.txt"
awk 'NR == 1 || !/^experiment/' "$tmp/tsv" > "$out/units.tsv"
