#!/bin/sh
# pack.sh: the file to upload to Gradescope as the autograder of an assignment.
# usage: pack.sh ASSIGNMENT OUT.zip        environment: SECRET (a file that the inputs are made of; without it a new
#        one), HINTS (0 to 4; else as the manifest says), GRADE_LANG (ko or en)
#
# It holds the repository and, at its top, setup.sh, run_autograder, settings and secret. Run it in the repository's
# folder.
assignment=${1#0} out=$2
case $assignment in
'' | *[!0-9]*) echo "usage: pack.sh ASSIGNMENT OUT.zip" >&2 && exit 2 ;;
esac
[ -n "$out" ] || { echo "usage: pack.sh ASSIGNMENT OUT.zip" >&2 && exit 2; }
chapter=$(basename chapters/"$(printf %02d "$assignment")"-*)
awk -F '\t' -v c="${chapter#*-}" '$1 == "assignment" && $2 == c { found = 1 } END { exit !found }' \
    tests/grade/manifest.tsv || { echo "pack.sh: no assignment $assignment" >&2 && exit 1; }
case "${HINTS:-4} ${GRADE_LANG:-ko}" in
[0-4]" ko" | [0-4]" en") ;;
*) echo "pack.sh: HINTS=$HINTS GRADE_LANG=$GRADE_LANG: give 0 to 4, and ko or en" >&2 && exit 2 ;;
esac
if [ -n "$SECRET" ] && [ "$(wc -c < "$SECRET" || echo 0)" -lt 16 ]; then
    echo "pack.sh: SECRET=$SECRET: empty, or shorter than 16 bytes; make one with head -c 32 /dev/urandom" >&2
    exit 2
fi
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/docs" && cp -r docs/live "$tmp/docs" && cp -r Makefile LICENSE common chapters tests "$tmp" &&
    cp tests/grade/course/gradescope/setup.sh tests/grade/course/gradescope/run_autograder "$tmp" || exit 1
chmod +x "$tmp/setup.sh" "$tmp/run_autograder"
printf 'ASSIGNMENT=%s\nHINTS=%s\nGRADE_LANG=%s\n' "$assignment" "${HINTS:-}" "${GRADE_LANG:-ko}" > "$tmp/settings"
if [ -n "$SECRET" ]; then cp "$SECRET" "$tmp/secret" || exit 1
else od -An -N32 -tx1 /dev/urandom > "$tmp/secret"
fi
chmod 600 "$tmp/secret"
rm -f "$out"
python3 -c 'import shutil, sys; shutil.make_archive(sys.argv[1].removesuffix(".zip"), "zip", sys.argv[2])' \
    "$out" "$tmp" && echo "$out"
