#!/usr/bin/env python3
"""site.py: build the book as a site with Doxygen, from the lessons and the headers, as BUILD/site/html/index.html.

Doxygen reads the lessons through site_filter.py.
"""
import html
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml

from site_pages import TOP, html_of, pages, text_of, title_of

BUILD = pathlib.Path(os.environ.get("BUILD", "build"))
OUT = (BUILD if BUILD.is_absolute() else TOP / BUILD) / "site"
KATEX = pathlib.Path("/usr/share/javascript/katex")
AWESOME = pathlib.Path("/usr/share/doxygen-awesome-css")
VERSION = re.search(r'#define VERSION "(.*)"', text_of(TOP / "common/version.h"))[1]
SETTINGS = os.environ | {"SITE": str(OUT), "VERSION": VERSION, "LC_ALL": "C.UTF-8"}  # variables used in docs/Doxyfile


def stop(message):
    print(f"docs: {message}", file=sys.stderr)
    sys.exit(1)


# ---- the build ----


def contents():
    """The two pages above the others in the tree, the book and the appendix: file name -> text."""
    def part(name, title, groups):
        listed = "".join(f"- \\subpage {page}\n" for page, _, of in pages() if of in groups)
        return f"# {title} {{#{name}}}\n\n{listed}"
    return {"part-book.md": part("part-book", "책", ("book",)),
            "part-more.md": part("part-more", "부록", ("more", "english"))}


def header(folder):
    """Write Doxygen's page header, changed to Korean, with KaTeX for formulas and our scripts."""
    names = [folder / n for n in ("header.html", "footer.html", "style.css")]
    ran = subprocess.run(["doxygen", "-w", "html", *map(str, names), str(TOP / "docs/Doxyfile")], cwd=TOP, env=SETTINGS,
                         capture_output=True, text=True)
    if ran.returncode != 0:
        stop(f"Doxygen makes no page header: {ran.stderr}")
    ours = (
        '<link rel="stylesheet" href="$relpath^katex/katex.min.css"/>\n'
        '<script defer src="$relpath^katex/katex.min.js"></script>\n'
        '<script defer src="$relpath^katex/contrib/auto-render.js"></script>\n'
        '<script defer src="$relpath^book-index.js"></script>\n'
        '<script defer src="$relpath^book.js"></script>\n'
        '<script src="$relpath^doxygen-awesome-darkmode-toggle.js"></script>\n'
        '<script src="$relpath^doxygen-awesome-fragment-copy-button.js"></script>\n'
        "<script>DoxygenAwesomeDarkModeToggle.init(); DoxygenAwesomeFragmentCopyButton.init();</script>\n"
    )
    text = names[0].read_text(encoding="utf-8")
    text = re.sub(r"<html ([^>]*)>", r'<html lang="ko" \1>', text, count=1)
    if "$mathjax" not in text:
        stop("Doxygen's page header has changed: no $mathjax in it")
    names[0].write_text(text.replace("$mathjax", ours), encoding="utf-8")


def listings():
    """Repository file -> page with its listing, from Doxygen's tag file."""
    found = {}
    for compound in xml.parse(OUT / "tags.xml").getroot():
        if compound.get("kind") == "file":
            path = pathlib.Path(compound.findtext("path")) / compound.findtext("name")
            page = compound.findtext("filename")
            page = page if page.endswith(".html") else page + ".html"
            path = path.resolve().relative_to(TOP) if path.is_absolute() else path
            found[str(path)] = page[:-5] + "_source.html"
    return found


def finish():
    """Add what Doxygen cannot do: links to listings and files, pictures, KaTeX, and the search index."""
    pages_of = listings()
    folder = OUT / "html"

    def target(match):
        name = html.unescape(match.group(1))
        page = pages_of.get(name)
        if page and (folder / page).is_file():
            return f'href="{page}"'
        copy = folder / "files" / (name + ".txt")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TOP / name, copy)
        return f'href="files/{name}.txt"'

    for path in folder.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        new = re.sub(r'href="source:([^"]+)"', target, text)
        new = re.sub(r"([(“‘]) (?=\\\()", r"\1", new)  # Doxygen's space before a formula
        if new != text:
            path.write_text(new, encoding="utf-8")
    shutil.copytree(TOP / "docs/pictures", folder / "pictures", dirs_exist_ok=True)
    (folder / "katex/contrib").mkdir(parents=True)
    (folder / "katex/fonts").mkdir()
    for name in ("katex.min.css", "katex.min.js", "contrib/auto-render.js"):
        shutil.copyfile(KATEX / name, folder / "katex" / name)
    for font in (KATEX / "fonts").glob("*.woff2"):
        shutil.copyfile(font, folder / "katex/fonts" / font.name)
    entries = []
    for page, path, _ in pages():
        name = html_of(page)
        reader = Sections()
        reader.feed((folder / name).read_text(encoding="utf-8"))
        for heading, anchor, text in reader.done():
            text = " ".join(re.sub(r"\\[()\[\]]", "", text).split())
            entries.append([title_of(page, path), heading or title_of(page, path), name + anchor, text])
    index = json.dumps(entries, ensure_ascii=False)
    (folder / "book-index.js").write_text(f"var BOOK_INDEX = {index};\n", encoding="utf-8")


class Sections(html.parser.HTMLParser):
    """Collects the sections of a page: heading, anchor, text."""

    def __init__(self):
        super().__init__()
        self.found, self.inside, self.heading = [["", "", ""]], False, False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "div" and given.get("class") == "textblock":
            self.inside = True
        if tag in ("h1", "h2", "h3") and self.inside:
            self.heading = True
            self.found.append(["", "", ""])
        if tag == "a" and self.heading and given.get("id"):
            self.found[-1][1] = "#" + given["id"]

    def handle_endtag(self, tag):
        if tag in ("h1", "h2", "h3"):
            self.heading = False

    def handle_data(self, data):
        if self.inside:
            self.found[-1][0 if self.heading else 2] += data + ("" if self.heading else " ")

    def done(self):
        return [[e[0].strip(), e[1], e[2]] for e in self.found if e[0].strip() or e[2].strip()]


def build():
    if not shutil.which("doxygen"):
        stop("Doxygen is not installed; make deps installs it on Debian and Ubuntu, or names the package")
    for path, package in ((KATEX / "katex.min.js", "libjs-katex"),
                          (AWESOME / "doxygen-awesome.css", "doxygen-awesome-css")):
        if not path.is_file():
            stop(f"{path} is missing: install {package} (make deps does, on Debian and Ubuntu)")
    shutil.rmtree(OUT, ignore_errors=True)
    (OUT / "made").mkdir(parents=True)
    for name, text in contents().items():
        (OUT / "made" / name).write_text(text, encoding="utf-8")
    header(OUT / "made")
    ran = subprocess.run(["doxygen", "docs/Doxyfile"], cwd=TOP, env=SETTINGS, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    warnings = (OUT / "warnings").read_text(encoding="utf-8") if (OUT / "warnings").is_file() else ""
    if ran.returncode != 0 or warnings.strip():
        print(warnings, file=sys.stderr)
        stop(f"Doxygen ended with {ran.returncode} and {len(warnings.splitlines())} lines of warnings")
    finish()
    print(f"{OUT}/html/index.html")


def main():
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    build()


if __name__ == "__main__":
    main()
