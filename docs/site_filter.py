#!/usr/bin/env python3
"""site_filter.py: print a lesson in the form that Doxygen needs (Doxygen calls this). usage: site_filter.py FILE

The repository's pages and the site show the same Markdown files. The filter adds what only Doxygen needs: page ids,
its syntax for formulas, links between pages, and a frame around the blocks that are shown beside their text. And it
escapes what Doxygen would take for a command of its own: in "3%쯤" it would drop the percent sign.
"""
import html
import itertools
import pathlib
import re
import sys
import unicodedata

import site_live
import site_pages
from site_pages import TOP, html_of
from weave import PLACE, slug

SPAN = re.compile(
    r"\$`(?P<math>[^`]+)`\$|(?P<code>``[^`]+``|`[^`]+`)|(?<!!)\[(?P<text>(?:[^][`]|`[^`]*`)+)\]\((?P<target>[^)\s]+)\)"
    r"|(?P<bold>\*\*)|(?P<tag></?(?:a|b|i|br|sub|sup|details|summary)\b[^>]*>)|\\(?P<escaped>[][\\`*_{}()#+.!|<>~-])")
COMMAND = re.compile(r"[%@#$\\<>]|--+|::")  # what Doxygen does not leave as it is


def anchor(page, name):
    """A valid Doxygen id for an anchor or the slug of a heading."""
    return page + "-" + "".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"{ord(c):x}" for c in name)


def columns(line):
    """The width of a line in a font of fixed width, where Hangul takes two columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def literal(text):
    """Text with Doxygen's commands escaped."""
    return COMMAND.sub(r"\\\g<0>", text)


WIDEST = 140  # columns that fit on a page; longer lines are samples of text, and are wrapped


class Filter:
    """Converts one lesson to the form that Doxygen needs."""

    def __init__(self, path):
        self.path = path
        self.page_of = {file: page for page, file, _ in site_pages.pages()}
        self.page = self.page_of[path]
        self.out, self.bold = [], False

    def raw(self, text):
        """HTML that Doxygen copies to the page."""
        self.out.append(rf"\htmlonly[block]{text}\endhtmlonly")

    def link(self, text, target):
        """[text](target) as a link to a page of the site, a listing, or a copy of the file."""
        inner = self.spans(text)
        if re.match(r"[a-z]+:", target):
            return f'<a href="{html.escape(target)}">{inner}</a>'
        name, _, place = target.partition("#")
        path = (self.path.parent / name).resolve() if name else self.path
        page = self.page_of.get(path)
        if page:
            where = html_of(page) + ("#" + anchor(page, place) if place else "")
            return f'<a href="{where}">{inner}</a>'
        if path.parent == TOP / "docs/pictures":
            return f'<a href="pictures/{path.name}">{inner}</a>'
        return f'<a href="source:{path.relative_to(TOP)}">{inner}</a>' if path.is_file() else inner

    def spans(self, text):
        """A line of text with its formulas, code, links and bold, which Doxygen does not see before Hangul."""
        made, at = [], 0
        for found in SPAN.finditer(text):
            made.append(literal(text[at:found.start()]))
            at = found.end()
            if found["math"]:
                made.append(rf"\f${found['math']}\f$")
            elif found["code"]:
                # Between single backquotes, a quote would end the span for Doxygen.
                code, doubled = found["code"], found["code"].startswith("``")
                made.append(f"`{code}`" if "'" in code and not doubled else code)
            elif found["text"]:
                made.append(self.link(found["text"], found["target"]))
            elif found["bold"]:
                self.bold = not self.bold
                made.append("<b>" if self.bold else "</b>")
            else:
                made.append(found["tag"] or "\\" + found["escaped"])
        return "".join(made) + literal(text[at:])

    def line(self, text):
        picture = re.match(r"^!\[(.*)\]\(([^)]+)\)$", text)
        place = re.match(r'^<a id="([^"]+)"></a>$', text)
        heading = re.match(r"^(##+) (.*)$", text)
        if picture:
            name = pathlib.Path(picture[2]).name
            alt = html.escape(picture[1].replace("`", ""))
            self.raw(f'<div class="picture"><img src="pictures/{name}" alt="{alt}"/></div>')
        elif place:
            self.out += [rf"\anchor {anchor(self.page, place[1])}", ""]
        elif re.match(r"^</?(details|summary)", text):
            self.raw(text)
        elif heading:
            plain = re.sub(r"[`*]", "", heading[2])
            self.out.append(f"{heading[1]} {literal(plain)} {{#{anchor(self.page, slug(plain))}}}")
        else:
            self.bold = self.bold and bool(text.strip())
            mark = re.match(r"^(> ?)?(\s*([-*]|\d+\.) )?", text)[0]
            self.out.append(mark + self.spans(text[len(mark):]))

    def program(self, cited):
        """The opening tag around a block that a program printed which a page can run; else None."""
        match = PLACE.match(cited)
        found = [p for folder in (self.path.parent, TOP) if match and (p := (folder / match[1]).resolve()).is_file()]
        made = site_live.program_of(found[0]) if found else None
        if not made:
            return None
        name, arguments = (html.escape(word) for word in made)
        return f'<div class="live-run" data-program="{name}" data-args="{arguments}">'

    def block(self, margin, language, framed, lines, running):
        """A fenced block; running: the tag around one that a program printed."""
        if language == "math":
            self.out += [margin + r"\f[", *lines, margin + r"\f]"]
            return
        if framed:
            self.raw(f'<div class="beside"><div class="beside-file">{framed}</div>')
        elif any(columns(line) > WIDEST for line in lines):
            self.raw('<div class="book-samples">')
            framed = True
        if running:
            self.raw(running)
        shown = language if language in ("c", "python") else "unparsed"
        self.out += [margin + "```{.%s}" % shown, *lines, margin + "```"]
        if running:
            self.raw("</div>")
        if framed:
            self.raw("</div>")

    def run(self):
        lines = iter(site_pages.text_of(self.path).splitlines()[1:])
        self.out.append(f"# {site_pages.title_of(self.page, self.path)} {{#{self.page}}}")
        framed = running = None
        for text in lines:
            directive = re.match(r"^<!-- (code|diff|show): (\S+).* -->$", text)
            printed = re.match(r"^<!-- output: (.*?) -->$", text)
            live = re.match(r"^<!-- live: ([a-z]+) -->$", text)
            fence = re.match(r"^( *)```(.*)$", text)
            if directive:
                framed = directive[2]
            elif printed:
                running = self.program(printed[1])
            elif live and site_live.has(live[1]):
                self.raw(f'<div class="live-box" data-live="{live[1]}" data-page="{self.page}"></div>')
            elif fence:
                inside = itertools.takewhile(lambda line, end=fence[1] + "```": not line.startswith(end), lines)
                self.block(fence[1], fence[2].strip(), framed, list(inside), running)
                framed = running = None
            elif text.startswith("    ") or re.match(r"^\|[-:| ]+\|$", text):
                self.out.append(text)
            elif not text.startswith("<!--"):
                self.line(text)
        print("\n".join(self.out))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    Filter(pathlib.Path(sys.argv[1]).resolve()).run()
