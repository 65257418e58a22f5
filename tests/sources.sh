#!/bin/sh
# sources.sh: are the bundled texts those that SOURCES.md describes: bytes, characters, different ones, sha256?
dir=chapters/08-min-char-rnn/texts
passed=0 failed=0
for file in "$dir"/*.txt; do
    name=$(basename "$file")
    row=$(grep -F "| \`$name\`" "$dir/SOURCES.md")
    # The program itself counts: "data has N characters, V unique."
    counts=$("${BUILD:-build}/min-char-rnn" train "$file" --iterations 0 --sample-length 0 --lang en --checkpoint /dev/null 2>/dev/null |
        sed -n 's/data has \([0-9]*\) characters, \([0-9]*\) unique\./\1 \2/p')
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
