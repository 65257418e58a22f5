#!/usr/bin/env python3
"""weave.py: insert the real code and the real output into the lessons, and check that lessons and code agree.

    weave.py            rewrite the blocks of all lessons from the sources
    weave.py LESSON...  only those of these lessons, and check only these
    weave.py --check    change nothing; report what is out of date or wrong, and exit with 1 if anything is

A lesson is a Markdown file. A comment before a fenced block is a directive that says where its lines are from:

    <!-- code: FILE until "TEXT" -->            FILE from where its last block ended, up to the line with TEXT
    <!-- code: FILE to the end -->              the rest of FILE
    <!-- show: FILE from "TEXT" until "TEXT" --> an excerpt; without from, from the start; without until, to the end
    <!-- output: FILE from "TEXT" until "TEXT" --> the same for a program's output
    <!-- diff: OLD NEW -->                      the changes from OLD to NEW

FILE is relative to the lesson's folder or to the top of the repository. It is an error if a TEXT does not occur in
exactly one line. Together, the `code` blocks of a file show every line of it once, each block after some prose. This
holds for each language: README.md is a chapter's lesson in Korean, README.en.md, if there is one, in English.

    <!-- chapters --> ... <!-- end -->          the table of chapters (in README.md and README.en.md)
    <!-- live: train -->                       a place for something that runs in the site's page (docs/live/train.js)
    <!-- tools: bugs.h bugs.c -->               modules of the lesson's folder that it uses but does not show
    <!-- facts: 0.2296 3.674 -->                numbers in the prose that are derived or from elsewhere
    <!-- measured: 97.66 118.90 -->             numbers in the prose that are in docs/measured.txt (make measured)

A number with a decimal point in a lesson's prose must occur in one of its blocks, or in a facts or measured comment.
"""
import difflib
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
LEAST_PROSE = 60  # bytes of prose before a block of code: 20 Hangul syllables
MOST_LINES = 70  # in one block of code
DIRECTIVE = re.compile(r"^<!-- (code|show|output|diff): (.*?) -->$")
PLACE = re.compile(r'^(\S+)((?: from "[^"]+")?)((?: until "[^"]+")?)( to the end)?$')
NUMBER = re.compile(r"(?<![\w.,/^{-])\d[\d,]*\.\d+(?:e[+-]?\d+)?(?![A-Za-z0-9_]|\.\d)")
LANGUAGE = {".c": "c", ".h": "c", ".py": "python", ".sh": "sh", ".gp": "gnuplot", ".mk": "make"}
SKIPPED = "main.c"  # prints the experiment; lessons show excerpts only
TOOLS = re.compile(r"^<!-- tools: (.*) -->$")

problems = []


def problem(where, what):
    problems.append(f"{where}: {what}")


def lessons():
    """All Markdown files to weave, in the order of the chapters."""
    found = sorted(TOP.glob("chapters/[0-9][0-9]-*/**/*.md")) + sorted(TOP.glob("docs/*.md"))
    return found + [TOP / "README.md", TOP / "README.en.md"]


def language(lesson):
    return "en" if lesson.name.endswith(".en.md") else "ko"


def inside(path):
    return str(path.relative_to(TOP))


def source(lesson, name, where):
    """The file that a directive names, or None."""
    for folder in (lesson.parent, TOP):
        path = (folder / name).resolve()
        if path.is_file() and TOP in path.parents:
            return path
    problem(where, f"no file {name}")
    return None


def line_with(text, lines, start, where):
    """The index of the only line from `start` on that contains `text`; else None, and a problem."""
    found = [k for k in range(start, len(lines)) if text in lines[k]]
    if len(found) == 1:
        return found[0]
    problem(where, f'"{text}" is in {len(found)} lines; it must be in one')
    return None


class Weaver:
    """Weaves the lessons one by one and remembers which lines of which file were shown."""

    def __init__(self):
        self.shown = {}  # (language, file) -> (how many of its lines were shown, the lesson that shows them)
        self.tools = set()  # files that need not be shown

    def code(self, lesson, path, until, where):
        lines = path.read_text(encoding="utf-8").splitlines()
        start, owner = self.shown.get((language(lesson), path), (0, lesson))
        if owner != lesson:
            problem(where, f"{inside(path)} is shown in {inside(owner)}")
            return None
        if start >= len(lines):
            problem(where, f"{inside(path)} was shown to its end before")
            return None
        end = len(lines) if until is None else line_with(until, lines, start + 1, where)
        if end is None:
            return None
        if until is not None and lines[end - 1].strip() == "/**":
            end -= 1  # keep a comment's first line with the rest of it
        if end - start > MOST_LINES:
            problem(where, f"{end - start} lines in one block of {inside(path)}; at most {MOST_LINES}")
        self.shown[language(lesson), path] = (end, lesson)
        return lines[start:end]

    def cited(self, path, first, until, where):
        lines = path.read_text(encoding="utf-8").splitlines()
        start = 0 if first is None else line_with(first, lines, 0, where)
        if start is None:
            return None
        end = len(lines) if until is None else line_with(until, lines, start + 1, where)
        return None if end is None else lines[start:end]

    def block(self, lesson, kind, rest, where):
        """The language and the lines of a directive's block."""
        if kind == "diff":
            names = rest.split()
            files = [source(lesson, n, where) for n in names]
            if len(files) != 2 or None in files:
                problem(where, "diff needs two files")
                return None
            old, new = (f.read_text(encoding="utf-8").splitlines() for f in files)
            made = difflib.unified_diff(old, new, inside(files[0]), inside(files[1]), n=2, lineterm="")
            self.shown[language(lesson), files[1]] = (len(new), lesson)
            return "diff", list(made)
        match = PLACE.match(rest)
        path = source(lesson, match.group(1), where) if match else None
        if not match:
            problem(where, f"cannot read this directive: {rest}")
        if path is None:
            return None
        first, until = (g.split('"')[1] if g else None for g in match.group(2, 3))
        if kind == "code":
            if (until is None) != bool(match.group(4)) or first:
                problem(where, 'code needs either until "TEXT" or to the end')
                return None
            lines = self.code(lesson, path, until, where)
        else:
            lines = self.cited(path, first, until, where)
        colours = "" if kind == "output" else LANGUAGE.get(path.suffix, LANGUAGE.get(path.name, ""))
        return None if lines is None else (colours, trimmed(lines) if kind != "code" else lines)

    def weave(self, lesson):
        """The text of a lesson with its blocks updated."""
        old = lesson.read_text(encoding="utf-8").splitlines()
        new, prose, k = [], 0, 0
        while k < len(old):
            where = f"{inside(lesson)}:{k + 1}"
            match = DIRECTIVE.match(old[k])
            if old[k] == "<!-- chapters -->":
                end = next((j for j in range(k, len(old)) if old[j] == "<!-- end -->"), None)
                if end is None:
                    problem(where, "no <!-- end --> follows")
                    return None
                new += [old[k], *chapter_table(lesson.name == "README.en.md"), "<!-- end -->"]
                k = end + 1
                continue
            if not match:
                if tools := TOOLS.match(old[k]):
                    self.tools |= {path for name in tools[1].split() if (path := source(lesson, name, where))}
                elif old[k].startswith("<!-- ") and not re.match(r"<!-- ((facts|measured|live): .*|end) ?-->$", old[k]):
                    problem(where, f"no such directive: {old[k]}")
                new.append(old[k])
                if old[k].startswith("```"):  # a block without a directive
                    while k + 1 < len(old) and not old[k + 1].startswith("```"):
                        k += 1
                        new.append(old[k])
                    k += 1
                    new += old[k : k + 1]
                    prose = 0
                elif not old[k].startswith(("#", "<!--", "<a ")):
                    prose += len(old[k].encode())
                k += 1
                continue
            if k + 1 >= len(old) or not old[k + 1].startswith("```"):
                problem(where, "no fenced block follows")
                return None
            end = next((j for j in range(k + 2, len(old)) if old[j] == "```"), None)
            if end is None:
                problem(where, "the block has no end")
                return None
            made = self.block(lesson, match.group(1), match.group(2), where)
            if made is None:
                new += old[k : end + 1]
            else:
                new += [old[k], "```" + made[0], *made[1], "```"]
            if match.group(1) in ("code", "diff") and prose < LEAST_PROSE:
                problem(where, f"{prose} bytes of prose before this block; say at least {LEAST_PROSE}")
            prose, k = 0, end + 1
        return "\n".join(new) + "\n"

    def complete(self, tongue, paths):
        """Check that every line of these files is shown in this language."""
        for path in paths:
            if path.name == SKIPPED or path in self.tools and (tongue, path) not in self.shown:
                continue
            lines = path.read_text(encoding="utf-8").splitlines()
            shown = self.shown.get((tongue, path), (0, None))[0]
            if shown < len(lines):
                problem(f"{inside(path)}:{shown + 1}", f"no lesson ({tongue}) shows this line: {lines[shown]}")


def trimmed(lines):
    """The lines without empty ones at both ends."""
    while lines and not lines[0].strip():
        lines = lines[1:]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def chapters():
    """(number, folder) of each chapter with a lesson."""
    for folder in sorted(TOP.glob("chapters/[0-9][0-9]-*")):
        if (folder / "README.md").is_file():
            yield int(folder.name[:2]), folder


def chapter_table(english):
    """The table of chapters: in Korean with the lessons' summaries, in English with the programs' first comments."""
    rows = ["| Chapter | What it does | Run |" if english else "| 장 | 무엇을 하나 | 실행 |", "|---|---|---|"]
    for number, folder in chapters():
        program = (folder / "main.c").read_text(encoding="utf-8").splitlines()[0]
        summary = re.sub(r"^/\* main\.c: chapter \d+\. (.*?) ?\*/$", r"\1", program)
        translated = folder / "README.en.md"
        lesson = translated if english and translated.is_file() else folder / "README.md"
        rows.append(row(lesson, str(number), summary if english else None, f"make chapter-{number}"))
        if (folder / "programs/README.md").is_file():
            summary = "Interlude: how far a gradient check can be trusted, and how a mistake gets its name."
            rows.append(row(folder / "programs/README.md", "+" if english else "막간", summary if english else None,
                            "make gradient-check"))
    return rows


def row(lesson, number, summary, command):
    """A row of the table, whose link is `summary`; if that is None, the lesson's title, before the lesson's summary."""
    link = f"[{summary}]({inside(lesson)})"
    if summary is None:
        text = lesson.read_text(encoding="utf-8").splitlines()
        title = re.sub(r"^(\d+장|막간)\. ", "", text[0].lstrip("# "))
        told = next((line[2:] for line in text if line.startswith("> ")), "")
        link = f"**[{title}]({inside(lesson)})** · {told}"
    return f"| {number} | {link} | `{command}` |"


def check_numbers(lesson, text):
    """Check that the numbers in the prose are in a block or a fact, and that each fact is used."""
    blocks, prose, facts, fence = [], [], [], None
    record = TOP / "docs/measured.txt"
    measured = record.read_text(encoding="utf-8") if record.is_file() else ""
    for line in text.splitlines():
        if line.startswith("```"):
            fence = line[3:] or "plain" if fence is None else None
        elif fence is not None:
            blocks += [line] if fence != "math" else []
        elif line.startswith(("<!-- facts: ", "<!-- measured: ")):
            named = line[line.index(":") + 1 : -len("-->")].split()
            facts += named
            for number in named if line.startswith("<!-- measured") else []:
                if not re.search(r"(?<![\d.])" + re.escape(number) + r"(?![\d])", measured):
                    problem(inside(lesson), f"the number {number} is not in docs/measured.txt")
        elif not line.startswith("<!--"):
            prose.append(line)
    shown = "\n".join(blocks)
    used = set()
    for line in prose:
        for number in NUMBER.findall(line):
            if number in facts:
                used.add(number)
            elif number not in shown:
                problem(inside(lesson), f"the number {number} is in no block and no fact: {line.strip()[:80]}")
    for fact in set(facts) - used:
        problem(inside(lesson), f"the fact {fact} is not used")


def slug(heading):
    """The anchor of a heading on the repository's pages."""
    kept = "".join(c for c in heading.strip().lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


def anchors(path):
    """All anchors of a Markdown file."""
    found, fenced = set(), False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            found.update(re.findall(r'<a id="([^"]+)">', line))
            if line.startswith("#"):
                found.add(slug(re.sub(r"[`*]|\$`|`\$", "", line.lstrip("#"))))
    return found


def check_links(lesson, text):
    """Check that every link to a file, a picture or an anchor has its target."""
    plain = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    for target in re.findall(r"\]\(([^)\s]+)\)", plain):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (lesson.parent / name).resolve() if name else lesson
        if not path.exists():
            problem(inside(lesson), f"the link {target} leads nowhere")
        elif anchor and path.suffix == ".md" and anchor not in anchors(path):
            problem(inside(lesson), f"the link {target} has no such place")


def check_sections():
    """Check that the sections named in buglist.c exist."""
    for path in TOP.glob("chapters/[0-9][0-9]-*/*buglist.c"):
        rows = re.findall(r'"([a-z-]+)",\s*"([A-Za-z-]+)",\s*(?:NULL|"|SHARED)', path.read_text(encoding="utf-8"))
        for chapter, section in sorted(set(rows)):
            found = list(TOP.glob(f"chapters/[0-9][0-9]-{chapter}/README.md"))
            if not found or f'<a id="{section}"></a>' not in found[0].read_text(encoding="utf-8"):
                problem(inside(path), f'no lesson {chapter} with <a id="{section}"></a>')


def is_lesson(path):
    """Is this a lesson whose numbers are checked: a chapter's, or the interlude?"""
    return path.name in ("README.md", "README.en.md") and "chapters" in path.relative_to(TOP).parts


def main():
    checking = sys.argv[1:] == ["--check"]
    only = [] if checking else [pathlib.Path(a).resolve() for a in sys.argv[1:]]
    if not set(only) <= set(lessons()):
        sys.exit(__doc__)
    weaver, changed = Weaver(), []
    for lesson in only or lessons():
        text = weaver.weave(lesson)
        if text is None:
            continue
        if text != lesson.read_text(encoding="utf-8"):
            changed.append(lesson)
            if not checking:
                lesson.write_text(text, encoding="utf-8")
        if is_lesson(lesson):
            check_numbers(lesson, text)
        check_links(lesson, text)
    if only:
        for tongue, path in weaver.shown:
            weaver.complete(tongue, [path])
    else:
        weaver.complete("ko", sorted(TOP.glob("chapters/[0-9][0-9]-*/*.[ch]")))
        # A file that an English lesson begins to show must be shown whole.
        for tongue, path in [key for key in weaver.shown if key[0] == "en"]:
            weaver.complete(tongue, [path])
        check_sections()
    for lesson in changed:
        print(f"{inside(lesson)}: " + ("out of date; run make weave" if checking else "refreshed"))
    for line in problems:
        print(line, file=sys.stderr)
    wrong = len(problems) + (len(changed) if checking else 0)
    print(f"weave: {len(only or lessons())} lessons, {wrong} problems")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
