#!/usr/bin/env python3
"""site.py: build the book as a site with Doxygen, from the lessons and the headers, as BUILD/site/html/index.html.

    site.py            build it (make docs)
    site.py --filter F print lesson F in the form that Doxygen needs (Doxygen calls this)

The repository's pages and the site show the same Markdown files. The filter adds what only Doxygen needs: page ids,
its syntax for formulas, links between pages, and a frame around the blocks that are shown beside their text.
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

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("BUILD", "build"))
OUT = (BUILD if BUILD.is_absolute() else TOP / BUILD) / "site"
KATEX = pathlib.Path("/usr/share/javascript/katex")
AWESOME = pathlib.Path("/usr/share/doxygen-awesome-css")
VERSION = re.search(r'#define VERSION "(.*)"', (TOP / "common/version.h").read_text(encoding="utf-8"))[1]
SETTINGS = os.environ | {"SITE": str(OUT), "VERSION": VERSION, "LC_ALL": "C.UTF-8"}  # variables used in docs/Doxyfile


def stop(message):
    print(f"docs: {message}", file=sys.stderr)
    sys.exit(1)


# ---- the pages ----


def pages():
    """(page id, file, group) of each page, in the order of the book."""
    found = [("mainpage", TOP / "README.md", "")]
    for folder in sorted(TOP.glob("chapters/[0-9][0-9]-*")):
        if (folder / "README.md").is_file():
            found.append((f"ch{folder.name[:2]}", folder / "README.md", "chapters"))
        if (folder / "programs/README.md").is_file():
            found.append(("interlude", folder / "programs/README.md", "chapters"))
    for name in sorted(p.name for p in TOP.glob("docs/*.md")):
        found.append((re.sub(r"[^a-z0-9]", "_", name[:-3]), TOP / "docs" / name, "appendix"))
    found.append(("english", TOP / "README.en.md", "appendix"))
    return found


def page_of(path):
    return next((page for page, file, _ in pages() if file == path), None)


def title_of(path):
    return path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")


# ---- the filter ----


def slug(heading):
    """The anchor of a heading on the repository's pages."""
    kept = "".join(c for c in heading.strip().lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


def anchor(page, name):
    """A valid Doxygen id for an anchor or the slug of a heading."""
    return page + "-" + "".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"{ord(c):x}" for c in name)


class Filter:
    """Converts one lesson to the form that Doxygen needs."""

    def __init__(self, path):
        self.path = path
        self.page = page_of(path)
        self.out = []

    def link(self, match):
        """[text](target) as a link to a page of the site, a listing, or a copy of the file."""
        text, target = match.group(1), match.group(2)
        if re.match(r"[a-z]+:", target):
            return match.group(0)
        name, _, place = target.partition("#")
        path = (self.path.parent / name).resolve() if name else self.path
        page = page_of(path)
        if page:
            # Link to the main page by its file name: Doxygen has no id for it.
            where = f"@ref {anchor(page, place)}" if place else ("index.html" if page == "mainpage" else f"@ref {page}")
            return f"[{text}]({where})"
        if path.parent == TOP / "docs/pictures":
            return f'<a href="pictures/{path.name}">{self.spans(text)}</a>'
        if path.is_file():
            inner = self.spans(text)
            return f'<a href="source:{path.relative_to(TOP)}">{inner}</a>'
        return text

    def spans(self, text):
        """Convert formulas, and bold text, which Doxygen does not recognize before Hangul; keep code spans."""
        parts = re.split(r"(\$`[^`]+`\$|``[^`]+``|`[^`]+`)", text)
        made = []
        for part in parts:
            if part.startswith("$`"):
                made.append(r"\f$" + part[2:-2] + r"\f$")
            elif part.startswith("`"):
                # In Doxygen, a quote would end a span in single backquotes.
                made.append(f"`{part}`" if "'" in part and not part.startswith("``") else part)
            else:
                part = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", part)
                made.append(part)
        # Bold around a code span or a formula.
        return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", "".join(made))

    def line(self, text):
        picture = re.match(r"^!\[(.*)\]\(([^)]+)\)$", text)
        if picture:
            name = pathlib.Path(picture.group(2)).name
            alt = html.escape(picture.group(1).replace("`", ""))
            picture = f'<div class="picture"><img src="pictures/{name}" alt="{alt}"/></div>'
            self.out.append(rf"\htmlonly[block]{picture}\endhtmlonly")
            return
        made = re.match(r'^<a id="([^"]+)"></a>$', text)
        if made:
            self.out.append(rf"\anchor {anchor(self.page, made.group(1))}")
            self.out.append("")
            return
        if re.match(r"^</?(details|summary)", text):
            self.out.append(rf"\htmlonly[block]{text}\endhtmlonly")
            return
        text = re.sub(r"(?<!!)\[((?:[^][`]|`[^`]*`)+)\]\(([^)\s]+)\)", self.link, text)
        heading = re.match(r"^(##+) (.*)$", text)
        if heading:
            plain = re.sub(r"[`*]", "", heading.group(2))
            self.out.append(f"{heading.group(1)} {plain} {{#{anchor(self.page, slug(plain))}}}")
            return
        self.out.append(self.spans(text))

    def run(self):
        lines = self.path.read_text(encoding="utf-8").splitlines()
        self.out.append(f"{lines[0]} {{#{self.page}}}")
        framed, fence, math = None, False, False
        for text in lines[1:]:
            directive = re.match(r"^<!-- (code|diff|show): (\S+).* -->$", text)
            if not fence and directive:
                framed = directive.group(2)
            elif not fence and text.startswith("<!--"):
                continue
            elif text.startswith("```") and not fence:
                fence, language = True, text[3:].strip()
                math = language == "math"
                if math:
                    self.out.append(r"\f[")
                    continue
                if framed:
                    self.out.append(rf'\htmlonly[block]<div class="beside" data-file="{framed}">\endhtmlonly')
                self.out.append("```{.%s}" % language if language in ("c", "python") else "```{.unparsed}")
            elif text.startswith("```") and fence:
                self.out.append(r"\f]" if math else "```")
                if framed and not math:
                    self.out.append(r"\htmlonly[block]</div>\endhtmlonly")
                    framed = None
                fence = math = False
            elif fence:
                self.out.append(text)
            else:
                self.line(text)
        self.out += self.neighbours()
        print("\n".join(self.out))

    def neighbours(self):
        """Links to the previous and the next page."""
        order = [(page, file) for page, file, group in pages() if group == "chapters"]
        at = next((k for k, (page, _) in enumerate(order) if page == self.page), None)
        if at is None:
            return []
        before = f"[← {title_of(order[at - 1][1])}](@ref {order[at - 1][0]})" if at > 0 else "[← 처음](index.html)"
        after = f"[{title_of(order[at + 1][1])} →](@ref {order[at + 1][0]})" if at + 1 < len(order) else ""
        opening = r'\htmlonly[block]<div class="neighbours">\endhtmlonly'
        closing = r"\htmlonly[block]</div>\endhtmlonly"
        return ["", opening, "", f"{before} {after}", "", closing]


# ---- the build ----


def contents():
    """The two pages above the others in the tree, the book and the appendix: file name -> text."""
    def part(name, title, group):
        listed = "".join(f"- \\subpage {page}\n" for page, _, of in pages() if of == group)
        return f"# {title} {{#{name}}}\n\n{listed}"
    return {"part-book.md": part("part-book", "책", "chapters"), "part-more.md": part("part-more", "부록", "appendix")}


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
        name = "index.html" if page == "mainpage" else f"{page}.html"
        reader = Sections()
        reader.feed((folder / name).read_text(encoding="utf-8"))
        for heading, anchor, text in reader.done():
            text = " ".join(re.sub(r"\\[()\[\]]", "", text).split())
            entries.append([title_of(path), heading or title_of(path), name + anchor, text])
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
    if sys.argv[1:2] == ["--filter"] and len(sys.argv) == 3:
        Filter(pathlib.Path(sys.argv[2]).resolve()).run()
    elif not sys.argv[1:]:
        build()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
