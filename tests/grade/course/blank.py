#!/usr/bin/env python3
"""blank.py: a chapter's lesson without what the student is to write. usage: blank.py CHAPTER > README.md

What is to be written is the difference between the chapter's module and its starter. It is taken out of the lesson in
two ways: where a block shows the module, the bodies that the starter leaves empty, the functions that it lacks and the
lines that it lacks; and everywhere, blocks and code spans of the text, each solution line: 12 characters or more
without comments and blanks, in the module but in nothing that a student is given (is_given() and TRIVIAL tell what that
is).
"""
import difflib
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent.parent.parent
LEAST = 12
WHERE = "/* 여기를 씁니다. */"
# Lines that stand in every C program: a loop over all of something, a sum that begins at 0, something freed.
TRIVIAL = re.compile(r"for\(int(\w)=0;\1<[^;]+;\1\+\+\)|"
                     r"(double|int|long|bool|real|\w+\*)\w+=(0|-1|NULL|true|false)|\w+_free\(\w+\)")


def folder_of(number):
    found = list(TOP.glob(f"chapters/{number:02d}-*"))
    if not found:
        sys.exit(f"blank.py: no chapter {number}")
    return found[0]


def bare(line):
    """A line of C without comments and blanks: what two writings of it have in common."""
    code = re.sub(r"\s+", "", re.sub(r"/\*.*?\*/|/\*.*$|^\s*\*.*$|//.*$", "", line))
    return re.sub(r"(\{.*\}|[{;])$", "", code)


def lines_of(paths):
    return {bare(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()}


def modules(number):
    """The starters of a chapter, in order: the student writes the modules of these names."""
    return sorted((folder_of(number) / "starter").glob("*.c"))


def is_given(path, number):
    """May a line of this source be told: starter, headers, programs, what earlier students wrote, the tests of these?

    Not a chapter's further modules: another writing of what is to be written (bugs.c) gives nothing away only if no
    line of it is ours.
    """
    place = path.relative_to(TOP).parts
    if place[0] == "common":
        return True
    if place[0] == "tests":
        name = path.name.removeprefix("test_")
        earlier = [folder_of(n) / "starter" for n in range(1, number)]
        return any((folder / name).is_file() for folder in (TOP / "common", *earlier))
    chapter = int(place[1][:2])
    written = chapter < number and (path.parent / "starter" / path.name).is_file()
    return chapter <= number and (written or path.suffix == ".h" or place[2] in ("starter", "main.c", "programs"))


def solution(number):
    """The bare lines that the student of this chapter is to write."""
    places = ("common/*.[ch]", "chapters/[0-9][0-9]-*/*.[ch]", "chapters/[0-9][0-9]-*/programs/*.c",
              "tests/test_*.c")
    sources = [path for place in places for path in TOP.glob(place)] + modules(number)
    known = lines_of(path for path in sources if is_given(path, number))
    ours = lines_of(folder_of(number) / path.name for path in modules(number))
    return {line for line in ours - known if len(line) >= LEAST and not TRIVIAL.fullmatch(line)}


def functions(lines):
    """name -> (first line, first and last line of the body, braces left out) of the functions of a file."""
    found, at = {}, 0
    while at < len(lines):
        name = re.match(r"[A-Za-z_][\w *]*?\b(\w+)\(", lines[at])
        first, at = at, at + 1
        if not name:
            continue
        while "{" not in lines[at - 1] and ";" not in lines[at - 1]:
            at += 1
        if lines[at - 1].rstrip().endswith("}"):
            found[name[1]] = (first, at - 1, at)
        elif "{" in lines[at - 1]:
            begin = at
            at = lines.index("}", at)
            found[name[1]] = (first, begin, at)
    return found


def unwritten(ours, starter):
    """The numbers of the lines of ours that the starter leaves to be written."""
    hidden, theirs = set(), functions(starter)
    for name, (first, begin, end) in functions(ours).items():
        body = ours[begin:end]
        if name not in theirs:
            hidden |= set(range(first, end + 1))
            continue
        left = starter[theirs[name][1]:theirs[name][2]]
        if any("(void)" in line for line in left) and left != body:
            hidden |= set(range(begin, end))
            continue
        for kind, a, b, _, _ in difflib.SequenceMatcher(None, body, left, autojunk=False).get_opcodes():
            if kind in ("delete", "replace"):
                hidden |= set(range(begin + a, begin + b))
    return hidden


def blanked_block(block, secret, shown):
    """The lines of a fenced block; `shown`: (lines, numbers of the unwritten ones) of each module."""
    hide = {k for k, line in enumerate(block) if bare(line[1:] if line[:1] in "+-" else line) in secret}
    for lines, unwritten_ones in shown:
        for at in range(len(lines) - len(block) + 1 if block else 0):
            if lines[at:at + len(block)] == block:
                hide |= {n - at for n in unwritten_ones if at <= n < at + len(block)}
    made = []
    for k, line in enumerate(block):
        if k not in hide:
            made.append(line)
        elif k - 1 not in hide:
            made.append(re.match(r"[+-]?\s*", line).group(0) + WHERE)
    return made


def blanked_span(span, secret):
    """A code span of the text: a call keeps its function's name."""
    code = span[1:-1]
    if bare(code) not in secret:
        return span
    call = re.fullmatch(r"(\w+)\(.*\);?", code)
    return f"`{call[1]}(...)`" if call else "`...`"


def blanked(text, secret, number=0):
    """A lesson without the secret lines; with a chapter's number, without the unwritten part of its module, too."""
    shown, made, block = [], [], None
    for starter in modules(number) if number else []:
        ours = (folder_of(number) / starter.name).read_text(encoding="utf-8").splitlines()
        shown.append((ours, unwritten(ours, starter.read_text(encoding="utf-8").splitlines())))
    for line in text.splitlines():
        if line.startswith("```"):
            if block is not None:
                made += blanked_block(block, secret, shown)
            block = [] if block is None else None
            made.append(line)
        elif block is not None:
            block.append(line)
        else:
            made.append(re.sub(r"`[^`]+`", lambda m: blanked_span(m.group(0), secret), line))
    return "\n".join(made + (block or [])) + "\n"


def leaks(folder, secret):
    """(file, number, line) of every secret line in a folder: alone, beside others in its line, or in a code span."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            pieces = [line, line.lstrip("+-> "), *re.split(r"[;{}]", line), *re.findall(r"`([^`]+)`", line)]
            if any(bare(piece) in secret for piece in pieces):
                yield path, number, line


def main():
    number = int(sys.argv[1])
    secret = solution(number)
    if not secret:
        sys.exit(f"blank.py: chapter {number} has nothing to write")
    sys.stdout.write(blanked((folder_of(number) / "README.md").read_text(encoding="utf-8"), secret, number))


if __name__ == "__main__":
    main()
