#!/usr/bin/env python3
"""words.py: hold the Korean texts against the glossary.

In docs/glossary.md, the column 쓰지 않는 말 lists, in code spans, what is written with the row's word instead. It is
an error if one of these occurs in the prose of a lesson or of a Korean document, or in what a program prints
(expected.ko.txt). `word`(5, 6장 제외) may occur in chapters 5 and 6 and outside the chapters. Lines of the table
under 말투 hold for prose alone. Code, quotations in “ ” and comments are not looked at.

Further: a term with its English in parentheses, 기울기(gradient), must be in the glossary; headings are noun phrases;
and a few rules of spacing and signs (RULES).
"""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
GLOSSARY = TOP / "docs/glossary.md"
DOCUMENTS = ["README.md", "docs/errata.md", "docs/notation.md", "docs/handing-in.ko.md", "docs/grading.ko.md",
             "docs/guarantees.ko.md"]
ITEM = re.compile(r"`([^`]+)`(?:\(([\d, ]+)장 제외\))?")
ENGLISH = re.compile(r"[가-힣]\(([a-z][a-z -]*[a-z])[,)]")
RULES = [
    (r"[`*$] (입니다|이기 |이고)", "no space before 입니다, 이기, 이고"),
    (r"\*\* \(S\d", "no space before the number of an item"),
    (r"(?<![\w`])'[A-Za-z]{2,}'", "`word` or “word”, not 'word'"),
    (r"[가-힣.] \.\.\. ", "… and no space before it"),
    (r"[.?] {2,}\S", "one space between sentences"),
    (r"` 칸", "a column of a table is 열"),
    (r"=`을", "`=`를, `+=`를"),
    (r"^입니다", "a formula ends the sentence before it"),
]
SENTENCE = re.compile(r"^#+ .*(니다|까|아님|없음|있음|않음)[.?]?$")


def words():
    """The glossary: [(word, chapters where it may occur, the word to use, holds for output)] and its text."""
    found, text, column, output = [], GLOSSARY.read_text(encoding="utf-8"), None, True
    for line in text.splitlines():
        if line.startswith("#"):
            column, output = None, "말투" not in line
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if "쓰지 않는 말" in cells:
                column = cells.index("쓰지 않는 말")
            elif column is not None and column < len(cells):
                for word, chapters in ITEM.findall(cells[column]):
                    found.append((word, [int(n) for n in re.findall(r"\d+", chapters)], cells[0], output))
    return found, text


def prose(path):
    """The numbered lines of prose, without code, formulas and quotations; and the blank lines."""
    fenced = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced and not line.startswith(("<!--", "    ")):
            line = re.sub(r"\$`.*?`\$", "$$", line)
            line = re.sub(r"`[^`]*`", lambda code: code[0] if code[0] in ("`=`", "`+=`") else "``", line)
            yield number, re.sub(r"“[^”]*”", "“”", line)


def main():
    listed, text = words()
    problems = []
    lessons = sorted(TOP.glob("chapters/[0-9][0-9]-*/**/README.md"))
    documents = [TOP / name for name in DOCUMENTS if (TOP / name).is_file()]
    outputs = sorted(TOP.glob("chapters/[0-9][0-9]-*/**/*expected.ko.txt"))
    for path in lessons + documents + outputs:
        where = str(path.relative_to(TOP))
        chapter = re.match(r"chapters/(\d+)-", where)
        output = path in outputs
        lines = list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1)) if output else list(prose(path))
        blank = -1
        for number, line in lines:
            for word, chapters, use, in_output in listed:
                allowed = chapters and (not chapter or int(chapter[1]) in chapters)
                if word in line and not allowed and (in_output or not output):
                    problems.append(f"{where}:{number}: {word}: use {use}")
            if output:
                continue
            problems += [f"{where}:{number}: {what}" for rule, what in RULES if re.search(rule, line)]
            if SENTENCE.match(line):
                problems.append(f"{where}:{number}: a heading is a noun phrase")
            for english in ENGLISH.findall(line) if path in lessons else []:
                if not re.search(r"(?<![a-z])" + re.escape(english) + r"(?![a-z])", text):
                    problems.append(f"{where}:{number}: {english} is not in the glossary")
            if not line and blank == number - 1:
                problems.append(f"{where}:{number}: two blank lines")
            blank = number if not line else blank
    for line in problems:
        print(line, file=sys.stderr)
    print(f"words: {len(listed)} words in {len(lessons + documents + outputs)} texts, {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
