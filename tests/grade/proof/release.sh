#!/bin/sh
# release.sh: the folders that students get. For each assignment: no solution in it; the starter compiles without a
# warning and passes no test that it must not; with the solution in its place all pass; and it needs nothing from
# outside. Then a class at once (class.py), with submissions that cannot be graded among those that can.
# FEW=yes: four of the folders, and what a lesson says to do in two of these (variants.sh makes others, too).
# usage: release.sh [NUMBER...]
make=${MAKE:-make}
passed=0 failed=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
m() { "$make" --no-print-directory -j2 OPT=-O1 WERROR=1 "$@" > "$tmp/out" 2> "$tmp/err"; }
top=$(pwd)
kit=${KIT:-build/grade-kit}
release() { python3 tests/grade/course/release.py --kit "$top/$kit" "$@" > "$tmp/out" 2> "$tmp/err"; }
says() { grep -q -e "$1" "$tmp/err" "$tmp/out"; }
fails() { ! "$@"; }

# hold WHAT: the last command must have succeeded
hold() {
    if [ "$?" -eq 0 ]; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1"
        tail -n 5 "$tmp/out" "$tmp/err"
    fi
}

LC_ALL=C
export LC_ALL
unset MAKEFLAGS MFLAGS MAKELEVEL MINE BUILD CHAPTER ARGS

[ $# -gt 0 ] || [ -z "$FEW" ] || set -- 1 4 9 14
numbers=${*:-$(PYTHONPATH=tests/grade/course python3 -c 'import release; print(*release.numbers())')}
for number in $numbers; do
    home=$(echo chapters/"$(printf %02d "$number")"-*)
    file=$(basename "$home"/starter/*.c)
    module=${file%.c}
    folder="$tmp/a folder/$number"
    release --out "$tmp/made" "$number"; hold "$number: is made"
    release --check "$tmp/made"; hold "$number: no line of the solution in it"
    fails release --out "$tmp/made" "$number" && says 'not empty'; hold "$number: is not made over a student's work"
    # Somewhere else, without git or anything of the repository around it.
    mkdir -p "$tmp/a folder" && mv "$tmp/made" "$folder" && cd "$folder" || exit 1
    fails grep -rqF "$top" .; hold "$number: knows nothing of where it was made"
    fails m check && fails says warning && says 'of 100 points'
    hold "$number: the starter compiles without a warning, and fails"
    points=$(sed -n 's/^\([0-9]*\) of 100 points.*/\1/p' "$tmp/out")
    earned=$(cd "$top/tests/grade/proof" && python3 -Bc 'import submissions, sys
print(submissions.STARTERS.get(sys.argv[1], 0))' "${home#*-}")
    [ "$points" = "$earned" ]; hold "$number: the starter earns $earned points"
    says 'not written yet: \|named: no-dhnext'; hold "$number: the starter is told what is not written yet"
    cp "$top/$home/$file" hw/ && m check && says '^100 of 100 points'; hold "$number: the solution earns all points"
    case $module in
    backward) says '^Whh .*7x7' && says '^named: no-dhnext$\|^right$'; hold "$number: the gradients are told, too" ;;
    esac
    # A folder above hw/: what is in it counts, and under it hw/, not the starter.
    mkdir above && cp common/mat.c above/ && m check MINE=above && says '^100 of 100'
    hold "$number: MINE=other goes on top of hw/"
    # What the lesson says to do can be done. What takes longer than a minute has begun well.
    mkdir far && cp chapters/03-one-hop/words.c far/ 2>/dev/null
    python3 "$top/tests/grade/course/commands.py" . "$home/README.md" > "$tmp/commands"
    case $FEW,$number in ,* | *,4 | *,9) ;; *) : > "$tmp/commands" ;; esac
    # The lesson of chapter 5 says to copy it there.
    grep -q check-gradients "$tmp/commands" && [ ! -f hw/backward.c ] && cp chapters/04-bptt/backward.c hw/
    while read -r command; do
        LC_ALL=C.UTF-8 timeout 60 sh -ec "$command" < /dev/null > "$tmp/out" 2> "$tmp/err" || [ "$?" -eq 124 ]
        hold "$number: $command"
    done < "$tmp/commands"
    # The rest of what README.md tells.
    m run ARGS=--help && says usage; hold "$number: the program runs"
    cat > "$tmp/cc" <<'END' && chmod +x "$tmp/cc"
#!/bin/sh
case " $* " in
*" -E "*) cat > /dev/null && exit 1 ;;
*" -lcriterion "*) exit 1 ;;
esac
exec cc "$@"
END
    fails m check CC="$tmp/cc" BUILD=other && says 'Criterion is not installed'
    hold "$number: says so where Criterion is missing"
    m clean && [ ! -d build ]; hold "$number: can be cleaned"
    (cd "$top" && fails release --check "$folder") && says "hw/$file:[0-9]*: a line of the solution"
    hold "$number: a line of the solution would be seen"
    cd "$top" || exit 1
done

# Each exercise has its answer for the staff.
python3 - <<'END' > "$tmp/out" 2>&1
import pathlib, re
parts = re.split(r"(?m)^## (.+)$", pathlib.Path("tests/grade/course/key.ko.md").read_text(encoding="utf-8"))
told = {name: re.findall(r"(?m)^(\d+)\. ", part) for name, part in zip(parts[1::2], parts[2::2])}
for path in sorted(pathlib.Path("chapters").glob("**/README.md")):
    name = "/".join(path.parts[1:-1])[3:]
    exercises = path.read_text(encoding="utf-8").partition("\n## 연습 문제\n")[2].partition("\n## ")[0]
    numbers = re.findall(r"(?m)^(\d+)\. ", exercises)
    assert numbers == told.get(name, []), f"{name}: exercises {numbers}, answers {told.get(name)}"
END
hold "every exercise has an answer in key.ko.md"

# ---- what must be seen ----

release --out "$tmp/made" 4; hold "4: is made"
[ "$(stat -c '%a %s' "$tmp/made.secret")" = '600 32' ]; hold "a secret beside it, that only we read"
for file in README.md tests/test_mat.c chapters/03-one-hop/bugs.c docs/pictures/two-paths.svg; do
    cp "$tmp/made/$file" "$tmp/kept"
    # shellcheck disable=SC2016  # a code span
    printf 'see `mat_add(dh, dhnext)` there\n' >> "$tmp/made/$file"
    fails release --check "$tmp/made" && says "$file:[0-9]*:"; hold "4: a line of the solution in $file would be seen"
    cp "$tmp/kept" "$tmp/made/$file"
done
printf 'if (t) { mat_add(dh,  dhnext); }\n' > "$tmp/made/hint" && fails release --check "$tmp/made"
hold "4: beside other code, too"
fails release --check "$tmp" && says 'not the folder of an assignment'; hold "another folder is refused"
fails release --out "$tmp/none" 99 && says 'no assignment'; hold "a chapter that is no assignment is refused"

fails m grade-4 FILE=chapters/04-bptt/backward.c CC="$tmp/cc" BUILD="$tmp/other" && says 'Criterion is missing.*apt-get'
hold "grading says what is missing"

# ---- a class at once ----

class() {
    python3 tests/grade/report/class.py --kit "$kit" --assignment 4 --out "$tmp/class" --lang en "$@" "$tmp/subs" \
        > "$tmp/out" 2> "$tmp/err"
}
# grade NUMBER FILE...: into $tmp/one
grade() {
    number=$1 && shift
    python3 tests/grade/report/grade.py --kit "$kit" --assignment "$number" --out "$tmp/one" --lang en "$@" \
        > "$tmp/out" 2> "$tmp/err"
}
# is STATUS POINTS: what the grade in $tmp/one says
is() {
    python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(r["status"], r["score"])' \
        "$tmp/one/grade.json" | grep -qx "$1 $2"
}
if [ -x "$kit/core-bptt" ]; then
    mkdir -p "$tmp/subs/kim" "$tmp/subs/lee" "$tmp/subs/empty" "$tmp/subs/folder.c"
    cp chapters/04-bptt/backward.c "$tmp/subs/kim/"
    cp chapters/04-bptt/starter/backward.c "$tmp/subs/=park.c"
    cp chapters/04-bptt/backward.c "$tmp/subs/lee/one.c" && cp chapters/04-bptt/backward.c "$tmp/subs/lee/two.c"
    echo 'no C at all' > "$tmp/subs/choi choi.c"
    mkfifo "$tmp/subs/pipe.c" && ln -s /etc/passwd "$tmp/subs/link.c" && ln -s nowhere "$tmp/subs/dangling.c"
    head -c 3000000 /dev/zero > "$tmp/subs/large.c"
    class; hold "class: whatever students hand in has a grade"
    table() { awk -F , -v s="$1" '$1 == s { print $2, $4 }' "$tmp/class/class.csv"; }
    # The points and statuses of several, with commas between them.
    tables() { for student; do table "$student"; done | paste -sd,; }
    [ "$(table kim)" = '100 graded' ]; hold "class: a folder for a student"
    case $(table "'=park") in *' graded') true ;; *) false ;; esac
    hold "class: a file for a student; no formula in the table"
    [ "$(tables 'choi choi' pipe link dangling large)" = "$(printf '0 compile_error,%.0s' 1 2 3 4)0 compile_error" ]
    hold "class: what is no C file gets 0"
    [ "$(table lee)" = '0 compile_error' ] && says 'more than one file' &&
        grep -q 'more than one file' "$tmp/class/students/lee/grade.json"
    hold "class: two files of one student are 0 points, and it is said why"
    grep -q 'mean' "$tmp/class/summary.txt" && says 'no-dhnext'; hold "class: a mean, and the mistakes"
    # Formats for students tell nothing of a test that is not visible.
    python3 - "$tmp/class/students/=park/grade.json" > "$tmp/out" 2>&1 <<'END'
import json, sys
sys.path.insert(0, "tests/grade/report")
import formats
report = json.load(open(sys.argv[1], encoding="utf-8"))
words = [w for t in report["tests"] for w in (t["id"], *t["name"].values(), t["hint"]["en"], t["hint"]["ko"]) if w]
def made(of_report, names):
    return "".join(formats.FORMATS[name][1](of_report, lang) for name in names for lang in ("en", "ko"))
told = [w for w in words if w in made(report, formats.FORMATS)]
for t in report["tests"]:
    t["visibility"] = "hidden"
without = [name for name in formats.FORMATS if name != "gradescope"]
leaked = {w for w in words if w in made(formats.for_students(report), without)}
assert any("no-dhnext" in w for w in told), "hints were not told where all is visible"
assert not leaked, leaked
END
    hold "hidden tests: no name and no hint in the formats for students"
    # What one student hands in costs the others nothing, nor gets their points; and an earlier grade does not outlive
    # its file.
    ln -s kim "$tmp/subs/mallory" && ln -s /proc "$tmp/subs/proc" && ln -s /proc/kmsg "$tmp/subs/kmsg.c"
    deep=dddddddddddddddddddddddddddddddddddddddd
    (cd "$tmp/subs/empty" && for _ in $(seq 60); do mkdir $deep && cd $deep || exit 1; done)
    mkfifo "$tmp/pipe" && mv "$tmp/pipe" "$tmp/subs/=park.c"
    mkdir -p "$tmp/subs/many" && (cd "$tmp/subs/many" && seq 10001 | xargs touch)
    class && [ "$(tables kim mallory proc kmsg empty many)" = "100 graded$(printf ',0 compile_error%.0s' 1 2 3 4 5)" ]
    hold "class: links, endless folders and too many files"
    students=$(awk 'END { print NR - 1 }' "$tmp/class/class.csv")
    [ "$(find "$tmp/class/students" -name grade.json | wc -l)" = "$students" ]
    hold "class: a grade.json for each"
    [ "$(table "'=park")" = '0 compile_error' ] && grep -q '"score": 0' "$tmp/class/students/=park/grade.json"
    hold "class: no grade of a file that is gone"
    (cd "$tmp/subs" && rm -r many mallory proc kmsg.c empty =park.c) &&
        cp chapters/04-bptt/starter/backward.c "$tmp/subs/=park.c" && class
    # A name is never run, by make or by the shell, and a log never gives a command to a terminal or to CI.
    odd="$tmp/\$(shell touch \$(TMP)pwned)'; touch pwned; '.c"
    cp chapters/04-bptt/backward.c "$odd" && (cd "$tmp" && fails test -e pwned) &&
        "$make" -s grade-4 FILE="$odd" > "$tmp/out" 2> "$tmp/err" && says 100/100 && [ ! -e pwned ]
    hold "a file's name is not run"
    python3 tests/grade/report/grade.py --kit "$kit" --assignment 5 --out "$tmp/odd" \
        tests/grade/proof/submissions/hostile/*-c1-and-old-commands.c > "$tmp/out" 2>&1
    says 'does not compile' && fails says '##' && fails says "$(printf '\302\233')"; hold "a log gives no command"
    rm "$tmp/subs/lee/two.c" && class && says ' [234] graded now'; hold "class: goes on where it was"
    class --regrade && says ' [6789] graded now'; hold "class: --regrade grades all again"
    # The machine's failures are no grade, say what failed, and are graded again by the next run.
    (GRADE_SANDBOX=none && export GRADE_SANDBOX && fails class --regrade) && says 'no grade:' && says GRADE_SANDBOX &&
        [ "$(table kim)" = '0 infra_error' ] && class && [ "$(table kim)" = '100 graded' ]
    hold "class: what the machine failed to grade is graded again"
    grade 6 chapters/06-adagrad/adagrad.c && is graded 100; hold "a file is graded"
    printf x > "$tmp/short"
    fails grade 6 chapters/06-adagrad/starter/adagrad.c --secret "$tmp/short" && is infra_error 0 && says 'shorter'
    hold "no grade stays of whom was graded before: a secret that cannot be used"
    grade 6 chapters/06-adagrad/adagrad.c && fails grade 6 "$tmp/nothing.c" && [ ! -e "$tmp/one/grade.json" ]
    hold "nor of a file that is not there"
    (GRADE_SANDBOX=none && export GRADE_SANDBOX && fails grade 6 chapters/06-adagrad/adagrad.c) && is infra_error 0 &&
        says GRADE_SANDBOX; hold "the reason of a failure is kept"
    if unshare -m sh -c 'mount -t tmpfs -o ro none /dev/shm' 2> "$tmp/err"; then
        # shellcheck disable=SC2016
        unshare -m sh -c 'mount -t tmpfs -o ro none /dev/shm && "$@"' sh python3 tests/grade/report/grade.py \
            --kit "$kit" --assignment 6 --out "$tmp/one" --lang en chapters/06-adagrad/adagrad.c > "$tmp/out" 2>&1
        is infra_error 0 && says '/dev/shm'; hold "no shared memory: no grade, and the reason"
    fi
    grade 6 chapters/06-adagrad/adagrad.c && says 'without a secret' &&
        grade 6 chapters/06-adagrad/adagrad.c --secret "$tmp/made.secret" && fails says 'without a secret'
    hold "a grade without a secret says so"
    touch "$tmp/subs/kim/backward.c" && class && says ' [0123] graded now'
    hold "class: only what changed is graded again"
    # Far more at a time than there are cores: nobody loses points by that.
    mkdir "$tmp/busy" && for i in $(seq 20); do
        { cat tests/grade/proof/submissions/right/bptt-slow.c && echo "/* $i */"; } > "$tmp/busy/$i.c"
    done
    python3 tests/grade/report/class.py --kit "$kit" --assignment 4 --out "$tmp/busy-out" --lang en --jobs 40 \
        "$tmp/busy" > "$tmp/out" 2> "$tmp/err" && says 'full marks 20,'; hold "class: 40 at a time lose no points"
    # The first wrong element is the first, and the worst is called so.
    sed 's/param\[i\] -= learning_rate/param[i] += learning_rate/' chapters/06-adagrad/adagrad.c > "$tmp/up.c"
    grade 6 "$tmp/up.c" && says 'first wrong: Wxh, element 0.*worst there: element [1-9]'
    hold "the first wrong element and the worst"
    # Names that a table or a terminal could take for something else.
    mkdir "$tmp/names" && for name in 'a;=1+1' '＝1+1' ' =1+1' "$(printf 'x\342\200\256y')"; do
        echo 'no C at all' > "$tmp/names/$name.c"
    done
    python3 tests/grade/report/class.py --kit "$kit" --assignment 4 --out "$tmp/names-out" --lang en "$tmp/names" \
        > "$tmp/out" 2> "$tmp/err" && fails grep -qE ';|^"? *(=|＝)' "$tmp/names-out/class.csv" &&
        fails grep -q "$(printf '\342\200\256')" "$tmp/names-out/class.csv"
    hold "class: no formula in any column"
    printf '#error x\342\200\256y\302\205z\n' > "$tmp/turned.c" && grade 4 "$tmp/turned.c" &&
        fails grep -q "$(printf '\342\200\256')" "$tmp/one/grade.json" && grep -q 'u202e' "$tmp/one/grade.json"
    hold "what turns text around is escaped in grade.json"
    echo 'a secret for this test' > "$tmp/secret"
    echo '/* changed */' >> "$tmp/subs/kim/backward.c" && class --secret "$tmp/secret" && says ' [6789] graded now'
    hold "class: another seed grades all again"
    printf '{"complete": true' > "$tmp/class/students/kim/grade.json" && class --secret "$tmp/secret" &&
        [ "$(table kim)" = '100 graded' ]
    hold "class: half a report is no report"
else
    echo "class: not tested: make grade-kit"
fi
echo "release: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
