#!/usr/bin/env python3
"""site.py: build the book as a site with Doxygen, from the lessons and the headers, as BUILD/site/html/index.html.

Doxygen reads the lessons through site_filter.py and makes plain pages without a menu or a search. site_frame.py adds
to each page what makes it a page of the book, so that it can be read without JavaScript: its title and language, the
menu with the page's sections, links to its neighbours. The search's index is a file that book.js loads when needed.
"""
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml

import site_live
import site_pages
from site_frame import Frame, Sections
from site_pages import TOP, html_of, text_of

BUILD = pathlib.Path(os.environ.get("BUILD", "build"))
OUT = (BUILD if BUILD.is_absolute() else TOP / BUILD) / "site"
KATEX = pathlib.Path("/usr/share/javascript/katex")
AWESOME = pathlib.Path("/usr/share/doxygen-awesome-css")
VERSION = re.search(r'#define VERSION "(.*)"', text_of(TOP / "common/version.h"))[1]
SETTINGS = os.environ | {"SITE": str(OUT), "VERSION": VERSION, "LC_ALL": "C.UTF-8"}  # variables used in docs/Doxyfile
# Doxygen's lists by letter: without its menu, no letter leads to the next. The search finds what they list.
UNUSED = ("functions*.html", "globals*.html", "classes.html", "pages.html")


def stop(message):
    print(f"docs: {message}", file=sys.stderr)
    sys.exit(1)


def tagged():
    """The files and symbols in Doxygen's tag file: {file: page}, [[where, name, address, arguments], ...]."""
    files, symbols = {}, []
    for compound in xml.parse(OUT / "tags.xml").getroot():
        page, name = compound.findtext("filename") or "", compound.findtext("name")
        page = page if page.endswith(".html") else page + ".html"
        if compound.get("kind") == "file":
            path = pathlib.Path(compound.findtext("path")) / name
            files[str(path.resolve().relative_to(TOP)) if path.is_absolute() else str(path)] = page
            for member in compound.findall("member"):
                texts = (member.findtext(key) or "" for key in ("name", "anchorfile", "anchor", "arglist"))
                symbol, at, anchor, arguments = texts
                symbols.append([name, symbol, f"{at}#{anchor}", symbol + arguments])
        elif compound.get("kind") in ("struct", "union"):
            symbols.append([compound.get("kind"), name, page, name])
    return files, symbols


def write_index(folder, symbols):
    """The entries of the search, [page, section, address, text]: the book's sections, then the symbols."""
    entries = []
    for page, path, _ in site_pages.pages():
        title = site_pages.title_of(page, path)
        for _, heading, place, body in Sections(text_of(folder / html_of(page))).found:
            if heading or body:
                entries.append([title, heading or title, html_of(page) + place, body])
    index = json.dumps(entries + symbols, ensure_ascii=False)
    (folder / "book-index.js").write_text(f"var BOOK_INDEX = {index};\n", encoding="utf-8")


def finish():
    """What Doxygen cannot do: links to listings and files, the frame of each page, the search's index, KaTeX."""
    files, symbols = tagged()
    folder, frame = OUT / "html", Frame(VERSION)

    def target(match):
        name = html.unescape(match.group(1))
        listing = files.get(name, "").replace(".html", "_source.html")
        if listing and (folder / listing).is_file():
            return f'href="{listing}"'
        copy = folder / "files" / (name + ".txt")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TOP / name, copy)
        return f'href="files/{name}.txt"'

    for path in [p for pattern in UNUSED for p in folder.glob(pattern)]:
        path.unlink()
    write_index(folder, symbols)
    for path in folder.glob("*.html"):
        text = re.sub(r'href="source:([^"]+)"', target, text_of(path))
        path.write_text(frame.dress(path.name, text), encoding="utf-8")
    shutil.copytree(TOP / "docs/pictures", folder / "pictures", dirs_exist_ok=True)
    site_live.put(folder / "live")
    (folder / "katex/contrib").mkdir(parents=True)
    (folder / "katex/fonts").mkdir()
    for name in ("katex.min.css", "katex.min.js", "contrib/auto-render.js"):
        shutil.copyfile(KATEX / name, folder / "katex" / name)
    for font in (KATEX / "fonts").glob("*.woff2"):
        shutil.copyfile(font, folder / "katex/fonts" / font.name)


def main():
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    if not shutil.which("doxygen"):
        stop("Doxygen is not installed; make deps installs it on Debian and Ubuntu, or names the package")
    for path, package in ((KATEX / "katex.min.js", "libjs-katex"),
                          (AWESOME / "doxygen-awesome.css", "doxygen-awesome-css")):
        if not path.is_file():
            stop(f"{path} is missing: install {package} (make deps does, on Debian and Ubuntu)")
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    ran = subprocess.run(["doxygen", "docs/Doxyfile"], cwd=TOP, env=SETTINGS, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    warnings = text_of(OUT / "warnings") if (OUT / "warnings").is_file() else ""
    if ran.returncode != 0 or warnings.strip():
        print(warnings, file=sys.stderr)
        stop(f"Doxygen ended with {ran.returncode} and {len(warnings.splitlines())} lines of warnings")
    finish()
    print(f"{OUT}/html/index.html")


if __name__ == "__main__":
    main()
