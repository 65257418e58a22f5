#!/bin/sh
# overlay.sh: tests the overlay, in a copy of the sources whose path has a space: builds, a file in MINE that replaces
# ours, and refusals if MINE makes no sense.
make=${MAKE:-make}
passed=0 failed=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
copy="$tmp/a copy"
mkdir "$copy"
cp -r Makefile chapters common docs tests plots "$copy"
cd "$copy" || exit 1
m() { "$make" --no-print-directory OPT=-O1 ARCH= "$@" > "$tmp/out" 2> "$tmp/err"; }

# hold WHAT: the last command must have succeeded
hold() {
    if [ "$?" -eq 0 ]; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1"
        tail -n 5 "$tmp/err"
    fi
}
says() { grep -q -e "$1" "$tmp/err" "$tmp/out"; }
fails() { ! "$@"; }

m -j2 all; hold "builds in a folder with a space in its path"
m -q build/min-char-rnn; hold "there is nothing to do then"
touch common/mat.h && fails m -q build/vocab; hold "a header that changed makes work"
m -j2 all && fails m -q build/vocab OPT=-O2; hold "another flag makes work"

mkdir hw "my hw" empty header stray
cp chapters/04-bptt/starter/backward.c hw
m chapter-4 MINE=hw ARGS="--passes 1 --seeds 0" && says 'hw/backward.c' && says FAIL
hold "MINE=hw replaces backward.c, and says so"
cp chapters/04-bptt/backward.c "my hw"
m chapter-4 MINE="my hw" ARGS="--passes 1 --seeds 0" && fails says FAIL && says backward.c
hold "MINE may have a space in its name"
m -j2 test-4 MINE="my hw" && says '0 failed'; hold "a right file of MINE passes the tests"
mkdir later && cp chapters/05-clip/clip.c later
m build/mine/bptt MINE=hw && m build/mine/bptt MINE=later && build/mine/bptt --passes 1 --seeds 0 > "$tmp/out" &&
    fails says FAIL
hold "another MINE leaves nothing of the one before"
m chapter-4 MINE="$copy/my hw" ARGS="--passes 1 --seeds 0"; hold "MINE may be an absolute path"
printf '/* not C */ int rnn_backward(void)\n' > hw/backward.c
fails m chapter-4 MINE=hw; hold "a file of MINE that does not compile is an error"
fails m chapter-4 MINE=empty && says 'no .c file'; hold "an empty MINE is refused"
fails m chapter-4 MINE=nowhere && says 'no such folder'; hold "a MINE that is not there is refused"
cp hw/backward.c stray/bakward.c
fails m chapter-4 MINE=stray && says 'bakward.c' && says 'replaces nothing'; hold "a misspelt file is refused"
mv stray odd
fails m chapter-4 MINE=odd && says 'replaces nothing'; hold "a folder may be called odd"
rm -r odd
fails m check-gradients MINE="my hw" CHAPTER=2 && says 'CHAPTER=2: check-gradients needs one of 3 '
hold "check-gradients before chapter 3 is refused"
cp chapters/04-bptt/backward.c header/ && touch header/mat.h
fails m chapter-4 MINE=header && says 'mat.h'; hold "a header in MINE is refused"
cp -r chapters/04-bptt/starter empty
fails m chapter-4 MINE=empty && says 'copy into a new one'
hold "a starter copied into a folder that was there is refused"
cp chapters/05-clip/clip.c "my hw"
fails m chapter-4 MINE="my hw" && says 'clip.c'; hold "a file of a later chapter replaces nothing"
for odd in "it's" 'a"b' '-x' 'a:b' 'a$b' 'a\b' 'a;touch pwned' '$(touch pwned)' 'a#b' '한글'; do
    mkdir -- "$odd" && cp chapters/04-bptt/backward.c "./$odd/"
    m build/mine/bptt MINE="$odd" BUILD=build && [ ! -e pwned ]; hold "MINE may be called $odd"
    rm -r -- "./$odd"
done
mkdir odd && cp chapters/04-bptt/backward.c 'odd/a backward.c'
fails m chapter-4 MINE=odd && says 'a name that none of ours'; hold "a file of MINE with a space in its name is refused"
fails m all BUILD="a b" && says 'without spaces'; hold "a BUILD with a space is refused"
LC_ALL=ko_KR.UTF-8 m help && says '빌드합니다' && fails says 'build chapters' && LC_ALL=C m help && says 'build chapters'
hold "the help is in the locale's language"
targets=$("$make" -qp ARCH= none 2>/dev/null | sed -n 's/^\([a-z][a-z0-9-]*\):.*/\1/p')
named=$(grep -oE 'make [a-z][a-z0-9-]*' "$tmp/out" | sed 's/make //' | sort -u)
[ -n "$named" ] && [ -z "$(for t in $named; do echo "$targets" | grep -qx "$t" || echo "$t"; done)" ]
hold "every target that the help names is there"
(cd / && fails m -f "$copy/Makefile" help && says 'own folder'); hold "make -f from elsewhere is refused in words"

for n in $(ls chapters | sed -n 's/^0*\([1-9][0-9]*\)-.*/\1/p'); do
    m "chapter-$n" ARGS='--lang ko --help' && says '^사용법: ' && says '--lang en'
    hold "chapter $n takes ARGS='--lang ko'"
done
m chapter-10 ARGS='--epochs 1 --lang ko' && says 'train .*--log build/rnnlm.tsv .*--epochs 1' && says '^| 에폭 1 '
hold "ARGS that begins with an option is added to a chapter's own"
m chapter-10 ARGS='sample build/rnnlm.npy --length 3' && fails says 'train '
hold "ARGS that begins with a word takes the place of a chapter's own"

# A chapter with steps, and a program with its own flags.
mkdir -p chapters/90-swift/steps/loops chapters/90-swift/programs
printf '#ifndef HOW\n#define HOW "plain"\n#endif\n' > chapters/90-swift/how.c
printf 'const char *swift_how(void);\nconst char *swift_how(void) { return HOW; }\n' >> chapters/90-swift/how.c
sed 's/plain/loops/' chapters/90-swift/how.c > chapters/90-swift/steps/loops/how.c
printf '#include <stdio.h>\nconst char *swift_how(void);\nint main(void) { puts(swift_how()); return 0; }\n' \
    > chapters/90-swift/main.c
printf '#include <stdio.h>\nint main(void) { puts(OWN); return 0; }\n' > chapters/90-swift/programs/apart.c
printf 'CFLAGS_apart := -DOWN=\\"flags\\"\nCC_apart = $(CC)\n' > chapters/90-swift/flags.mk
m -j2 all && [ "$(build/swift) $(build/swift-loops) $(build/apart)" = 'plain loops flags' ]
hold "a chapter's steps, and flags of a program's own"
printf 'CFLAGS_how.c := -DHOW=\\"other\\"\nLAUNCH_swift := env -u HOME\n' > chapters/90-swift/flags.mk
m swift && says 'env -u HOME build/swift' && says '^other$'
hold "a program is started as its chapter says, and built again with other flags for one of its files"
rm -r chapters/90-swift
nm build/bptt | grep -q clip_value; [ $? -ne 0 ]; hold "chapter 4 links nothing of chapter 5"
mkdir chapters/09-double && cp common/mat.h chapters/09-double/
fails m all && says 'same name'; hold "two headers of one name are refused"
echo "overlay: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
