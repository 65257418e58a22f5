"""fold.py: in a student's lesson, what a function must do in place of how to write it.

Where tasks.ko.md has a part for the chapter, it stands before the first code that is to be written; the prose that
leads through such code call by call is folded below it. A variant (variant.py) has other code than that prose leads
through: there it is left out, and what was changed is told instead.
"""
import pathlib
import re

import blank

TASKS = pathlib.Path(__file__).resolve().parent / "tasks.ko.md"
SUMMARY = "힌트: 코드를 따라가는 설명"


def task_of(chapter):
    """The part of a chapter; empty where there is none."""
    parts = re.split(r"(?m)^## (.+)$", TASKS.read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], (part.strip("\n") for part in parts[2::2]))).get(chapter, "")


def segments(text):
    """The lines of a lesson, cut into fenced blocks and what is between them: [(is a block, lines)]."""
    found, inside = [(False, [])], False
    for line in text.split("\n"):
        if line.startswith("```") and not inside:
            found.append((True, []))
        found[-1][1].append(line)
        if line.startswith("```"):
            if inside:
                found.append((False, []))
            inside = not inside
    return found


def walk_through(lines):
    """Where the prose that leads through the block below begins, after a heading, table or figure, and ends."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith("<!--")):
        end -= 1
    begin = end
    while begin and not re.match(r"#|\||!\[|<a |<!--", lines[begin - 1]):
        begin -= 1
    return begin, end


def folded(text, chapter, changes=""):
    """A blanked lesson with the chapter's task, and its walk-through folded."""
    task, made, placed = task_of(chapter), [], False
    if not task:
        return text
    parts = segments(text)
    for k, (block, lines) in enumerate(parts):
        below = parts[k + 1][1] if not block and k + 1 < len(parts) else []
        if below and below[0] == "```c" and any(blank.WHERE in line for line in below):
            begin, end = walk_through(lines)
            prose = "\n".join(lines[begin:end]).strip("\n")
            new = [] if placed else [task, changes] if changes else [task]
            if prose and not changes:
                new += ["", "<details>", f"<summary>{SUMMARY}</summary>", "", prose, "", "</details>"]
            made += lines[:begin] + new + lines[end:]
            placed = True
        else:
            made += lines
    return "\n".join(made)
