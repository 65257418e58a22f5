#!/bin/sh
# all.sh: draws every picture into BUILD/plots, as PNG and SVG, from the programs' logs.
# usage: all.sh [--update | --check]
#   --update  copy the SVG files to docs/pictures, where the lessons use them
#   --check   compare them with docs/pictures, if those were drawn by the same version of gnuplot (others write other
#             SVG)
build=${BUILD:-build}
out=$build/plots
shown=docs/pictures
if ! command -v gnuplot >/dev/null 2>&1; then
    echo "gnuplot is not installed: no pictures (make deps installs it on Debian and Ubuntu)" >&2
    exit 0
fi
mkdir -p "$out"
names=
warned=

# picture NAME SCRIPT LOG [LOG2]: draw LOG with plots/SCRIPT.gp into NAME.png and NAME.svg
picture() {
    for type in png svg; do
        gnuplot -e "OUT='$type'; PICTURE='$out/$1.$type'; LOG='$3'; LOG2='${4:-}'" "plots/$2.gp" 2>"$out/told" ||
            { cat "$out/told" >&2; exit 1; }
        [ ! -s "$out/told" ] || { cat "$out/told" >&2; warned="$warned $1.$type"; }
    done
    echo "$out/$1.png $out/$1.svg"
}

# draw NAME SCRIPT LOG [LOG2]: the same for a picture of a lesson
draw() {
    picture "$@"
    names="$names $1"
}

for seed in 0 1 5; do
    "$build/one-hop" --seeds 0 --seed $seed --log "$out/naive-$seed.tsv" >/dev/null || exit 1
    "$build/bptt" --seeds 0 --seed $seed --log "$out/bptt-$seed.tsv" >/dev/null || exit 1
done
draw naive-bptt naive-bptt "$out/naive" "$out/bptt"
"$build/vanishing" --log "$out/vanishing.tsv" >/dev/null || exit 1
draw vanishing vanishing "$out/vanishing.tsv"
"$build/clip" --log "$out/clip.tsv" --histogram "$out/clip-histogram.tsv" >/dev/null || exit 1
draw clip clip "$out/clip.tsv"
draw clip-histogram clip-histogram "$out/clip-histogram.tsv"
"$build/adagrad" --log "$out/adagrad.tsv" >/dev/null || exit 1
draw adagrad adagrad "$out/adagrad.tsv"
"$build/sample" --log "$out/temperature.tsv" >/dev/null || exit 1
draw temperature temperature "$out/temperature.tsv"
"$build/gradient-check" --log "$out/gradient-check.tsv" >/dev/null || exit 1
draw gradient-check gradient-check "$out/gradient-check.tsv"
"$build/bug-zoo" --log "$out/bug-zoo.tsv" >/dev/null || exit 1
draw bug-zoo bug-zoo "$out/bug-zoo.tsv"

# The run of chapter 8, with the longest line of some of its samples written on the curve.
rm -f "$out/min-char-rnn.txt"
"$build/min-char-rnn" train chapters/08-min-char-rnn/texts/psalms.txt --iterations 100000 --learning-rate 0.05 \
    --sample-every 10000 --quiet --log "$out/min-char-rnn.tsv" --log-every 20 --samples "$out/min-char-rnn.txt" \
    --checkpoint "$out/min-char-rnn.npy" --force || exit 1
awk -F '\t' '
    NR == FNR && /^---- iter / { iteration = substr($0, 11); next }
    NR == FNR { if (length($0) > length(line[iteration])) line[iteration] = $0; next }
    $1 == 10000 || $1 == 40000 || $1 == 70000 { print $1 "\t" $3 "\t" substr(line[$1], 1, 24) "...\t" 56 - $1 / 9000 }
' "$out/min-char-rnn.txt" "$out/min-char-rnn.tsv" > "$out/samples.tsv"
draw learning-curve min-char-rnn "$out/min-char-rnn.tsv" "$out/samples.tsv"
picture min-char-rnn min-char-rnn "$out/min-char-rnn.tsv" # as make chapter-8 draws it
draw long-run long-run docs/long-run.tsv
draw speed speed docs/speed.tsv
draw roofline roofline docs/roofline.tsv docs/speed.tsv
"$build/rnnlm" train chapters/10-rnnlm/texts/declaration_words.txt --quiet --log "$out/rnnlm.tsv" \
    --checkpoint "$out/rnnlm.npy" --force || exit 1
draw rnnlm rnnlm "$out/rnnlm.tsv"
"$build/lstm" --log "$out/lstm.tsv" >/dev/null || exit 1
draw lstm lstm "$out/lstm.tsv"
draw memory memory docs/memory.tsv
draw gru gru docs/cells.tsv
# Chapter 15: a run, what characters of the part held out cost it, and what its cells do there.
"$build/char-rnn" train chapters/08-min-char-rnn/texts/psalms.txt --hidden 64 --iterations 1800 \
    --test-every 150 --quiet --log "$out/char-rnn.tsv" --checkpoint "$out/char-rnn.npy" --force || exit 1
tail -c 2000 chapters/08-min-char-rnn/texts/psalms.txt > "$out/held-out.txt"
"$build/char-rnn" score "$out/char-rnn-best.npy" "$out/held-out.txt" --table "$out/surprise.tsv" >/dev/null || exit 1
draw char-rnn char-rnn "$out/char-rnn.tsv"
draw surprise surprise "$out/surprise.tsv"
# Of its cells those that go the most with the place in the line and in the word.
tail -c 20000 chapters/08-min-char-rnn/texts/psalms.txt > "$out/held-out.txt"
cells=$("$build/char-rnn" show "$out/char-rnn-best.npy" "$out/held-out.txt" --state c --table "$out/cells.tsv" \
    --lang en | sed -n 's/^  place in the [a-z]*:  \([0-9]*\) .*/\1/p')
echo "$cells" | awk -F '\t' -v OFS='\t' '
    NR == FNR { cell[NR] = $1 + 3; next }
    FNR > 1 { print $1, $2, $cell[1], $cell[2], $2 == "\\n" }' - "$out/cells.tsv" > "$out/states.tsv"
draw states states "$out/states.tsv"
# Chapter 16: the model for 10 Gb Ethernet and for 100 Gb InfiniBand.
"$build/scaling" --log "$out/scaling.tsv" >/dev/null || exit 1
"$build/scaling" --latency 2 --bandwidth 11 --log "$out/scaling-fast.tsv" >/dev/null || exit 1
draw scaling scaling "$out/scaling.tsv" "$out/scaling-fast.tsv"
# Chapter 13: for each unit the mean and its standard error in each experiment; and each network, unit and experiment as
# numbers.
awk -F '\t' -v OFS='\t' -v each="$out/units-each.tsv" '
    NR == 1 { next }
    !($2 in unit) { unit[$2] = units++ }
    !($1 in experiment) { experiment[$1] = experiments++ }
    { u = unit[$2]; e = experiment[$1]; n[u, e]++; sum[u, e] += $5; squares[u, e] += $5 * $5; print u, e, $5 > each }
    END {
        for (u = 0; u < units; u++) {
            line = u
            for (e = 0; e < experiments; e++) {
                mean = sum[u, e] / n[u, e]
                line = line OFS mean OFS sqrt((squares[u, e] / n[u, e] - mean * mean) / (n[u, e] - 1))
            }
            print line
        }
    }' docs/units.tsv > "$out/units.tsv"
draw units units "$out/units.tsv" "$out/units-each.tsv"

case $1 in
--update)
    for name in $names; do cp "$out/$name.svg" "$shown/$name.svg" || exit 1; done
    ;;
--check)
    version=$(gnuplot --version)
    if ! grep -q "Produced by GNUPLOT ${version#gnuplot }" "$shown/naive-bptt.svg"; then
        echo "the pictures of the lessons were drawn by another gnuplot than $version: not compared"
        exit 0
    fi
    failed=0
    for name in $names; do
        cmp "$out/$name.svg" "$shown/$name.svg" || failed=$((failed + 1))
    done
    set -- $names
    [ -z "$warned" ] || echo "gnuplot warned of:$warned"
    echo "pictures: $(($# - failed)) passed, $failed failed"
    [ $failed -eq 0 ] && [ -z "$warned" ]
    ;;
esac
