#!/bin/sh
# sources.sh: do the bundled texts match SOURCES.md: bytes, characters (or words), distinct ones, sha256?
passed=0 failed=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
for file in chapters/*/texts/*.txt; do
    name=$(basename "$file") dir=$(dirname "$file")
    row=$(grep -F "| \`$name\`" "$dir/SOURCES.md")
    # Counted by the program itself: "data has N characters, V unique."
    counts=$("${BUILD:-build}/min-char-rnn" train "$file" --iterations 0 --sample-length 0 --lang en \
        --force --checkpoint "$tmp/run.npy" 2>/dev/null |
        sed -n 's/data has \([0-9]*\) characters, \([0-9]*\) unique\./\1 \2/p')
    case $dir in
    *rnnlm/*)
        counts=$("${BUILD:-build}/rnnlm" train "$file" --words 0 --epochs 0 --lang en \
            --force --checkpoint "$tmp/run.npy" 2>/dev/null |
            sed -n 's/corpus size: \([0-9]*\), vocabulary size: \([0-9]*\)/\1 \2/p')
        ;;
    esac
    for number in "$(wc -c < "$file" | tr -d ' ')" ${counts:-none} "$(sha256sum "$file" | cut -d' ' -f1)"; do
        if echo "$row" | tr -d ', `' | grep -qF "|$number|"; then passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAILED: $name: SOURCES.md does not say $number"
        fi
    done
done
echo "texts: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
