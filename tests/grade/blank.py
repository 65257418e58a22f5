#!/usr/bin/env python3
"""blank.py: a chapter's lesson without what the student is to write. usage: blank.py CHAPTER > README.md

What is to be written is the difference between the chapter's module and its starter. A line of it (12 characters or more
without comments and blanks, and in no starter, header or earlier chapter) is taken out of every block of the lesson and
out of the code spans of its text.
"""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
LEAST = 12
WHERE = "/* 여기를 씁니다. */"


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


def solution(number):
    """The bare lines that the student of this chapter is to write."""
    folder = folder_of(number)
    starters = sorted((folder / "starter").glob("*.c"))
    known = lines_of(starters)
    for other in sorted(TOP.glob("chapters/[0-9][0-9]-*")):
        if int(other.name[:2]) <= number:
            known |= lines_of(other.glob("*.h"))
        if int(other.name[:2]) < number:
            known |= lines_of(other.glob("*.c"))
    known |= lines_of((TOP / "common").glob("*.[ch]")) | lines_of([folder / "main.c"])
    ours = lines_of(folder / path.name for path in starters)
    return {line for line in ours - known if len(line) >= LEAST}


def blanked(text, secret):
    """The lesson without the secret lines."""
    made, fence, hidden = [], False, False
    for line in text.splitlines():
        if line.startswith("```"):
            fence, hidden = not fence, False
            made.append(line)
        elif fence:
            code = line[1:] if line[:1] in "+-" else line
            if bare(code) in secret:
                if not hidden:
                    made.append(re.match(r"\s*", line).group(0) + WHERE)
                hidden = True
            else:
                hidden = False
                made.append(line)
        else:
            made.append(re.sub(r"`[^`]+`", lambda m: "`...`" if bare(m.group(0)[1:-1]) in secret else m.group(0), line))
    return "\n".join(made) + "\n"


def leaks(folder, secret):
    """(file, line) of every secret line in a folder."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            code = bare(line.lstrip("+-` "))
            if code in secret:
                yield path, line


def main():
    number = int(sys.argv[1])
    secret = solution(number)
    if not secret:
        sys.exit(f"blank.py: chapter {number} has nothing to write")
    sys.stdout.write(blanked((folder_of(number) / "README.md").read_text(encoding="utf-8"), secret))


if __name__ == "__main__":
    main()
