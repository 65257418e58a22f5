#!/usr/bin/env python3
"""variant.py: the course with one assignment changed, so that the published solution is wrong for it.

    variant.py --assignment N --seed S --out DIR [--axes NAME,...]
    variant.py --list                   the axes, the assignments that they change, and the values that they draw from

The assignment is changed along all its axes, or those that are named; the seed draws the values. DIR becomes a copy of
this repository in which everything follows: the reference, the starter, the headers that tell what is to be written,
the tests, the library of mistakes, the grader's calls and the lesson's code. There, `make assignment-N` and
`make grade-N` work as they do here.

An axis is a file variants/NAME.txt. Its lines:

    # a comment
    for CHAPTER...              the assignments that it changes, by the chapters' names
    draw NAME VALUE...          one of the values stands for @NAME@ below
    ko TEXT, en TEXT            what is changed, for the student; several make a paragraph
    file PATH...                the files that the blocks below belong to
    -LINE...  +LINE...          a block: these lines, which stand there once, become those
    rename OLD NEW              a name, in all sources and lessons
    only VALUE                  the blocks up to the next `file` are for this value (of the axis's one draw) alone
    drop SOURCE SUITE::TEST     a test that holds for the published course only, where SOURCE is linked (as in red.tsv)

A block that fits nowhere, or twice, is an error: the axes must follow the sources. In the lessons of its chapters (that
of a file in common/: in all) a block is applied wherever its lines are shown.
"""
import argparse
import dataclasses
import hashlib
import os
import pathlib
import re
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "report"))

import grade
from grade import Failure

TOP = HERE.parent.parent.parent
PARTS = ("Makefile", "LICENSE", "README.md", "README.en.md", "CONTRIBUTING.md", "NOTICE.md", "chapters", "common",
         "docs", "plots", "tests", ".ci", ".clang-format", ".gitignore", ".editorconfig")
LEFT_OUT = {"variants", "submissions"}  # the last are right, or wrong, for the published course
RED, NOTE = "tests/red.tsv", "tests/grade/course/variant.md"


@dataclasses.dataclass
class Block:
    """Lines of a file that become other lines."""

    files: list
    only: str
    old: list
    new: list


@dataclasses.dataclass
class Axis:
    """One way in which an assignment can be changed."""

    name: str
    chapters: list = dataclasses.field(default_factory=list)
    draws: dict = dataclasses.field(default_factory=dict)
    said: dict = dataclasses.field(default_factory=lambda: {"ko": [], "en": []})
    blocks: list = dataclasses.field(default_factory=list)
    renames: list = dataclasses.field(default_factory=list)
    drops: list = dataclasses.field(default_factory=list)


def read_axis(path):
    axis, files, only, block = Axis(path.stem), [], "", None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        word, _, rest = line.partition(" ")
        if line[:1] in ("-", "+"):
            if not files:
                raise Failure(f"{path.name}:{number}: a block before the first `file`")
            if block is None or line[0] == "-" and block.new:
                block = Block(files, only, [], [])
                axis.blocks.append(block)
            (block.old if line[0] == "-" else block.new).append(line[1:])
            continue
        block = None
        if not line or word == "#":
            continue
        if word == "for":
            axis.chapters = rest.split()
        elif word == "draw":
            name, *values = rest.split()
            axis.draws[name] = values
        elif word in ("ko", "en"):
            axis.said[word].append(rest)
        elif word == "file":
            files, only = rest.split(), ""
        elif word == "only":
            only = rest
        elif word == "rename":
            axis.renames.append(rest.split())
        elif word == "drop":
            axis.drops.append(tuple(rest.split()))
        else:
            raise Failure(f"{path.name}:{number}: {word}: not a word that variant.py knows")
    return axis


def axes():
    return {path.stem: read_axis(path) for path in sorted((HERE / "variants").glob("*.txt"))}


def drawn(seed, what, values):
    """One of the values: always the same for a seed."""
    number = int.from_bytes(hashlib.sha256(f"{seed}\n{what}".encode()).digest()[:8], "big")
    return values[number % len(values)]


def chosen(number, seed, wanted):
    """The axes of a variant, and the values: [(axis, {name: value})]."""
    folder = grade.chapter_of(number)
    known = axes()
    mine = [axis for axis in known.values() if folder and folder.name[3:] in axis.chapters]
    if not mine:
        raise Failure(f"chapter {number} is no assignment that can be varied")
    for name in wanted:
        if name not in {axis.name for axis in mine}:
            raise Failure(f"{name}: no axis of assignment {number}; it has " + ", ".join(axis.name for axis in mine))
    taken = [axis for axis in mine if not wanted or axis.name in wanted]
    return [(axis, {name: drawn(seed, f"{number} {axis.name} {name}", values) for name, values in axis.draws.items()})
            for axis in taken]


def filled(text, values):
    """With the drawn values in the places of their names."""
    made = re.sub(r"@(\w+)@", lambda m: values.get(m[1], m[0]), text)
    if left := re.search(r"@[A-Z_]+@", made):
        raise Failure(f"{left[0]}: nothing is drawn for it")
    return made


# ---- the copy ----


def places(lines, old):
    return [k for k in range(len(lines) - len(old) + 1) if lines[k:k + len(old)] == old]


def apply(block, values, out):
    """One block in all its files, each of which has its lines once."""
    old, new = ([filled(line, values) for line in part] for part in (block.old, block.new))
    for name in block.files:
        path = out / name
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        found = places(lines, old)
        if len(found) != 1 or not old:
            fits = "more than one place fits" if found else "nothing fits"
            raise Failure(f"{name}: {fits}: {(old or [''])[0].strip()}")
        lines[found[0]:found[0] + len(old)] = new
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    # The lesson of the chapter shows its sources; any lesson may show what is in common/.
    folders = {"/".join(name.split("/")[:2]) for name in block.files if name.startswith("chapters/")}
    folders |= {"chapters" for name in block.files if name.startswith("common/")}
    for path in (p for folder in folders for p in (out / folder).glob("**/*.md")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for at in reversed(places(lines, old)):
            if lines[at:at + len(new)] != new:  # where the old lines begin the new ones, once is enough
                lines[at:at + len(old)] = new
        if lines != text.splitlines():
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def rename(old, new, out):
    """A name, in every source and lesson."""
    word = re.compile(rf"\b{re.escape(old)}\b")
    if any(re.search(rf"\b{re.escape(new)}\b", p.read_text(encoding="utf-8")) for p in out.glob("*/**/*.[ch]")):
        raise Failure(f"{new}: the name is taken")
    for folder in ("chapters", "common", "tests", "docs"):
        for path in (p for p in (out / folder).rglob("*") if p.is_file() and p.suffix in (".c", ".h", ".md", ".sh")):
            text = path.read_text(encoding="utf-8")
            if word.search(text):
                path.write_text(word.sub(new, text), encoding="utf-8")


def keep_chapters(path, chapters):
    """The lines of the manifest that are about these assignments; comments stay."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.startswith("#") or line.split("\t")[1] in chapters]
    path.write_text("".join(kept), encoding="utf-8")


def note(taken):
    """What is changed, in both languages; release.py puts it where students read."""
    parts = []
    for lang in ("ko", "en"):
        said = ["- " + filled(" ".join(axis.said[lang]), values) for axis, values in taken]
        parts.append("\n".join(said))
    return "\n\n".join(parts) + "\n"


def make(number, seed, wanted, out):
    """The copy; it appears whole or not at all."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Failure(f"{out} is not empty")
    if TOP in (out.resolve(), *out.resolve().parents):
        raise Failure(f"{out} is inside the course; give a folder outside of it")
    if (TOP / NOTE).is_file():
        raise Failure("this is a variant already; make variants from the published course")
    taken = chosen(number, seed, wanted)
    plans = grade.manifest()
    calls = plans[grade.chapter_of(number).name[3:]]["calls"]
    kept = [name for name, plan in plans.items() if plan["calls"] == calls]  # they are asked the same rows
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".variant-", dir=out.parent) as made:
        new = pathlib.Path(made) / "new"
        new.mkdir()
        # What else the staff keep here, a secret or results, stays here. Copied with the files' times, so that what was
        # built need not be built again.
        for name in PARTS:
            if (TOP / name).is_dir():
                shutil.copytree(TOP / name, new / name, symlinks=True,
                                ignore=lambda folder, names: LEFT_OUT & set(names))
            elif (TOP / name).is_file():
                shutil.copy2(TOP / name, new / name)
        for axis, values in taken:
            for block in axis.blocks:
                if not block.only or block.only in values.values():
                    apply(block, values, new)
        for axis, values in taken:
            for old, name in axis.renames:
                rename(old, filled(name, values), new)
        with open(new / RED, "a", encoding="utf-8") as red:
            red.writelines(f"{source}\t{test}\tit holds for the published course\n"
                           for axis, _ in taken for source, test in axis.drops)
        keep_chapters(new / "tests/grade/manifest.tsv", kept)
        (new / NOTE).write_text(note(taken), encoding="utf-8")
        if out.is_dir():
            out.rmdir()
        os.replace(new, out)
    return taken


def main():
    parser = argparse.ArgumentParser(prog="variant",
                                     description="Make a copy of the course with one assignment changed.")
    parser.add_argument("--assignment", type=int, help="the chapter's number")
    parser.add_argument("--seed", help="draws the values; keep it to yourself")
    parser.add_argument("--out", type=pathlib.Path, help="folder to make; must be empty or not there")
    parser.add_argument("--axes", help="take these alone, with commas between them")
    parser.add_argument("--list", action="store_true", help="tell the axes")
    given = parser.parse_args()
    try:
        if given.list:
            for axis in axes().values():
                draws = (f"{name}: {' '.join(values)}" for name, values in axis.draws.items())
                print(axis.name, " ".join(axis.chapters), *draws, sep="\t")
            return
        if given.assignment is None or given.seed is None or given.out is None:
            parser.error("give --assignment, --seed and --out, or --list")
        wanted = [name.strip() for name in (given.axes or "").split(",") if name.strip()]
        taken = make(given.assignment, given.seed, wanted, given.out)
        told = [" ".join([axis.name, *(f"{k}={v}" for k, v in values.items())]) for axis, values in taken]
        print(f"{given.out}: " + "; ".join(told))
    except (Failure, OSError) as failure:
        print(f"variant: {failure}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
