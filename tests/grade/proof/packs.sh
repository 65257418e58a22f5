#!/bin/sh
# packs.sh: what course systems take. A student's folder as a repository: what is built is ignored, and its workflow's
# command works. The autograder for Gradescope: from the file that is uploaded to results, in a folder of its own, for a
# right submission and for a starter. usage: packs.sh [ASSIGNMENT]; the grade kit must be built.
number=${1:-4}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0
hold() {
    if [ "$?" -eq 0 ]; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1"
        tail -n 5 "$tmp/out"
    fi
}
unset MAKEFLAGS MFLAGS MAKELEVEL MINE BUILD
home=$(echo chapters/"$(printf %02d "$number")"-*)
file=$(basename "$home"/starter/*.c)
python3 tests/grade/course/release.py --kit "${KIT:-build/grade-kit}" --out "$tmp/template" "$number" > "$tmp/out" 2>&1
hold "the template is made"
(cd "$tmp/template" && git init -q . && git add -A &&
    git -c user.name=test -c user.email=test@example.org commit -qm start &&
    { make check ARCH= OPT=-O0; [ -d build ] && [ -z "$(git status --porcelain)" ]; }) > "$tmp/out" 2>&1
hold "the template ignores what is built"
grep -q 'make check' "$tmp/template/.github/workflows/check.yml"; hold "the template has its workflow"

echo 'a secret for this test' > "$tmp/secret"
SECRET=$tmp/secret GRADE_LANG=en sh tests/grade/course/gradescope/pack.sh "$number" "$tmp/autograder.zip" \
    > "$tmp/out" 2>&1
hold "the autograder is packed"
mkdir -p "$tmp/a/source" "$tmp/a/submission" "$tmp/a/results" "$tmp/bin"
python3 -m zipfile -e "$tmp/autograder.zip" "$tmp/a/source" > "$tmp/out" 2>&1; hold "the autograder is a zip file"
# What setup.sh installs is there; here it must not install again.
printf '#!/bin/sh\nexit 0\n' > "$tmp/bin/apt-get" && chmod +x "$tmp/bin/apt-get"
PATH="$tmp/bin:$PATH" AUTOGRADER=$tmp/a sh "$tmp/a/source/setup.sh" > "$tmp/out" 2>&1; hold "the image is made"
score() {
    cp "$1" "$tmp/a/submission/$file" && AUTOGRADER=$tmp/a sh "$tmp/a/source/run_autograder" > "$tmp/out" 2>&1
    python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(sum(t["score"] for t in r["tests"]))' \
        "$tmp/a/results/results.json" 2>> "$tmp/out"
}
right=$(score "$home/$file")
case $right in 100 | 100.0) ;; *) false ;; esac
hold "a right submission gets 100 points, not $right"
least=$(score "$home/starter/$file")
[ -n "$least" ] && [ "${least%.*}" -lt 40 ]; hold "the starter gets few points: $least"
echo "packs: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
