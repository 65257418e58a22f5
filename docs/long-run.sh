#!/bin/sh
# long-run.sh: a million iterations, with the original's learning rate and with half of it (`make long-run`, about ten
# minutes). Writes to docs/long-run.txt, after 0 and 1,000 to 1,000,000 iterations, the losses, the share of a sample's
# words that occur in the text, and the beginning of the sample; and to docs/long-run.tsv the curves. The bits are the
# same on every machine, so another run changes nothing.
build=${BUILD:-build}
text=chapters/08-min-char-rnn/texts/psalms.txt
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C
export LC_ALL

# words FILE: its words, one per line, without punctuation
words() { tr -c "A-Za-z'" '\n' < "$1" | sed '/^$/d'; }
words "$text" | sort -u > "$tmp/known"

{
    echo "# long-run: $text, the last tenth held out; loss: nat a character;" \
        "words: share of a 20,000-character sample's words that the text has"
    for rate in 0.1 0.05; do
        rm -f "$tmp/run.npy" "$tmp/log"
        echo
        echo "learning rate $rate"
        for n in 0 1000 10000 100000 1000000; do
            "$build/min-char-rnn" train "$text" --learning-rate $rate --held-out 0.1 --iterations $n \
                --sample-every 10000 --sample-length 1 --lang en --log "$tmp/log" --log-every 1000 \
                --checkpoint "$tmp/run.npy" $([ $n -eq 0 ] || echo --resume "$tmp/run.npy") \
                > "$tmp/said" 2>/dev/null || exit 1
            "$build/min-char-rnn" sample "$tmp/run.npy" --prime "The LORD is " --length 20000 > "$tmp/sample" || exit 1
            words "$tmp/sample" > "$tmp/written"
            known=$(grep -cxFf "$tmp/known" "$tmp/written")
            awk -v n=$n -v known="$known" -v all="$(wc -l < "$tmp/written")" '
                /^iter / { smooth = $4 / 25 }
                /^held out/ { held = $3 }
                END {
                    printf "after %7d: smooth_loss %.3f, held out %.3f, ", n, smooth, held
                    printf "words %.1f %%\n", 100 * known / all
                }
            ' "$tmp/said"
            head -c 160 "$tmp/sample" | tr '\n' ' ' | sed 's/^/    /'
            echo
        done
        cp "$tmp/log" "$tmp/log-$rate"
    done
} > "$tmp/text" || exit 1
paste "$tmp/log-0.1" "$tmp/log-0.05" | awk -F '\t' '
    /^#/ { next }
    /^iteration/ { print "iteration\tsmooth_0.1\theld_out_0.1\tsmooth_0.05\theld_out_0.05"; next }
    { printf "%d\t%.5f\t%.5f\t%.5f\t%.5f\n", $1, $3 / 25, $5, $8 / 25, $10 }' > "$tmp/tsv" || exit 1
mv "$tmp/text" "${OUT:-docs}/long-run.txt" && mv "$tmp/tsv" "${OUT:-docs}/long-run.tsv"
