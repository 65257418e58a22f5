#!/usr/bin/env python3
"""check_words.py: check that the site shows what its Markdown files say. usage: check_words.py FOLDER

Doxygen takes a percent sign before a letter, an @, a # or two dashes for syntax of its own, and drops it silently. So
the words and numbers of each page, formulas included, are compared with those of its Markdown file, and its blocks of
code line by line. Spaces count in code only.
"""
import difflib
import html
import html.parser
import pathlib
import re
import sys
import textwrap

import site_pages

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
OURS = ("beside-file", "book-chapters")  # what the site adds to a page's text


class Shown(html.parser.HTMLParser):
    """Collects a built page: the text of its body, with the numbers of lists, and the lines of each block of code."""

    def __init__(self, text):
        super().__init__()
        self.open, self.lists, self.text, self.blocks = [], [], [], []
        self.feed(text)

    def inside(self, *classes):
        return any(name in names for names in self.open for name in classes)

    def handle_starttag(self, tag, attributes):
        names = (dict(attributes).get("class") or "").split()
        if "fragment" in names and self.inside("textblock"):
            self.blocks.append([])
        elif "line" in names and self.inside("fragment") and self.blocks:
            self.blocks[-1].append("")
        elif tag in ("ol", "ul"):
            self.lists.append(int(dict(attributes).get("start") or 1) if tag == "ol" else None)
        elif tag == "li" and self.lists and self.lists[-1] is not None:
            self.handle_data(f"{self.lists[-1]}.")
            self.lists[-1] += 1
        if tag not in VOID:
            self.open.append(names)

    def handle_endtag(self, tag):
        if tag in ("ol", "ul"):
            self.lists.pop()
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data):
        if not self.inside("textblock") or self.inside(*OURS):
            return
        if not self.inside("fragment"):
            self.text.append(data)
        elif self.inside("line"):
            self.blocks[-1][-1] += data
        elif self.get_starttag_text() == '<pre class="fragment">':
            self.blocks[-1] += data.splitlines()


def inline(text):
    """A line of Markdown as it is read: without its marks."""
    said = []
    for part in re.split(r"(\$`[^`]+`\$|``[^`]+``|`[^`]+`)", text):
        if part.startswith("$`"):
            said.append(part[2:-2])
        elif part.startswith("`"):
            said.append(part.strip("`"))
        else:
            part = re.sub(r"</?(a|b|details|summary|sub|sup)\b[^>]*>", "", part).replace("**", "")
            said.append(html.unescape(re.sub(r"\\([][\\`*_{}()#+.!|<>~-])", r"\1", part)))
    return "".join(said)


def written(source):
    """A Markdown file: (its text, the lines of each block of code)."""
    text, blocks, fence, indented = [], [], None, False
    for line in source.splitlines()[1:]:
        if line.lstrip().startswith("```"):
            if fence is None:
                fence = line.lstrip()[3:].strip()
                if fence != "math":
                    blocks.append([])
            else:
                fence = None
        elif fence == "math":
            text.append(line)
        elif fence is not None:
            blocks[-1].append(line)
        elif line.startswith("    ") and (indented or not text[-1].strip()):
            if not indented:
                blocks.append([])
            blocks[-1].append(line[4:])
            indented = True
            continue
        elif re.match(r"^(<!--.*-->|!\[.*\]\([^)]+\)|\|[-:| ]+\|)$", line):
            continue
        else:
            # Links first, since a code span may stand in their text.
            line = re.sub(r"\[((?:[^][`]|`[^`]*`)+)\]\(([^)\s]+)\)", r"\1", line)
            line = re.sub(r"^(#+ |> ?|\s*[-*] )", "", line)
            if line.startswith("|"):
                line = re.sub(r"(?<!\\)\|", " ", line)
            text.append(inline(line))
        indented = False
    return "\n".join(text), blocks


def plain(text):
    """Without joiners, and without the marks around formulas."""
    return re.sub(r"[\u200b-\u200d\ufeff]|\\[()\[\]]", "", text)


def differences(name, shown, source):
    """Where the page differs from the Markdown text, and the number of blocks of code."""
    problems = []
    text, blocks = written(source)
    there, here = plain("".join(shown.text)), plain(text)
    added = len(re.findall(r"[(“‘] ", there)) - len(re.findall(r"[(“‘] ", here))
    if added:
        problems.append(f"{name}: {added} spaces after an opening bracket")
    there, here = re.sub(r"\s", "", there), re.sub(r"\s", "", here)
    matcher = difflib.SequenceMatcher(None, here, there, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes() if here != there else ():
        if kind != "equal":
            problems.append(f"{name}: “{here[max(0, a - 15):b + 8]}” is shown as “{there[max(0, c - 15):d + 8]}”")
    if len(blocks) != len(shown.blocks):
        problems.append(f"{name}: {len(shown.blocks)} blocks of code of {len(blocks)}")
    for wanted, got in zip(blocks, shown.blocks):
        wanted = [line.rstrip() for line in textwrap.dedent("\n".join(wanted)).expandtabs(4).splitlines()]
        got = [line.replace("\xa0", " ").rstrip() for line in textwrap.dedent("\n".join(got)).splitlines()]
        for a, b in zip(wanted + [""] * len(got), got + [""] * max(0, len(wanted) - len(got))):
            if a != b:
                problems.append(f"{name}: the line of code “{a}” is shown as “{b}”")
                break
    return problems, len(blocks)


def check(folder):
    """The differences in a built site, and the number of blocks of code."""
    problems, count = [], 0
    for page, path, _ in site_pages.pages():
        name = site_pages.html_of(page)
        shown = Shown(site_pages.text_of(folder / name))
        found, blocks = differences(name, shown, site_pages.text_of(path))
        problems += found
        count += blocks
    return problems, count


if __name__ == "__main__":
    failed, blocks = check(pathlib.Path(sys.argv[1]))
    print(*failed, f"words: {blocks} blocks of code, {len(failed)} differences", sep="\n")
    sys.exit(1 if failed else 0)
