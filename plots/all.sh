#!/bin/sh
# all.sh: every picture into BUILD/plots, as PNG and SVG, from the logs that the programs write.
build=${BUILD:-build}
out=$build/plots
if ! command -v gnuplot >/dev/null 2>&1; then
    echo "gnuplot is not installed: no pictures (make deps installs it on Debian and Ubuntu)" >&2
    exit 0
fi
mkdir -p "$out"

# draw NAME LOG...: plots/NAME.gp with LOG (and LOG2) into NAME.png and NAME.svg
draw() {
    for type in png svg; do
        gnuplot -e "OUT='$type'; PICTURE='$out/$1.$type'; LOG='$2'; LOG2='${3:-}'" "plots/$1.gp" || exit 1
    done
    echo "$out/$1.png $out/$1.svg"
}

for seed in 0 1 5; do
    "$build/one-hop" --seeds 0 --seed $seed --log "$out/naive-$seed.tsv" >/dev/null || exit 1
    "$build/bptt" --seeds 0 --seed $seed --log "$out/bptt-$seed.tsv" >/dev/null || exit 1
done
draw naive-bptt "$out/naive" "$out/bptt"
"$build/clip" --log "$out/clip.tsv" >/dev/null && draw clip "$out/clip.tsv"
"$build/adagrad" --log "$out/adagrad.tsv" >/dev/null && draw adagrad "$out/adagrad.tsv"
"$build/gradient-check" --log "$out/gradient-check.tsv" >/dev/null && draw gradient-check "$out/gradient-check.tsv"
"$build/bug-zoo" --log "$out/bug-zoo.tsv" >/dev/null && draw bug-zoo "$out/bug-zoo.tsv"
if [ ! -f "$build/min-char-rnn.tsv" ]; then
    "$build/min-char-rnn" train chapters/08-min-char-rnn/texts/psalms.txt --iterations 20000 --quiet \
        --log "$build/min-char-rnn.tsv" --checkpoint "$build/min-char-rnn.npy" || exit 1
fi
draw min-char-rnn "$build/min-char-rnn.tsv"
"$build/rnnlm" train chapters/10-rnnlm/texts/declaration_words.txt --quiet --log "$out/rnnlm.tsv" --checkpoint "$out/rnnlm.npy" || exit 1
draw rnnlm "$out/rnnlm.tsv"
