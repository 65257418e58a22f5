#!/usr/bin/env python3
"""commands.py: the commands that a lesson gives. In a student's folder all of them must work, so what needs more of the
repository than is there is taken out of its lessons. usage: commands.py FOLDER LESSON lists them, a line each.

A command of the text that does not work there is marked as one of the repository; an exercise loses the sentences that
give it, and becomes a remark where all of its commands do not work, or where it names a file or a program that only the
repository has.
"""
import pathlib
import re
import shlex
import sys

GIVEN = re.compile(r"(?:make|cp) \S.*")
SPAN = re.compile(r"`((?:make|cp) [^`]+)`(?!\(책의 저장소에서\))")
ELSEWHERE = "(책의 저장소에서)"
EXERCISES = re.compile(r"^## 연습 문제$", re.M)
COPIES_STARTER = re.compile(r"cp -r chapters/\S+/starter hw\b")
PLACE = re.compile(r"`((?:build|chapters|common|docs|plots|tests)/[^\s`]+)")
TOP = pathlib.Path(__file__).resolve().parents[3]
TARGETS = {"check", "run", "clean", "help", "compile"}


def programs_of(folder):
    """The names of the programs that can be made in a folder."""
    steps = {f"{p.parent.parent.name[3:]}-{p.name}" for p in folder.glob("chapters/*/steps/*")}
    return (steps | {p.parent.name[3:] for p in folder.glob("chapters/*/main.c")}
            | {p.stem for p in folder.glob("chapters/*/programs/*.c")})


def only_ours(place, folder):
    """Has the repository this file, or this program in build/, and the folder not?"""
    program = place.removeprefix("build/")
    if program != place:
        return program in programs_of(TOP) - programs_of(folder)
    return (TOP / place).exists() and not (folder / place).exists()


def works(command, folder):
    """Are the target and the files of a command in this folder?"""
    if COPIES_STARTER.match(command):
        return False  # hw/ is there
    try:
        words = shlex.split(command.split("|")[0], comments=True)
    except ValueError:
        return False
    chapters = {int(p.name[:2]) for p in folder.glob("chapters/[0-9]*")}
    programs = programs_of(folder)
    if words[0] == "cp":
        return all((folder / word).exists() for word in words[1:-1] if not word.startswith("-"))
    targets = [w for w in words[1:] if "=" not in w and not w.startswith((">", "2>", "-"))]
    for target in targets:
        numbered = re.fullmatch(r"(?:chapter|test)-(\d+)", target)
        if not (int(numbered[1]) in chapters if numbered else target in programs | TARGETS):
            return False
    for name, value in (w.split("=", 1) for w in words[1:] if re.match(r"[A-Z]+=", w)):
        if name == "CHAPTER" and int(value) not in chapters:
            return False
        if any(not (folder / path).exists() for path in re.findall(r"chapters/[\w./-]+", value)):
            return False
    return True


def fenced(line):
    """The command in a line of a block, without its comment."""
    return re.sub(r"\s+# .*", "", line.strip())


def exercise(text, folder):
    """One exercise, without what cannot be done in the folder."""
    bad = [c for c in SPAN.findall(text) if not works(c, folder)]
    ours = any(only_ours(p, folder) for p in PLACE.findall(text))
    if not bad and not ours:
        return text
    number = re.match(r"\d+\. ", text)[0]
    if ours or all(not works(c, folder) for c in SPAN.findall(text)):
        return f"{number}이 문제는 책의 저장소에서 풉니다.\n"
    kept = [s for s in re.split(r"(?<=[.?]) ", text[len(number):]) if not any(f"`{c}`" in s for c in bad)]
    return number + " ".join(kept)


def only_working(text, folder):
    """A lesson with the commands that work in the folder."""
    begin = EXERCISES.search(text)
    if begin:
        end = text.find("\n## ", begin.end())
        end = end if end >= 0 else len(text)
        items = re.split(r"(?m)^(?=\d+\. )", text[begin.end():end])
        text = text[:begin.end()] + "".join([items[0]] + [exercise(i, folder) for i in items[1:]]) + text[end:]
    made, inside = [], False
    for line in text.split("\n"):
        if line.lstrip().startswith("```"):
            inside = not inside
        if inside and GIVEN.fullmatch(fenced(line)):
            if COPIES_STARTER.match(fenced(line)):
                continue
            if not works(fenced(line), folder):
                line += "   # 책의 저장소에서"
        elif not inside:
            line = SPAN.sub(lambda m: m[0] if works(m[1], folder) else m[0] + ELSEWHERE, line)
        made.append(line)
    return "\n".join(made)


def commands(text):
    """The commands of a lesson in a folder: those that must work, and have nothing to be filled in."""
    found, inside = [], False
    for line in text.split("\n"):
        if line.lstrip().startswith("```"):
            inside = not inside
        if inside and GIVEN.fullmatch(fenced(line)) and "# 책의 저장소에서" not in line:
            found.append(fenced(line))
        elif not inside:
            found += SPAN.findall(line)
    return [c for c in dict.fromkeys(found) if not re.search(r"\.\.\.|그_줄|\bN\b", c)]


if __name__ == "__main__":
    print("\n".join(commands(pathlib.Path(sys.argv[1], sys.argv[2]).read_text(encoding="utf-8"))))
