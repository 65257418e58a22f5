#!/bin/sh
# variants.sh: variants of the assignments (variant.py). Each axis alone: the variant's solution gets 100 points, the
# published one fewer. All axes of an assignment together: also its starter, its known mistakes, its tests, and the
# folder that students get; of assignment 4, with FULL=yes of all, the tests of the course up to there. FEW=yes: three
# assignments, no axis alone.
# usage: variants.sh [NUMBER...]
make=${MAKE:-make}
build=${BUILD:-build}
here=$(pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
unset MAKEFLAGS MFLAGS MAKELEVEL MINE BUILD CHAPTER ARGS FILE GRADE

# ---- one variant, in a process of its own: --one NUMBER AXES SEED alone|together ----

if [ "$1" = --one ]; then
    number=$2 axes=$3 seed=$4 how=$5
    copy=$tmp/course passed=0 failed=0
    name="$number, $axes, seed $seed"
    m() { "$make" --no-print-directory WERROR=1 "$@" > "$tmp/out" 2>&1; }
    fails() { ! "$@"; }
    hold() {
        if [ "$?" -eq 0 ]; then passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAILED: $name: $1"
            tail -n 5 "$tmp/out"
        fi
    }
    python3 tests/grade/course/variant.py --assignment "$number" --seed "$seed" --axes "$axes" --out "$copy" \
        > "$tmp/out" 2>&1
    hold "is made"
    if [ ! -d "$copy" ]; then
        echo "variant $name: $passed passed, $failed failed"
        exit 0
    fi
    # What did not change is not built again.
    mkdir "$copy/build" && cp -rp "$build/obj" "$copy/build/" && cp -p "$build/flags" "$copy/build/"
    cd "$copy" 2>/dev/null || exit 1
    m grade-kit; hold "the grader is built without a warning"
    starter=$(ls chapters/"$(printf %02d "$number")"-*/starter/*.c)
    file=$(dirname "$(dirname "$starter")")/$(basename "$starter")
    # points FILE: what it gets; its table stays in $tmp/out
    points() {
        build/grade --assignment "$number" --out "$tmp/grade" --lang en --secret "$here/LICENSE" "$1" > "$tmp/out" 2>&1
        sed -n '1s|^[^ ]*: \([0-9]*\)/100 .*|\1|p' "$tmp/out"
    }
    [ "$(points "$file")" = 100 ]; hold "the variant's solution gets 100 points"
    published=$(points "$here/$file")
    [ -n "$published" ] && [ "$published" -lt 100 ]; hold "the published solution gets $published points"
    echo "variant $name: the published solution gets $published points"
    if [ "$how" = together ]; then
        # The starter of chapter 4 is the naive backward pass; all others have nothing to get points for.
        [ "$(points "$starter")" -le "$(awk -v n="$number" 'BEGIN { print n == 4 ? 40 : 0 }')" ]
        hold "the starter gets no points"
        # The starter of chapter 4 has what else is changed: is more to be done than to add the published lines?
        if [ "$number" = 4 ]; then
            awk 'NR == FNR { if (/dhnext/) line[++n] = $0; next } /dhnext/ { print line[++k]; next } { print }' \
                "$here/$file" "$file" > "$tmp/added.c"
            added=$(points "$tmp/added.c")
            [ -n "$added" ] && [ "$added" -le 40 ]
            hold "the starter with the published dhnext lines gets $added points"
        fi
        m grade-mutants; hold "the known mistakes are named"
        if [ "$FULL" ] || [ "$number" = 4 ]; then
            m -j2 "test-$number"; hold "the tests of the course up to there hold"
        fi
        python3 tests/grade/course/release.py --out "$tmp/folder" "$number" > "$tmp/out" 2>&1
        hold "a student's folder is made"
        grep -q '^> - ' "$tmp/folder/README.md" && grep -q '^> - ' "$tmp/folder/README.en.md"
        hold "the folder tells what is different"
        cp -p "$file" "$tmp/folder/hw/" && cd "$tmp/folder" && m check OPT=-O0 ARCH= && fails grep -q '^  - ' "$tmp/out"
        hold "with the variant's solution all tests in the folder pass"
    fi
    echo "variant $name: $passed passed, $failed failed"
    exit 0
fi

# ---- all of them, two at a time ----

python3 tests/grade/course/variant.py --list > "$tmp/list" || exit 1
seed=ci
[ $# -gt 0 ] || [ -z "$FEW" ] || set -- 4 6 9
# shellcheck disable=SC2048  # numbers
for number in ${*:-1 2 3 4 5 6 7 8 9 10}; do
    chapter=$(basename chapters/"$(printf %02d "$number")"-* | sed 's/^[0-9]*-//')
    names=$(awk -F '\t' -v c=" $chapter " 'index(" " $2 " ", c) { print $1 }' "$tmp/list")
    [ -n "$names" ] || continue
    printf '%s %s %s together\n' "$number" "$(echo "$names" | paste -sd,)" "$seed"
    [ -n "$FEW" ] || for name in $names; do printf '%s %s %s alone\n' "$number" "$name" "$seed"; done
done > "$tmp/all"
# An axis alone: in one assignment.
awk '!($2 in alone) || $4 == "together"; $4 == "alone" { alone[$2] = 1 }' "$tmp/all" > "$tmp/plan"
xargs -P 2 -L 1 env MAKE="$make" BUILD="$build" sh tests/grade/proof/variants.sh --one < "$tmp/plan" > "$tmp/said" ||
    exit 1
grep -v 'passed, ' "$tmp/said" | sort
awk 'match($0, /[0-9]+ passed, [0-9]+ failed/) {
        split(substr($0, RSTART, RLENGTH), n, " ")
        p += n[1]
        f += n[3]
        runs++
    }
    END { printf "variants: %d passed, %d failed\n", p, f; exit f > 0 || runs == 0 }' "$tmp/said" || exit 1
[ "$(grep -c 'passed, ' "$tmp/said")" -eq "$(wc -l < "$tmp/plan")" ] ||
    { echo "variants: one of them ended without a word"; exit 1; }
