#!/bin/sh
# gates.sh: the long experiments of chapters 11 and 12 (`make gates`, half an hour on a busy machine): who learns to
# remember, by cell, distance and seed; RNN and LSTM on the words of chapter 10; RNN, LSTM and GRU with equal numbers
# of parameters on the text of chapter 8. Writes memory.txt, memory.tsv, same-text.txt, cells.txt and cells.tsv in
# docs/. The bits are the same on every machine, so another run changes nothing.
build=${BUILD:-build}
out=${OUT:-docs}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C
export LC_ALL
"$build/memory" --from 10 --to 40 --step 10 --seeds 10 --iterations 3000 --lang en --log "$tmp/memory.tsv" \
    > "$tmp/memory.txt" || exit 1
"$build/same-text" --epochs 100 --seeds 3 --lang en > "$tmp/same-text.txt" || exit 1
"$build/gru" --iterations 3000 --every 500 --seeds 3 --lang en --log "$tmp/exact.tsv" > "$tmp/all.txt" || exit 1
awk -F '\t' -v OFS='\t' 'NR > 1 { $7 = sprintf("%.5f", $7); $8 = sprintf("%.5f", $8) } { print }' "$tmp/exact.tsv" \
    > "$tmp/cells.tsv"
sed -n '/^chapters/,$p' "$tmp/all.txt" > "$tmp/cells.txt"
mv "$tmp/memory.txt" "$tmp/memory.tsv" "$tmp/same-text.txt" "$tmp/cells.txt" "$tmp/cells.tsv" "$out/"
