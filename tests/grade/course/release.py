#!/usr/bin/env python3
"""release.py: the folder that a student gets for an assignment, and the proof that no solution is in it.

The folder is a repository template as it is: it ignores what is built, and checks itself on every push.

    release.py --out DIR CHAPTER     the folder of one assignment
    release.py --out DIR all         DIR/assignment-1 and so on: the whole course
    release.py --out DIR --hard 4    the whole backward pass, in the place of the lines that chapter 4 adds
    release.py --check DIR           does a line of the solution stand anywhere in this folder? Says where

Beside DIR it writes DIR.secret, unless that is there already: of it the grader makes the inputs that it asks.

The folder is this repository up to the chapter, in the same places, so that the lesson's links and commands hold: the
chapters before with their sources and lessons, this one's lesson with the solution blanked (blank.py), its headers and
program, its starter in the module's place, tests, golden figures and pictures. hw/ has the student's file. The library
of mistakes (chapters/03-one-hop/bugs.c) goes along from the backward pass on, because the naming of mistakes needs it:
it is another writing of that pass, over plain arrays and with a switch for each mistake, and shares no line with the
solution.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "report"))

import blank
import commands
import fold
import grade
from grade import Failure

TOP = HERE.parent.parent.parent
STUDENT = HERE / "student"
WORKER = HERE.parent / "worker"
CHECK = [WORKER / name for name in ("frame.c", "frame.h", "guard.c", "guard.h", "worker.h")]
HARD = (4, 3)  # the harder version of assignment 4: what chapter 3 gives is to be written, too
LINK = re.compile(r"(!?)\[([^\]\n]*)\]\(([^)\s]+)\)")
NUMBER_LINE = re.compile(r"^NUMBER := (\d+)$", re.M)
WORDS = {  # of the README's first part: Korean, English
    "title": ("과제 {n}. {module}", "Assignment {n}: {module}"),
    "write": ("`hw/{module}`에서 다음 함수를 씁니다. 그 밖의 것은 이미 있습니다.",
              "Write these functions in `hw/{module}`; the rest is there."),
    "lesson": ("설명은 [수업]({lesson})에 있습니다. 쓸 곳은 비워 두었습니다.",
               "The [lesson]({lesson}) (in Korean) explains them; what you are to write is left out."),
    "asked": ("무엇을 보는가", "What is asked"), "points": ("점", "Points"), "total": ("합", "Total"),
    "hidden": ("공개하지 않는 시험", "tests that are not shown"),
    "hard": ("어려운 판입니다. 3장의 역전파도 비어 있습니다. 아래의 출발점에 관한 말 대신, 빈 함수에서 시작해 점화식으로 역전파 전체를 "
             "씁니다.",
             "The harder version: chapter 3's backward pass is left out, too. Whatever is said of where you start, you "
             "start from an empty function and write the whole backward pass from the recurrence."),
    "changed": ("이 과제는 책의 본문과 다음이 다릅니다. 이 폴더의 코드와 헤더는 바뀐 것입니다. 수업의 설명과 식, 출력, "
                "그림은 바꾸기 전의 것이므로, 서로 어긋나면 이 목록과 헤더를 따르십시오.",
                "This assignment differs from the published course as follows. The code and headers in this folder "
                "follow the change. The lessons' explanations, formulas, output and pictures are from before it: where "
                "they disagree, this list and the headers hold."),
}


def changes(lang):
    """What variant.py changed, if it did: a quotation with an empty line before it."""
    said = HERE / "variant.md"
    if not said.is_file():
        return ""
    listed = said.read_text(encoding="utf-8").strip("\n").split("\n\n")[lang].split("\n")
    return "\n".join(["", "> " + WORDS["changed"][lang], ">", *("> " + line for line in listed), ""])


def numbers():
    """The chapters that are assignments."""
    plans = grade.manifest()
    return [n for n in range(1, 100) if (f := grade.chapter_of(n)) and f.name[3:] in plans]


def copy(path, out, as_path=None):
    """A file of the repository, in the same place."""
    to = out / (as_path or path.relative_to(TOP))
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)
    return to


def steps_of(number):
    """Steps of a chapter that write its module once more: they are left out, and the tests of its program with them."""
    folder = blank.folder_of(number)
    return [p for p in folder.glob("steps/*/*.c") if (folder / "starter" / p.name).is_file()]


def copy_sources(out, numbers_blank):
    """common/ and the chapters; in the assigned modules' places the starters."""
    number = numbers_blank[0]
    for path in sorted(TOP.glob("common/*.[ch]")):
        copy(path, out)
    for n in range(1, number + 1):
        folder = blank.folder_of(n)
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            if path.is_relative_to(folder / "steps") and steps_of(n):
                continue
            if path.name != "expect.args" and path.suffix != ".md" or path.name == "SOURCES.md":
                copy(path, out)
        for path in sorted((folder / "starter").glob("*")):
            copy(path, out)
    for starter in blank.modules(numbers_blank[-1]):  # the emptiest
        for folder in (*(blank.folder_of(n).relative_to(TOP) for n in numbers_blank), pathlib.Path("hw")):
            copy(starter, out, folder / starter.name)
        copy(starter, out, blank.folder_of(number).relative_to(TOP) / "starter" / starter.name)


def included(path):
    """The headers of modules that a file of tests/support includes, or that its own header includes."""
    files = [p for p in (path, path.with_suffix(".h")) if p.is_file()]
    names = {name for p in files for name in re.findall(r'#include "([^"]+)"', p.read_text(encoding="utf-8"))}
    return {name for name in names if not name.startswith("support/") and not (path.parent / name).is_file()}


def copy_tests(out, number):
    """The tests of what is there, and what they read."""
    modules = {p.stem for p in out.glob("common/*.c")} | {p.stem for p in out.glob("chapters/*/*.c")}
    programs = {blank.folder_of(n).name[3:] for n in range(1, number + 1) if not steps_of(n)}
    for path in sorted(TOP.glob("tests/*.c")):
        kind, name = path.stem.split("_", 1)
        if name in (modules if kind == "test" else programs):
            copy(path, out)
    headers = {p.name for p in (*out.glob("common/*.h"), *out.glob("chapters/*/*.h"))}
    for path in sorted(TOP.glob("tests/support/*.c")):
        if all(name in headers for name in included(path)):  # else it is for a later chapter's tests
            copy(path, out)
    waiting = sorted(out.glob("tests/**/*.c"))
    while waiting:  # the headers beside the tests, and those that these include
        path = waiting.pop()
        for name in re.findall(r'#include "([^"]+)"', path.read_text(encoding="utf-8")):
            for folder in (path.parent.relative_to(out), pathlib.Path("tests")):
                if (TOP / folder / name).is_file() and not (out / folder / name).is_file():
                    waiting.append(copy(TOP / folder / name, out))
    for name in ("red.tsv", "run.sh"):
        copy(TOP / "tests" / name, out)
    for test in sorted(out.glob("tests/**/*.[ch]")):
        text = test.read_text(encoding="utf-8")
        for name in set(re.findall(r'(?<=["/])[\w.]+\.tsv(?=")', text)):
            if (TOP / "tests/golden" / name).is_file():
                copy(TOP / "tests/golden" / name, out)
        for name in set(re.findall(r"tests/[\w/]+\.(?:py|sh)", text)):
            copy(TOP / name, out)


def questions(chapter, kit):
    """The questions of an assignment, as bytes (check/ask.h), with the rows that may be shown."""
    plan = grade.manifest()[chapter]
    rows = ["\t".join((row[0], str(row[1]), row[3], row[4])) + "\n" for row in plan["rows"] if row[2] == "visible"]
    writer = kit / f"write-{chapter}"
    if not writer.is_file():
        raise Failure(f"{writer} is missing: run make grade-kit")
    wrote = subprocess.run([writer, str(plan["hints"])], input="".join(rows).encode(), capture_output=True, check=False)
    if wrote.returncode:
        raise Failure(wrote.stderr.decode(errors="replace").strip() or f"{writer} ended with {wrote.returncode}")
    return wrote.stdout


def copy_check(out, number, kit):
    """What `make check` runs: the calls of the assignment, and its questions."""
    chapter = blank.folder_of(number).name[3:]
    calls = grade.manifest()[chapter]["calls"]
    call = HERE.parent / "assignments" / calls / "call.c"
    shared = [WORKER / "layers.h"] if "layers.h" in included(call) else []
    for path in (*sorted((HERE / "check").glob("*.[ch]")), *CHECK, *shared, call):
        copy(path, out, pathlib.Path("tests/check") / path.name)
    (out / "tests/check/questions").write_bytes(questions(chapter, kit))


def copy_lessons(out, numbers_blank, secret):
    """The lessons so far, the tables, and their pictures; a link to what is not there becomes plain text."""
    number = numbers_blank[0]
    lessons = [p for n in range(1, number + 1) for p in sorted(blank.folder_of(n).rglob("README.md"))]
    lessons += [TOP / "docs/notation.md", TOP / "docs/glossary.md", TOP / "docs/errata.md", TOP / "NOTICE.md"]
    pictures = re.compile(r"docs/pictures/([\w.-]+)")
    made = []
    for path in lessons:
        own = [n for n in numbers_blank if path.parent == blank.folder_of(n)]
        to = copy(path, out)
        text = blank.blanked(path.read_text(encoding="utf-8"), secret, own[0] if own else 0)
        if own:
            text = fold.folded(text, path.parent.name[3:], changes(0))
        to.write_text(text.replace("\n", "\n" + changes(0), 1) if path.name == "README.md" else text, encoding="utf-8")
        for name in set(pictures.findall(to.read_text(encoding="utf-8"))):
            copy(TOP / "docs/pictures" / name, out)
        made.append(to)
    for path in made:
        def kept(match, folder=path.parent):
            target = match[3].split("#")[0]
            there = not target or "://" in target or (folder / target).exists()
            return match[0] if there else match[2]

        text = LINK.sub(kept, path.read_text(encoding="utf-8"))
        path.write_text(commands.only_working(text, out) if path.name == "README.md" else text, encoding="utf-8")


def copy_machinery(out, number):
    """The Makefile, the rules that it includes, and what draws."""
    for name in ("build.mk", "layers.sh", "mine.sh", "unwritten.sh"):
        copy(TOP / "common" / name, out)
    own = (STUDENT / "Makefile").read_text(encoding="utf-8")
    if not list(out.glob("chapters/*/programs/check-gradients.c")):
        own = re.sub(r"^#   make check-gradients.*\n", "", own, flags=re.M)
    for name, value in {"MODULE": blank.modules(number)[0].stem, "NUMBER": str(number), "CHAPTER": str(number)}.items():
        own = own.replace(f"@{name}@", value)
    (out / "Makefile").write_text(own, encoding="utf-8")
    programs = {p.parent.name[3:] for p in out.glob("chapters/*/main.c")}
    programs |= {p.stem for p in out.glob("chapters/*/programs/*.c")}
    for path in [TOP / "plots/of-program.sh", TOP / "plots/style.gp", *TOP.glob("plots/*.gp")]:
        if path.stem in programs | {"of-program", "style"}:
            copy(path, out)
    copy(TOP / "LICENSE", out)
    copy(STUDENT / "gitignore", out, ".gitignore")
    copy(STUDENT / "check.yml", out, ".github/workflows/check.yml")


def readme(number, lang, hard):
    """What to write and for how many points, and then the page for students."""
    folder = blank.folder_of(number)
    plan = grade.manifest()[folder.name[3:]]
    say = {key: words[lang] for key, words in WORDS.items()}
    module = blank.modules(number)[0].name
    lines = ["# " + say["title"].format(n=number, module=module), "", say["write"].format(module=module), ""]
    lines += [f"- `{name}`" for name in plan["functions"]]
    lines += ["", say["hard"]] if hard else []
    lines += changes(lang).splitlines()
    lines += ["", say["lesson"].format(lesson=f"chapters/{folder.name}/README.md")]
    lines += ["", plan["exercise"][0 if lang else 1]]
    lines += ["", f"| {say['asked']} | {say['points']} |", "|---|--:|"]
    told = [(row[3] if lang else row[4], row[1]) for row in plan["rows"] if row[2] != "hidden"]
    hidden = sum(row[1] for row in plan["rows"] if row[2] == "hidden")
    told += [(say["hidden"], hidden)] if hidden else []
    lines += [f"| {text} | {points} |" for text, points in told + [(say["total"], sum(p for _, p in told))]]
    page = (TOP / "docs" / ("handing-in.ko.md", "handing-in.en.md")[lang]).read_text(encoding="utf-8")
    body = re.sub(r"^# .*\n", "", page)
    body = re.sub(r"\(\[[^\]]*\]\(handing-in[^)]*\)\)\n?", "", body)
    other = ("([English](README.en.md))", "([한국어](README.md))")[lang]
    lines[1:1] = ["", other]
    return "\n".join(lines) + "\n\n" + body.strip("\n").replace("backward.c", module) + "\n"


def release(number, out, kit, hard=False):
    """Make the folder; it appears whole or not at all."""
    if number not in numbers():
        raise Failure(f"chapter {number} is no assignment")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Failure(f"{out} is not empty; a student's work may be in it")
    if hard and number != HARD[0]:
        raise Failure(f"only assignment {HARD[0]} has a harder version")
    numbers_blank = HARD if hard else (number,)
    secret = set().union(*(blank.solution(n) for n in numbers_blank))
    if hard:  # a program of the chapter goes back through time in its own way
        secret -= blank.lines_of(blank.folder_of(number).glob("programs/*.c"))
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=out.parent) as made:
        new = pathlib.Path(made) / "new"
        new.mkdir()
        copy_sources(new, numbers_blank)
        copy_tests(new, number)
        copy_check(new, number, kit)
        copy_lessons(new, numbers_blank, secret)
        copy_machinery(new, number)
        for name, lang in (("README.md", 0), ("README.en.md", 1)):
            (new / name).write_text(readme(number, lang, hard), encoding="utf-8")
        check(new, number, secret)
        if out.is_dir():
            out.rmdir()
        os.replace(new, out)


def write_secret(out):
    """What students must not get: the file that --secret of the grader reads. One that is there is kept."""
    path = out.with_name(out.name + ".secret")
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(32))
    except FileExistsError:
        pass
    print(f"{path}: keep it; to grade: GRADE=\"--secret {path}\"")


def check(folder, number, secret):
    """No line of the solution, and nothing of a later chapter."""
    for path, line, text in blank.leaks(folder, secret):
        raise Failure(f"{path.relative_to(folder)}:{line}: a line of the solution: {text.strip()}")
    for path in folder.glob("chapters/*"):
        if int(path.name[:2]) > number:
            raise Failure(f"{path.relative_to(folder)}: of a later chapter")


def main():
    parser = argparse.ArgumentParser(prog="release", description="Make the folder that students get for an assignment.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=pathlib.Path, help="folder to make; must be empty or not there")
    what.add_argument("--check", type=pathlib.Path, metavar="DIR",
                      help="look for the solution in a folder that was made")
    parser.add_argument("--hard", action="store_true",
                        help="the harder version of assignment 4: from an empty function")
    parser.add_argument("--kit", type=pathlib.Path, default=TOP / "build/grade-kit",
                        help="what make grade-kit built")
    parser.add_argument("chapter", nargs="?", help="its number, or all")
    given = parser.parse_args()
    try:
        if given.check:
            makefile = given.check / "Makefile"
            number = NUMBER_LINE.search(makefile.read_text(encoding="utf-8")) if makefile.is_file() else None
            if not number:
                raise Failure(f"{given.check} is not the folder of an assignment")
            check(given.check, int(number[1]), blank.solution(int(number[1])))
            print(f"{given.check}: no line of the solution")
        elif given.chapter == "all":
            for number in numbers():
                release(number, given.out / f"assignment-{number}", given.kit)
                print(given.out / f"assignment-{number}")
            write_secret(given.out)
        elif given.chapter and given.chapter.isdigit():
            release(int(given.chapter), given.out, given.kit, given.hard)
            print(given.out)
            write_secret(given.out)
        else:
            parser.error("say which chapter, or all")
    except (Failure, OSError) as failure:
        print(f"release: {failure}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
