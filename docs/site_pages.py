"""site_pages.py: the pages of the site, in the order of the book. Used by the other scripts of the site."""
import pathlib
import re

TOP = pathlib.Path(__file__).resolve().parent.parent
ENGLISH_NAMES = {"english": "min-char-rnn.c in English"}  # its own title is that of the Korean main page


def text_of(path):
    return path.read_text(encoding="utf-8")


def language_of(path):
    """The language that most letters of a file belong to, so that no page's has to be told."""
    letters = [c for c in text_of(path) if c.isalpha()]
    return "ko" if sum("가" <= c <= "힣" for c in letters) > 0.1 * len(letters) else "en"


def pages():
    """(page id, file, group) in the order of the book."""
    found = [("mainpage", TOP / "README.md", "")]
    for folder in sorted(TOP.glob("chapters/[0-9][0-9]-*")):
        if (folder / "README.md").is_file():
            found.append((f"ch{folder.name[:2]}", folder / "README.md", "book"))
        if (folder / "programs/README.md").is_file():
            found.append(("interlude", folder / "programs/README.md", "book"))
    more = [(re.sub(r"[^a-z0-9]", "_", path.stem.lower()), path) for path in sorted(TOP.glob("docs/*.md"))]
    found += [(page, path, "more") for page, path in more if language_of(path) == "ko"]
    found.append(("english", TOP / "README.en.md", "english"))
    return found + [(page, path, "english") for page, path in more if language_of(path) == "en"]


def html_of(page):
    return "index.html" if page == "mainpage" else f"{page}.html"


def title_of(page, path):
    return ENGLISH_NAMES.get(page) or text_of(path).splitlines()[0].lstrip("# ")
