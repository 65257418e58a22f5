#!/bin/sh
# weave.sh: does docs/weave.py insert the blocks, and notice every way in which a lesson and its code can differ?
# And does docs/words.py find the words that the glossary does not allow?
# Uses a book of one chapter, written here.
passed=0 failed=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
prose='This sentence is long enough to stand in front of a block of code, as it must.'

# book: write the chapter from scratch
book() {
    rm -rf "$tmp/book"
    mkdir -p "$tmp/book/docs" "$tmp/book/common" "$tmp/book/chapters/01-one"
    cp docs/weave.py "$tmp/book/docs/"
    printf 'one\ntwo\nthree\n\nfour 4.5\n' > "$tmp/book/chapters/01-one/a.c"
    printf 'one\ntwo\nTHREE\n\nfour 4.5\n' > "$tmp/book/chapters/01-one/b.txt"
    printf '/* main.c: chapter 1. Does it. */\n' > "$tmp/book/chapters/01-one/main.c"
    printf 'x = 0.25\ny = 0.50\n' > "$tmp/book/chapters/01-one/expected.ko.txt"
    printf '{"x", 1, "", "", "one", "dx", NULL, NULL},\n' > "$tmp/book/chapters/01-one/buglist.c"
    printf '# Book\n\n<!-- chapters -->\n<!-- end -->\n' > "$tmp/book/README.md"
    cp "$tmp/book/README.md" "$tmp/book/README.en.md"
    cat > "$tmp/book/chapters/01-one/README.md" <<END
# 1장. One

> It does it.

<a id="dx"></a>

## Code

$prose

<!-- code: a.c until "three" -->
\`\`\`
\`\`\`

$prose The output says 0.25, and by hand 0.75.

<!-- facts: 0.75 -->

<!-- code: a.c to the end -->
\`\`\`
\`\`\`

<!-- output: expected.ko.txt from "x" until "y" -->
\`\`\`
\`\`\`

<!-- tools: buglist.c -->

[up](../../README.md#book)
END
}
weave() { python3 "$tmp/book/docs/weave.py" "$@" > "$tmp/out" 2>&1; }
tell() {
    if [ "$1" -eq 0 ]; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $2"
        cat "$tmp/out"
    fi
}
# sees WHAT SAYS COMMAND: after COMMAND has changed a woven book, the check must fail and print SAYS
sees() {
    book
    weave
    (cd "$tmp/book/chapters/01-one" && eval "$3")
    ! weave --check && grep -q "$2" "$tmp/out"
    tell $? "does not see $1"
}

book
weave && weave --check
tell $? "a right book"
grep -q '^three$' "$tmp/book/chapters/01-one/README.md" && grep -q '^x = 0.25$' "$tmp/book/chapters/01-one/README.md" &&
    ! grep -q '^y = 0.50$' "$tmp/book/chapters/01-one/README.md"
tell $? "the blocks"
grep -q '| 1 | \*\*\[One\](chapters/01-one/README.md)\*\* · It does it. | `make chapter-1` |' "$tmp/book/README.md" &&
    grep -q '| 1 | \[Does it.\](chapters/01-one/README.md) | `make chapter-1` |' "$tmp/book/README.en.md"
tell $? "the table of chapters"

book
weave
sed 's/^# 1장. One/# 1. One/' "$tmp/book/chapters/01-one/README.md" > "$tmp/book/chapters/01-one/README.en.md"
weave && weave --check && grep -q '| 1 | \[Does it.\](chapters/01-one/README.en.md) |' "$tmp/book/README.en.md"
tell $? "a lesson in two languages"
sed -i '/to the end/,/^```$/d' "$tmp/book/chapters/01-one/README.en.md"
! weave --check && grep -q 'no lesson (en) shows this line: three' "$tmp/out"
tell $? "the rest that the English lesson does not show"

sees 'code that has changed' 'out of date' "sed -i 's/two/2/' a.c"
sees 'output that has changed' 'out of date' "sed -i 's/x = /x  = /' expected.ko.txt"
sees 'a block that was edited' 'out of date' "sed -i 's/^two/2/' README.md"
sees 'a file that is not shown' 'no lesson (ko) shows this line: new' "echo new > c.c"
sees 'a rest that is not shown' 'no lesson (ko) shows this line: three' "sed -i '/to the end/,/^\`\`\`\$/d' README.md"
sees 'a text that is nowhere' 'is in 0 lines' "sed -i 's/until \"three\"/until \"five\"/' README.md"
sees 'a text that is in two lines' 'is in 2 lines' "sed -i 's/until \"three\"/until \"o\"/' README.md"
sees 'a block shown twice' 'was shown to its end before' \
    "{ echo '$prose'; echo; sed -n '/to the end/,/^\`\`\`\$/p' README.md; echo '\`\`\`'; } >> README.md"
sees 'a block without prose' 'bytes of prose' "sed -i '/The output says/d; /facts/d' README.md"
sees 'a number that nothing printed' '0.26 is in no block' "sed -i 's/says 0.25/says 0.26/' README.md"
sees 'a number before Hangul' '0.26 is in no block' "sed -i 's/says 0.25/says 0.26이고/' README.md"
sees 'a fact that is not used' '0.75 is not used' "sed -i 's/by hand 0.75/by hand/' README.md"
sees 'a number that was not measured' '0.75 is not in docs/measured' "sed -i 's/facts: 0.75/measured: 0.75/' README.md"
sees 'a link that leads nowhere' 'leads nowhere' "sed -i 's/up\](..\/..\/README/up](..\/..\/READYOU/' README.md"
sees 'a place that is not there' 'no such place' "sed -i 's/#book/#cook/' README.md"
sees 'a directive that is none' 'no such directive' "echo '<!-- cod: a.c to the end -->' >> README.md"
sees 'a directive without a block' 'no fenced block' "echo '<!-- show: a.c -->' >> README.md"
sees 'a file that is not there' 'no file z.c' \
    "{ echo '<!-- show: z.c -->'; echo '\`\`\`'; echo '\`\`\`'; } >> README.md"
sees 'a section that a mistake is sent to' 'a id="dx"' "sed -i '/a id/d' README.md"

# words LESSON: check a chapter 1 of this one line (printf's) against a glossary written here
words() {
    book
    cp docs/words.py "$tmp/book/docs/"
    {
        printf '| 우리말 | 영어 | 뜻 | 쓰지 않는 말 |\n|---|---|---|---|\n| 키 | key | | `열쇠`, `열쇠말` |\n'
        printf '| 시각 | time step | | `걸음`(1, 5장 제외), `걸음마`(2장 제외) |\n\n## 말투\n\n'
        printf '| 쓰는 말 | 쓰지 않는 말 |\n|---|---|\n| 합니다 | `십시오` |\n'
    } > "$tmp/book/docs/glossary.md"
    # shellcheck disable=SC2059  # the line is a format
    printf -- "$1\n" > "$tmp/book/chapters/01-one/README.md"
    printf '%s\n' "$2" > "$tmp/book/chapters/01-one/expected.ko.txt"
    python3 "$tmp/book/docs/words.py" > "$tmp/out" 2>&1
}
# allows WHAT LESSON [OUTPUT] and refuses WHAT SAYS LESSON [OUTPUT]
allows() { words "$2" "${3:-}"; tell $? "refuses $1"; }
refuses() {
    ! words "$3" "${4:-}" && grep -q "$2" "$tmp/out"
    tell $? "does not see $1"
}
allows 'the right words' '# 키\n\n키(key)는 하나입니다.'
allows 'a word in code, in a quotation, in a block, in a comment' '`열쇠` “열쇠”\n<!-- 열쇠 -->\n```\n열쇠\n```'
allows 'a word in its chapter' '걸음'
allows 'the tone of a message' '' '--help를 보십시오'
refuses 'a word not to be used' 'README.md:3: 열쇠: use 키' '# 키\n\n열쇠입니다.'
refuses 'a word outside its chapters' '걸음마: use 시각' '걸음마'
refuses 'a word in the output' 'expected.ko.txt:1: 열쇠' '' '열쇠'
refuses 'the tone' '십시오' '--help를 보십시오'
refuses 'a term that is not in the glossary' 'lock is not in' '자물쇠(lock)'
refuses 'a heading that is a sentence' 'noun phrase' '## 키는 하나가 아님'
refuses 'a space before 입니다' 'no space' '`x` 입니다'
refuses 'a space before the number of an item' 'no space' '- **키** (S1-2)'
refuses 'quotes of C in prose' 'not .word.' "'hello' 글"
refuses 'two spaces' 'one space' '하나.  둘'
refuses 'a column called a cell' 'is 열' '`at` 칸'
refuses 'the particle of =' '=`를' '`+=`을'
refuses 'the rest of a sentence after a formula' 'ends the sentence' '입니다. 그리고'
refuses 'two blank lines' 'two blank' '하나\n\n\n둘'

echo "weave: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
