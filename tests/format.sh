#!/bin/sh
# format.sh: is every C file formatted by clang-format, with no declaration torn, does every shell script parse, and
# is the version the same everywhere?
bad=0
say() {
    echo "$*"
    bad=1
}
c_files=$(ls common/*.[ch] chapters/*/*.[ch] chapters/*/starter/*.c chapters/*/programs/*.c tests/*.[ch] tests/*/*.[ch] tests/grade/*/*.[ch] tests/grade/*/*/*.[ch] 2>/dev/null |
    grep -v '/submissions/')
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
    { open = /^ +[A-Za-z_].*[A-Za-z0-9_*(+]$/ && !/^ *(\*|\/)/ && !/"|\/\*/ && !/^ *(else|do)$/ && !/ \* / ? $0 : "" }' $c_files)
[ -z "$torn" ] || say "a declaration torn between its type and its name; shorten the remark:
$torn"
for f in tests/*.sh tests/*/*.sh tests/*/*/*.sh plots/*.sh docs/*.sh; do [ ! -f "$f" ] || sh -n "$f" || bad=1; done
marks=$(grep -rnE '^(<<<<<<<|>>>>>>>) ' .ci Makefile README.md chapters common docs plots tests 2>/dev/null | head -n 3)
[ -z "$marks" ] || say "the marks of a merge: $marks"
version=$(sed -n 's/^#define VERSION "\(.*\)"/\1/p' common/version.h)
grep -q "^version: \"$version\"" CITATION.cff || say "CITATION.cff has another version than common/version.h: $version"
grep -q "^## $version" docs/CHANGES.md || say "docs/CHANGES.md says nothing of version $version"
exit $bad
