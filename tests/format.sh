#!/bin/sh
# format.sh: is every C file formatted by clang-format, with no declaration torn, does every shell script parse, is no
# line of a script longer than 120 columns, is the version the same everywhere, and is the help the same in both
# languages, and do the tests exist that docs/guarantees.*.md name?
bad=0
say() {
    echo "$*"
    bad=1
}
c_files=$(ls common/*.[ch] docs/live/*.c docs/live/posix/*.h docs/live/posix/*/*.h chapters/*/*.[ch] \
    chapters/*/starter/*.c chapters/*/programs/*.c tests/*.[ch] \
    tests/*/*.[ch] tests/grade/*/*.[ch] tests/grade/*/*/*.[ch] 2>/dev/null | grep -v '/submissions/')
scripts=$(ls .ci/run common/*.sh chapters/*/*.sh docs/*.py docs/*.sh \
    plots/*.sh tests/*.sh tests/*/*.sh tests/*/*.py tests/*/*/*.sh tests/*/*/*.py \
    tests/grade/course/*/*.sh tests/grade/course/gradescope/run_autograder 2>/dev/null)
if command -v clang-format >/dev/null 2>&1; then
    for f in $c_files; do
        clang-format "$f" | cmp -s - "$f" || say "not as clang-format lays it out: $f"
    done
else
    echo "clang-format is not installed: layout not checked"
fi
# If a comment makes a line too long, clang-format breaks the line in the middle of the declaration.
# shellcheck disable=SC2086  # words
torn=$(awk 'FNR == 1 { open = "" }
    open != "" && /^ *[^ #].*[;,{] *\/\*.*\*\/ *$/ { print FILENAME ":" FNR - 1 ":" open }
    { open = "" }
    /^ +[A-Za-z_].*[A-Za-z0-9_*(+]$/ && !/^ *(\*|\/)|"|\/\*|^ *(else|do)$| \* / { open = $0 }' $c_files)
[ -z "$torn" ] || say "a declaration torn between its type and its name; shorten the remark:
$torn"
for f in $scripts; do
    case $f in
    *.py) ;;
    .ci/run) bash -n "$f" || bad=1 ;;
    *) sh -n "$f" || bad=1 ;;
    esac
done
# shellcheck disable=SC2086  # words
long=$(LC_ALL=C.UTF-8 grep -nE '^.{121}' $scripts | cut -c1-100)
[ -z "$long" ] || say "longer than 120 columns:
$long"
marks=$(grep -rnE '^(<<<<<<<|>>>>>>>) ' .ci Makefile README.md chapters common docs plots tests 2>/dev/null | head -n 3)
[ -z "$marks" ] || say "the marks of a merge: $marks"
version=$(sed -n 's/^#define VERSION "\(.*\)"/\1/p' common/version.h)
grep -q "^version: \"$version\"" CITATION.cff || say "CITATION.cff has another version than common/version.h: $version"
grep -q "^## $version" docs/CHANGES.md || say "docs/CHANGES.md says nothing of version $version"
# The help, in English at the top of the Makefile: both languages name the same commands, and files that there are.
english=$(LC_ALL=C "${MAKE:-make}" --no-print-directory help)
korean=$(LC_ALL=ko_KR.UTF-8 "${MAKE:-make}" --no-print-directory help)
commands() {
    printf '%s\n' "$1" | grep -oE "make [a-z][a-z0-9-]*|[A-Z]+=('[^']*'|[A-Za-z0-9_./-]*[A-Za-z0-9_-])" | sort -u
}
[ "$(commands "$english")" = "$(commands "$korean")" ] ||
    say "make help names other commands in Korean (docs/help.ko.txt) than in English (Makefile)"
for f in $(printf '%s\n' "$english" "$korean" | grep -oE '[A-Za-z0-9_./-]+\.(md|mk|sh|txt|py)' | sort -u); do
    ls "$f" chapters/*/"$f" 2>/dev/null | grep -q . || say "make help names a file that is not there: $f"
done
# The guarantees name the tests that hold them, in both languages the same.
promised() { grep -oE '`(tests|docs)/[^`]*`' "docs/guarantees.$1.md" | tr -d '\140'; }
[ "$(promised en)" = "$(promised ko)" ] || say "docs/guarantees.ko.md names other tests than docs/guarantees.en.md"
for test in $(promised en); do
    grep -qE "^Test\([a-z0-9_]+, ${test#*:}[,)]" "${test%%:*}" 2>/dev/null ||
        { [ "$test" = "${test%%:*}" ] && [ -f "$test" ]; } || say "docs/guarantees.en.md names no test: $test"
done
exit $bad
