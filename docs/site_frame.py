"""site_frame.py: turns a page of Doxygen's into a page of the book. Used by site.py."""
import html
import html.parser
import re

import site_pages
from site_pages import html_of

NAME = "min-char-rnn.c"
GROUPS = {"book": "책", "more": "부록", "english": "In English", "reference": "찾아보기"}
REFERENCE = {"files.html": "파일", "annotated.html": "자료형"}
WORDS = {
    "ko": {"menu": "차례", "here": "이 쪽의 차례", "search": "찾기", "theme": "밝게, 어둡게",
           "keys": "<kbd>n</kbd> 다음 쪽, <kbd>p</kbd> 앞 쪽, <kbd>/</kbd> 찾기"},
    "en": {"menu": "Contents", "here": "On this page", "search": "Search", "theme": "light, dark",
           "keys": "<kbd>n</kbd> next page, <kbd>p</kbd> previous page, <kbd>/</kbd> search"},
}
SYMBOLS = {"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "epsilon": "ε", "varepsilon": "ε",
           "eta": "η", "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π", "sigma": "σ", "tau": "τ", "varphi": "φ",
           "times": "×", "partial": "∂", "cdot": "·", "le": "≤", "ge": "≥", "approx": "≈", "to": "→", "in": "∈"}


def words_of(formula):
    """A short formula in plain letters; nothing for a long one."""
    plain = re.sub(r"\\(?:text|mathrm|operatorname|mathbf)\{([^{}]*)\}", r"\1", formula)
    plain = re.sub(r"\\(tanh|ln|exp|log)", r"\1", plain)
    plain = re.sub(r"\\([A-Za-z]+) ?", lambda m: SYMBOLS.get(m[1], "\\"), plain)
    plain = re.sub(r"[{}]", "", re.sub(r"\\[,;!: ]", " ", plain)).strip()
    return plain if len(plain) < 30 and "\\" not in plain and "&" not in plain else " "


def said(text):
    """The text of a page in plain words: no LaTeX, single spaces."""
    text = re.sub(r"\\\[.*?\\\]|\u200d", " ", text, flags=re.S)
    return " ".join(re.sub(r"\\\((.*?)\\\)", lambda m: words_of(m[1]), text, flags=re.S).split())


class Sections(html.parser.HTMLParser):
    """Collects the sections of a page: [level, heading, anchor, text]; the first one has no heading."""

    def __init__(self, text):
        super().__init__()
        self.found, self.inside, self.heading = [[0, "", "", ""]], False, False
        self.feed(text)
        self.found = [[level, said(heading), place, said(body)] for level, heading, place, body in self.found]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "div" and given.get("class") == "textblock":
            self.inside = True
        if tag in ("h1", "h2", "h3") and self.inside:
            self.heading = True
            self.found.append([int(tag[1]), "", "", ""])
        if tag == "a" and self.heading and given.get("id"):
            self.found[-1][2] = "#" + given["id"]

    def handle_endtag(self, tag):
        if tag in ("h1", "h2", "h3"):
            self.heading = False
        elif self.inside and tag in ("p", "li", "td", "th", "div", "pre"):
            self.found[-1][3] += "\n"

    def handle_data(self, data):
        if self.inside:
            self.found[-1][1 if self.heading else 3] += data


def description(text, title):
    """A page's first paragraph with more than a few words; in a chapter, that is the quotation with its aim."""
    body = text[text.find('<div class="contents">'):]
    body = re.sub(r'<a href="#details">.*?</a>', "", body)
    for paragraph in re.findall(r"<p[ >].*?</p>", body, flags=re.S):
        plain = said(html.unescape(re.sub(r"<[^>]*>", "", paragraph)))
        if len(plain) > 20:
            return plain if len(plain) <= 160 else plain[:160].rsplit(" ", 1)[0] + " …"
    return title


def mend(text):
    """Undoes what Doxygen adds to the text of a lesson, and keeps numbers in tables whole."""
    text = re.sub(r'<p ?><a class="anchor" id="md_[^"]*"></a>\s*</p>', "", text)  # the file's own anchor, not used
    text = re.sub(r"([(“‘]) (?=\\\()", r"\1", text)  # a space before a formula
    return re.sub(r'<table class="markdownTable">.*?</table>', lambda m: whole_numbers(m[0]), text, flags=re.S)


def whole_numbers(table):
    """A table whose numbers are not broken across lines at a minus sign or a hyphen."""
    number = re.compile(r"(?<![\w&#;])(?=[\w.,+−-]*\d)[A-Za-z\d.,]*[+−-][A-Za-z\d.,+−%-]+")
    parts = re.split(r"(<[^>]*>|\\\(.*?\\\))", table, flags=re.S)
    parts[::2] = [number.sub(r'<span class="book-number">\g<0></span>', part) for part in parts[::2]]
    return "".join(parts)


class Frame:
    """What the pages of the site share: the menu, and the order of the pages."""

    def __init__(self, version):
        self.version = version
        self.pages = [(html_of(page), site_pages.title_of(page, path), group, site_pages.language_of(path))
                      for page, path, group in site_pages.pages()]
        self.title = {name: title for name, title, _, _ in self.pages}
        self.language = {name: language for name, _, _, language in self.pages}

    def items(self, group, current="", inner=""):
        """The list of a group's pages; the current one contains its sections."""
        listed = REFERENCE.items() if group == "reference" else [(n, t) for n, t, g, _ in self.pages if g == group]
        made = []
        for name, title in listed:
            here = ' aria-current="page"' if name == current else ""
            made.append(f'<li><a href="{name}"{here}>{html.escape(title)}</a>{inner if here else ""}</li>')
        return "<ul>" + "\n".join(made) + "</ul>"

    def menu(self, name, inner, words):
        languages = {group: "en" if group == "english" else "ko" for group in GROUPS}
        groups = [f'<div lang="{languages[group]}"><p>{title}</p>{self.items(group, name, inner)}</div>'
                  for group, title in GROUPS.items()]
        search, theme = (f'aria-label="{words[key]}" hidden' for key in ("search", "theme"))
        return "\n".join((
            f'<header class="book-top"><a class="book-name" href="index.html">{NAME} <small>{self.version}</small></a>',
            f'<input id="book-search" type="search" placeholder="{words["search"]}" {search}/>',
            f'<button id="book-theme" type="button" title="{words["theme"]}" {theme}>◐</button>',
            f'<input type="checkbox" id="book-menu"/><label for="book-menu">{words["menu"]}</label>',
            '<nav class="book-nav">', *groups, "</nav></header>"))

    def neighbours(self, name):
        """(rel, page) of the pages before and after this one, of those in its language."""
        order = [n for n, _, _, language in self.pages if language == self.language.get(name)]
        if name not in order:
            return []
        at = order.index(name)
        return [("prev", n) for n in order[max(0, at - 1):at]] + [("next", n) for n in order[at + 1:at + 2]]

    def dress(self, name, text):
        """A page of Doxygen's as a page of the book."""
        title, language = self.title.get(name), self.language.get(name, "ko")
        words, inner = WORDS[language], ""
        if title:
            whole = html.escape(title if NAME in title else f"{title} · {NAME}")
            text = re.sub(r"<title>.*?</title>", lambda m: f"<title>{whole}</title>", mend(text), count=1, flags=re.S)
            listed = "".join(f'<li class="book-level{level}"><a href="{place}">{html.escape(heading)}</a></li>'
                             for level, heading, place, _ in Sections(text).found if level in (1, 2) and place)
            inner = f'<ul class="book-here">{listed}</ul>' if listed else ""
        told = description(text, html.unescape(re.search(r"<title>(.*?)</title>", text, flags=re.S)[1]))
        head, links = f'<meta name="description" content="{html.escape(told)}"/>\n', ""
        for rel, to in self.neighbours(name):
            head += f'<link rel="{rel}" href="{to}"/>\n'
            arrow = "← {}" if rel == "prev" else "{} →"
            links += f'<a rel="{rel}" href="{to}">{arrow.format(html.escape(self.title[to]))}</a>'
        if 'class="live-' in text:  # a page that runs programs
            head += ('<link rel="stylesheet" href="live/live.css"/>\n'
                     '<script defer="defer" src="live/live.js"></script>\n')
        if links:
            links = f'<nav class="book-neighbours">{links}<p>{words["keys"]}</p></nav>\n'
        before, after = "", ""
        if name == "index.html":
            after = f'<nav class="book-chapters" aria-label="{words["menu"]}">{self.items("book")}</nav>'
        elif inner:
            before = f'<details class="book-toc"><summary>{words["here"]}</summary>{inner}</details>\n'
        text = text.replace('<html lang="ko">', f'<html lang="{language}">', 1)
        text = text.replace("</head>", head + "</head>", 1)
        text = text.replace('<div class="contents">', before + '<div class="contents">', 1)
        text = text.replace('<footer class="book-foot">', links + '<footer class="book-foot">', 1)
        if after:
            text = re.sub(r'<div class="textblock">.*?</p>', lambda m: m[0] + after, text, count=1, flags=re.S)
        return text.replace("<!-- book-top -->", self.menu(name, inner, words), 1)
