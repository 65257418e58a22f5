"""check_links.py: what can be checked in the files of the built site, without a browser. Used by check_site.py."""
import html.parser
import re
import urllib.parse

import check_words
import site_pages

LARGEST_PICTURE = 200_000  # bytes
OUTSIDE = re.compile(r"^(https?:|mailto:|javascript:|data:)")
FROM_OUTSIDE = re.compile(r"^(https?:)?//.*\.(js|css|woff2?|svg|png)$")


class Page(html.parser.HTMLParser):
    """Collects the links, the anchors and the head of a page. A link of the menu has the language of its group."""

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors, self.head, self.menu, self.own = [], set(), {}, {}, set()
        self.inside = []  # the open tags with their attributes
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes) | {"tag": tag}
        self.anchors.update(given[k] for k in ("id", "name") if given.get(k))
        self.links += [given[key] for key in ("href", "src") if given.get(key)]
        if tag == "html":
            self.head["lang"] = given.get("lang")
        elif tag == "meta" and given.get("name") == "description":
            self.head["description"] = given.get("content")
        elif tag == "link" and given.get("rel") in ("icon", "prev", "next"):
            self.head[given["rel"]] = given["href"]
        elif tag == "a" and any(i.get("class") == "book-nav" for i in self.inside):
            self.menu[given["href"]] = [i["lang"] for i in self.inside if i.get("lang")][-1]
        elif tag == "a" and given.get("href"):
            self.own.add(given["href"])
        if tag not in check_words.VOID:
            self.inside.append(given)

    def handle_endtag(self, tag):
        if tag not in check_words.VOID and self.inside:
            self.inside.pop()

    def handle_data(self, data):
        if self.inside and self.inside[-1]["tag"] == "title":
            self.head["title"] = self.head.get("title", "") + data


def links(pages):
    """The problems of all links, and the number of links. pages: path -> Page."""
    problems, count = [], 0
    for path, page in pages.items():
        for link in page.links:
            if FROM_OUTSIDE.match(link):
                problems.append(f"{path.name}: {link} needs a network")
            if OUTSIDE.match(link):
                continue
            count += 1
            name, _, anchor = link.partition("#")
            target = (path.parent / urllib.parse.unquote(name.split("?")[0])).resolve() if name else path
            if not target.exists():
                problems.append(f"{path.name}: {link} leads nowhere")
            elif anchor and target in pages and urllib.parse.unquote(anchor) not in pages[target].anchors:
                problems.append(f"{path.name}: {link}: no such place")
    return problems, count


def heads(folder, pages):
    """The problems of titles, descriptions, languages and the menu, and pictures that are too large."""
    problems, titles = [], {}
    book = {site_pages.html_of(page): (group, site_pages.language_of(path)) for page, path, group in site_pages.pages()}
    for path, page in pages.items():
        missing = [key for key in ("title", "description", "icon", "lang") if not page.head.get(key)]
        problems += [f"{path.name}: no {key}" for key in missing]
        if re.search(r"[$\\]", page.head.get("description") or ""):
            problems.append(f"{path.name}: formulas in the description")
        for name, (group, language) in book.items():
            if group and page.menu.get(name) != language:
                problems.append(f"{path.name}: in the menu, {name} stands under a title of {page.menu.get(name)}")
    for name, (group, language) in book.items():
        head = pages[folder / name].head
        if head.get("lang") != language:
            problems.append(f"{name}: lang is {head.get('lang')}, not {language}")
        if head.get("title") in titles:
            problems.append(f"{name}: has the title of {titles[head['title']]}")
        titles[head.get("title")] = name
        if not head.get("prev") and not head.get("next"):
            problems.append(f"{name}: no page before or after it")
        if group == "book" and name not in pages[folder / "index.html"].own:
            problems.append(f"index.html: {name} is not on the front page")
    sizes = {p.name: p.stat().st_size for p in (folder / "pictures").iterdir()}
    return problems + [f"{name}: {size} bytes" for name, size in sizes.items() if size > LARGEST_PICTURE]
