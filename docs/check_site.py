#!/usr/bin/env python3
"""check_site.py: check the built site in a browser. usage: check_site.py FOLDER [SCREENSHOTS]

Every page must say what its Markdown file says (check_words.py), and every link must have a target. Then each page of
the book is opened in Chromium, from its file, at the width of a desktop and of a phone: no error in the console, all
formulas drawn, all pictures loaded, nothing wider than the page, code beside its text if there is room. The search must
find Korean words. With SCREENSHOTS, a folder, pictures of the pages are saved there.
"""
import html.parser
import json
import pathlib
import re
import shutil
import sys
import urllib.parse

import check_words

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
except ImportError:
    sys.exit("docs-check: Selenium is missing (python3-selenium); make deps installs it on Debian and Ubuntu")

WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}
SEARCHES = ("은닉 상태", "dhnext")
OUTSIDE = re.compile(r"^(https?:|mailto:|javascript:|data:)")

LOOK = r"""
const text = document.querySelector('.contents') || document.body;
const scroller = document.getElementById('doc-content') || document.scrollingElement;
const prose = text.cloneNode(true);
prose.querySelectorAll('.fragment, code, .katex').forEach(e => e.remove());
const pairs = [...document.querySelectorAll('.book-pair')].map(p => {
    const l = p.children[0].getBoundingClientRect(), r = p.children[1].getBoundingClientRect();
    return r.left >= l.right - 1;
});
return {
    formulas: text.querySelectorAll('.katex').length,
    bad: [...text.querySelectorAll('.katex-error')].map(e => e.textContent),
    pictures: [...text.querySelectorAll('img')].filter(i => !i.complete || i.naturalWidth === 0).map(i => i.src),
    overflow: Math.max(scroller.scrollWidth - scroller.clientWidth,
        document.documentElement.scrollWidth - window.innerWidth),
    wide: [...text.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
        .filter(e => !e.closest('.fragment, .katex-display, .formulaDsp, table'))
        .slice(0, 3).map(e => e.tagName + '.' + e.className),
    beside: pairs.filter(Boolean).length, pairs: pairs.length,
    raw: (text.textContent.match(/\\ilinebr|<\/td>|markdownTable/g) || []).length +
        (prose.textContent.match(/\\[\(\[]|\$`|\*\*/g) || []).length
};
"""
SEARCH = r"""
const field = document.getElementById('MSearchField');
if (!field) return -1;
field.value = arguments[0];
field.dispatchEvent(new Event('input', {bubbles: true}));
const hits = document.querySelectorAll('#book-search a');
const links = [...hits].map(a => a.getAttribute('href'));
field.value = '';
field.dispatchEvent(new Event('input', {bubbles: true}));
return links;
"""


class Page(html.parser.HTMLParser):
    """Collects the links and the anchors of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.anchors.update(given[k] for k in ("id", "name") if given.get(k))
        for key in ("href", "src"):
            if given.get(key):
                self.links.append(given[key])


def check_links(folder):
    """The problems of all links, the number of links, and the number of pages."""
    pages = {p: Page(p.read_text(encoding="utf-8", errors="replace")) for p in folder.rglob("*.html")}
    problems, count = [], 0
    for path, page in pages.items():
        for link in page.links:
            if OUTSIDE.match(link):
                continue
            count += 1
            name, _, anchor = link.partition("#")
            target = (path.parent / urllib.parse.unquote(name.split("?")[0])).resolve() if name else path
            if not target.exists():
                problems.append(f"{path.name}: {link} leads nowhere")
            elif anchor and target in pages and urllib.parse.unquote(anchor) not in pages[target].anchors:
                problems.append(f"{path.name}: {link}: no such place")
    for path, page in pages.items():
        problems += [f"{path.name}: {k} needs a network" for k in page.links
                     if re.match(r"^https?:.*\.(js|css|woff2?)$", k)]
    return problems, count, len(pages)


def check_page(browser, path, size, shots):
    """The problems of one page at one width, and what the browser saw."""
    width, height = WIDTHS[size]
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"})
    browser.get(path.as_uri())
    browser.execute_async_script("const done = arguments[0]; document.fonts.ready.then(() => setTimeout(done, 150));")
    seen = browser.execute_script(LOOK)
    messages = [e["message"] for e in browser.get_log("browser") if e["level"] in ("SEVERE", "WARNING")]
    # Doxygen writes \( \) and \[ \] around formulas; ignore those in listings.
    fragment = re.compile(r'<div class="fragment">.*?</div><!-- fragment -->', re.S)
    source = fragment.sub("", path.read_text(encoding="utf-8"))
    wanted = len(re.findall(r"(?<!\\)\\[(\[]", source))
    problems = [f"console: {m}" for m in messages] + [f"formula not drawn: {b}" for b in seen["bad"]]
    problems += [f"picture missing: {p}" for p in seen["pictures"]]
    if seen["formulas"] != wanted:
        problems.append(f"{seen['formulas']} formulas drawn of {wanted}")
    if seen["overflow"] > 0:
        problems.append(f"{seen['overflow']} pixels wider than the page: {seen['wide']}")
    if seen["raw"]:
        problems.append(f"{seen['raw']} marks of Markdown or formulas left as they are")
    if size == "desk" and seen["pairs"] and seen["beside"] != seen["pairs"]:
        problems.append(f"{seen['beside']} of {seen['pairs']} blocks of code stand beside their text")
    if size == "phone" and seen["beside"]:
        problems.append("code beside text on a phone")
    if shots:
        tall = browser.execute_script(
            "const d = document.getElementById('doc-content'); return d ? d.scrollHeight : 0;")
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": min(tall + 120, 16000), "deviceScaleFactor": 1, "mobile": size == "phone"})
        browser.save_screenshot(str(shots / f"{path.stem}-{size}.png"))
    return [f"{path.name} ({size}): {p}" for p in problems], seen


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    shots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    problems, links, files = check_links(folder)
    found, _ = check_words.check(folder)
    problems += found
    script = (folder / "book-index.js").read_text(encoding="utf-8")
    index = json.loads(script.removeprefix("var BOOK_INDEX = ").rstrip(";\n"))
    pages = sorted({e[2].partition("#")[0] for e in index})
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
                 "--hide-scrollbars"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not shutil.which("chromedriver"):
        sys.exit("docs-check: Chromium's driver is missing (chromium, chromium-driver); "
                 "make deps installs it on Debian and Ubuntu")
    browser = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
    formulas, pairs, opened = 0, 0, 0
    try:
        for name in pages:
            for size in WIDTHS:
                found, seen = check_page(browser, folder / name, size, shots)
                problems += found
                opened += 1
                if size == "desk":
                    formulas += seen["formulas"]
                    pairs += seen["pairs"]
        for words in SEARCHES:
            browser.get((folder / "index.html").as_uri())
            browser.execute_async_script("setTimeout(arguments[0], 500)")
            hits = browser.execute_script(SEARCH, words)
            if hits == -1 or not hits:
                problems.append(f"the search does not find {words}")
    finally:
        browser.quit()
    for line in problems:
        print(f"FAILED: {line}")
    print(f"site: {links} links in {files} files, {opened} pages opened, {formulas} formulas, "
          f"{pairs} blocks beside their text")
    print(f"site: {files + opened + len(SEARCHES) - len(problems)} passed, {len(problems)} failed")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
